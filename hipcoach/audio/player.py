"""The player process: `python -m hipcoach.audio.player BACKEND SOUNDS`.

Reads commands from standard input and plays; reports on standard output, among what sound libraries print.
Both are one JSON object a line. It ends by itself when standard input ends, which is also what happens when
the app is killed. Where a library crashes, it does so here.
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from threading import Lock, Thread, Timer
from typing import Annotated, NoReturn

import msgspec
from msgspec import Meta, MsgspecError, Struct

from hipcoach.audio.outputs import OutputError, open_output
from hipcoach.audio.samples import read_sounds, sound_library
from hipcoach.audio.sounds import TimedSound
from hipcoach.errors import ResourceError

LONGEST = 30.0
"""Seconds; a longer file is no utterance but a mistake."""
CLOSING = 0.15
"""Seconds an output has for closing; a hanging sound system must not keep the process."""
SWITCH_AFTER = 0.001
"""Seconds a thread of this process may keep the others waiting, such as by reading a file: the device is
served by one of them."""
PRIORITY = -11
"""What sound servers give themselves. Only a privileged user is granted it; others do without."""


class Command(Struct, frozen=True):
    """From the app: what to forget, the gain now in force, the sounds to add, and whether that is all."""

    gain: Annotated[float, Meta(ge=0, le=1)]
    sounds: tuple[TimedSound, ...] = ()
    cancel: bool = False
    """Whether everything before is taken back."""
    rest: bool = False


class Report(Struct, frozen=True):
    """From the player: an event, with a text: "ready" (what plays), "answer" (to one command) or "failed"
    (why nothing can be played)."""

    event: str
    text: str = ""


def encode_line(message: Command | Report) -> bytes:
    """Return a message as one line."""
    return msgspec.json.encode(message) + b"\n"


class Player:
    """Applies commands to an output and answers each."""

    def __init__(self, backend: str, directory: Path) -> None:
        self._scheduling = Lock()
        self._taken_back = 0
        try:
            self._library = sound_library(read_sounds(directory), longest=LONGEST)
            self._output = open_output(backend, self._library, self.fail)
        except (OSError, OutputError, ResourceError) as error:
            self._report(Report("failed", str(error)))
            os._exit(0)
        self._report(Report("ready", self._output.detail))

    def obey(self, command: Command) -> None:
        """Do what a command says. A thread of its own reads files, so that nothing waits for a disk."""
        with self._scheduling:
            if command.cancel:
                self._taken_back += 1
                self._output.cancel()
            self._output.set_gain(command.gain)
            self._output.resting = command.rest
        self._schedule([sound for sound in command.sounds if not sound.is_file], self._taken_back)
        if files := [sound for sound in command.sounds if sound.is_file]:
            Thread(target=self._schedule, args=(files, self._taken_back), daemon=True).start()
        self._report(Report("answer"))

    def fail(self, reason: str) -> None:
        """Report why no more can be played, and end the process soon; may be called by any thread."""
        self._report(Report("failed", reason))
        # The caller may be a thread of the output, and closing the output waits for that.
        Thread(target=self.leave, daemon=True).start()

    def leave(self) -> NoReturn:
        """End the process at once, with what sounds and what was left lying about."""
        Timer(CLOSING, os._exit, (0,)).start()
        self._output.close()
        os._exit(0)

    def _schedule(self, sounds: Sequence[TimedSound], taken_back: int) -> None:
        for sound in sounds:
            with suppress(ResourceError):
                self._library(sound.name)
                with self._scheduling:
                    if taken_back == self._taken_back:
                        self._output.schedule(sound)

    def _report(self, report: Report) -> None:
        try:
            # A library may have printed half a line.
            os.write(sys.stdout.fileno(), b"\n" + encode_line(report))
        except OSError:
            # Nobody listens any more: the app is gone.
            os._exit(0)


def _crash(crash: threading.ExceptHookArgs) -> None:
    sys.__excepthook__(crash.exc_type, crash.exc_value or crash.exc_type(), crash.exc_traceback)
    os._exit(1)


def main() -> NoReturn:
    """Play until standard input ends."""
    backend, directory = sys.argv[1:3]
    threading.excepthook = _crash
    sys.setswitchinterval(SWITCH_AFTER)
    if sys.platform != "win32":
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, 0, PRIORITY)
    player = Player(backend, Path(directory))
    commands = msgspec.json.Decoder(Command)
    for line in sys.stdin.buffer:
        with suppress(MsgspecError):
            player.obey(commands.decode(line))
    player.leave()


if __name__ == "__main__":
    main()
