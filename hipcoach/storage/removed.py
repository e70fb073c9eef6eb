"""Files that the user deleted: moved aside, so that an undo brings back what was there, byte for byte."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from msgspec import Struct

from hipcoach.errors import StorageError
from hipcoach.storage.atomic import make_directory, move_to_free
from hipcoach.storage.conflict_copies import original_of

MOST_NAMES = 1000
"""Files of one name that may be aside; nothing is deleted and undone more often than that."""


class Removed(Struct, frozen=True):
    """What was moved aside: where each file is now, and where it belongs. Copies come last."""

    moves: tuple[tuple[Path, Path], ...]


def set_aside(directory: Path, name: str, aside: Path) -> Removed:
    """Move the file of that name (without its ending) into a directory of deleted ones, with the copies that
    sync programs made of it: one left behind would stand in for it. What is there already stays there too.

    Raises:
        StorageError: it is not there, or cannot be moved; then all is where it was.
    """
    make_directory(aside)
    moves: list[tuple[Path, Path]] = []
    try:
        for path in (directory / f"{name}.toml", *_copies(directory, name)):
            moves.append((_move_aside(path, aside), path))
    except StorageError:
        for target, path in moves:
            with suppress(FileExistsError):  # it has come again meanwhile; this one stays aside
                _move(target, path)
        raise
    _stamp(target for target, _ in moves)
    return Removed(tuple(moves))


def put_back(removed: Removed) -> None:
    """Undo a deletion.

    Raises:
        StorageError: a file cannot be moved, or its name has been taken meanwhile; then it stays aside.
    """
    for target, path in removed.moves:
        make_directory(path.parent)
        try:
            _move(target, path)
        except FileExistsError as error:
            raise StorageError(f"{path} is there again; what was deleted stays in {target}.") from error
    with suppress(OSError):  # it holds other files, or was gone before us
        removed.moves[0][0].parent.rmdir()


def _stamp(targets: Iterable[Path]) -> None:
    """Have them say when they were deleted, all the same: by that they are found together later."""
    now = time.time_ns()
    for target in targets:
        with suppress(OSError):  # then it is found by the time it was written
            os.utime(target, ns=(now, now))


def _copies(directory: Path, name: str) -> list[Path]:
    try:
        return sorted(path for path in directory.glob("*.toml") if original_of(path.stem) == name)
    except OSError as error:
        raise StorageError(f"{directory} cannot be read: {error.strerror or error}.") from error


def _move_aside(path: Path, aside: Path) -> Path:
    for number in range(MOST_NAMES):
        target = aside / (f"{path.stem} ({number}){path.suffix}" if number else path.name)
        with suppress(FileExistsError):
            _move(path, target)
            return target
    raise StorageError(f"{path} cannot be moved: {aside} is full of files of that name.")


def _move(path: Path, target: Path) -> None:
    try:
        move_to_free(path, target)
    except FileExistsError:
        raise
    except OSError as error:
        raise StorageError(f"{path} cannot be moved: {error.strerror or error}.") from error
