"""The file of a journal: brought up to date as a whole, wherever the last try to write it left off."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from filelock import FileLock

from hipcoach.errors import StorageError
from hipcoach.storage.atomic import FILE_MODE, make_directory
from hipcoach.storage.journal_lock import discard, lock_path, locked


class JournalFile:
    """Everything a journal should hold, and the file that holds it as soon as the disk allows.

    The content stays in memory too: where the file could not be begun, was cut short by a full disk or was
    deleted under way, what is missing is written by the next try. A session of 10,000 steps takes a few MB.
    """

    def __init__(self, path: Path, lock: FileLock | None = None, content: bytes = b"") -> None:
        self.path = path
        self._lock = lock
        self._content = bytearray(content)
        self._written = len(content)

    def add(self, line: bytes) -> None:
        """Take a line in; it is written by the next `bring_up_to_date`."""
        self._content += line

    def hold(self) -> None:
        """Hold the lock, anew where it was deleted together with its directory.

        Raises:
            StorageError: the directory or the lock cannot be made.
            OSError: the directory cannot be looked at.
        """
        if self._lock is not None:
            if lock_path(self.path).exists():
                return
            self._lock.release()
            self._lock = None
        make_directory(self.path.parent)
        self._lock = locked(self.path)

    def bring_up_to_date(self) -> None:
        """Write and sync what the file lacks.

        Raises:
            StorageError, OSError: it could not all be written.
        """
        self.hold()
        handle = os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, FILE_MODE)
        try:
            there = os.fstat(handle).st_size
            # More than we know of was put there by somebody else: ours goes after it.
            begin = there if there <= len(self._content) else self._written
            while begin < len(self._content):
                begin += os.write(handle, self._content[begin:])
            os.fsync(handle)
            self._written = begin
        finally:
            os.close(handle)

    def release(self) -> None:
        """Let go of the lock; the file stays for whoever looks for it next.

        Unless not even its first line is whole: nobody could make anything of it.
        """
        if self._lock is not None:
            with suppress(OSError, StorageError):
                if self.path.stat().st_size <= self._content.find(b"\n"):
                    self.remove()
                    return
            self._lock.release()
            self._lock = None

    def remove(self) -> None:
        """Remove the file and let go of the lock.

        Raises:
            StorageError: it cannot be removed; the lock is let go of all the same.
        """
        lock, self._lock = self._lock, None
        discard(self.path, lock)
