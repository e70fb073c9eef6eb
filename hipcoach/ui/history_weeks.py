"""The log week by week: minutes, days that count, sessions; and what is said of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from msgspec import Struct

from hipcoach.core.history.streaks import DAY, WEEK, week_of
from hipcoach.ui.format import count_text
from hipcoach.ui.widgets.day_activity import Activity
from hipcoach.ui.widgets.session_row import short_day
from hipcoach.ui.widgets.streak_words import minutes_words

FEWEST_WEEKS = 12
"""Weeks that are shown even where nothing was done in most of them: a chart of one bar says little."""


class WeekTotal(Struct, frozen=True):
    """One week."""

    first: date
    """Its first day."""
    minutes: float
    days: int
    """Days with a session that counts."""
    sessions: int

    @property
    def last(self) -> date:
        """Its last day."""
        return self.first + 6 * DAY


def week_totals(activity: Activity, today: date, first_weekday: int) -> tuple[WeekTotal, ...]:
    """Every week from the first with a session to this one, oldest first, and twelve at least."""
    this_week = week_of(today, first_weekday)
    sums: dict[date, list[float]] = {}
    for day, done in activity.items():
        each = sums.setdefault(week_of(day, first_weekday), [0.0, 0, 0])
        each[0] += done.minutes
        each[1] += done.counted
        each[2] += done.sessions
    week = min((*sums, this_week - WEEK * (FEWEST_WEEKS - 1)))
    weeks = []
    while week <= this_week:
        minutes, days, sessions = sums.get(week, (0.0, 0, 0))
        weeks.append(WeekTotal(week, minutes, int(days), int(sessions)))
        week += WEEK
    return tuple(weeks)


def weeks_words(weeks: Sequence[WeekTotal]) -> str:
    """This week, what was usual in the last whole ones, and the most there was."""
    *before, this = weeks
    parts = [f"This week {minutes_words(this.minutes)}, {count_text(this.days, 'day')}"]
    first = next((number for number, each in enumerate(before) if each.sessions), len(before))
    usual = before[first:][-FEWEST_WEEKS:]
    if usual:
        minutes = sum(each.minutes for each in usual) / len(usual)
        days = sum(each.days for each in usual) / len(usual)
        name = f"{len(usual)} weeks before" if len(usual) > 1 else "the week before"
        mean = " a week" if len(usual) > 1 else ""
        parts.append(f"{name}: {minutes_words(minutes)}, {days:.2g} days{mean}")
    most = max(weeks, key=lambda each: each.minutes)
    if most is not this and most.minutes:
        parts.append(f"most: {minutes_words(most.minutes)}")
    return " · ".join(parts)


def week_words(week: WeekTotal, today: date, goal_days: int) -> str:
    """One week in a line."""
    name = (
        "This week"
        if week.first <= today <= week.last
        else f"Week of {' '.join(short_day(week.first, today).split())}"
    )
    if not week.sessions:
        return f"{name}: nothing"
    reached = " ✓" if week.days >= goal_days else ""
    return (
        f"{name}: {minutes_words(week.minutes)}, {count_text(week.sessions, 'session')}, "
        f"{week.days} of {count_text(goal_days, 'day')}{reached}"
    )
