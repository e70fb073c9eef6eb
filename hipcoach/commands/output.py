"""Where a command puts what is not meant for the screen: a file, whole or not at all, or standard output."""

from __future__ import annotations

import os
import secrets
import sys
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from hipcoach.commands.printing import OutputError, printable
from hipcoach.errors import UsageError
from hipcoach.storage.atomic import FILE_MODE


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


def put(pieces: Iterable[str], target: Path | None) -> None:
    """Write text in UTF-8, its line ends as they are, to a file for the user alone or to standard output.

    Raises:
        UsageError: the file cannot be written; nothing of it is left.
        BrokenPipeError, OutputError: standard output cannot be written.
    """
    if target is not None:
        _put_in_file(pieces, target)
    elif sys.stdout.isatty():
        _put_on_screen(pieces)
    else:
        _put_in_pipe(pieces)


def _put_in_file(pieces: Iterable[str], target: Path) -> None:
    part = target.with_name(f".{target.name[:100]}-{secrets.token_hex(4)}.part")
    try:
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FILE_MODE), "wb") as file:
            for piece in pieces:
                file.write(piece.encode())
            file.flush()
            os.fsync(file.fileno())
        part.replace(target)
    except (OSError, ValueError) as error:
        raise _cannot(target, error) from error
    finally:
        with suppress(OSError, ValueError):
            part.unlink(missing_ok=True)


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
            sys.stdout.buffer.write(piece.encode())
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise OutputError(f"The output could not be written: {error.strerror or error}.") from error


def _cannot(target: Path, error: OSError | ValueError) -> UsageError:
    reason = error.strerror if isinstance(error, OSError) and error.strerror else error
    return UsageError(f"{target} cannot be written: {reason}.")
