"""Comma-separated values after RFC 4180, in which no text is taken for a formula.

A spreadsheet runs a cell that begins with =, +, - or @ as a formula, quoted or not. Such a text gets an
apostrophe in front, which spreadsheets take for "this is text"; a text that begins with an apostrophe of its
own gets one too, so that taking away one leading apostrophe gives back every text as it was.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a formula may begin with; tabs and line ends are passed over by some, wide signs taken for narrow."""
APOSTROPHE = "'"


def csv_line(cells: Iterable[object]) -> str:
    """A line with its line end. None is an empty cell, true and false are in small letters."""
    return ",".join(map(_cell, cells)) + "\r\n"


def csv_row(fields: Iterable[str], values: Mapping[str, object]) -> str:
    """A line with the values of these fields."""
    return csv_line(values[field] for field in fields)


def guarded(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return APOSTROPHE + text if text.startswith((*FORMULA_SIGNS, APOSTROPHE)) else text


def unguarded(text: str) -> str:
    """The text that `guarded` was given."""
    return text.removeprefix(APOSTROPHE)


def _cell(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case str():
            text = guarded(value)
        case _:
            return str(value)
    return '"' + text.replace('"', '""') + '"' if any(sign in text for sign in ',"\r\n') else text
