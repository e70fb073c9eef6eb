"""Days and weeks as people live them: a day that starts at an hour of their choice, a week likewise."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

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
