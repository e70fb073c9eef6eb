"""What is said about streaks: plain where there is one, kind where there is none. No widgets."""

from __future__ import annotations

from msgspec import Struct

from hipcoach.core.history.streaks import Stats
from hipcoach.ui.format import count_text


class StreakWords(Struct, frozen=True):
    """The lines of the streak panel."""

    big: str
    """The headline, short enough to be drawn large."""
    under: str
    """What the headline means, and the best there was."""
    week: str
    """This week against the goal."""
    days: str
    """The run of days, and the best there was."""
    minutes: str
    """Minutes this week."""
    totals: str
    """Minutes in all, and the number of sessions."""

    @property
    def one_line(self) -> str:
        """The most important of it, where there is one line only."""
        return f"{self.big} {self.under.partition(' · ')[0]} · {self.week}"


def streak_words(stats: Stats) -> StreakWords:
    """Put what the log adds up to in words."""
    big, under = _headline(stats)
    return StreakWords(
        big=big,
        under=under,
        week=_week(stats),
        days=_days(stats),
        minutes=f"{minutes_words(stats.week_minutes)} this week",
        totals=f"{minutes_words(stats.minutes)} in all · {count_text(stats.sessions, 'session')}",
    )


def minutes_words(minutes: float) -> str:
    """Minutes to the nearest, from an hour on with hours: "45 min", "3 h 5 min", "120 h"."""
    whole = round(minutes)
    hours, rest = divmod(whole, 60)
    if hours >= 100 or (hours and not rest):
        return f"{round(minutes / 60)} h"
    return f"{hours} h {rest} min" if hours else f"{rest} min"


def _week(stats: Stats) -> str:
    goal = count_text(stats.week_goal, "day")
    if not stats.week_days:
        return f"Goal: {goal} this week"
    if stats.week_days > stats.week_goal:
        return f"{count_text(stats.week_days, 'day')} this week · goal {goal} ✓"
    return f"{stats.week_days} of {goal} this week" + (" ✓" if stats.week_days == stats.week_goal else "")


def _headline(stats: Stats) -> tuple[str, str]:
    best = f" · best {count_text(stats.best_week_streak, 'week')}" if stats.best_week_streak else ""
    if stats.week_streak:
        return count_text(stats.week_streak, "week"), f"in a row{best}"
    if stats.week_days:
        hint = best or f" · {count_text(stats.week_goal, 'day')} start a streak"
        return count_text(stats.week_days, "day"), f"this week{hint}"
    return "New week", f"a good day to begin{best}"


def _days(stats: Stats) -> str:
    if stats.day_streak:
        return f"{count_text(stats.day_streak, 'day')} in a row · best {stats.best_day_streak}"
    return "Days off are fine" + (
        f" · best {stats.best_day_streak} in a row" if stats.best_day_streak else ""
    )
