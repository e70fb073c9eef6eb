"""A record: what was really done of a session, in words and numbers that explain themselves for ever."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple, Protocol

from msgspec import Struct, field
from msgspec.structs import replace

from hipcoach.core.choices import Pace
from hipcoach.core.exercise import Basis
from hipcoach.core.plan import WORK, Step, StepKind, StepSide
from hipcoach.core.session import CLOSE, HURT, Attempt, Session

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


class ExerciseTotal(NamedTuple):
    """What was done of one exercise in one session."""

    exercise: str
    name: str
    sets: int
    """Sets and holds that were planned."""
    done_sets: int
    """Of these, the ones that were done whole."""
    reps: int
    """Completed repetitions, of all sides."""
    hold_seconds: float
    """Seconds held, of all sides."""
    left_reps: int
    right_reps: int
    left_hold_seconds: float
    right_hold_seconds: float
    most_reps: int
    """Completed repetitions of the best set."""
    longest_hold: float
    """Seconds."""


class SessionEntry(Struct, frozen=True):
    """One session, in short."""

    id: str
    routine: str
    title: str
    started: datetime
    """With its offset from UTC."""
    day: date
    """The local civil day it started on."""
    status: SessionStatus
    active_seconds: float
    """Seconds of work and everything between; pauses not counted."""
    work_planned: float
    """Seconds of planned reps and holds, at plan tempo."""
    work_done: float
    """Seconds of these that were done, at plan tempo."""
    sets: int
    """Sets and holds that were planned."""
    done_sets: int
    """Of these, the ones that were done whole."""
    planned_reps: int
    done_reps: int
    left_reps: int
    right_reps: int
    left_hold_seconds: float
    right_hold_seconds: float
    hurt: bool
    """Whether a set was skipped because it hurt."""
    level: str
    """What was chosen; empty where the log does not say."""
    rounds: int | None
    """The same."""
    note: str
    discomfort_before: int | None
    """0 to 10, as the user rated it."""
    discomfort_after: int | None
    totals: str
    """`exercises`, packed: ten thousand entries are to stay small."""

    @property
    def exercises(self) -> tuple[ExerciseTotal, ...]:
        """What was done of each exercise, in the order in which they came. Unpacked at every call."""
        import json

        return tuple(ExerciseTotal(*each) for each in json.loads(self.totals))


_pack = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class Share(NamedTuple):
    """What one step adds to its session's entry."""

    exercise: str
    name: str
    planned: float
    """Seconds at plan tempo."""
    worked: float
    """Seconds of these that were done."""
    is_done: bool
    planned_reps: int
    reps: int
    hold_seconds: float
    left_reps: int
    right_reps: int
    left_hold_seconds: float
    right_hold_seconds: float
    hurt: bool
    """Whether it was skipped because it hurt."""


def entry_of(record: SessionRecord) -> SessionEntry:
    """A record's line in the index."""
    return entry_from(record, [share_of(step) for step in record.steps])


def entry_from(record: SessionRecord, shares: Iterable[Share]) -> SessionEntry:
    """The line in the index of a record whose steps add up to these; its own steps are not looked at."""
    work_planned = work_done = left_hold = right_hold = 0.0
    sets = done_sets = planned_reps = done_reps = left_reps = right_reps = 0
    hurt = False
    by_exercise: dict[tuple[str, str], list[float]] = {}
    for share in shares:
        exercise, name, planned, worked, is_done, of_reps, reps, hold = share[:8]
        lefts, rights, on_left, on_right, hurts = share[8:]
        sets += 1
        done_sets += is_done
        work_planned += planned
        work_done += worked
        planned_reps += of_reps
        done_reps += reps
        left_reps += lefts
        right_reps += rights
        left_hold += on_left
        right_hold += on_right
        hurt = hurt or hurts
        total = by_exercise.get((exercise, name))
        if total is None:
            by_exercise[exercise, name] = [
                1,
                int(is_done),
                reps,
                hold,
                lefts,
                rights,
                on_left,
                on_right,
                reps,
                hold,
            ]
            continue
        total[0] += 1
        total[1] += is_done
        total[2] += reps
        total[3] += hold
        total[4] += lefts
        total[5] += rights
        total[6] += on_left
        total[7] += on_right
        total[8] = max(total[8], reps)
        total[9] = max(total[9], hold)
    level, rounds = record.choices.get("level"), record.choices.get("rounds")
    return SessionEntry(
        id=record.id,
        routine=record.routine,
        title=record.title,
        started=record.started,
        day=record.day,
        status=status_of(
            reached_end=record.status is SessionStatus.COMPLETED,
            work_planned=work_planned,
            work_done=work_done,
        ),
        active_seconds=record.active_seconds,
        work_planned=work_planned,
        work_done=work_done,
        sets=sets,
        done_sets=done_sets,
        planned_reps=planned_reps,
        done_reps=done_reps,
        left_reps=left_reps,
        right_reps=right_reps,
        left_hold_seconds=left_hold,
        right_hold_seconds=right_hold,
        hurt=hurt,
        level=level if isinstance(level, str) else "",
        rounds=rounds if isinstance(rounds, int) and not isinstance(rounds, bool) else None,
        note=record.note,
        discomfort_before=record.discomfort_before,
        discomfort_after=record.discomfort_after,
        totals=_pack([[*names, *total] for names, total in by_exercise.items()]),
    )


def share_of(step: StepRecord) -> Share:
    """What a step adds. Alternating sets are shared out evenly, the right side first."""
    left_reps = right_reps = 0
    left_hold = right_hold = 0.0
    hold = step.done_seconds if step.reps is None else 0.0
    if step.side is StepSide.ALTERNATING:
        right_reps, left_reps = (step.done_reps + 1) // 2, step.done_reps // 2
    elif step.side is StepSide.LEFT:
        left_reps, left_hold = step.done_reps, hold
    elif step.side is StepSide.RIGHT:
        right_reps, right_hold = step.done_reps, hold
    return Share(
        exercise=step.exercise,
        name=step.name,
        planned=step.work_planned,
        worked=step.work_done,
        is_done=step.outcome is Outcome.DONE,
        planned_reps=step.reps or 0,
        reps=step.done_reps,
        hold_seconds=hold,
        left_reps=left_reps,
        right_reps=right_reps,
        left_hold_seconds=left_hold,
        right_hold_seconds=right_hold,
        hurt=step.reason == HURT,
    )
