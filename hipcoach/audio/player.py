"""The player process: `python -m hipcoach.audio.player BACKEND SOUNDS`.

Reads commands from standard input and plays; reports on standard output, among what sound libraries print.
Both are one JSON object a line. It ends by itself when standard input ends, which is also what happens when
the app is killed. Where a library crashes, it does so here.
"""

from __future__ import annotations

import os
import sys
import threading
from contextlib import suppress
from functools import partial
from operator import attrgetter
from pathlib import Path
from threading import Timer
from typing import Annotated, NoReturn

import msgspec
from msgspec import Meta, MsgspecError, Struct

from hipcoach.audio.outputs import Output, OutputError, open_output
from hipcoach.audio.samples import sound_library
from hipcoach.audio.sounds import TimedSound
from hipcoach.errors import ResourceError

CLOSING = 0.15
"""Seconds an output has for closing; a hanging sound system must not keep the process."""
SWITCH_AFTER = 0.001
"""Seconds a thread of this process may keep the others waiting, such as by reading a file: the device is
served by one of them."""
PRIORITY = -11
"""What sound servers give themselves. Only a privileged user is granted it; others do without."""


class Command(Struct, frozen=True):
    """From the app: what to forget, the gain now in force, and the sounds to add."""

    gain: Annotated[float, Meta(ge=0, le=1)]
    sounds: tuple[TimedSound, ...] = ()
    cancel: bool = False
    """Whether everything before is taken back."""


class Report(Struct, frozen=True):
    """From the player: an event, with a text: "ready" (what plays), "answer" (to one command) or "failed"
    (why nothing can be played)."""

    event: str
    text: str = ""


def encode_line(message: Command | Report) -> bytes:
    """Return a message as one line."""
    return msgspec.json.encode(message) + b"\n"


def obey(output: Output, command: Command) -> None:
    """Do what a command says. A file that cannot be read is left out."""
    if command.cancel:
        output.cancel()
    output.set_gain(command.gain)
    # Files last: reading one may take its time.
    for sound in sorted(command.sounds, key=attrgetter("is_file")):
        with suppress(ResourceError):
            output.schedule(sound)


def report(event: str, text: str = "") -> None:
    """Report to the app; ends the process where it is gone. May be called by any thread."""
    try:
        # A library may have printed half a line.
        os.write(sys.stdout.fileno(), b"\n" + encode_line(Report(event, text)))
    except OSError:
        os._exit(0)


def _crash(crash: threading.ExceptHookArgs) -> None:
    sys.__excepthook__(crash.exc_type, crash.exc_value or crash.exc_type(), crash.exc_traceback)
    os._exit(1)


def main() -> NoReturn:
    """Play until standard input ends; then end at once, and leave nothing behind."""
    backend, directory = sys.argv[1:3]
    threading.excepthook = _crash
    sys.setswitchinterval(SWITCH_AFTER)
    if sys.platform != "win32":
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, 0, PRIORITY)
    try:
        output = open_output(backend, sound_library(Path(directory)), partial(report, "failed"))
    except (OSError, OutputError) as error:
        report("failed", str(error))
        os._exit(0)
    report("ready", output.detail)
    commands = msgspec.json.Decoder(Command)
    for line in sys.stdin.buffer:
        with suppress(MsgspecError):
            obey(output, commands.decode(line))
            report("answer")
    Timer(CLOSING, os._exit, (0,)).start()
    output.close()
    os._exit(0)


if __name__ == "__main__":
    main()
