"""Files that the user deleted: moved aside, so that an undo brings back what was there, byte for byte.

The copies that sync programs make of a file when two machines changed it, known by their names, go with it.
"""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from msgspec import Struct

from hipcoach.errors import StorageError
from hipcoach.storage.atomic import is_there, make_directory, move_to_free

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
    sync programs made of it: one left behind would stand in for it. Each deletion has a folder of its own
    there, named after its time.

    Raises:
        StorageError: it is not there, or cannot be moved; then all is where it was.
    """
    folder = aside / f"{datetime.now(UTC):%Y%m%dT%H%M%S.%fZ}"
    make_directory(folder)
    copies = [path for path in toml_files(directory) if original_of(path.stem) == name]
    moved: list[tuple[Path, Path]] = []
    try:
        for path in (directory / f"{name}.toml", *copies):
            move_to_free(path, folder / path.name)
            moved.append((folder / path.name, path))
    except OSError as error:
        for target, path in moved:
            with suppress(OSError):  # it has come again meanwhile; this one stays aside
                move_to_free(target, path)
        _remove_empty(folder)
        raise StorageError(f"{path} cannot be moved: {error.strerror or error}.") from error
    return Removed(tuple(moved))


def put_back(removed: Removed) -> None:
    """Undo a deletion.

    Raises:
        StorageError: a file cannot be moved, or its name has been taken meanwhile; then it stays aside.
    """
    for target, path in removed.moves:
        make_directory(path.parent)
        try:
            move_to_free(target, path)
        except FileExistsError as error:
            raise StorageError(f"{path} is there again; what was deleted stays in {target}.") from error
        except OSError as error:
            raise StorageError(f"{target} cannot be moved: {error.strerror or error}.") from error
        _remove_empty(target.parent)


def last_removed(directory: Path, aside: Path) -> Removed | None:
    """Return what was deleted last and can be put back; None where there is nothing. What has come again
    meanwhile is passed over.

    Raises:
        StorageError: the deleted files cannot be listed.
    """
    try:
        folders = sorted((path for path in aside.iterdir() if path.is_dir()), reverse=True)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise StorageError(f"{aside} cannot be read: {error.strerror or error}.") from error
    for folder in folders:
        files = sorted(toml_files(folder), key=lambda path: original_of(path.stem) is not None)
        if files and not any(is_there(directory / path.name) for path in files):
            return Removed(tuple((path, directory / path.name) for path in files))
    return None


def toml_files(directory: Path) -> list[Path]:
    """Return the TOML files of a directory, none where it is not there; hidden ones are on their way.

    Raises:
        StorageError: it cannot be read.
    """
    try:
        paths = [path for path in directory.iterdir() if path.suffix == ".toml" and path.name[0] != "."]
        return sorted(paths, key=lambda path: path.name)
    except FileNotFoundError:
        return []
    except OSError as error:
        raise StorageError(f"{directory} cannot be read: {error.strerror or error}.") from error


def _remove_empty(folder: Path) -> None:
    with suppress(OSError):  # it holds other files, or was gone before us
        folder.rmdir()
        folder.parent.rmdir()
