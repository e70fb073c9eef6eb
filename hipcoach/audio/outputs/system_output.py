"""Sounds through what the system has for playing a WAV file: a program, or winsound on Windows."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
import zlib
from array import array
from collections.abc import Iterable, Mapping
from pathlib import Path
from threading import Thread

from hipcoach.audio.outputs.output import Failed, OneByOneOutput, OutputError
from hipcoach.audio.pcm import RATE, SAMPLE, scaled, write_wav
from hipcoach.audio.temporary import PLAYER, temporary_prefix

PROGRAMS: dict[str, tuple[str, ...]] = {
    "pw-cat": ("--playback",),
    "paplay": (),
    "aplay": ("-q",),
    "afplay": (),
}
"""Players in the order in which they are tried, with the arguments before the file."""

AT_ONCE = 6
"""How many of them may run at the same time; a sound beyond that is left out."""

PROGRAM_TIMEOUT = 4.0
"""Seconds beyond its sound's length after which a program counts as hanging."""

FAILURES = 3
"""How many sounds in a row must fail for the output to give up."""


class _FileOutput(OneByOneOutput):
    """Writes each sound at the present gain to a file when it is first needed: files have no other volume."""

    def __init__(self, sounds: Mapping[str, array[int]], failed: Failed) -> None:
        self._sounds = sounds
        self._failed = failed
        self._directory = Path(tempfile.mkdtemp(prefix=temporary_prefix(PLAYER, os.getpid())))
        super().__init__()

    def close(self) -> None:
        """Stop everything and remove the files."""
        super().close()
        shutil.rmtree(self._directory, ignore_errors=True)

    def _prepare(self, names: Iterable[str]) -> None:
        for name in names:
            self._path_of(name)

    def _path_of(self, name: str) -> Path | None:
        """Return the file of a sound; None where there is none."""
        samples = self._sounds.get(name)
        if samples is None:
            return None
        mark = zlib.crc32(name.encode())
        path = self._directory / f"{Path(name).stem}-{mark:08x}{round(self._gain * 1000):04}.wav"
        try:
            if not path.exists():
                write_wav(path, scaled(samples, self._gain))
        except OSError as error:
            self._failed(f"No file for {self.detail} can be written ({error}).")
            return None
        return path


class ProgramOutput(_FileOutput):
    """Starts one process a sound, of the first program that plays a silent file.

    Raises:
        OutputError: none of the programs is there and works.
    """

    def __init__(self, sounds: Mapping[str, array[int]], failed: Failed) -> None:
        self._program = _working_program()
        self._running: set[subprocess.Popen[bytes]] = set()
        self._failures = 0
        super().__init__(sounds, failed)

    @property
    def detail(self) -> str:
        """The program that plays."""
        return Path(self._program[0]).name

    def _fire(self, name: str) -> None:
        path = self._path_of(name)
        if path is None or len(self._running) >= AT_ONCE:
            return
        try:
            process = _start((*self._program, str(path)))
        except OSError as error:
            self._failed(f"{self.detail} cannot be started ({error}).")
            return
        self._running.add(process)
        timeout = PROGRAM_TIMEOUT + len(self._sounds.get(name, ())) / RATE
        Thread(target=self._await, args=(process, timeout), name="sound program", daemon=True).start()

    def _await(self, process: subprocess.Popen[bytes], timeout: float) -> None:
        code = _exit_code(process, timeout)
        with self._guard:
            stopped = process not in self._running
            self._running.discard(process)
            self._failures = 0 if code == 0 or stopped else self._failures + 1
            gave_up = self._failures >= FAILURES
        if gave_up:
            self._failed(f"{self.detail} fails to play.")

    def _stop(self) -> None:
        for process in self._running:
            process.kill()
        self._running.clear()


class WinsoundOutput(_FileOutput):
    """Plays one sound at a time; a new one ends the one before.

    Raises:
        OutputError: this is not Windows.
    """

    detail = "winsound"

    def __init__(self, sounds: Mapping[str, array[int]], failed: Failed) -> None:
        if importlib.util.find_spec("winsound") is None:
            raise OutputError("winsound exists on Windows only.")
        super().__init__(sounds, failed)

    def _fire(self, name: str) -> None:
        path = self._path_of(name)
        try:
            if path is not None:
                _play(path)
        except RuntimeError as error:
            self._failed(f"winsound cannot play any more ({error}).")

    def _stop(self) -> None:
        _play(None)


def _working_program() -> tuple[str, ...]:
    """Return the command line of the first program that plays 50 ms of silence."""
    complaints = []
    with tempfile.TemporaryDirectory(prefix=temporary_prefix(PLAYER, os.getpid())) as directory:
        silence = Path(directory) / "silence.wav"
        write_wav(silence, array(SAMPLE, bytes(RATE // 20 * 2)))
        for name, arguments in PROGRAMS.items():
            path = shutil.which(name)
            if path is None:
                continue
            try:
                code = _exit_code(_start((path, *arguments, str(silence))), PROGRAM_TIMEOUT)
            except OSError:
                code = 1
            if code == 0:
                return (path, *arguments)
            complaints.append(f"{name} failed")
    tried = ", ".join(complaints) or f"none of {', '.join(PROGRAMS)} is installed"
    raise OutputError(f"No program of the system plays sounds ({tried}).")


def _start(command: tuple[str, ...]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603 - a program of the fixed table
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


def _exit_code(process: subprocess.Popen[bytes], timeout: float) -> int:
    """Wait up to `timeout` seconds, then kill; a killed process has a negative exit code."""
    try:
        return process.wait(timeout)
    except subprocess.TimeoutExpired:
        process.kill()
        return process.wait()


def _play(path: Path | None) -> None:
    if sys.platform == "win32":
        import winsound

        flags = winsound.SND_FILENAME | winsound.SND_ASYNC | winsound.SND_NODEFAULT
        winsound.PlaySound(None if path is None else str(path), flags)
