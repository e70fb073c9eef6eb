"""Files that the user deleted: moved aside, so that an undo brings back what was there, byte for byte."""

from __future__ import annotations

import os
import re
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from hipcoach.errors import StorageError
from hipcoach.storage.atomic import is_there, make_directory, move_to_free

if TYPE_CHECKING:
    from hipcoach.core.history.record import SessionRecord


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


NUMBERED = re.compile(r"(.+) \(\d+\)", re.DOTALL)
"""How a file is called that was moved aside beside another of its name; some sync programs do the same."""


def last_removed(directory: Path, aside: Path) -> Removed | None:
    """What was deleted last and can be put back; None where there is nothing. Files are of one deletion that
    went aside at the same moment. What has come again meanwhile is passed over: it is not missing.

    Raises:
        StorageError: the deleted files cannot be listed.
    """
    try:
        files = {path.stem: (path.stat().st_mtime_ns, path) for path in aside.glob("*.toml")}
    except OSError as error:
        raise StorageError(f"{aside} cannot be read: {error.strerror or error}.") from error
    deletions: dict[tuple[int, str], list[tuple[Path, Path]]] = defaultdict(list)
    for stem, (moment, path) in files.items():
        numbered = NUMBERED.fullmatch(stem)
        name = numbered[1] if numbered else stem
        # Of two that were deleted one after the other under one name, the number is ours.
        place = name if name in files and files[name][0] != moment else stem
        deletions[moment, original_of(place) or place].append((path, directory / f"{place}.toml"))
    for _, moves in sorted(deletions.items(), reverse=True):
        if not any(is_there(place) for _, place in moves):
            # Copies last, as they were put aside.
            return Removed(
                tuple(sorted(moves, key=lambda move: (original_of(move[1].stem) is not None, move)))
            )
    return None


OUR_NAME = r"(?s)(\d{8}T\d{6}Z-[0-9a-f]{6})[^0-9A-Za-z].*"
"""What begins with a whole name of ours is a copy of it, whatever is added: " (1)", "-laptop", "~"."""
SYNC_NAMES = (
    r"(?s)(.+)\.sync-conflict-\d{8}-\d{6}(?:-[A-Z0-9]{7})?",
    r"(?si)(.+) \([^()]*conflicted copy[^()]*(?:\([^()]*\))?\)",
)
"""Syncthing's, and that of Dropbox, Nextcloud and their kin."""


def original_of(name: str) -> str | None:
    """The session that a file's name, without its ending, is a copy of; None where it is no copy."""
    for pattern in _patterns():
        found = pattern.fullmatch(name)
        if found:
            return found[1]
    return None


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    # Not until there is a name: to compile them takes as long as a hundred others.
    return tuple(re.compile(each) for each in (OUR_NAME, *SYNC_NAMES))


class Noted(Protocol):
    """A session as far as copies of it go: a record, or its entry in the index."""

    @property
    def id(self) -> str: ...  # noqa: D102  as the record says

    @property
    def note(self) -> str: ...  # noqa: D102  the same


T = TypeVar("T", bound=Noted)
Alike = Callable[[T, T], bool]


def alike(copy: SessionRecord, shown: SessionRecord) -> bool:
    """Whether two records differ in nothing but name and note."""
    return replace(copy, id=shown.id, note=shown.note) == shown


def without_copies(records: Iterable[T], alike: Alike[T]) -> tuple[list[T], list[str]]:
    """Each session once, and a sentence for every copy. A copy whose original is gone stands in for it.

    Args:
        records: the sessions of all files.
        alike: whether two of them differ in nothing but name and note; asked of copies alone.
    """
    records = list(records)
    sessions = {record.id: record for record in records if original_of(record.id) is None}
    stand_ins: dict[str, T] = {}
    sentences = []
    # With a note before without, so that what a copy has and its likes lack is what is shown.
    for record in sorted(records, key=lambda each: (not each.note, each.id)):
        original = original_of(record.id)
        if original is None:
            continue
        about = f"{record.id}.toml is a copy that a sync program made of {original}.toml"
        if original in sessions:
            sentences.append(
                f"{about}: {_difference(record, sessions[original], alike)}; the session counts once."
            )
        elif original in stand_ins:
            shown = stand_ins[original]
            difference = _difference(record, shown, alike)
            sentences.append(f"{about}, as is {shown.id}.toml: {difference}; the session counts once.")
        else:
            stand_ins[original] = record
            sentences.append(f"{about}, which is not there; the copy is shown in its place.")
    return [*sessions.values(), *stand_ins.values()], sorted(sentences)


def _difference(copy: T, shown: T, alike: Alike[T]) -> str:
    if not alike(copy, shown):
        return f"they differ, and {shown.id}.toml is shown"
    if copy.note == shown.note:
        return "both say the same"
    if not shown.note:
        return "the copy has a note that the other lacks"
    if not copy.note:
        return "the copy lacks the note"
    return f"their notes differ, and that of {shown.id}.toml is shown"
