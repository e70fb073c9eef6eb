"""Streaks and totals. One function, `core.session_status.counts`, decides what counts; dates are arguments.

A week counts when it holds as many different days with a session that counts as the goal says. The
current week and today are pending: they add to a streak as soon as they can and never break one. Days
the user excused (rest, sick, travel) are neutral, and so is a week with four or more of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Set
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Protocol, TypeVar

from msgspec import Struct

from hipcoach.core.days import DAY, WEEK, runs, week_of
from hipcoach.core.session_status import Countable, counts
from hipcoach.core.side import Side
from hipcoach.core.streak_rules import StreakRules

if TYPE_CHECKING:
    from hipcoach.core.record import SessionRecord
    from hipcoach.core.session_entry import SessionEntry

FUTURE_LIMIT = timedelta(hours=26)
"""A log dated further ahead than any time zone can explain is a mistake of some clock."""
EXCUSED_WEEK = 4
"""Excused days that make a week neutral."""


class Timed(Protocol):
    """What began at some time: a record, or its entry in the index."""

    @property
    def started(self) -> datetime:
        """When it began, with its offset."""


class Practice(Countable, Protocol):
    """What was done on a day: a record, or its entry in the index."""

    @property
    def day(self) -> date:
        """The day it counts for."""

    @property
    def active_seconds(self) -> float:
        """Seconds of practice, without pauses."""


T = TypeVar("T", bound=Timed)


class Stats(Struct, frozen=True):
    """What the history shows at its top. Minutes are active minutes; pauses are not counted."""

    sessions: int
    minutes: float
    week_minutes: float
    week_streak: int
    best_week_streak: int
    day_streak: int
    best_day_streak: int
    week_days: int
    week_goal: int


class Balance(Struct, frozen=True):
    """Work done on each side: repetitions and seconds of holds."""

    reps: dict[Side, int]
    hold_seconds: dict[Side, float]


def without_future(records: Iterable[T], now: datetime) -> tuple[list[T], list[T]]:
    """Split records into (good ones, ones dated more than 26 hours ahead of `now`)."""
    good: list[T] = []
    future: list[T] = []
    limit = now + FUTURE_LIMIT
    for record in records:
        (future if record.started > limit else good).append(record)
    return good, future


def stats(
    records: Iterable[Practice],
    today: date,
    rules: StreakRules | None = None,
    excused: Set[date] = frozenset(),
) -> Stats:
    """Count everything the history shows at its top."""
    rules = rules or StreakRules()
    records = list(records)
    this_week = week_of(today, rules.first_weekday)
    counted = [record for record in records if counts(record)]
    days = {record.day for record in counted}
    weeks = Counter(week_of(day, rules.first_weekday) for day in days)
    reached = [week for week, count in weeks.items() if count >= rules.week_goal]
    excused_weeks = Counter(week_of(day, rules.first_weekday) for day in excused)
    neutral_weeks = frozenset(week for week, count in excused_weeks.items() if count >= EXCUSED_WEEK)
    week_runs = runs(reached, WEEK, neutral_weeks)
    day_runs = runs(days, DAY, frozenset(excused))
    return Stats(
        sessions=len(records),
        minutes=sum(record.active_seconds for record in records) / 60,
        week_minutes=sum(
            record.active_seconds
            for record in records
            if week_of(record.day, rules.first_weekday) == this_week
        )
        / 60,
        week_streak=_current(week_runs, this_week, WEEK, neutral_weeks),
        best_week_streak=max(map(len, week_runs), default=0),
        day_streak=_current(day_runs, today, DAY, frozenset(excused)),
        best_day_streak=max(map(len, day_runs), default=0),
        week_days=weeks[this_week],
        week_goal=rules.week_goal,
    )


def balance(records: Iterable[SessionRecord]) -> Balance:
    """Work done on the left and on the right; alternating sets are shared out evenly."""
    from hipcoach.core.plan import StepSide

    reps = dict.fromkeys(Side, 0)
    holds = dict.fromkeys(Side, 0.0)
    for record in records:
        for step in record.steps:
            is_hold = step.reps is None
            if step.side is StepSide.ALTERNATING:
                for index, side in enumerate((Side.RIGHT, Side.LEFT)):
                    reps[side] += (step.done_reps + 1 - index) // 2
            elif step.side in (StepSide.LEFT, StepSide.RIGHT):
                side = Side(step.side.value)
                reps[side] += step.done_reps
                holds[side] += step.done_seconds if is_hold else 0.0
    return Balance(reps, holds)


def total_balance(entries: Iterable[SessionEntry]) -> Balance:
    """The same from the index: `balance` of the records that these are the entries of."""
    reps = dict.fromkeys(Side, 0)
    holds = dict.fromkeys(Side, 0.0)
    for entry in entries:
        reps[Side.LEFT] += entry.left_reps
        reps[Side.RIGHT] += entry.right_reps
        holds[Side.LEFT] += entry.left_hold_seconds
        holds[Side.RIGHT] += entry.right_hold_seconds
    return Balance(reps, holds)


def _current(found: list[list[date]], today: date, step: timedelta, neutral: frozenset[date]) -> int:
    """The length of the run that today (or this week) belongs to or could still add to."""
    if not found:
        return 0
    last = found[-1][-1]
    between = last + step
    while between < today and between in neutral:
        between += step
    return len(found[-1]) if between >= today else 0
