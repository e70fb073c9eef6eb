"""A user with directories of their own, and a program in a pseudo-terminal whose output is read the moment it
comes, so that delays can be measured."""

from __future__ import annotations

import os
import re
import select
import shutil
import subprocess
import sys
import termios
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from msgspec import Struct

from hipcoach.paths import AppPaths
from hipcoach.storage.app_state import AppState, change_state

ROOT = Path(__file__).resolve().parent.parent
COLUMNS, ROWS = 120, 40
PATIENCE = 60.0
"""Seconds."""
CONTROL = re.compile(
    rb"\x1b\][^\x07\x1b]*(\x07|\x1b\\)|\x1b[P_^X][^\x1b]*\x1b\\|\x1b\[[0-9;:<=>?]*[ -/]*[@-~]|\x1b."
)
HIPCOACH = (sys.executable, "-m", "hipcoach")
BARE = (sys.executable, str(Path(__file__).with_name("bare.py")))
OF_THE_DEVELOPER = ("SSH_CONNECTION", "NO_COLOR", "COLUMNS", "LINES", "TEXTUAL", "TEXTUAL_ANIMATIONS")


class User(Struct, frozen=True):
    """Somebody who has read the safety page and wants no sound; their home is `home`."""

    home: Path

    @classmethod
    def settle(cls, home: Path) -> User:
        """Make the user's directories and files."""
        paths = cls(home).paths
        paths.config.mkdir(parents=True)
        (paths.config / "settings.toml").write_text('[audio]\nbackend = "silent"\n', encoding="utf-8")
        change_state(paths.memory, [], AppState(safety_read=True))
        return cls(home)

    @property
    def paths(self) -> AppPaths:
        """Where hipcoach keeps this user's files."""
        return AppPaths(*(self.home / name / "hipcoach" for name in ("data", "config", "state", "cache")))

    @property
    def environ(self) -> dict[str, str]:
        """The environment of what this user starts: a good terminal, and nothing of the developer's."""
        kept = {name: value for name, value in os.environ.items() if name not in OF_THE_DEVELOPER}
        for name in ("data", "config", "state", "cache"):
            kept[f"XDG_{name.upper()}_HOME"] = str(self.home / name)
        return {**kept, "TERM": "xterm-256color", "COLORTERM": "truecolor", "HOME": str(self.home)}

    def seconds(self, *command: str) -> float:
        """Run a command to its end; returns how long that took."""
        begun = time.perf_counter()
        subprocess.run(command, cwd=ROOT, env=self.environ, capture_output=True, check=True)  # noqa: S603  ours
        return time.perf_counter() - begun

    def add_routine(self, title: str, line: str) -> str:
        """Make a routine of a line of a sheet; returns its id."""
        sheet = self.home / "sheet.txt"
        sheet.write_text(f"title: {title}\n{line}\n", encoding="utf-8")
        self.seconds(*HIPCOACH, "new", "--from", str(sheet), "--yes")
        return title.lower().replace(" ", "-")

    def session(self, routine: str) -> Screen:
        """Start a session and go on to its first set. What killed sessions left is not asked about."""
        shutil.rmtree(self.paths.journals, ignore_errors=True)
        screen = Screen((*HIPCOACH, "start", routine), self)
        screen.see("READY")
        screen.press("n")
        screen.see("reps")
        return screen


class Screen:
    """A process that draws on a terminal of its own. Nothing of it is read but by `see` and `drain`."""

    def __init__(self, command: Sequence[str], user: User) -> None:
        self._master, slave = os.openpty()
        termios.tcsetwinsize(slave, (ROWS, COLUMNS))
        self.begun = time.perf_counter()
        self._process = subprocess.Popen(  # noqa: S603  a command of ours
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
        self._process.kill()
        self._process.wait(PATIENCE)
        os.close(self._master)

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
            text = CONTROL.sub(b"", self._drawn).decode(errors="replace")
            now = time.perf_counter()
            if all(word in text for word in words):
                return now
            if now > end or self._process.poll() is not None:
                raise TimeoutError(f"waited in vain for {words}; drawn: {text[-2000:]!r}")
            self._drawn += self._read(end - now)

    def drain(self, seconds: float) -> None:
        """Read what comes in so many seconds, as a terminal would."""
        end = time.perf_counter() + seconds
        while self._read(max(0.0, end - time.perf_counter())):
            pass

    def _read(self, seconds: float) -> bytes:
        """Return what comes next; nothing where that takes longer, or the program has ended."""
        if select.select([self._master], [], [], seconds)[0]:
            with suppress(OSError):
                return os.read(self._master, 65536)
        return b""

    @property
    def processor_seconds(self) -> float:
        """Seconds that all threads of the process have run so far, by the scheduler's own exact count.

        A thread that has ended meanwhile is missing.
        """
        tasks = Path(f"/proc/{self._process.pid}/task").iterdir()
        return sum(int((task / "schedstat").read_text(encoding="ascii").split()[0]) for task in tasks) / 1e9

    @property
    def megabytes(self) -> float:
        """The proportional set size: what is shared counts in parts."""
        lines = Path(f"/proc/{self._process.pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
        return next(int(line.split()[1]) / 1000 for line in lines if line.startswith("Pss:"))


def processor_shares(screens: Sequence[Screen], seconds: float) -> list[float]:
    """The share of a core, in percent, that each of several programs uses at the same time."""
    before = [each.processor_seconds for each in screens]
    begun = time.perf_counter()
    while (passed := time.perf_counter() - begun) < seconds:
        for each in screens:
            each.drain(0.0)
        time.sleep(0.02)
    return [
        100 * (each.processor_seconds - earlier) / passed
        for each, earlier in zip(screens, before, strict=True)
    ]
