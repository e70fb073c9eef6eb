"""A program in a pseudo-terminal whose output is read the moment it comes, so that delays can be measured."""

from __future__ import annotations

import os
import re
import select
import subprocess
import sys
import termios
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from benchmarks.user import User

ROOT = Path(__file__).resolve().parent.parent
SIZE = (120, 40)
PATIENCE = 30.0
"""Seconds."""
CONTROL = re.compile(
    rb"\x1b\][^\x07\x1b]*(\x07|\x1b\\)|\x1b[P_^X][^\x1b]*\x1b\\|\x1b\[[0-9;:<=>?]*[ -/]*[@-~]|\x1b."
)
HIPCOACH = (sys.executable, "-m", "hipcoach")
BARE = (sys.executable, str(Path(__file__).with_name("bare.py")))


class Screen:
    """A process that draws on a terminal of its own. Nothing of it is read but by `see` and `drain`."""

    def __init__(self, command: Sequence[str], user: User, size: tuple[int, int] = SIZE) -> None:
        self._master, slave = os.openpty()
        termios.tcsetwinsize(slave, (size[1], size[0]))
        self.begun = time.perf_counter()
        self.process = subprocess.Popen(  # noqa: S603  a command of ours
            command,
            stdin=slave,
            stdout=slave,
            stderr=slave,
            cwd=ROOT,
            env=user.environ,
            start_new_session=True,
        )
        os.close(slave)
        self._drawn = b""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.process.kill()
        self.process.wait(PATIENCE)
        os.close(self._master)

    @property
    def pid(self) -> int:
        """The process."""
        return self.process.pid

    def press(self, keys: str) -> float:
        """Type; what was drawn before is forgotten. Returns when that was."""
        self.drain(0.0)
        self._drawn = b""
        now = time.perf_counter()
        os.write(self._master, keys.encode())
        return now

    def see(self, *words: str) -> float:
        """Wait until all these words have been drawn since the last `press`. Returns when that was."""
        end = time.perf_counter() + PATIENCE
        while True:
            self._read(end - time.perf_counter())
            now = time.perf_counter()
            text = CONTROL.sub(b"", self._drawn).decode(errors="replace")
            if all(word in text for word in words):
                return now
            if now > end:
                raise TimeoutError(f"waited in vain for {words}; drawn: {text[-2000:]!r}")

    def drain(self, seconds: float) -> int:
        """Read what comes in so many seconds, as a terminal would; returns how many bytes that was."""
        end = time.perf_counter() + seconds
        size = 0
        while select.select([self._master], [], [], max(0.0, end - time.perf_counter()))[0]:
            size += len(os.read(self._master, 65536))
        return size

    def drain_to_the_end(self) -> None:
        """Read what comes until the program has ended by itself.

        Raises:
            TimeoutError: it does not end.
        """
        end = time.perf_counter() + PATIENCE
        while self.process.poll() is None:
            if time.perf_counter() > end:
                raise TimeoutError("waited in vain for the end of the program")
            with suppress(OSError):  # a terminal that nobody holds open any more
                self.drain(0.01)

    def _read(self, seconds: float) -> None:
        if select.select([self._master], [], [], max(0.0, seconds))[0]:
            try:
                self._drawn += os.read(self._master, 65536)
            except OSError as error:
                text = CONTROL.sub(b"", self._drawn).decode(errors="replace")
                raise RuntimeError(f"the program has ended: {text[-2000:]}") from error


def drain_all(screens: Sequence[Screen], seconds: float) -> list[int]:
    """Read what several programs draw at the same time; returns how many bytes each drew."""
    end = time.perf_counter() + seconds
    sizes = [0] * len(screens)
    while time.perf_counter() < end:
        for number, screen in enumerate(screens):
            sizes[number] += screen.drain(0.0)
        time.sleep(0.02)
    return sizes
