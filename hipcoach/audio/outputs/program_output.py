"""Sounds through a program of the system that plays WAV files."""

from __future__ import annotations

import shutil
import subprocess
from array import array
from collections.abc import Mapping, Sequence
from pathlib import Path
from threading import Lock, Thread

from hipcoach.audio.api import TimedSound
from hipcoach.audio.due_loop import DueLoop
from hipcoach.audio.outputs.output import Failed, OutputError
from hipcoach.audio.outputs.sound_files import SoundFiles
from hipcoach.audio.pcm import RATE, SAMPLE, write_wav

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
"""Seconds beyond its sound's length after which a player counts as hanging."""

FAILURES = 3
"""How many sounds in a row must fail for the output to give up."""


class ProgramOutput:
    """Starts one process a sound; the first program that plays a silent file is used.

    Volume is in the files themselves, since not every program has a switch for it.

    Raises:
        OutputError: none of the programs is there and works.
    """

    def __init__(self, sounds: Mapping[str, array[int]], failed: Failed) -> None:
        self._files = SoundFiles(sounds)
        self._failed = failed
        self._guard = Lock()
        self._running: set[subprocess.Popen[bytes]] = set()
        self._failures = 0
        try:
            self._program = self._find()
        except OutputError:
            self._files.remove()
            raise
        self._loop = DueLoop(self._fire, self._guard)
        self._loop.start()

    @property
    def detail(self) -> str:
        """The program that plays."""
        return Path(self._program[0]).name

    def schedule(self, sounds: Sequence[TimedSound]) -> None:
        """Add sounds."""
        with self._guard:
            # There is no time for it when they are due.
            for sound in sounds:
                self._path_of(sound.name)
        self._loop.schedule(sounds)

    def cancel(self) -> None:
        """Take back what waits and stop what sounds."""
        with self._guard:
            self._loop.cancel()
            self._stop_all()

    def rest(self) -> None:
        """Do nothing: a device is held only while something sounds."""

    def set_gain(self, gain: float) -> None:
        """Set the factor on all samples; what sounds already goes on as it is, or stops at 0."""
        with self._guard:
            self._files.gain = gain
            if gain == 0.0:
                self._stop_all()

    def close(self) -> None:
        """Stop everything and remove the temporary files."""
        self._loop.close()
        with self._guard:
            self._stop_all()
        self._files.remove()

    def _find(self) -> tuple[str, ...]:
        silence = self._files.directory / "silence.wav"
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
        path = self._path_of(name)
        if self._files.gain == 0.0 or path is None or len(self._running) >= AT_ONCE:
            return
        try:
            process = subprocess.Popen(  # noqa: S603 - a program of the fixed table
                (*self._program, str(path)),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        except OSError as error:
            self._failed(f"{self.detail} cannot be started ({error}).")
            return
        self._running.add(process)
        patience = PATIENCE + self._files.length_of(name)
        Thread(target=self._await, args=(process, patience), name="sound program", daemon=True).start()

    def _path_of(self, name: str) -> Path | None:
        try:
            return self._files.path_of(name)
        except OSError as error:
            self._failed(f"No file for {self.detail} can be written ({error}).")
            return None

    def _await(self, process: subprocess.Popen[bytes], patience: float) -> None:
        try:
            code = process.wait(patience)
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
