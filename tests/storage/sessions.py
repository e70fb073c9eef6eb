"""A session to keep a journal of: by side, then a hold; with indices and seconds

0 lead-in 8, 1 right 4 reps of 2, 2 switch 5, 3 left 4 reps, 4 lead-in 8, 5 hold 20.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

from hipcoach.core.plan import Plan, StepKind, StepSide
from hipcoach.core.session import Session
from hipcoach.storage.journal import JournalHeader
from tests.support import a_plan, a_set, a_step

STARTED = datetime(2026, 3, 2, 12, 0, tzinfo=timezone(timedelta(hours=1)))


def plan() -> Plan:
    """The plan above."""
    hold = {"item": 1, "exercise": "bridge", "side": StepSide.BOTH}
    return a_plan(
        a_step(StepKind.PREPARE, 8.0),
        a_set(),
        a_step(StepKind.SWITCH, 5.0, side=StepSide.LEFT),
        a_set(side=StepSide.LEFT),
        a_step(StepKind.PREPARE, 8.0, **hold),
        a_step(StepKind.HOLD, 20.0, **hold),
    )


def a_header() -> JournalHeader:
    """The header of a session of that plan."""
    return JournalHeader("20260302T110000Z-aaaaaa", STARTED, date(2026, 3, 2), "0.1.0", {"rounds": 1}, plan())


def run_on(session: Session, index: int) -> Session:
    """Let a session run on to the beginning of a step."""
    while session.index < index:
        session = session.advance(session.deadline)
    return session
