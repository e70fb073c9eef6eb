"""Whether a session is due today, by the rules of the streaks."""

from __future__ import annotations

from collections.abc import Iterable, Set
from datetime import date
from enum import StrEnum

from msgspec import Struct

from hipcoach.core.days import DAY, WEEK, week_of
from hipcoach.core.record import counts
from hipcoach.core.stats import EXCUSED_WEEK, Practice
from hipcoach.core.streak_rules import StreakRules


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
