"""What commands print: plain text and tables without any control character, JSON, and warnings."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from typing import Any, TextIO

from hipcoach.errors import HipcoachError

GAP = "  "
"""Between two columns of a table."""


class OutputError(HipcoachError):
    """What was printed could not be written, such as to a full disk."""


def printable(text: str) -> str:
    """Text as a terminal may show it, on one line: whatever could steer the terminal is spelled out."""
    if text.isprintable():
        return text
    return "".join(_shown(character) for character in text)


def say(text: str = "") -> None:
    """Print lines of text on standard output.

    Raises:
        BrokenPipeError: nobody reads it any more.
        OutputError: it cannot be written.
    """
    _put("\n".join(printable(line) for line in text.split("\n")) + "\n")


def warn(text: str) -> None:
    """Print one line on standard error. Where that cannot be, the exit code has to say it all."""
    try:
        print(f"hipcoach: {printable(text)}", file=sys.stderr, flush=True)
    except OSError:
        let_go(sys.stderr)


def say_json(value: Any) -> None:
    """Print a value as JSON, in characters that every terminal and every encoding can take.

    Raises:
        BrokenPipeError, OutputError: as for `say`.
    """
    import json

    # JSON itself lets a delete character stand as it is.
    _put(json.dumps(value, indent=2).replace("\x7f", "\\u007f") + "\n")


def say_csv(fields: Sequence[str], rows: Iterable[Mapping[str, object]]) -> None:
    """Print rows as comma-separated values, each on one line, under a line with the fields' names.

    Raises:
        BrokenPipeError, OutputError: as for `say`.
    """
    from hipcoach.core.csv_text import csv_line

    lines = [csv_line(fields, "\n")]
    for row in rows:
        values = (row[field] for field in fields)
        lines.append(csv_line((printable(each) if isinstance(each, str) else each for each in values), "\n"))
    _put("".join(lines))


def end_output() -> None:
    """See to it that everything printed has really been written.

    Raises:
        BrokenPipeError, OutputError: as for `say`.
    """
    _put("", flush=True)


def let_go(stream: TextIO) -> None:
    """Send to nowhere what nobody takes any more: Python writes what is left once more on its way out."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def table(header: Sequence[str], rows: Iterable[Sequence[str]], right: Iterable[int] = ()) -> str:
    """Rows under a header, in columns; those whose numbers are in `right` are aligned to the right."""
    lines = [[printable(cell) for cell in row] for row in (header, *rows)]
    to_the_right = frozenset(right)
    columns = [
        _aligned(column, to_the_right=number in to_the_right)
        for number, column in enumerate(zip(*lines, strict=True))
    ]
    return "\n".join(GAP.join(cells).rstrip() for cells in zip(*columns, strict=True))


def _put(text: str, *, flush: bool = False) -> None:
    try:
        print(text, end="", flush=flush)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise OutputError(f"The output could not be written: {error.strerror or error}.") from error


def _shown(character: str) -> str:
    if character.isprintable():
        return character
    return " " if character.isspace() else character.encode("unicode_escape").decode("ascii")


def _aligned(column: Sequence[str], *, to_the_right: bool) -> list[str]:
    """The cells of a column, all as wide as the widest."""
    if all(map(str.isascii, column)):
        longest = max(map(len, column))
        return [cell.rjust(longest) if to_the_right else cell.ljust(longest) for cell in column]
    widths = [_width(cell) for cell in column]
    widest = max(widths)
    spaces = [" " * (widest - width) for width in widths]
    pairs = zip(column, spaces, strict=True)
    return [space + cell if to_the_right else cell + space for cell, space in pairs]


def _width(text: str) -> int:
    """How many cells a text takes: East Asian wide characters take two, combining ones none."""
    import unicodedata

    return sum(
        0 if unicodedata.combining(each) else 2 if unicodedata.east_asian_width(each) in "WF" else 1
        for each in text
    )
