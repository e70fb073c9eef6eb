"""A record: what was really done of a session; and its entry, the line it has in lists and totals."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Any, NamedTuple

from msgspec import Meta, Struct
from msgspec.structs import replace

from hipcoach.core.choices import Pace
from hipcoach.core.exercise import Basis, Side
from hipcoach.core.fields import Count, Length
from hipcoach.core.plan import WORK, Step, StepKind, StepSide
from hipcoach.core.session import CLOSE, HURT, Attempt, Session

LONGEST_NOTE = 500
"""Characters that a note can be written with; a longer one that a file holds already stays whole."""
SHORTEST_HOLD = 1.0
"""Seconds; less of a hold than this counts as not begun."""
FASTEST_REP = 0.5
"""Seconds; nobody does a repetition in less, so no more of them are believed of a set at one's own pace."""
ENOUGH = 0.5
"""The part of a session's planned work that makes it count towards a streak."""
SLACK = 1e-6
"""Seconds by which half may be missed: sums of the same numbers can differ in their last digits."""
MOST = 1_000_000_000
"""No number in the choices of a session is as large."""

Rating = Annotated[int, Meta(ge=0, le=10)]


class SessionStatus(StrEnum):
    """How a session ended."""

    COMPLETED = "completed"
    STOPPED = "stopped"


class Outcome(StrEnum):
    """What became of one work step; every one has exactly one."""

    DONE = "done"
    PARTIAL = "partial"
    SKIPPED = "skipped"
    LEFT = "left"
    """Not reached, because the session was stopped."""


class Balance(NamedTuple):
    """Work done on each side: repetitions and seconds of holds."""

    left_reps: int = 0
    right_reps: int = 0
    left_hold: float = 0.0
    right_hold: float = 0.0

    @property
    def reps(self) -> dict[Side, int]:
        """Repetitions by side."""
        return {Side.LEFT: self.left_reps, Side.RIGHT: self.right_reps}

    @property
    def hold_seconds(self) -> dict[Side, float]:
        """Seconds of holds by side."""
        return {Side.LEFT: self.left_hold, Side.RIGHT: self.right_hold}


