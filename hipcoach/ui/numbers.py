"""How numbers, times and days are said, the same on every screen."""

from __future__ import annotations

from datetime import date


def clock_text(seconds: float) -> str:
    """Seconds as a clock shows them, rounded up: 65.2 is "1:06"; an hour and more as "1:02:03"."""
    whole = max(0, int(-(-seconds // 1)))
    minutes, left = divmod(whole, 60)
    if minutes < 60:
        return f"{minutes}:{left:02}"
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{left:02}"


def minutes_text(seconds: float) -> str:
    """Seconds as minutes to the nearest: "19 min"; under a minute "40 s"."""
    return f"{round(seconds)} s" if seconds < 60 else f"{round(seconds / 60)} min"


def count_text(number: int, noun: str) -> str:
    """A number with its noun: "1 rep", "12 reps"."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def day_text(day: date, today: date) -> str:
    """A day as people say it: "today", "yesterday", "3 days ago", then the date."""
    ago = (today - day).days
    if ago == 0:
        return "today"
    if ago == 1:
        return "yesterday"
    if 1 < ago < 14:
        return f"{ago} days ago"
    return f"on {day:%d %b %Y}"
