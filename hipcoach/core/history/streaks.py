"""Streaks, totals, and whether a session is due; dates are arguments.

A week counts when it holds as many different days with a session that counts as the goal says. The
current week and today are pending: they add to a streak as soon as they can and never break one. Days
the user excused (rest, sick, travel) are neutral, and so is a week with four or more of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Set
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from msgspec import Struct

from hipcoach.core.history.record import Balance, SessionEntry

DAY = timedelta(days=1)
WEEK = timedelta(days=7)
EXCUSED_WEEK = 4
"""Excused days that make a week neutral."""


class StreakRules(Struct, frozen=True):
    """What the user may set about streaks."""

    week_goal: int = 3
    """Different days a week, 1 to 7."""
    first_weekday: int = 0
    """0 Monday to 6 Sunday."""


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


def civil_day(local: datetime, day_start: int) -> date:
    """Return the day a local time belongs to, when days start at the hour `day_start` (0 to 23)."""
    return local.date() - DAY if local.hour < day_start else local.date()


def week_of(day: date, first_weekday: int) -> date:
    """Return the first day of a day's week; weeks start on `first_weekday` (0 Monday to 6 Sunday)."""
    return day - DAY * ((day.weekday() - first_weekday) % 7)


def stats(
    sessions: Iterable[SessionEntry],
    today: date,
    rules: StreakRules | None = None,
    excused: Set[date] = frozenset(),
) -> Stats:
    """Count everything the history shows at its top."""
    rules = rules or StreakRules()
    sessions = list(sessions)
    this_week = week_of(today, rules.first_weekday)
    days = {each.day for each in sessions if each.counts}
    weeks = Counter(week_of(day, rules.first_weekday) for day in days)
    reached = {week for week, count in weeks.items() if count >= rules.week_goal}
    excused_weeks = Counter(week_of(day, rules.first_weekday) for day in excused)
    neutral_weeks = {week for week, count in excused_weeks.items() if count >= EXCUSED_WEEK}
    week_streak, best_week_streak = _streaks(reached, this_week, WEEK, neutral_weeks)
    day_streak, best_day_streak = _streaks(days, today, DAY, excused)
    in_week = (each for each in sessions if week_of(each.day, rules.first_weekday) == this_week)
    return Stats(
        sessions=len(sessions),
        minutes=sum(each.active_seconds for each in sessions) / 60,
        week_minutes=sum(each.active_seconds for each in in_week) / 60,
        week_streak=week_streak,
        best_week_streak=best_week_streak,
        day_streak=day_streak,
        best_day_streak=best_day_streak,
        week_days=weeks[this_week],
        week_goal=rules.week_goal,
    )


def _streaks(days: Set[date], today: date, step: timedelta, neutral: Set[date]) -> tuple[int, int]:
    """Return the streak that today belongs to or could still add to, and the best one.

    Days (or first days of weeks) are `step` apart; neutral ones neither break a streak nor belong to it.
    """
    best = length = 0
    pending = today  # the day that would go on with the streak
    for day in sorted(days):
        length = length + 1 if length and pending >= day else 1
        best = max(best, length)
        pending = day + step
        while pending in neutral:
            pending += step
    return length if length and pending >= today else 0, best


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
    sessions: Iterable[SessionEntry],
    today: date,
    rules: StreakRules,
    excused: Set[date] = frozenset(),
    *,
    daily: bool = False,
) -> Reminder:
    """Return whether a session is due on `today`.

    It is not where one that counts was done today, where the day is excused, where the week has its days, or
    where it is neutral since most of its days are excused; with `daily` the last two are no reason.
    """
    week = week_of(today, rules.first_weekday)
    done = {each.day for each in sessions if week <= each.day < week + WEEK and each.counts}
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
