"""A plain session without a terminal: keys come at set times, and time passes while they are awaited."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import StringIO
from typing import TextIO

from hipcoach.commands.plain.keys import Keys
from hipcoach.commands.plain.narration import Narrator
from hipcoach.commands.plain.session import Lines, PlainSession
from hipcoach.core.history.record import SessionRecord
from hipcoach.core.plan import Plan
from hipcoach.live.services import Services
from hipcoach.live.session_runner import SessionRunner
from tests.support import FakeClock


@contextmanager
def piped(content: str) -> Iterator[TextIO]:
    """A pipe that this is written to, and then closed."""
    end, begin = os.pipe()
    os.write(begin, content.encode())
    os.close(begin)
    with os.fdopen(end, encoding="utf-8") as stream:
        yield stream


class KeysAtTimes(Keys):
    """Keys that are pressed so many seconds after the beginning; waiting for one lets the time pass."""

    def __init__(self, clock: FakeClock, keys: Sequence[tuple[float, str]] = ()) -> None:
        super().__init__(StringIO())
        self.clock = clock
        self.keys = keys
        self._start = clock.now
        self._next = 0

    def read(self, timeout: float) -> str | None:
        until = self.clock.now + timeout
        if self._next < len(self.keys):
            due, key = self.keys[self._next]
            if self._start + due <= until:
                self.clock.now = max(self.clock.now, self._start + due)
                self._next += 1
                return key
        self.clock.now = until
        return None


@dataclass
class Told:
    """What was printed, with the seconds since the beginning at which it was, and the record."""

    lines: list[tuple[int, str]] = field(default_factory=list)
    record: SessionRecord | None = None

    @property
    def text(self) -> list[str]:
        return [line for _, line in self.lines]


def run_plain(
    services: Services,
    plan: Plan,
    *keys: tuple[float, str],
    every: int = 5,
    say: Callable[[str], None] | None = None,
) -> Told:
    """Run a session to its end; `say` prints instead of `Told` remembering."""
    clock = services.clock
    assert isinstance(clock, FakeClock)
    start, told = clock.now, Told()

    def remember(line: str) -> None:
        told.lines.append((int(clock.now - start + 1e-6), line))

    lines = Lines(say or remember, KeysAtTimes(clock, keys))
    told.record = PlainSession(services, SessionRunner(services, plan, {}), Narrator(every), lines).run()
    return told
