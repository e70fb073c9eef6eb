"""Files that are there whole or not at all, for the user's eyes only."""

from __future__ import annotations

import os
from pathlib import Path

from hipcoach.errors import StorageError

DIRECTORY_MODE = 0o700
FILE_MODE = 0o600
TEMPORARY_PREFIX = ".hipcoach-"


def make_directory(path: Path) -> None:
    """Make a directory and what is missing above it, for this user alone.

    Raises:
        StorageError: it cannot be made.
    """
    each = path
    try:
        missing = [each for each in (path, *path.parents) if not each.exists()]
        for each in reversed(missing):
            each.mkdir(mode=DIRECTORY_MODE, exist_ok=True)
    except OSError as error:
        raise StorageError(f"{each} cannot be made: {error.strerror or error}.") from error


def write_atomically(path: Path, content: bytes, *, replace: bool) -> None:
    """Write a file through a temporary one beside it, on disk before it gets its name.

    Args:
        path: the file.
        content: all of it.
        replace: whether a file of that name may be there and is replaced.

    Raises:
        StorageError: it could not be written; what was there before is still there.
        FileExistsError: the name is taken and `replace` is false.
    """
    import tempfile

    make_directory(path.parent)
    temporary = ""
    try:
        handle, temporary = tempfile.mkstemp(prefix=TEMPORARY_PREFIX, dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).chmod(FILE_MODE)
        if not replace and path.exists():
            raise FileExistsError(path)
        Path(temporary).replace(path)
        temporary = ""
        _sync_directory(path.parent)
    except FileExistsError:
        raise
    except OSError as error:
        raise StorageError(f"{path} cannot be written: {error.strerror or error}.") from error
    finally:
        if temporary:
            Path(temporary).unlink(missing_ok=True)


def remove_leftovers(directory: Path, older_than: float) -> None:
    """Remove temporary files of a program that was killed, last touched before `older_than` (epoch)."""
    if not directory.is_dir():
        return
    for path in directory.glob(f"{TEMPORARY_PREFIX}*"):
        try:
            if path.stat().st_mtime < older_than:
                path.unlink(missing_ok=True)
        except OSError:
            continue  # another instance was quicker, or it is not ours to remove


def _sync_directory(path: Path) -> None:
    """Make the new name last; not every system can, and the file itself is safe already."""
    try:
        handle = os.open(path, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(handle)
    except OSError:
        pass
    finally:
        os.close(handle)
