"""What commands print, on the screen or for scripts, and the files that they write."""

from __future__ import annotations

import os
import shutil
import sys
import textwrap
import time
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, BinaryIO, TextIO

from hipcoach.errors import HipcoachError, UsageError
from hipcoach.storage.atomic import LEFTOVER_AGE, atomic_file, remove_leftovers

POOR_TERMINALS = ("dumb", "unknown")
"""What TERM says of terminals that know no control sequences."""
NARROWEST, WIDEST = 40, 100
"""Characters of a line of text; longer ones are hard to read."""
PART = ".part"
"""What the name of a file ends in that is being written; those of killed commands go with the next one."""


class OutputError(HipcoachError):
    """What was printed could not be written, such as to a full disk."""


def printable(text: str) -> str:
    """Return text on one line as a terminal may show it: what could steer the terminal is spelled out."""
    return text if text.isprintable() else "".join(map(_shown, text))


def _shown(character: str) -> str:
    if character.isprintable():
        return character
    return " " if character.isspace() else character.encode("unicode_escape").decode("ascii")


def say(text: str = "") -> None:
    """Print lines of text on standard output.

    Raises:
        BrokenPipeError: nobody reads it any more.
        OutputError: it cannot be written.
    """
    with _writing():
        print("\n".join(map(printable, text.split("\n"))))


def say_json(value: Any) -> None:
    """Print a value as JSON, in characters that every terminal and every encoding can take.

    Raises:
        BrokenPipeError, OutputError: as for `say`.
    """
    with _writing():
        print(json_text(value))


def json_text(value: Any, indent: int | None = 2) -> str:
    """Return a value as JSON; a delete character, which JSON itself lets stand as it is, is spelled out."""
    import json  # which the app can open without

    return json.dumps(value, indent=indent).replace("\x7f", "\\u007f")


def end_output() -> None:
    """Make sure that everything printed has really been written.

    Raises:
        BrokenPipeError, OutputError: as for `say`.
    """
    with _writing():
        sys.stdout.flush()


def warn(text: str) -> None:
    """Print one line on standard error. Where that cannot be, the exit code has to say it all."""
    try:
        print(f"hipcoach: {printable(text)}", file=sys.stderr, flush=True)
    except OSError:
        let_go(sys.stderr)


def let_go(stream: TextIO) -> None:
    """Send to nowhere what nobody takes any more: Python writes what is left once more on its way out."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


@contextmanager
def _writing() -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise OutputError(f"The output could not be written: {error.strerror or error}.") from error


def table(header: Sequence[str], rows: Iterable[Sequence[str]], right: Collection[int] = ()) -> str:
    """Return rows under a header, in columns; those whose numbers are in `right` are aligned to the right."""
    lines = [[printable(cell) for cell in row] for row in (header, *rows)]
    widths = [max(map(_width, column)) for column in zip(*lines, strict=True)]
    for line in lines:
        for number, (cell, width) in enumerate(zip(line, widths, strict=True)):
            space = " " * (width - _width(cell))
            line[number] = space + cell if number in right else cell + space
    return "\n".join("  ".join(line).rstrip() for line in lines)


def _width(text: str) -> int:
    """Return how many cells a text takes: East Asian wide characters take two, combining ones none."""
    if text.isascii():
        return len(text)
    wide = sum(unicodedata.east_asian_width(each) in "WF" for each in text)
    return len(text) + wide - sum(unicodedata.combining(each) > 0 for each in text)


def wrapped(text: str, indent: str, first: str | None = None) -> list[str]:
    """Return text in lines that are easy to read and fit the terminal, behind an indent; `first` replaces the
    one of the first line."""
    return textwrap.wrap(
        printable(text),
        max(NARROWEST, min(WIDEST, shutil.get_terminal_size((WIDEST, 24)).columns)),
        initial_indent=indent if first is None else first,
        subsequent_indent=indent,
        break_on_hyphens=False,
    )


def check_target(target: Path, *, overwrite: bool) -> None:
    """Check that a file may be written there.

    Raises:
        UsageError: something else is there already.
    """
    with _making(target):
        if target.is_dir():
            raise UsageError(f"{target} is a directory.")
        if target.exists() and not target.is_file():
            raise UsageError(f"{target} is not an ordinary file.")
        if target.exists() and not overwrite:
            raise FileExistsError


@contextmanager
def new_file(target: Path, *, overwrite: bool) -> Iterator[BinaryIO]:
    """Give a file to write to, for the user alone, as all that hipcoach writes. It gets its name when it is
    whole.

    Raises:
        UsageError: it cannot be written, or its name is taken; nothing of it is left.
    """
    check_target(target, overwrite=overwrite)
    with _making(target):
        remove_leftovers(target.parent, time.time() - LEFTOVER_AGE, PART)
        with atomic_file(target, replace=overwrite, suffix=PART) as file:
            yield file


@contextmanager
def _making(target: Path) -> Iterator[None]:
    try:
        yield
    except FileExistsError as error:
        raise UsageError(f"{target} is there already; --force replaces it.") from error
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else error
        raise UsageError(f"{target} cannot be written: {reason}.") from error


def put(pieces: Iterable[str], target: Path | None, *, overwrite: bool = False) -> None:
    """Write text in UTF-8, its line ends as they are, to a file for the user alone or to standard output.

    Raises:
        UsageError: the file cannot be written; nothing of it is left.
        BrokenPipeError, OutputError: standard output cannot be written.
    """
    if target is not None:
        with new_file(target, overwrite=overwrite) as file:
            file.writelines(map(_bytes, pieces))
        return
    with _writing():
        if sys.stdout.isatty():
            for piece in pieces:
                # What is in a note must not steer the terminal.
                lines = piece.replace("\r\n", "\n").split("\n")
                print("\n".join(map(printable, lines)), end="")
        else:
            sys.stdout.flush()
            sys.stdout.buffer.writelines(map(_bytes, pieces))


def _bytes(text: str) -> bytes:
    """Return it in UTF-8; what has no place in that, as in a file name that is none, is spelled out."""
    return text.encode(errors="backslashreplace")
