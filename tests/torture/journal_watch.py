"""Reads the journal of a running session from outside: what is in it, and how late each line came."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

from msgspec import Struct, field

from hipcoach.core.plan import Plan

LONGEST_HEAD_START = 0.6
"""Seconds from a session's beginning to its first sound, at most; only used until a line tells better."""
LOOK = 0.004
"""Seconds between two looks."""


def events_of(content: bytes) -> list[dict[str, Any]]:
    """The whole lines of a journal after its header. Only what follows the last newline may be torn."""
    return [json.loads(line) for line in content.split(b"\n")[1:-1] if line]


class JournalWatch(Struct):
    """Follows one run of a session, from the line it was begun or taken up with.

    When a step should have ended is known to the millisecond: it is the run's first moment plus the plan's
    seconds, and the first moment is what the earliest line's time, less its active seconds, cannot be before.
    """

    path: Path
    plan: Plan
    before: int = 0
    """How many events an earlier run had left."""
    events: list[dict[str, Any]] = field(default_factory=list)
    _seen: list[float] = field(default_factory=list)
    _size: int = -1

    def look(self) -> bool:
        """Read what is new. Returns whether this run is in the journal yet."""
        try:
            content = self.path.read_bytes()
            changed = self.path.stat().st_mtime
        except FileNotFoundError:
            return self.first is not None
        if len(content) != self._size:
            self._size = len(content)
            self.events = events_of(content)[self.before :]
            self._seen += [changed] * (len(self.events) - len(self._seen))
        return self.first is not None

    def follow(self, until: float) -> None:
        """Look until that moment (epoch)."""
        while time.time() < until:
            self.look()
            time.sleep(LOOK)

    @property
    def first(self) -> dict[str, Any] | None:
        """The line that says where this run began."""
        return next((event for event in self.events if event["event"] == "enter"), None)

    def began(self) -> float | None:
        """The latest moment (epoch) at which the run's clock can have begun to move."""
        first = self.first
        if first is None:
            return None
        told: list[float] = [
            seen - (event["active"] - first["active"])
            for event, seen in zip(self.events, self._seen, strict=True)
            if event.get("active", 0.0) > first["active"]
        ]
        return min([self._seen[0] + LONGEST_HEAD_START, *told])

    def ends(self) -> dict[int, float]:
        """When (epoch) each step of this run ends, by the plan."""
        first, moment = self.first, self.began()
        if first is None or moment is None:
            return {}
        ends = {}
        for step in self.plan.steps[first["index"] :]:
            moment += step.seconds
            ends[step.index] = moment
        return ends

    def lacks(self, moment: float) -> list[str]:
        """What had ended before that moment (epoch) and is not in the journal."""
        lacking = []
        done = {event["index"]: event for event in self.events if event["event"] == "attempt"}
        left = {event["index"] - 1 for event in self.events if event["event"] == "enter"}
        over = any(event["event"] == "end" for event in self.events)
        for index, end in self.ends().items():
            if end >= moment:
                break
            step = self.plan.steps[index]
            if step.is_work and (done.get(index) or {}).get("reps") != (step.reps or 0):
                lacking.append(f"what was done in step {index}, {moment - end:.3f} s before")
            if index not in left and not over:
                lacking.append(f"the end of step {index}, {moment - end:.3f} s before")
        return lacking

    def lateness(self) -> list[float]:
        """Seconds from the end of each step to its line on disk."""
        ends = self.ends()
        return [
            seen - ends[event["index"]]
            for event, seen in zip(self.events, self._seen, strict=True)
            if event["event"] == "attempt" and event["index"] in ends
        ]
