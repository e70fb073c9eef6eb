"""How a session ended, and whether it counts."""

from __future__ import annotations

from enum import StrEnum
from typing import Protocol

ENOUGH = 0.5
"""The part of a session's planned work that makes it count towards a streak."""


class SessionStatus(StrEnum):
    """How a session ended."""

    COMPLETED = "completed"
    STOPPED = "stopped"


class Countable(Protocol):
    """What says whether a session counts: its whole record, or its entry in the index."""

    @property
    def status(self) -> SessionStatus:
        """How it ended."""

    @property
    def work_planned(self) -> float:
        """Seconds of reps and holds that were planned, at plan tempo."""

    @property
    def work_done(self) -> float:
        """Seconds of them that were done."""


def counts(record: Countable) -> bool:
    """Whether a session counts towards a streak: finished, or half of its planned work done."""
    if record.status is SessionStatus.COMPLETED:
        return True
    return record.work_planned > 0 and record.work_done >= ENOUGH * record.work_planned
