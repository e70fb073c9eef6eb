"""A record: what was really done of a session, in words and numbers that explain themselves for ever."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from msgspec import Struct, field
from msgspec.structs import replace

from hipcoach.core.exercise import Basis
from hipcoach.core.pace import Pace
from hipcoach.core.plan import WORK, Step, StepKind, StepSide
from hipcoach.core.session import CLOSE, HURT, Attempt, Session
from hipcoach.core.session_status import SessionStatus as SessionStatus
from hipcoach.core.session_status import counts as counts
from hipcoach.core.session_status import status_of

LONGEST_NOTE = 500
"""Characters that a note can be written with; a longer one that a file holds already stays whole."""
SHORTEST_HOLD = 1.0
"""Seconds; less of a hold than this counts as not begun."""
FASTEST_REP = 0.5
"""Seconds; nobody does a repetition in less, so no more of them are believed of a set at one's own pace."""


class Outcome(StrEnum):
    """What became of one work step; every one has exactly one."""

    DONE = "done"
    PARTIAL = "partial"
    SKIPPED = "skipped"
    LEFT = "left"
    """Not reached, because the session was stopped."""


class StepRecord(Struct, frozen=True):
    """One planned work step and what was done of it. Seconds at plan tempo; `done_seconds` as measured."""

    kind: StepKind
    exercise: str
    name: str
    stage: str
    side: StepSide | None
    direction: str | None
    round: int | None
    reps: int | None
    seconds: float
    dose_basis: Basis | None
    dose_source: str | None
    tempo_basis: Basis | None
    outcome: Outcome
    done_reps: int
    done_seconds: float
    reason: str = ""
    attempts: tuple[tuple[int, float], ...] = ()
    """(completed reps, seconds) of every go, where there was more than one."""

    @property
    def work_planned(self) -> float:
        """Seconds of planned work, at plan tempo; none where a log lists a warm-up or a rest as a step."""
        return self.seconds if self.kind in WORK else 0.0

    @property
    def work_done(self) -> float:
        """Seconds of the planned work that were done, at plan tempo; never more than planned."""
        planned = self.work_planned
        if self.outcome is Outcome.DONE:
            return planned
        if self.reps and self.done_reps:
            return min(planned, planned * self.done_reps / self.reps)
        return min(planned, self.done_seconds) if self.outcome is Outcome.PARTIAL else 0.0

    @property
    def is_begun(self) -> bool:
        """Whether it is work, and something of it was done."""
        return self.kind in WORK and self.outcome in (Outcome.DONE, Outcome.PARTIAL)


class SessionRecord(Struct, frozen=True):
    """One session as the log keeps it."""

    id: str
    routine: str
    title: str
    started: datetime
    """With its offset from UTC."""
    day: date
    """The local civil day it started on, by the day start then in force; never computed again."""
    status: SessionStatus
    active_seconds: float
    """Work and everything between; pauses not counted."""
    steps: tuple[StepRecord, ...]
    app_version: str = ""
    source: str = ""
    choices: Mapping[str, object] = field(default_factory=dict)
    note: str = ""
    discomfort_before: int | None = None
    """The user's rating as the session began, 0 to 10; None where it was not rated."""
    discomfort_after: int | None = None
    """The same at its end."""

    @property
    def hurt(self) -> bool:
        """Whether a set was skipped because it hurt."""
        return any(step.reason == HURT for step in self.steps)

    @property
    def work_planned(self) -> float:
        """Seconds of planned reps and holds, at plan tempo."""
        return sum(step.work_planned for step in self.steps)

    @property
    def work_done(self) -> float:
        """Seconds of planned reps and holds that were done, at plan tempo."""
        return sum(step.work_done for step in self.steps)

    @property
    def is_empty(self) -> bool:
        """Whether nothing was done at all. Such a record is kept only if its owner says so."""
        return not any(step.is_begun for step in self.steps)


class Ending(NamedTuple):
    """What a session came to, in words that are the same wherever they stand."""

    title: str
    words: str = ""
    """A sentence on whether it counts; empty where that goes without saying."""


WELL_DONE = Ending("Well done")
STOPPED_EARLY = Ending("Stopped early", "At least half of the plan was done, so it counts as a day.")
PARTLY_DONE = Ending(
    "Partly done",
    "Less than half of the plan was done, so it does not count as a day. Every bit is a start.",
)
NOTHING_DONE = Ending("Nothing done", "No set was done, so it does not count as a day.")


def ending_of(record: SessionRecord) -> Ending:
    """Return what to call a session that has ended. Only one that counts is praised."""
    if record.is_empty:
        return NOTHING_DONE
    if not counts(record):
        return PARTLY_DONE
    return WELL_DONE if record.status is SessionStatus.COMPLETED else STOPPED_EARLY