class StepRecord(Struct, frozen=True, kw_only=True):
    """One planned work step and what was done of it. Seconds at plan tempo; `done_seconds` as measured."""

    kind: StepKind
    exercise: str = ""
    name: str = ""
    stage: str = ""
    side: StepSide | None = None
    direction: str | None = None
    round: Count | None = None
    reps: Count | None = None
    seconds: Length
    dose_basis: Basis | None = None
    dose_source: str | None = None
    tempo_basis: Basis | None = None
    outcome: Outcome
    done_reps: Count = 0
    done_seconds: Length = 0.0
    reason: str = ""
    attempts: tuple[tuple[Count, Length], ...] = ()
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

    @property
    def hold(self) -> float:
        """Seconds held; none in a set of repetitions."""
        return self.done_seconds if self.reps is None else 0.0

    @property
    def balance(self) -> Balance:
        """What was done on each side. Alternating sets are shared out evenly, the right side first."""
        match self.side:
            case StepSide.ALTERNATING:
                return Balance(left_reps=self.done_reps // 2, right_reps=(self.done_reps + 1) // 2)
            case StepSide.LEFT:
                return Balance(left_reps=self.done_reps, left_hold=self.hold)
            case StepSide.RIGHT:
                return Balance(right_reps=self.done_reps, right_hold=self.hold)
            case _:
                return Balance()


PLANNED = [name for name in StepRecord.__struct_fields__ if name in Step.__struct_fields__]
"""What a record has of its step."""


class SessionRecord(Struct, frozen=True, kw_only=True, rename={"steps": "step"}):
    """One session as the log keeps it; its fields are the keys of its file, in their order."""

    app_version: str = ""
    id: str
    routine: str
    title: str
    source: str = ""
    started: datetime
    """With its offset from UTC."""
    day: date
    """The local civil day it started on, by the day start then in force; never computed again."""
    status: SessionStatus
    active_seconds: Length
    """Work and everything between; pauses not counted."""
    note: str = ""
    discomfort_before: Rating | None = None
    """The user's rating as the session began, 0 to 10; None where it was not rated."""
    discomfort_after: Rating | None = None
    """The same at its end."""
    choices: dict[str, Any] = {}
    steps: tuple[StepRecord, ...] = ()

    @property
    def work_planned(self) -> float:
        """Seconds of planned reps and holds, at plan tempo."""
        return sum(step.work_planned for step in self.steps)

    @property
    def work_done(self) -> float:
        """Seconds of planned reps and holds that were done, at plan tempo."""
        return sum(step.work_done for step in self.steps)

    @property
    def is_half_done(self) -> bool:
        """Whether half or more of its planned work was done."""
        return self.work_done >= ENOUGH * self.work_planned - SLACK

    @property
    def counts(self) -> bool:
        """Whether it counts towards a streak: half or more of its planned work was done.

        A log that lists no work, such as one written by hand, is taken at its word.
        """
        has_work = self.work_planned > 0 or self.status is SessionStatus.COMPLETED
        return has_work and self.is_half_done

    @property
    def is_empty(self) -> bool:
        """Whether nothing was done at all. Such a record is kept only if its owner says so."""
        return not any(step.is_begun for step in self.steps)

    @property
    def hurt(self) -> bool:
        """Whether a set was skipped because it hurt."""
        return any(step.reason == HURT for step in self.steps)

    @property
    def level(self) -> str:
        """The level that was chosen; empty where the log does not say."""
        level = self.choices.get("level")
        return level if isinstance(level, str) else ""

    @property
    def rounds(self) -> int | None:
        """The rounds that were chosen; None where the log does not say."""
        rounds = self.choices.get("rounds")
        return rounds if type(rounds) is int else None

    @property
    def sets(self) -> int:
        """Sets and holds that were planned."""
        return len(self.steps)

    @property
    def done_sets(self) -> int:
        """Sets and holds that were done whole."""
        return sum(step.outcome is Outcome.DONE for step in self.steps)

    @property
    def planned_reps(self) -> int:
        """Repetitions that were planned."""
        return sum(step.reps or 0 for step in self.steps)

    @property
    def done_reps(self) -> int:
        """Repetitions that were completed."""
        return sum(step.done_reps for step in self.steps)

    @property
    def balance(self) -> Balance:
        """Work done on the left and on the right."""
        return Balance(*map(sum, zip(Balance(), *(step.balance for step in self.steps), strict=True)))


class SessionEntry(Struct, frozen=True, array_like=True):
    """One session as a row: all that lists, streaks and totals need, without its sets."""

    id: str
    routine: str
    title: str
    started: datetime
    day: date
    status: SessionStatus
    counts: bool
    """Whether it counts towards a streak."""
    active_seconds: float
    sets: int
    """Sets and holds that were planned."""
    done_sets: int
    planned_reps: int
    done_reps: int
    hurt: bool
    """Whether a set was skipped because it hurt."""
    level: str
    """What was chosen; empty where the log does not say."""
    rounds: int | None
    """The same."""
    note: str
    discomfort_before: int | None
    discomfort_after: int | None


def entry_of(record: SessionRecord) -> SessionEntry:
    """Return a record's line in lists."""
    return SessionEntry(*(getattr(record, name) for name in SessionEntry.__struct_fields__))


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
    if not record.counts:
        return PARTLY_DONE
    return WELL_DONE if record.status is SessionStatus.COMPLETED else STOPPED_EARLY


def judged(record: SessionRecord) -> SessionRecord:
    """Return a record by the rules of today: its steps, and the status that they give it. Its own only says
    whether it reached its end."""
    if record.choices.get("pace") == Pace.OWN:
        record = replace(record, steps=tuple(map(_judged_step, record.steps)))
    if record.status is SessionStatus.COMPLETED and not record.is_half_done:
        return replace(record, status=SessionStatus.STOPPED)
    return record


def _judged_step(step: StepRecord) -> StepRecord:
    """Return a step done at one's own pace, with no more repetitions than there was time for.

    Logs of before this rule hold whatever was asked for, however soon the set was ended. A set that does not
    say how long it took is taken at its word.
    """
    if not step.reps or not step.done_reps or not step.done_seconds:
        return step
    goes = (*step.attempts, (step.done_reps, step.done_seconds))
    believed = tuple((_believable_reps(reps, seconds), seconds) for reps, seconds in goes)
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


def shown_choices(choices: Mapping[str, Any]) -> dict[str, Any]:
    """Return the choices that can be shown: words, numbers that are not huge, and tables of them."""
    return {
        name: shown_choices(value) if isinstance(value, dict) else value
        for name, value in choices.items()
        if isinstance(value, (str, dict)) or (isinstance(value, (int, float)) and abs(value) < MOST)
    }


def _believable_reps(reps: int, seconds: float) -> int:
    """Return as many of the repetitions as can be done in that time."""
    return min(reps, math.floor(seconds / FASTEST_REP + CLOSE))


def step_records(session: Session) -> tuple[StepRecord, ...]:
    """Return what was done of each work step of a session, in the plan's order.

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


def record_of(session: Session, *, now: float, **about: Any) -> SessionRecord:
    """Return the record of an ended session.

    Args:
        session: the session.
        now: seconds of its clock.
        about: the fields of the record that the session does not know, such as `id` and `started`.
    """
    return judged(
        SessionRecord(
            routine=session.plan.routine,
            title=session.plan.title,
            status=SessionStatus.COMPLETED if session.reached_end else SessionStatus.STOPPED,
            active_seconds=session.active_seconds(now),
            steps=step_records(session),
            source=session.plan.source_line,
            **about,
        )
    )


def _step_record(step: Step, attempts: list[Attempt], reason: str, *, passed: bool) -> StepRecord:
    # To the millisecond, as the log's file has it, so that what is judged now is judged the same when read.
    goes = [(each.reps, round(float(each.seconds), 3)) for each in attempts]
    if step.is_open:
        goes = [(_believable_reps(reps, seconds), seconds) for reps, seconds in goes]
    reps, seconds = max(goes, default=(0, 0.0))
    planned = {name: getattr(step, name) for name in PLANNED}
    return StepRecord(
        **planned | {"exercise": step.exercise or ""},
        outcome=_outcome(step, reps, seconds) or (Outcome.SKIPPED if passed else Outcome.LEFT),
        done_reps=reps,
        done_seconds=seconds,
        reason=reason,
        attempts=tuple(goes) if len(goes) > 1 else (),
    )


def _outcome(step: Step, reps: int, seconds: float) -> Outcome | None:
    """Return what this much of a step makes it; None where that is not enough to have begun it."""
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
