"""Single values from files that may hold anything, each checked before it is used.

Whatever does not fit raises TypeError or ValueError.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hipcoach.core.history.discomfort import is_rating

MOST = 1_000_000_000
"""The largest number a file may hold."""


def a_text(value: object) -> str:
    """A text, whatever is in it; but JSON can hold what no text file can."""
    if not isinstance(value, str):
        raise TypeError(f"a {type(value).__name__} stands where a text should")
    value.encode()
    return value


def a_printable_text(value: object) -> str:
    """A text of lines that can be printed: what could steer a terminal is made a space."""
    text = value if isinstance(value, str) else a_text(value)
    return "".join(sign if sign.isprintable() or sign == "\n" else " " for sign in text)


def a_number(value: object) -> float:
    """A number, finite and not huge."""
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not abs(value) < MOST:
        raise TypeError(f"a {type(value).__name__} stands where a number should, or it is no possible one")
    return value


def a_length(value: object) -> float:
    """A length of time, in seconds."""
    if (seconds := a_number(value)) < 0:
        raise ValueError(f"{seconds:g} s is no length of time")
    return seconds


def a_count(value: object) -> int:
    """A whole number from 0 on."""
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < MOST:
        raise TypeError(f"a {type(value).__name__} stands where a whole number should, or it is too large")
    return value


def a_rating(value: object) -> int | None:
    """A rating of discomfort, a whole number from 0 to 10; None where nothing was rated."""
    if value is None:
        return None
    if not is_rating(value):
        raise ValueError("a rating of discomfort is no whole number from 0 to 10")
    return a_count(value)


def choices(value: object) -> dict[str, object]:
    """The choices of a session: words and numbers that can be shown, and tables of them; no others."""
    if not isinstance(value, Mapping):
        raise TypeError("its choices are no table")
    found = _plain(value)
    found |= {a_text(name): _plain(each) for name, each in value.items() if isinstance(each, Mapping)}
    return found


def _plain(table: Mapping[str, Any]) -> dict[str, object]:
    """Its words, and the numbers of a size that can be shown."""
    return {
        a_text(name): a_text(each) if isinstance(each, str) else each
        for name, each in table.items()
        if isinstance(each, (bool, str)) or (isinstance(each, (int, float)) and abs(each) < MOST)
    }
