"""What commands print, on the screen or for scripts, and the files that they write."""

from __future__ import annotations

import codecs
import os
import secrets
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, BinaryIO, TextIO

from hipcoach.errors import HipcoachError, UsageError
from hipcoach.storage.atomic import FILE_MODE, LEFTOVER_AGE, TEMPORARY_PREFIX, move_to_free, remove_leftovers

PART = ".part"
"""What the name of a file ends in that is being written; those of killed commands go with the next one."""


def check_target(target: Path | None, *, overwrite: bool) -> None:
    """See to it that a file may be written there.

    Raises:
        UsageError: something else is there already.
    """
    if target is None:
        return
    try:
        if target.is_dir():
            raise UsageError(f"{target} is a directory.")
        if target.exists():
            if not target.is_file():
                raise UsageError(f"{target} is not an ordinary file.")
            if not overwrite:
                raise UsageError(f"{target} is there already; --force replaces it.")
    except (OSError, ValueError) as error:
        raise _cannot(target, error) from error


@contextmanager
def new_file(target: Path, *, overwrite: bool) -> Iterator[BinaryIO]:
    """A file for the user alone, as all that hipcoach writes. It gets its name when it is whole.

    Raises:
        UsageError: it cannot be written, or its name is taken by now; nothing of it is left.
    """
    # Not at the top: where the clock is wrong by centuries this fails, and `cli` has yet to say so.
    import time

    part = target.with_name(f"{TEMPORARY_PREFIX}{secrets.token_hex(4)}{PART}")
    try:
        remove_leftovers(target.parent, time.time() - LEFTOVER_AGE, PART)
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FILE_MODE), "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        if overwrite:
            part.replace(target)
        else:
            move_to_free(part, target)
    except FileExistsError as error:
        raise UsageError(f"{target} is there already; --force replaces it.") from error
    except (OSError, ValueError) as error:
        raise _cannot(target, error) from error
    finally:
        with suppress(OSError, ValueError):
            part.unlink(missing_ok=True)


def put(pieces: Iterable[str], target: Path | None, *, overwrite: bool = False) -> None:
    """Write text in UTF-8, its line ends as they are, to a file for the user alone or to standard output.

    Raises:
        UsageError: the file cannot be written; nothing of it is left.
        BrokenPipeError, OutputError: standard output cannot be written.
    """
    if target is not None:
        with new_file(target, overwrite=overwrite) as file:
            for piece in pieces:
                file.write(_bytes(piece))
    elif sys.stdout.isatty():
        _put_on_screen(pieces)
    else:
        _put_in_pipe(pieces)


def _put_on_screen(pieces: Iterable[str]) -> None:
    try:
        for piece in pieces:
            # What is in a note must not steer the terminal.
            lines = piece.replace("\r\n", "\n").split("\n")
            print("\n".join(map(printable, lines)), end="")
    except BrokenPipeError:
        raise
    except OSError as error:
        raise OutputError(f"The output could not be written: {error.strerror or error}.") from error


def _put_in_pipe(pieces: Iterable[str]) -> None:
    try:
        sys.stdout.flush()
        for piece in pieces:
            sys.stdout.buffer.write(_bytes(piece))
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise OutputError(f"The output could not be written: {error.strerror or error}.") from error


def _bytes(text: str) -> bytes:
    """In UTF-8; what has no place in it, as in the name of a file that is none, is spelled out."""
    return text.encode(errors="backslashreplace")


def _cannot(target: Path, error: OSError | ValueError) -> UsageError:
    reason = error.strerror if isinstance(error, OSError) and error.strerror else error
    return UsageError(f"{target} cannot be written: {reason}.")


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
    from hipcoach.core.history.export import csv_line

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


WIDTH = 30
"""Characters."""


class Progress:
    """A bar on one line of a terminal; nothing at all on any other stream."""

    def __init__(self, whole: float, stream: TextIO) -> None:
        self._whole = max(whole, 1e-9)
        self._stream = stream
        self._is_seen = stream.isatty()
        self._percent = -1

    def show(self, done: float) -> None:
        """Show how much of the whole is done; draws only what changes."""
        percent = min(100, int(100 * done / self._whole))
        if self._is_seen and percent != self._percent:
            self._percent = percent
            filled = WIDTH * percent // 100
            self._stream.write(f"\r[{'#' * filled}{'.' * (WIDTH - filled)}] {percent:3}%")
            self._stream.flush()

    def end(self) -> None:
        """Take the bar away."""
        if self._percent >= 0:
            self._stream.write("\r\x1b[K")
            self._stream.flush()
            self._percent = -1


NAME = "hipcoach-look-alikes"
"""The error handler's name for `reconfigure(errors=...)`."""
_ALIKE = {
    "#": "█▓▀▄▌▐■▔▊▋▉▇▆",
    "%": "▒",
    ":": "░",
    "*": "●◐•",
    "o": "○",
    "v": "✓▼↓",
    "^": "▲↑",
    ">": "▶→",
    "<": "◀←",
    "_": "▁▂▃▅",
    "-": "━─═╸╺╶╴╌┄–—−",
    "|": "│┃║▏▎▍▕",
    "+": "┌┐└┘├┤┬┴┼╭╮╰╯╔╗╚╝†",
    ".": "…·",
    "x": "×",
    "~": "♪",
    '"': "“”„",
    "'": "‘’‚",
}
_SIGNS = {sign: alike for alike, signs in _ALIKE.items() for sign in signs}


def register_look_alikes() -> str:
    """Make the error handler known; returns its name."""
    codecs.register_error(NAME, _stand_in)
    return NAME


def _stand_in(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "".join(map(_alike, error.object[error.start : error.end])), error.end


def _alike(sign: str) -> str:
    """As wide as the sign itself, so that columns stay in line."""
    if sign in _SIGNS:
        return _SIGNS[sign]
    if unicodedata.combining(sign):
        return ""
    return "??" if unicodedata.east_asian_width(sign) in "WF" else "?"
