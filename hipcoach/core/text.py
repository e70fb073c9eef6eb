"""Text made safe to show, and the known word that somebody meant who mistyped one."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from typing import Any


def nearest(word: str, known: Iterable[str], cutoff: float = 0.6) -> str | None:
    """Return the known word with the fewest slips in it, or None where none is at all alike (0 to 1).

    Of words that are equally near the one is meant that begins with it, or that it begins with.
    """
    typed, names = word.lower(), list(known)
    alike = difflib.get_close_matches(typed, names, n=max(1, len(names)), cutoff=cutoff)
    return min(
        alike,
        key=lambda name: (_slips(typed, name), not name.startswith(typed) and not typed.startswith(name)),
        default=None,
    )


def _slips(typed: str, meant: str) -> int:
    """How many letters are missing, too many, wrong, or swapped with their neighbour."""
    before: list[int] = []
    row = list(range(len(meant) + 1))
    for i, letter in enumerate(typed, 1):
        before, last, row = row, before, [i]
        for j, other in enumerate(meant, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == meant[j - 2] and typed[i - 2] == other:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
    return row[-1]


def plain(text: str) -> str:
    """The text in one line: control characters are dropped, white space is single spaces."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())


def printable(value: Any) -> Any:
    """Return what JSON can hold with a space for every character that could steer a terminal."""
    match value:
        case str():
            value.encode()  # JSON can hold what no text file can
            return "".join(char if char.isprintable() or char == "\n" else " " for char in value)
        case Mapping():
            return {name: printable(each) for name, each in value.items()}
        case list():
            return [printable(each) for each in value]
    return value
