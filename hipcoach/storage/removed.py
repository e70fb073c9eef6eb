"""Files that the user deleted: moved aside, so that an undo brings back what was there, byte for byte.

The copies that sync programs make of a file when two machines changed it, known by their names, go with it.
"""

from __future__ import annotations

import os
import re
import time
from collections import defaultdict
from contextlib import suppress
from pathlib import Path

from msgspec import Struct

from hipcoach.errors import StorageError
from hipcoach.storage.atomic import is_there, make_directory, move_to_free

MOST_NAMES = 1000
"""Files of one name that may be aside; nothing is deleted and undone more often than that."""
NUMBERED = r"(?s)(.+) \(\d+\)"
"""How a file is called that was moved aside beside another of its name; some sync programs do the same."""
COPIES = (
    # What begins with a whole name of ours is a copy of it, whatever is added: " (1)", "-laptop", "~".
    r"(?s)(\d{8}T\d{6}Z-[0-9a-f]{6})[^0-9A-Za-z].*",
    # Syncthing's, and that of Dropbox, Nextcloud and their kin.
    r"(?s)(.+)\.sync-conflict-\d{8}-\d{6}(?:-[A-Z0-9]{7})?",
    r"(?si)(.+) \([^()]*conflicted copy[^()]*(?:\([^()]*\))?\)",
)


class Removed(Struct, frozen=True):
    """What was moved aside: where each file is now, and where it belongs. Copies come last."""

    moves: tuple[tuple[Path, Path], ...]


def original_of(name: str) -> str | None:
    """Return the name, without its ending, that a file's name is a sync program's copy of; else None."""
    found = next(filter(None, (re.fullmatch(pattern, name) for pattern in COPIES)), None)
    return found[1] if found else None


def set_aside(directory: Path, name: str, aside: Path) -> Removed:
    """Move the file of that name (without its ending) into a directory of deleted ones, with the copies that
    sync programs made of it: one left behind would stand in for it. What is there already stays there too.

    Raises:
        StorageError: it is not there, or cannot be moved; then all is where it was.
    """
    make_directory(aside)
    moves: list[tuple[Path, Path]] = []
    try:
        copies = (path for path in _toml_files(directory) if original_of(path.stem) == name)
        for path in (directory / f"{name}.toml", *copies):
            moves.append((_move_aside(path, aside), path))
    except StorageError:
        for target, path in moves:
            with suppress(FileExistsError):  # it has come again meanwhile; this one stays aside
                _move(target, path)
        raise
    now = time.time_ns()
    for target, _ in moves:
        # By the time they were deleted they are found together later; else by the time they were written.
        with suppress(OSError):
            os.utime(target, ns=(now, now))
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


def last_removed(directory: Path, aside: Path) -> Removed | None:
    """Return what was deleted last and can be put back; None where there is nothing. Files are of one
    deletion that went aside at the same moment. What has come again meanwhile is passed over.

    Raises:
        StorageError: the deleted files cannot be listed.
    """
    try:
        files = {path.stem: (path.stat().st_mtime_ns, path) for path in _toml_files(aside)}
    except OSError as error:
        raise StorageError(f"{aside} cannot be read: {error.strerror or error}.") from error
    deletions: dict[tuple[int, str], list[tuple[Path, Path]]] = defaultdict(list)
    for stem, (moment, path) in files.items():
        numbered = re.fullmatch(NUMBERED, stem)
        name = numbered[1] if numbered else stem
        # Of two that were deleted one after the other under one name, the number is ours.
        place = name if name in files and files[name][0] != moment else stem
        deletions[moment, original_of(place) or place].append((path, directory / f"{place}.toml"))
    for _, moves in sorted(deletions.items(), reverse=True):
        if not any(is_there(place) for _, place in moves):
            return Removed(
                tuple(sorted(moves, key=lambda move: (original_of(move[1].stem) is not None, move)))
            )
    return None


def _toml_files(directory: Path) -> list[Path]:
    try:
        return sorted(directory.glob("*.toml"))
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
