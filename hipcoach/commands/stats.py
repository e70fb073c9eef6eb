"""`hipcoach stats`: streaks and totals."""

from __future__ import annotations

from argparse import Namespace
from datetime import datetime
from typing import Any

from msgspec.structs import replace

from hipcoach.commands.choosing import settings_of
from hipcoach.commands.filters import asked_for, filters_from
from hipcoach.commands.log import entries_of, excused_days
from hipcoach.commands.output import say, say_json
from hipcoach.core.exercise import Side
from hipcoach.core.history.streaks import Balance, Stats, civil_day, stats, total_balance
from hipcoach.paths import AppPaths
from hipcoach.ui.numbers import count_text


def run(options: Namespace, paths: AppPaths) -> int:
    """Print what the log adds up to. Streaks and this week are of all sessions, whichever are asked for."""
    now = datetime.now().astimezone()
    settings = settings_of(paths)
    filters = filters_from(options, paths, now)
    entries = entries_of(paths, now)
    chosen = asked_for(entries, filters, paths)
    found = stats(entries, civil_day(now, settings.day.starts_at), settings.rules, excused_days(paths))
    minutes = sum(each.active_seconds for each in chosen) / 60
    found = replace(found, sessions=len(chosen), minutes=minutes)
    sides = total_balance(chosen)
    if options.json:
        say_json(_json(found, sides))
    else:
        _say(found, sides, filters.words())
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


def _say(found: Stats, sides: Balance, which: str) -> None:
    left, right = Side.LEFT, Side.RIGHT
    goal = count_text(found.week_goal, "day")
    weeks, best_weeks = (count_text(each, "week") for each in (found.week_streak, found.best_week_streak))
    days, best_days = (count_text(each, "day") for each in (found.day_streak, found.best_day_streak))
    say(f"This week     {found.week_days} of {goal}, {_minutes(found.week_minutes)}")
    say(f"Week streak   {weeks}, best {best_weeks}")
    say(f"Day streak    {days}, best {best_days}")
    if which:
        say(f"\n{which[:1].upper()}{which[1:]}:")
    say(f"In all        {count_text(found.sessions, 'session')}, {_minutes(found.minutes)}")
    say(
        f"Left, right   {sides.reps[left]} and {count_text(sides.reps[right], 'rep')}; "
        f"{sides.hold_seconds[left]:.0f} and {sides.hold_seconds[right]:.0f} s of holds"
    )


def _minutes(minutes: float) -> str:
    """Whole minutes, from two hours on with hours: "45 minutes", "107 h 18 min"."""
    whole = round(minutes)
    return count_text(whole, "minute") if whole < 120 else f"{whole // 60} h {whole % 60} min"
