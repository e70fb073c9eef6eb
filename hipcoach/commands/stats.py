"""`hipcoach stats`: streaks and totals."""

from __future__ import annotations

from argparse import Namespace
from datetime import datetime
from typing import Any

from hipcoach.commands.choosing import settings_of
from hipcoach.commands.log import records_of
from hipcoach.commands.printing import say, say_json
from hipcoach.core.days import civil_day
from hipcoach.core.exercise import Side
from hipcoach.core.stats import Balance, Stats, balance, stats
from hipcoach.paths import AppPaths
from hipcoach.ui.format import count_text


def run(options: Namespace, paths: AppPaths) -> int:
    """Print what the log adds up to today."""
    now = datetime.now().astimezone()
    settings = settings_of(paths)
    records = records_of(paths, now)
    found = stats(records, civil_day(now, settings.day_start), settings.rules)
    sides = balance(records)
    if options.json:
        say_json(_json(found, sides))
    else:
        _say(found, sides)
    return 0


def _json(found: Stats, sides: Balance) -> dict[str, Any]:
    return {
        "sessions": found.sessions,
        "minutes": round(found.minutes, 1),
        "week_minutes": round(found.week_minutes, 1),
        "week_streak": found.week_streak,
        "best_week_streak": found.best_week_streak,
        "day_streak": found.day_streak,
        "best_day_streak": found.best_day_streak,
        "week_days": found.week_days,
        "week_goal": found.week_goal,
        "reps": {side.value: sides.reps[side] for side in Side},
        "hold_seconds": {side.value: round(sides.hold_seconds[side], 1) for side in Side},
    }


def _say(found: Stats, sides: Balance) -> None:
    left, right = Side.LEFT, Side.RIGHT
    goal = count_text(found.week_goal, "day")
    weeks, best_weeks = (count_text(each, "week") for each in (found.week_streak, found.best_week_streak))
    days, best_days = (count_text(each, "day") for each in (found.day_streak, found.best_day_streak))
    say(f"This week     {found.week_days} of {goal}, {_minutes(found.week_minutes)}")
    say(f"Week streak   {weeks}, best {best_weeks}")
    say(f"Day streak    {days}, best {best_days}")
    say(f"In all        {count_text(found.sessions, 'session')}, {_minutes(found.minutes)}")
    say(
        f"Left, right   {sides.reps[left]} and {count_text(sides.reps[right], 'rep')}; "
        f"{sides.hold_seconds[left]:.0f} and {sides.hold_seconds[right]:.0f} s of holds"
    )


def _minutes(minutes: float) -> str:
    return f"{round(minutes, 1):g} minutes"
