"""The player process: `python -m hipcoach.audio.player BACKEND SOUNDS`.

Reads commands from standard input and plays; reports on standard output. It ends by itself when standard
input ends, which is also what happens when the app is killed. Whatever a sound library prints or crashes,
it does here.
"""

from __future__ import annotations

import os
import sys
from array import array
from collections.abc import Mapping
from pathlib import Path
from threading import Lock, Thread
from typing import BinaryIO, NoReturn

from hipcoach.audio.messages import Command, Report
from hipcoach.audio.outputs.output import Failed, Output, OutputError
from hipcoach.audio.pcm import read_sounds
from hipcoach.errors import HipcoachError

GONE = 3
"""Exit status after the reason for giving up was reported."""

_GRACE = 0.15
"""Seconds an output has for closing; a hanging sound system must not keep the process."""


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
    """Applies commands to an output and answers each."""

    def __init__(self, backend: str, directory: Path, reports: BinaryIO) -> None:
        self._reports = reports
        self._lock = Lock()
        self._output: Output | None = None
        self._generation = 0
        self._gain = 1.0
        try:
            self._output = open_output(backend, read_sounds(directory), self._give_up)
        except (OutputError, HipcoachError) as error:
            self._report(Report("failed", str(error)))
            self.leave(GONE)
        self._report(Report("ready", self._output.detail))

    def obey(self, command: Command) -> None:
        """Do what a command says; what it repeats is not done again."""
        assert self._output is not None  # noqa: S101 - the constructor has ended the process otherwise
        if command.generation > self._generation:
            self._generation = command.generation
            self._output.cancel()
        if command.gain != self._gain:
            self._gain = command.gain
            self._output.set_gain(command.gain)
        if command.generation == self._generation and command.sounds:
            self._output.schedule(command.sounds)
        self._report(Report("answer", number=command.number))

    def leave(self, status: int) -> NoReturn:
        """End the process at once, with what sounds and what was left lying about."""
        if self._output is not None:
            closing = Thread(target=self._output.close, daemon=True)
            closing.start()
            closing.join(_GRACE)
        os._exit(status)

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


def main() -> NoReturn:
    """Play until standard input ends."""
    backend, directory = sys.argv[1:3]
    # Libraries print to the first two file descriptors from C; reports get one of their own.
    reports = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    player = Player(backend, Path(directory), reports)
    for line in sys.stdin.buffer:
        try:
            command = Command.decode(line)
        except ValueError:
            continue
        player.obey(command)
    player.leave(0)


if __name__ == "__main__":
    main()
