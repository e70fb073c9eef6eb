"""A record: what was really done of a session, in words and numbers that explain themselves for ever."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from enum import StrEnum

from msgspec import Struct, field

from hipcoach.core.attempt import Attempt
from hipcoach.core.exercise import Basis
from hipcoach.core.plan import Step, StepKind, StepSide
from hipcoach.core.session import HURT, Session
from hipcoach.core.session_status import ENOUGH as ENOUGH
from hipcoach.core.session_status import SessionStatus as SessionStatus
from hipcoach.core.session_status import counts as counts

LONGEST_NOTE = 500
"""Characters that a note can be written with; a longer one that a file holds already stays whole."""
SHORTEST_HOLD = 1.0
"""Seconds; less of a hold than this counts as not begun."""


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
    def work_done(self) -> float:
        """Seconds of the planned work that were done, at plan tempo; never more than planned."""
        if self.outcome is Outcome.DONE:
            return self.seconds
        if self.reps and self.done_reps:
            return min(self.seconds, self.seconds * self.done_reps / self.reps)
        return min(self.seconds, self.done_seconds) if self.outcome is Outcome.PARTIAL else 0.0


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
        return sum(step.seconds for step in self.steps)

    @property
    def work_done(self) -> float:
        """Seconds of planned reps and holds that were done, at plan tempo."""
        return sum(step.work_done for step in self.steps)


def status_of(reached_end: bool, steps: Iterable[StepRecord]) -> SessionStatus:
    """Completed is what reached its end with anything done at all; skipping through is not doing."""
    worked = any(step.outcome in (Outcome.DONE, Outcome.PARTIAL) for step in steps)
    return SessionStatus.COMPLETED if reached_end and worked else SessionStatus.STOPPED


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
    steps = step_records(session)
    return SessionRecord(
        id=id,
        routine=session.plan.routine,
        title=session.plan.title,
        started=started,
        day=day,
        status=status_of(session.reached_end, steps),
        active_seconds=session.active_seconds(now),
        steps=steps,
        app_version=app_version,
        source=session.plan.source_line,
        choices=choices,
        note=note,
        discomfort_before=discomfort_before,
        discomfort_after=discomfort_after,
    )


def _step_record(step: Step, attempts: list[Attempt], reason: str, *, passed: bool) -> StepRecord:
    best = max(attempts, key=lambda each: (each.reps, each.seconds), default=Attempt(step.index, 0, 0.0))
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
        outcome=_outcome(step, best, passed=passed),
        done_reps=best.reps,
        done_seconds=best.seconds,
        reason=reason,
        attempts=tuple((each.reps, each.seconds) for each in attempts) if len(attempts) > 1 else (),
    )


def _outcome(step: Step, best: Attempt, *, passed: bool) -> Outcome:
    if step.reps is not None:
        done = best.reps >= step.reps
        # Reps at one's own pace are not seen by the coach: time spent on them is all that shows.
        begun = best.reps > 0 or (step.is_open and best.seconds >= step.rep_seconds)
    else:
        done = best.seconds >= step.seconds - 1e-6
        begun = best.seconds >= SHORTEST_HOLD
    if done:
        return Outcome.DONE
    if begun:
        return Outcome.PARTIAL
    return Outcome.SKIPPED if passed else Outcome.LEFT
