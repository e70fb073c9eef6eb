"""Where a command puts what is not meant for the screen: a file, whole or not at all, or standard output."""

from __future__ import annotations

import os
import secrets
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from hipcoach.commands.printing import OutputError, printable
from hipcoach.errors import UsageError
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
