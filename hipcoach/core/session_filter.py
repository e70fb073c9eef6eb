"""Which sessions are shown: one line of words, such as "routine:leg status:stopped month:2026-11 knee"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date

from msgspec import Struct
from msgspec.json import Decoder

from hipcoach.core.day_words import FORMS, read_day_words
from hipcoach.core.record import SessionStatus
from hipcoach.core.session_entry import SessionEntry

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
