"""Text made safe to show, and the known word that somebody meant who mistyped one."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from typing import Any


def nearest(word: str, known: Iterable[str], cutoff: float = 0.6) -> str | None:
    """Return the known word that is most like this one, or None where none is at all alike (0 to 1).

    Of those alike one of the same letters is meant: two of them have changed places.
    """
    alike = difflib.get_close_matches(word.lower(), known, cutoff=cutoff)
    same = [name for name in alike if sorted(name) == sorted(word.lower())]
    return next(iter(same + alike), None)


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return a question that follows what is wrong with a word; empty where no known word is like it."""
    near = nearest(word, known)
    return f": did you mean {near!r}?" if near else ""


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
