"""Which sessions are listed, by a line of words such as "routine:leg status:stopped knee"; their order."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from enum import StrEnum

from msgspec import Struct

from hipcoach.core.history.record import SessionStatus
from hipcoach.core.history.streaks import DAY

KEYS = ("routine", "exercise", "status", "month", "day", "since", "until")
"""What may stand before a colon. `month` and `day` both take any stretch of days."""
DAY_FORMS = (
    "a date such as 2026-03-01, a month such as 2026-03, a year, 'today', 'yesterday', or 30d or 2w ago"
)
"""How days may be typed."""
_TERM = re.compile(r'([A-Za-z]+):("[^"]*"?|[^\s"]\S*)?|("[^"]*"?|\S+)')


class SessionFilter(Struct, frozen=True):
    """What was asked for. Of several routines or statuses any will do; words must all be there."""

    routines: tuple[str, ...] = ()
    """Parts of a routine's id or title."""
    exercises: tuple[str, ...] = ()
    """Parts of an exercise's id or name; of several, one session must have them all."""
    statuses: frozenset[SessionStatus] = frozenset()
    first: date | None = None
    last: date | None = None
    words: tuple[str, ...] = ()
    """Parts of the note, the title or the routine's id."""
    problems: tuple[str, ...] = ()
    """A sentence for every term that is not understood; such a term asks for nothing."""
    ids: tuple[str, ...] = ()
    """Whole ids of routines."""

    @property
    def is_empty(self) -> bool:
        """Whether everything is shown."""
        return self == SessionFilter(problems=self.problems)

    def said(self) -> str:
        """Return what is asked for, in a few words; empty where that is nothing."""
        if self.first and self.last:
            days = f"{self.first}" if self.first == self.last else f"{self.first} to {self.last}"
        elif self.first:
            days = f"since {self.first}"
        else:
            days = f"until {self.last}" if self.last else ""
        named = (*self.routines, *self.ids)
        parts = [
            f"routine {' or '.join(named)}" if named else "",
            f"with {' and '.join(self.exercises)}" if self.exercises else "",
            " or ".join(sorted(self.statuses)),
            days,
            " ".join(f"“{word}”" for word in self.words),
        ]
        return " · ".join(part for part in parts if part)


EVERYTHING = SessionFilter()


def read_filter(text: str, today: date) -> SessionFilter:
    """Understand what was typed; "30d" counts from `today`. What has a space in it may be quoted."""
    names: dict[str, list[str]] = {"routine": [], "exercise": []}
    statuses: set[SessionStatus] = set()
    words: list[str] = []
    problems: list[str] = []
    firsts: list[date] = []
    lasts: list[date] = []
    for found in _TERM.finditer(text):
        key = (found[1] or "").lower()
        value = (found[2] or found[3] or "").strip('"').strip()
        if key not in KEYS:
            words += [f"{found[1]}:{value}" if key else value] if value or key else []
        elif not value:
            problems.append(f"{key}: what? {_help(key)}")
        elif key in names:
            if any(map(str.isalnum, value)):
                names[key].append(value.casefold())
            else:
                problems.append(f"{key}:{value} is none: {_help(key)}")
        elif key == "status":
            like = {each for each in SessionStatus if each.value.startswith(value.lower())}
            statuses |= like
            problems += [] if like else [f"status:{value} is none: {_help(key)}"]
        else:
            try:
                first, last = read_days(value, today)
            except ValueError:
                problems.append(f"{key}:{value} is no such thing: {_help(key)}")
                continue
            firsts += [first] if key != "until" else []
            lasts += [last] if key != "since" else []
    return SessionFilter(
        routines=tuple(names["routine"]),
        exercises=tuple(names["exercise"]),
        statuses=frozenset(statuses),
        first=max(firsts, default=None),
        last=min(lasts, default=None),
        words=tuple(map(str.casefold, words)),
        problems=tuple(problems),
    )


def _help(key: str) -> str:
    match key:
        case "routine" | "exercise":
            return "a part of its name."
        case "status":
            return "completed or stopped."
        case _:
            return f"{DAY_FORMS}."


def read_days(text: str, today: date) -> tuple[date, date]:
    """Return the first and the last day of a stretch of days, which may be a single one, as it was typed.

    Raises:
        ValueError: it is none of `DAY_FORMS`, or not in the calendar.
    """
    word = text.strip().lower()
    ago = {"today": 0, "yesterday": 1}.get(word)
    if found := re.fullmatch(r"([0-9]{1,4})([dw])", word):
        ago = int(found[1]) * (7 if found[2] == "w" else 1)
    if ago is None and not re.fullmatch(r"[0-9]{4}(-[0-9]{2}){0,2}", word):
        raise ValueError(f"{text!r} is not {DAY_FORMS}")
    try:
        if ago is not None:
            return today - DAY * ago, today - DAY * ago
        year, *rest = map(int, word.split("-"))
        last_month = rest[0] if rest else 12
        last_day = rest[1] if len(rest) > 1 else monthrange(year, last_month)[1]
        return date(year, *(*rest, 1, 1)[:2]), date(year, last_month, last_day)
    except (ValueError, OverflowError):
        raise ValueError(f"{text!r} is not in the calendar") from None


class SortBy(StrEnum):
    """What the order goes by."""

    DATE = "date"
    ROUTINE = "routine"
    MINUTES = "minutes"
    STATUS = "status"


_SAID = {
    SortBy.DATE: ("newest first", "oldest first"),
    SortBy.ROUTINE: ("by routine, A to Z", "by routine, Z to A"),
    SortBy.MINUTES: ("longest first", "shortest first"),
    SortBy.STATUS: ("completed first", "stopped first"),
}


class SessionSort(Struct, frozen=True):
    """An order. As it comes: newest, A, longest and completed first."""

    by: SortBy = SortBy.DATE
    turned: bool = False
    """The other way round."""

    @property
    def next(self) -> SessionSort:
        """The next thing to go by, as it comes."""
        each = list(SortBy)
        return SessionSort(each[(each.index(self.by) + 1) % len(each)])

    @property
    def other_way(self) -> SessionSort:
        """The same the other way round."""
        return SessionSort(self.by, not self.turned)

    def chosen(self, by: SortBy) -> SessionSort:
        """Return what a click on a column makes of it: that order, or the other way round."""
        return self.other_way if by is self.by else SessionSort(by)

    def said(self) -> str:
        """Return the order in a few words."""
        return _SAID[self.by][self.turned]


NEWEST_FIRST = SessionSort()
