"""Streaks and totals. One function, `core.session_status.counts`, decides what counts; dates are arguments.

A week counts when it holds as many different days with a session that counts as the goal says. The
current week and today are pending: they add to a streak as soon as they can and never break one. Days
the user excused (rest, sick, travel) are neutral, and so is a week with four or more of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Set
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeVar

from msgspec import Struct

from hipcoach.core.exercise import Side
from hipcoach.core.history.record import Countable, SessionEntry, counts

if TYPE_CHECKING:
    from hipcoach.core.history.record import SessionEntry, SessionRecord


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


class StreakRules(Struct, frozen=True):
    """What the user may set about streaks."""

    week_goal: int = 3
    """Different days a week, 1 to 7."""
    first_weekday: int = 0
    """0 Monday to 6 Sunday."""


DAY = timedelta(days=1)
WEEK = timedelta(days=7)


def civil_day(local: datetime, day_start: int) -> date:
    """The day a local time belongs to, when days start at the hour `day_start` (0 to 23)."""
    return local.date() - DAY if local.hour < day_start else local.date()


def week_of(day: date, first_weekday: int) -> date:
    """The first day of the week `day` lies in; weeks start on `first_weekday` (0 Monday to 6 Sunday)."""
    return day - DAY * ((day.weekday() - first_weekday) % 7)


def runs(days: Iterable[date], step: timedelta, neutral: frozenset[date] = frozenset()) -> list[list[date]]:
    """Consecutive days (or first days of weeks) `step` apart, oldest run first.

    Neutral ones between two days neither break a run nor belong to it.
    """
    found: list[list[date]] = []
    for day in sorted(set(days)):
        if found and _joined(found[-1][-1], day, step, neutral):
            found[-1].append(day)
        else:
            found.append([day])
    return found


def _joined(earlier: date, later: date, step: timedelta, neutral: frozenset[date]) -> bool:
    between = earlier + step
    while between < later and between in neutral:
        between += step
    return between >= later


class Reason(StrEnum):
    """Why a session is due, or why it is not."""

    DUE = "due"
    DONE = "done-today"
    DAY_OFF = "day-off"
    WEEK_OFF = "week-off"
    GOAL_REACHED = "goal-reached"


class Reminder(Struct, frozen=True):
    """Whether a session is due today, and how the week stands."""

    reason: Reason
    week_days: int
    """Different days of this week with a session that counts."""
    week_goal: int
    days_left: int
    """Days of this week that are not marked off, today included."""

    @property
    def is_due(self) -> bool:
        """Whether a session is due today."""
        return self.reason is Reason.DUE

    def __str__(self) -> str:
        week = f"{self.week_days} of {self.week_goal} {'day' if self.week_goal == 1 else 'days'} this week"
        left = f"{self.days_left} {'day' if self.days_left == 1 else 'days'} left"
        match self.reason:
            case Reason.DUE if self.week_days < self.week_goal:
                return f"A session is due: {week}, {left}."
            case Reason.DUE:
                return f"A session is due today ({week})."
            case Reason.DONE:
                return f"Done for today: {week}."
            case Reason.DAY_OFF:
                return f"Today is marked off ({week})."
            case Reason.WEEK_OFF:
                return f"This week is marked off ({week})."
            case Reason.GOAL_REACHED:
                return f"The week's goal is reached: {week}."


def reminder(
    sessions: Iterable[Practice],
    today: date,
    rules: StreakRules,
    excused: Set[date] = frozenset(),
    *,
    daily: bool = False,
) -> Reminder:
    """Whether a session is due on `today`.

    It is not where one that counts was done today, where the day is excused, where the week has its days, or
    where it is neutral since most of its days are excused; with `daily` the last two are no reason.
    """
    week = week_of(today, rules.first_weekday)
    done = {each.day for each in sessions if week <= each.day < week + WEEK and counts(each)}
    of_week = [week + DAY * number for number in range(7)]
    off = [day for day in of_week if day in excused]
    if today in done:
        reason = Reason.DONE
    elif today in excused:
        reason = Reason.DAY_OFF
    elif len(done) >= rules.week_goal and not daily:
        reason = Reason.GOAL_REACHED
    elif len(off) >= EXCUSED_WEEK and not daily:
        reason = Reason.WEEK_OFF
    else:
        reason = Reason.DUE
    left = [day for day in of_week if day >= today and day not in excused]
    return Reminder(reason, len(done), rules.week_goal, len(left))


KEPT_DOSES = 60
"""The last times an exercise was done that are kept one by one: as many as a line of the screen can show."""


class DoneDose(NamedTuple):
    """How much was done of an exercise in one session."""

    day: date
    reps: int
    """Completed repetitions of the best set."""
    hold: float
    """Seconds of the longest hold."""


class ExerciseHistory(Struct, frozen=True):
    """One exercise over all sessions in which something of it was done."""

    exercise: str
    name: str
    """As it was last called."""
    times: int
    """Sessions."""
    first: date
    last: date
    balance: Balance
    doses: tuple[DoneDose, ...]
    """The last ones, oldest first."""


class _Sums:
    """One exercise while sessions are added up, the newest first."""

    def __init__(self, name: str, last: date) -> None:
        self.name, self.last, self.first = name, last, last
        self.times = self.left_reps = self.right_reps = 0
        self.left_hold = self.right_hold = 0.0
        self.doses: list[DoneDose] = []


def exercise_histories(
    newest_first: Iterable[SessionEntry], stop: Callable[[], bool] = lambda: False
) -> tuple[ExerciseHistory, ...]:
    """Add up what was done of each exercise, the one done most often first.

    Args:
        newest_first: the sessions.
        stop: asked between two sessions; once it is true, what there is by then is all there will be.
    """
    found: dict[str, _Sums] = {}
    for entry in newest_first:
        if stop():
            break
        seen: set[str] = set()
        for each in entry.exercises:
            if not each.reps and not each.hold_seconds:
                continue
            sums = found.get(each.exercise)
            if sums is None:
                sums = found[each.exercise] = _Sums(each.name, entry.day)
            sums.first = entry.day
            sums.left_reps += each.left_reps
            sums.right_reps += each.right_reps
            sums.left_hold += each.left_hold_seconds
            sums.right_hold += each.right_hold_seconds
            if each.exercise not in seen:
                seen.add(each.exercise)
                sums.times += 1
                if len(sums.doses) < KEPT_DOSES:
                    sums.doses.append(DoneDose(entry.day, each.most_reps, each.longest_hold))
    histories = [_history(exercise, sums) for exercise, sums in found.items()]
    return tuple(sorted(histories, key=lambda each: (-each.times, each.name.casefold())))


def _history(exercise: str, sums: _Sums) -> ExerciseHistory:
    return ExerciseHistory(
        exercise=exercise,
        name=sums.name,
        times=sums.times,
        first=sums.first,
        last=sums.last,
        balance=Balance(
            {Side.LEFT: sums.left_reps, Side.RIGHT: sums.right_reps},
            {Side.LEFT: sums.left_hold, Side.RIGHT: sums.right_hold},
        ),
        doses=tuple(reversed(sums.doses)),
    )
