"""Files that are there whole or not at all, for the user's eyes only."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from hipcoach.errors import StorageError

DIRECTORY_MODE = 0o700
FILE_MODE = 0o600
TEMPORARY_PREFIX = ".hipcoach-"
LEFTOVER_AGE = 3600.0
"""Seconds after which a temporary file is no longer somebody's work in progress."""


def is_there(path: Path) -> bool:
    """Whether something is there, as far as can be seen: not where its directory cannot be entered."""
    try:
        return path.exists()
    except OSError:
        return False


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


@contextmanager
def atomic_file(path: Path, *, replace: bool, suffix: str = "") -> Iterator[BinaryIO]:
    """Give a temporary file beside `path` to write to. It is on disk before it gets its name.

    Args:
        path: the file.
        replace: whether a file of that name may be there and is replaced.
        suffix: what the name of the temporary file ends in.

    Raises:
        FileExistsError: the name is taken and `replace` is false.
        OSError, ValueError: it could not be written; what was there before is still there.
    """
    temporary = path.with_name(f"{TEMPORARY_PREFIX}{os.urandom(4).hex()}{suffix}")
    try:
        with open(temporary, "xb", opener=open_private) as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        if replace:
            temporary.replace(path)
        else:
            move_to_free(temporary, path)
        _sync_directory(path.parent)
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


def open_private(name: str, flags: int) -> int:
    """Open a file, made for this user alone where it is not there: the `opener` of `open`."""
    return os.open(name, flags, FILE_MODE)


def write_atomically(path: Path, content: bytes, *, replace: bool) -> None:
    """Write a whole file; `replace` says whether a file of that name may be there and is replaced.

    Raises:
        StorageError: it could not be written; what was there before is still there.
        FileExistsError: the name is taken and `replace` is false.
    """
    make_directory(path.parent)
    try:
        with atomic_file(path, replace=replace) as file:
            file.write(content)
    except FileExistsError:
        raise
    except OSError as error:
        raise StorageError(f"{path} cannot be written: {error.strerror or error}.") from error


def move_to_free(source: Path, path: Path) -> None:
    """Move a file to a name that nothing has. To look first would not do: what appears meanwhile stays.

    Raises:
        FileExistsError: the name is taken.
        OSError: it cannot be moved, and is where it was.
    """
    if source.is_dir() and not source.is_symlink():
        source.rename(path)  # which for a directory replaces nothing but an empty one
        return
    try:
        # The link itself where the source is one, where the system can say so.
        os.link(source, path, follow_symlinks=os.link not in os.supports_follow_symlinks)
    except FileExistsError:
        raise
    except (OSError, NotImplementedError):
        _take_free(source, path)  # not every file system has hard links
    else:
        source.unlink()


def _take_free(source: Path, path: Path) -> None:
    """Take a name that nothing has, and then put the file in its place."""
    import shutil

    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FILE_MODE))
    try:
        shutil.move(source, path)
    except BaseException:  # also ctrl+c: the empty file that keeps the name must not stay
        path.unlink(missing_ok=True)
        raise


def remove_leftovers(directory: Path, older_than: float, suffix: str = "") -> None:
    """Remove temporary files of a program that was killed, last touched before `older_than` (epoch)."""
    try:
        paths = list(directory.iterdir())
    except OSError:
        return  # it is not there, or others say why it cannot be read
    for path in paths:
        if not (path.name.startswith(TEMPORARY_PREFIX) and path.name.endswith(suffix)):
            continue
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
