"""One day of the history in a line: what was done on it, and whether it is marked."""

from __future__ import annotations

from datetime import date

from hipcoach.storage.day_files import DayKind
from hipcoach.ui.format import count_text
from hipcoach.ui.widgets.day_activity import DayActivity
from hipcoach.ui.widgets.session_row import short_day

KIND_WORDS = {DayKind.REST: "rest day", DayKind.SICK: "sick day", DayKind.TRAVEL: "travel day"}


def day_line(day: date, done: DayActivity | None, kind: DayKind | None, today: date) -> str:
    """A day, short: "Tue 10 Mar: 25 min, 2 sessions", "Today: rest day", "Yesterday: nothing"."""
    parts = []
    if done is not None:
        parts = [f"{done.minutes:.0f} min", count_text(done.sessions, "session")]
        if not done.counted:
            parts.append("a start")
    if kind is not None:
        parts.append(KIND_WORDS[kind])
    return f"{' '.join(short_day(day, today).split())}: {', '.join(parts) or 'nothing'}"


def full_day(day: date, today: date) -> str:
    """A day in full, such as "Tuesday 10 March 2026"; today says so."""
    return f"{'Today, ' if day == today else ''}{day:%A} {day.day} {day:%B %Y}"
