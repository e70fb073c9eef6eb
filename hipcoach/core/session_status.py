"""How a session ended, and whether it counts. Nothing else decides either."""

from __future__ import annotations

from enum import StrEnum
from typing import Protocol

ENOUGH = 0.5
"""The part of a session's planned work that makes it count towards a streak."""
SLACK = 1e-6
"""Seconds by which half may be missed: sums of the same numbers can differ in their last digits."""


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


def status_of(*, reached_end: bool, work_planned: float, work_done: float) -> SessionStatus:
    """Completed is what reached its end with half or more of its planned work done."""
    is_completed = reached_end and _is_enough(work_planned, work_done)
    return SessionStatus.COMPLETED if is_completed else SessionStatus.STOPPED


def counts(record: Countable) -> bool:
    """Whether a session counts towards a streak: half or more of its planned work was done.

    A log that lists no work, such as one written by hand, is taken at its word.
    """
    has_work = record.work_planned > 0 or record.status is SessionStatus.COMPLETED
    return has_work and _is_enough(record.work_planned, record.work_done)


def _is_enough(work_planned: float, work_done: float) -> bool:
    return work_done >= ENOUGH * work_planned - SLACK
