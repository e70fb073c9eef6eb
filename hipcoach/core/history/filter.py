"""Which sessions are shown: one line of words, such as "routine:leg status:stopped month:2026-11 knee"."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from enum import StrEnum

from msgspec import Struct
from msgspec.json import Decoder

from hipcoach.core.history.record import SessionEntry, SessionStatus
from hipcoach.core.history.streaks import DAY

KEYS = ("routine", "exercise", "status", "month", "day", "since", "until")
"""What may stand before a colon. `month` and `day` both take any stretch of days."""
_TERM = re.compile(r'([A-Za-z]+):("[^"]*"?|[^\s"]\S*)?|("[^"]*"?|\S+)')


class _Exercise(Struct, frozen=True, array_like=True):
    """The beginning of an `ExerciseTotal` as it is packed; the numbers after it are no part of its name."""

    id: str
    name: str


_exercises = Decoder(list[_Exercise])


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

    @property
    def is_empty(self) -> bool:
        """Whether everything is shown."""
        return self == SessionFilter(problems=self.problems)

    def takes(self, entry: SessionEntry) -> bool:
        """Whether a session is asked for."""
        if self.statuses and entry.status not in self.statuses:
            return False
        if (self.first and entry.day < self.first) or (self.last and entry.day > self.last):
            return False
        if self.exercises:
            # One line each, so that nothing is found across two of them.
            names = "\n".join(
                f"{each.id}\n{each.name}" for each in _exercises.decode(entry.totals)
            ).casefold()
            if not all(part in names for part in self.exercises):
                return False
        if self.routines or self.words:
            name = f"{entry.title}\n{entry.routine}".casefold()
            if self.routines and not any(part in name for part in self.routines):
                return False
            text = f"{name}\n{entry.note.casefold()}"
            return all(word in text for word in self.words)
        return True

    def said(self) -> str:
        """What is asked for, in a few words; empty where that is nothing."""
        days = (
            (f"{self.first}" if self.first == self.last else f"{self.first} to {self.last}")
            if self.first and self.last
            else f"since {self.first}"
            if self.first
            else f"until {self.last}"
            if self.last
            else ""
        )
        parts = [
            f"routine {' or '.join(self.routines)}" if self.routines else "",
            f"with {' and '.join(self.exercises)}" if self.exercises else "",
            " or ".join(sorted(self.statuses)),
            days,
            " ".join(f"“{word}”" for word in self.words),
        ]
        return " · ".join(part for part in parts if part)


def read_filter(text: str, today: date) -> SessionFilter:
    """Understand what was typed; "30d" counts from `today`. What has a space in it may be quoted."""
    routines: list[str] = []
    exercises: list[str] = []
    statuses: set[SessionStatus] = set()
    words: list[str] = []
    problems: list[str] = []
    first: date | None = None
    last: date | None = None
    for found in _TERM.finditer(text):
        key = found[1]
        value = (found[2] or found[3] or "").strip('"').strip()
        if key is None or key.lower() not in KEYS:
            words += [f"{key}:{value}".casefold() if key else value.casefold()] if value or key else []
            continue
        key = key.lower()
        if not value:
            problems.append(f"{key}: what? {_help(key)}")
        elif key in ("routine", "exercise") and not any(map(str.isalnum, value)):
            problems.append(f"{key}:{value} is none: {_help(key)}")
        elif key in ("routine", "exercise"):
            (routines if key == "routine" else exercises).append(value.casefold())
        elif key == "status":
            like = {each for each in SessionStatus if each.value.startswith(value.lower())}
            statuses |= like
            problems += [] if like else [f"status:{value} is none: {_help(key)}"]
        else:
            try:
                days = read_day_words(value)
                begin, end = days.first(today), days.last(today)
            except (ValueError, OverflowError):
                problems.append(f"{key}:{value} is no such thing: {_help(key)}")
                continue
            first = _meeting(first, begin if key != "until" else None, max)
            last = _meeting(last, end if key != "since" else None, min)
    return SessionFilter(
        tuple(routines), tuple(exercises), frozenset(statuses), first, last, tuple(words), tuple(problems)
    )


def filtered(entries: Iterable[SessionEntry], wanted: SessionFilter) -> tuple[SessionEntry, ...]:
    """The sessions that are asked for, in their order."""
    if wanted.is_empty:
        return tuple(entries)
    return tuple(entry for entry in entries if wanted.takes(entry))


def _help(key: str) -> str:
    match key:
        case "routine" | "exercise":
            return "a part of its name."
        case "status":
            return "completed or stopped."
        case _:
            return f"{FORMS}."


def _meeting(one: date | None, other: date | None, choose: Callable[[date, date], date]) -> date | None:
    return choose(one, other) if one and other else one or other


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
        """What a click on a column makes of it: that order, or where it is that already, the other way."""
        return self.other_way if by is self.by else SessionSort(by)

    def said(self) -> str:
        """The order in a few words."""
        return _SAID[self.by][self.turned]


def in_order(newest_first: Sequence[SessionEntry], sort: SessionSort) -> tuple[SessionEntry, ...]:
    """Sessions in an order; those that are alike in it stay newest first."""
    match sort.by:
        case SortBy.DATE:
            return tuple(reversed(newest_first) if sort.turned else newest_first)
        case SortBy.ROUTINE:
            found = sorted(newest_first, key=lambda each: each.title.casefold(), reverse=sort.turned)
        case SortBy.MINUTES:
            found = sorted(newest_first, key=lambda each: each.active_seconds, reverse=not sort.turned)
        case SortBy.STATUS:
            found = sorted(newest_first, key=lambda each: each.status.value, reverse=sort.turned)
    return tuple(found)


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
