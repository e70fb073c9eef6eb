"""Days as people type them: a date, a month, a year, "today", "yesterday", "30d" and "2w"."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

from msgspec import Struct

from hipcoach.core.days import DAY

FORMS = "a date such as 2026-03-01, a month such as 2026-03, a year, 'today', 'yesterday', or 30d or 2w ago"
"""What may be typed, in words."""
DAYS_IN = {"d": 1, "w": 7}


class DayWords(Struct, frozen=True):
    """A stretch of days, which may be a single one, as it was typed; some of it is about today."""

    text: str
    ago: int | None = None
    """Days before today, where that is what it says."""
    stretch: tuple[date, date] | None = None
    """Its first and its last day, where it says which."""

    def first(self, today: date) -> date:
        """The day a search since then begins with."""
        return self.stretch[0] if self.stretch else today - DAY * (self.ago or 0)

    def last(self, today: date) -> date:
        """The day a search until then ends with."""
        return self.stretch[1] if self.stretch else today - DAY * (self.ago or 0)


def read_day_words(text: str) -> DayWords:
    """Understand a day, or a stretch of days, as it was typed.

    Raises:
        ValueError: it is none of the forms.
    """
    word = text.strip().lower()
    ago = {"today": 0, "yesterday": 1}.get(word)
    if found := re.fullmatch(r"([0-9]{1,4})([dw])", word):
        ago = int(found[1]) * DAYS_IN[found[2]]
    if ago is not None:
        return DayWords(text, ago=ago)
    if not re.fullmatch(r"[0-9]{4}(-[0-9]{2}){0,2}", word):
        raise ValueError(f"{text!r} is not {FORMS}")
    year, *rest = map(int, word.split("-"))
    month = rest[0] if rest else None
    day = rest[1] if len(rest) > 1 else None
    try:
        first = date(year, month or 1, day or 1)
        last = date(year, month or 12, day or monthrange(year, month or 12)[1])
    except ValueError:
        raise ValueError(f"{text!r} is not in the calendar") from None
    return DayWords(text, stretch=(first, last))
