"""Sounds through a program of the system that plays WAV files."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from array import array
from collections.abc import Mapping, Sequence
from pathlib import Path
from threading import Lock, Thread

from hipcoach.audio.api import TimedSound
from hipcoach.audio.due_loop import DueLoop
from hipcoach.audio.outputs.output import Failed, OutputError
from hipcoach.audio.pcm import RATE, SAMPLE, scaled, write_wav

PROGRAMS: dict[str, tuple[str, ...]] = {
    "pw-cat": ("--playback",),
    "paplay": (),
    "aplay": ("-q",),
    "afplay": (),
}
"""Players in the order in which they are tried, with the arguments before the file."""

AT_ONCE = 6
"""How many of them may run at the same time; a sound beyond that is left out."""

PATIENCE = 4.0
"""Seconds after which a player counts as hanging; the longest sound takes less than two."""

FAILURES = 3
"""How many sounds in a row must fail for the output to give up."""


class ProgramOutput:
    """Starts one process a sound; the first program that plays a silent file is used.

    Volume is in the files themselves, since not every program has a switch for it: they are written into a
    temporary directory that is removed on closing.

    Raises:
        OutputError: none of the programs is there and works.
    """

    def __init__(self, sounds: Mapping[str, array[int]], failed: Failed) -> None:
        self._sounds = sounds
        self._failed = failed
        self._gain = 1.0
        self._guard = Lock()
        self._running: set[subprocess.Popen[bytes]] = set()
        self._failures = 0
        self._directory = Path(tempfile.mkdtemp(prefix="hipcoach-"))
        self._files: dict[str, Path] = {}
        try:
            self._program = self._find()
        except OutputError:
            shutil.rmtree(self._directory, ignore_errors=True)
            raise
        self._loop = DueLoop(self._fire, self._guard)
        self._loop.start()

    @property
    def detail(self) -> str:
        """The program that plays."""
        return Path(self._program[0]).name

    def schedule(self, sounds: Sequence[TimedSound]) -> None:
        """Add sounds."""
        self._loop.schedule(sounds)

    def cancel(self) -> None:
        """Take back what waits and stop what sounds."""
        with self._guard:
            self._loop.cancel()
            self._stop_all()

    def set_gain(self, gain: float) -> None:
        """Set the factor on all samples; what sounds already goes on as it is, or stops at 0."""
        with self._guard:
            self._gain = gain
            self._files.clear()
            if gain == 0.0:
                self._stop_all()

    def close(self) -> None:
        """Stop everything and remove the temporary files."""
        self._loop.close()
        with self._guard:
            self._stop_all()
        shutil.rmtree(self._directory, ignore_errors=True)

    def _find(self) -> tuple[str, ...]:
        silence = self._directory / "silence.wav"
        write_wav(silence, array(SAMPLE, bytes(RATE // 20 * 2)))
        complaints = []
        for name, arguments in PROGRAMS.items():
            path = shutil.which(name)
            if path is None:
                continue
            try:
                done = subprocess.run(  # noqa: S603 - a program of the fixed table
                    (path, *arguments, str(silence)),
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                    timeout=PATIENCE,
                    check=False,
                )
            except (OSError, subprocess.TimeoutExpired):
                complaints.append(f"{name} did not answer")
                continue
            if done.returncode == 0:
                return (path, *arguments)
            complaints.append(f"{name} failed")
        told = ", ".join(complaints) or f"none of {', '.join(PROGRAMS)} is installed"
        raise OutputError(f"No program of the system plays sounds ({told}).")

    def _fire(self, name: str) -> None:
        if self._gain == 0.0 or name not in self._sounds or len(self._running) >= AT_ONCE:
            return
        try:
            process = subprocess.Popen(  # noqa: S603 - a program of the fixed table
                (*self._program, str(self._file(name))),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        except OSError as error:
            self._failed(f"{self.detail} cannot be started ({error}).")
            return
        self._running.add(process)
        Thread(target=self._await, args=(process,), name="sound program", daemon=True).start()

    def _file(self, name: str) -> Path:
        if name not in self._files:
            path = self._directory / f"{name}-{round(self._gain * 1000)}.wav"
            if not path.exists():
                write_wav(path, scaled(self._sounds[name], self._gain))
            self._files[name] = path
        return self._files[name]

    def _await(self, process: subprocess.Popen[bytes]) -> None:
        try:
            code = process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            code = process.wait()
        with self._guard:
            stopped = process not in self._running
            self._running.discard(process)
            self._failures = 0 if code == 0 or stopped else self._failures + 1
            gave_up = self._failures >= FAILURES
        if gave_up:
            self._failed(f"{self.detail} fails to play.")

    def _stop_all(self) -> None:
        for process in self._running:
            process.kill()
        self._running.clear()