def judged(record: SessionRecord) -> SessionRecord:
    """A record with the status that its steps make it have; its own says only whether it reached its end."""
    status = status_of(
        reached_end=record.status is SessionStatus.COMPLETED,
        work_planned=record.work_planned,
        work_done=record.work_done,
    )
    return record if status is record.status else replace(record, status=status)


def is_own_pace(choices: Mapping[str, object]) -> bool:
    """Whether a session's sets of reps were done at the user's own pace."""
    return choices.get("pace") == Pace.OWN


def judged_step(step: StepRecord) -> StepRecord:
    """A step done at one's own pace, with no more repetitions than there was time for.

    Logs of before this rule hold whatever was asked for, however soon the set was ended.
    """
    if not step.reps or not step.done_reps:
        return step
    goes = (*step.attempts, (step.done_reps, step.done_seconds))
    believed = tuple((believable_reps(reps, seconds), seconds) for reps, seconds in goes)
    if believed == goes:
        return step
    reps, seconds = max(believed)
    return replace(
        step,
        outcome=_outcome_at_own_pace(step.reps, step.seconds / step.reps, reps, seconds) or Outcome.SKIPPED,
        done_reps=reps,
        done_seconds=seconds,
        attempts=believed[:-1],
    )


def believable_reps(reps: int, seconds: float) -> int:
    """As many of the repetitions as can be done in that time."""
    return min(reps, math.floor(seconds / FASTEST_REP + CLOSE))


def step_records(session: Session) -> tuple[StepRecord, ...]:
    """What was done of each work step of a session, in the plan's order.

    A step in progress counts as left: end the session first.
    """
    attempts: dict[int, list[Attempt]] = {}
    for attempt in session.attempts:
        attempts.setdefault(attempt.index, []).append(attempt)
    reasons = dict(session.reasons)
    return tuple(
        _step_record(
            step,
            attempts.get(step.index, []),
            reasons.get(step.index, ""),
            passed=step.index < session.index or step.item in session.dropped,
        )
        for step in session.plan.steps
        if step.is_work
    )


def record_of(
    session: Session,
    *,
    now: float,
    id: str,
    started: datetime,
    day: date,
    app_version: str,
    choices: Mapping[str, object],
    note: str = "",
    discomfort_before: int | None = None,
    discomfort_after: int | None = None,
) -> SessionRecord:
    """The record of an ended session; `now` in seconds of its clock."""
    record = SessionRecord(
        id=id,
        routine=session.plan.routine,
        title=session.plan.title,
        started=started,
        day=day,
        status=SessionStatus.COMPLETED if session.reached_end else SessionStatus.STOPPED,
        active_seconds=session.active_seconds(now),
        steps=step_records(session),
        app_version=app_version,
        source=session.plan.source_line,
        choices=choices,
        note=note,
        discomfort_before=discomfort_before,
        discomfort_after=discomfort_after,
    )
    return judged(record)


def _step_record(step: Step, attempts: list[Attempt], reason: str, *, passed: bool) -> StepRecord:
    # To the millisecond, as the log's file has it, so that what is judged now is judged the same when read.
    goes = [(each.reps, round(each.seconds, 3)) for each in attempts]
    if step.is_open:
        goes = [(believable_reps(reps, seconds), seconds) for reps, seconds in goes]
    reps, seconds = max(goes, default=(0, 0.0))
    return StepRecord(
        kind=step.kind,
        exercise=step.exercise or "",
        name=step.name,
        stage=step.stage,
        side=step.side,
        direction=step.direction,
        round=step.round,
        reps=step.reps,
        seconds=step.seconds,
        dose_basis=step.dose_basis,
        dose_source=step.dose_source,
        tempo_basis=step.tempo_basis,
        outcome=_outcome(step, reps, seconds) or (Outcome.SKIPPED if passed else Outcome.LEFT),
        done_reps=reps,
        done_seconds=seconds,
        reason=reason,
        attempts=tuple(goes) if len(goes) > 1 else (),
    )


def _outcome(step: Step, reps: int, seconds: float) -> Outcome | None:
    """What this much of a step makes it; None where that is not enough to have begun it."""
    if step.reps is None:
        if seconds >= step.seconds - CLOSE:
            return Outcome.DONE
        return Outcome.PARTIAL if seconds >= SHORTEST_HOLD else None
    if step.is_open:
        return _outcome_at_own_pace(step.reps, step.rep_seconds, reps, seconds)
    if reps >= step.reps:
        return Outcome.DONE
    return Outcome.PARTIAL if reps else None


def _outcome_at_own_pace(wanted: int, rep_seconds: float, reps: int, seconds: float) -> Outcome | None:
    if reps >= wanted:
        return Outcome.DONE
    # Of a set that was left without a word, time spent on it is all that shows.
    begun = reps > 0 or seconds >= max(rep_seconds, FASTEST_REP)
    return Outcome.PARTIAL if begun else None
