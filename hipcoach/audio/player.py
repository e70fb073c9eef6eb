"""The player process: `python -m hipcoach.audio.player BACKEND SOUNDS`.

Reads commands from standard input and plays; reports on standard output. It ends by itself when standard
input ends, which is also what happens when the app is killed. Whatever a sound library prints or crashes,
it does so here.
"""

from __future__ import annotations

import contextlib
import os
import sys
from array import array
from collections.abc import Iterator, Mapping, Sequence
from itertools import count
from pathlib import Path
from queue import SimpleQueue
from threading import Lock, Thread
from typing import BinaryIO, NoReturn

from msgspec import MsgspecError

from hipcoach.audio.messages import COMMANDS, Command, Report, encode_line
from hipcoach.audio.outputs.output import Failed, Output, OutputError
from hipcoach.audio.pcm import RATE, read_sounds, read_wav
from hipcoach.audio.sounds import TimedSound
from hipcoach.errors import HipcoachError, ResourceError

GONE = 3
"""Exit status after the reason for giving up was reported."""

LONGEST = 30.0
"""Seconds; a longer file is no utterance but a mistake."""

KEPT = 120.0
"""Seconds of files that are kept: several times what is scheduled ahead, in about 10 MB."""

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
        from hipcoach.audio.outputs.system_output import WinsoundOutput

        return WinsoundOutput(sounds, failed)
    if backend == "system":
        from hipcoach.audio.outputs.system_output import ProgramOutput

        return ProgramOutput(sounds, failed)
    raise OutputError(f"There is no sound backend {backend!r}.")


class SoundLibrary(Mapping[str, "array[int]"]):
    """Samples by bundled name or by path. `load` reads a file and may take its time; nothing else does.

    Safe to use from several threads. A file is read once: its content counts as fixed.
    """

    def __init__(self, bundled: Mapping[str, array[int]]) -> None:
        self._bundled = dict(bundled)
        self._lock = Lock()
        self._files: dict[str, array[int]] = {}
        self._used: dict[str, int] = {}
        self._uses = count()

    def __getitem__(self, name: str) -> array[int]:
        found = self._bundled.get(name)
        return self._files[name] if found is None else found

    def __iter__(self) -> Iterator[str]:
        return iter((*self._bundled, *self._files))

    def __len__(self) -> int:
        return len(self._bundled) + len(self._files)

    def use(self, name: str) -> bool:
        """Return whether a sound is at hand; if it is a file, it stays so for longer than the others."""
        with self._lock:
            if name in self._files:
                self._used[name] = next(self._uses)
        return name in self

    def load(self, path: str) -> None:
        """Have a file at hand, and let go of those used longest ago.

        Raises:
            ResourceError: it cannot be read, is no 16-bit mono WAV file, or is longer than `LONGEST`.
        """
        if self.use(path):
            return
        samples = read_wav(Path(path), LONGEST)
        with self._lock:
            self._files[path] = samples
            self._used[path] = next(self._uses)
            while sum(map(len, self._files.values())) > KEPT * RATE:
                oldest = min(self._files, key=self._used.__getitem__)
                del self._files[oldest], self._used[oldest]


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
                self._reports.write(encode_line(report))
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
    for line in sys.stdin.buffer:
        with contextlib.suppress(MsgspecError):
            player.obey(COMMANDS.decode(line))
    player.leave(0)


if __name__ == "__main__":
    main()
