"""The player process: `python -m hipcoach.audio.player BACKEND SOUNDS`.

Reads commands from standard input and plays; reports on standard output. It ends by itself when standard
input ends, which is also what happens when the app is killed. Whatever a sound library prints or crashes,
it does here.
"""

from __future__ import annotations

import contextlib
import gc
import os
import sys
from array import array
from collections.abc import Mapping, Sequence
from pathlib import Path
from queue import SimpleQueue
from threading import Lock, Thread
from typing import BinaryIO, NoReturn

from hipcoach.audio.api import TimedSound
from hipcoach.audio.messages import Command, Report
from hipcoach.audio.outputs.output import Failed, Output, OutputError
from hipcoach.audio.pcm import read_sounds
from hipcoach.audio.sound_library import SoundLibrary
from hipcoach.errors import HipcoachError, ResourceError

GONE = 3
"""Exit status after the reason for giving up was reported."""

_GRACE = 0.15
"""Seconds an output has for closing; a hanging sound system must not keep the process."""

_SWITCH_AFTER = 0.001
"""Seconds a thread of this process may keep the others waiting, such as by reading a file: the device is
served by one of them."""

_PRIORITY = -11
"""What sound servers give themselves. Only a privileged user is granted it; others do without."""


def open_output(backend: str, sounds: Mapping[str, array[int]], failed: Failed) -> Output:
    """Return the output named `backend`: simpleaudio, miniaudio or system.

    Raises:
        OutputError: it cannot be used here, or there is none of that name.
    """
    if backend == "simpleaudio":
        from hipcoach.audio.outputs.simpleaudio_output import SimpleaudioOutput

        return SimpleaudioOutput(sounds, failed)
    if backend == "miniaudio":
        from hipcoach.audio.outputs.miniaudio_output import MiniaudioOutput

        return MiniaudioOutput(sounds, failed)
    if backend == "system" and sys.platform == "win32":
        from hipcoach.audio.outputs.winsound_output import WinsoundOutput

        return WinsoundOutput(sounds, failed)
    if backend == "system":
        from hipcoach.audio.outputs.program_output import ProgramOutput

        return ProgramOutput(sounds, failed)
    raise OutputError(f"There is no sound backend {backend!r}.")


class Player:
    """Applies commands to an output and answers each. Files are read by a thread of their own, so that
    nothing waits for a disk."""

    def __init__(self, backend: str, directory: Path, reports: BinaryIO) -> None:
        self._reports = reports
        self._lock = Lock()
        self._obeying = Lock()
        self._output: Output | None = None
        self._generation = 0
        self._gain = 1.0
        self._rests = False
        self._unread: SimpleQueue[tuple[int, TimedSound]] = SimpleQueue()
        try:
            self._library = SoundLibrary(read_sounds(directory))
            self._output = open_output(backend, self._library, self._give_up)
        except (OutputError, HipcoachError) as error:
            self._report(Report("failed", str(error)))
            self.leave(GONE)
        Thread(target=self._read_files, name="sound files", daemon=True).start()
        self._report(Report("ready", self._output.detail))

    def obey(self, command: Command) -> None:
        """Do what a command says; what it repeats is not done again."""
        assert self._output is not None  # noqa: S101 - the constructor has ended the process otherwise
        with self._obeying:
            if command.generation > self._generation:
                self._generation = command.generation
                self._output.cancel()
            if command.gain != self._gain:
                self._gain = command.gain
                self._output.set_gain(command.gain)
            self._rests = command.rest
            if command.generation == self._generation:
                self._schedule([sound for sound in command.sounds if self._library.use(sound.name)])
        for sound in command.sounds:
            if sound.is_file and sound.name not in self._library:
                self._unread.put((command.generation, sound))
        self._report(Report("answer", number=command.number))

    def leave(self, status: int) -> NoReturn:
        """End the process at once, with what sounds and what was left lying about."""
        if self._output is not None:
            closing = Thread(target=self._output.close, daemon=True)
            closing.start()
            closing.join(_GRACE)
        os._exit(status)

    def _schedule(self, sounds: Sequence[TimedSound]) -> None:
        assert self._output is not None  # noqa: S101 - as above
        if sounds:
            self._output.schedule(sounds)
        if self._rests:
            self._output.rest()

    def _read_files(self) -> None:
        while True:
            generation, sound = self._unread.get()
            if generation != self._generation:
                continue
            try:
                self._library.load(sound.name)
            except ResourceError as error:
                self._report(Report("note", str(error)))
                continue
            with self._obeying:
                if generation == self._generation:
                    self._schedule([sound])

    def _give_up(self, reason: str) -> None:
        self._report(Report("failed", reason))
        # The caller is a thread of the output, and closing the output waits for that thread.
        Thread(target=self.leave, args=(GONE,), daemon=True).start()

    def _report(self, report: Report) -> None:
        try:
            with self._lock:
                self._reports.write(report.encode())
                self._reports.flush()
        except OSError:
            # Nobody listens any more: the app is gone.
            os._exit(GONE)


def _ask_for_priority() -> None:
    if sys.platform != "win32":
        with contextlib.suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, 0, _PRIORITY)


def main() -> NoReturn:
    """Play until standard input ends."""
    backend, directory = sys.argv[1:3]
    # Libraries print to the first two file descriptors from C; reports get one of their own.
    reports = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    _ask_for_priority()
    sys.setswitchinterval(_SWITCH_AFTER)
    player = Player(backend, Path(directory), reports)
    # What is there by now stays; looking through it for garbage would only hold up the sound.
    gc.collect()
    gc.freeze()
    for line in sys.stdin.buffer:
        try:
            command = Command.decode(line)
        except ValueError:
            continue
        player.obey(command)
    player.leave(0)


if __name__ == "__main__":
    main()
