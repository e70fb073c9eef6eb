"""Comma-separated values after RFC 4180, in which no text is taken for a formula.

A spreadsheet runs a cell that begins with =, +, - or @ as a formula, quoted or not, and maybe after spaces.
Such a text gets an apostrophe in front, which spreadsheets take for "this is text"; a text that begins with
an apostrophe of its own gets one too, so that taking away one leading apostrophe gives back every text as it
was.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping

FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a formula may begin with; tabs and line ends are passed over by some, wide signs taken for narrow."""
APOSTROPHE = "'"


class _Line:
    """Hands back what is written; so does `writerow` then."""

    def write(self, text: str) -> str:
        return text


def csv_line(cells: Iterable[object], line_end: str = "\r\n") -> str:
    """A line with its line end. None is an empty cell, true and false are in small letters."""
    line: str = csv.writer(_Line(), lineterminator=line_end).writerow(map(_cell, cells))
    return line


def csv_row(fields: Iterable[str], values: Mapping[str, object]) -> str:
    """A line with the values of these fields."""
    return csv_line(values[field] for field in fields)


def guarded(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    if text.startswith((*FORMULA_SIGNS, APOSTROPHE)) or text.lstrip().startswith(FORMULA_SIGNS):
        return APOSTROPHE + text
    return text


def unguarded(text: str) -> str:
    """The text that `guarded` was given."""
    return text.removeprefix(APOSTROPHE)


def _cell(value: object) -> object:
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            return guarded(value)
        case _:
            return value
