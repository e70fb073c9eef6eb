"""One running player process, and the threads that talk with it."""

from __future__ import annotations

import contextlib
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable, Sequence
from pathlib import Path
from threading import Thread

from hipcoach.audio.messages import Report
from hipcoach.audio.outbox import Outbox

_GRACE = 0.25
"""Seconds a player has to end by itself once its input ends, before it is killed."""

_LINES = 20
"""How many lines of its standard error are kept, to tell why it ended."""

_LONGEST_LINE = 300


class PlayerLink:
    """Starts a player and passes `outbox` on to it; hands `receive` each report, and None when it has ended.

    The process has a session of its own, so that no key at the terminal reaches it, and its standard error is
    a pipe, so that nothing it prints reaches the screen.

    Raises:
        OSError: the process cannot be started.
    """

    def __init__(
        self,
        command: Sequence[str],
        outbox: Outbox,
        receive: Callable[[PlayerLink, Report | None], None],
    ) -> None:
        self._outbox = outbox
        self._receive = receive
        self._complaints: deque[str] = deque(maxlen=_LINES)
        self._asked: dict[int, float] = {}
        self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            bufsize=0,
            start_new_session=True,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        self._reader = outbox.attach()
        self._threads = [
            Thread(target=work, name=f"player {work.__name__.strip('_')}", daemon=True)
            for work in (self._write, self._read, self._collect)
        ]
        for thread in self._threads:
            thread.start()

    @property
    def pid(self) -> int:
        """The process id of the player."""
        return self._process.pid

    @property
    def asked_at(self) -> float | None:
        """Since when (monotonic seconds) it owes an answer; None when it owes none."""
        try:
            return min(self._asked.values(), default=None)
        except RuntimeError:
            # Another thread has just noted or crossed out one: then it is not silent.
            return None

    @property
    def last_words(self) -> str:
        """The last line it printed to its standard error; empty when there is none."""
        return next((line for line in reversed(self._complaints) if line), "")

    def kill(self) -> None:
        """End it without ceremony; the ending is received as usual."""
        self._process.kill()

    def stop(self) -> None:
        """Let it end by itself, which stops all sound, or else kill it; takes less than half a second."""
        self._outbox.detach()
        try:
            self._process.wait(_GRACE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(_GRACE / 2)
        for thread in self._threads:
            thread.join(_GRACE / 10)

    def _write(self) -> None:
        pipe = self._process.stdin
        assert pipe is not None  # noqa: S101 - asked for above
        with contextlib.suppress(OSError), pipe:
            while (command := self._outbox.take(self._reader)) is not None:
                self._asked[command.number] = time.monotonic()
                rest = memoryview(command.encode())
                while rest:
                    rest = rest[pipe.write(rest) :]

    def _read(self) -> None:
        pipe = self._process.stdout
        assert pipe is not None  # noqa: S101 - asked for above
        with contextlib.suppress(OSError), pipe:
            for line in pipe:
                try:
                    report = Report.decode(line)
                except ValueError:
                    continue
                self._asked.pop(report.number, None)
                self._receive(self, report)
        self._process.wait()
        self._receive(self, None)

    def _collect(self) -> None:
        pipe = self._process.stderr
        assert pipe is not None  # noqa: S101 - asked for above
        with contextlib.suppress(OSError), pipe:
            while line := pipe.readline(_LONGEST_LINE):
                self._complaints.append(line.decode(errors="replace").strip())


def player_command(backend: str, sounds: Path) -> list[str]:
    """Return the command line of a player for one backend. `-P` keeps modules of the current directory
    out."""
    return [sys.executable, "-P", "-m", "hipcoach.audio.player", backend, str(sounds)]
