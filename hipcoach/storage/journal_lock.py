"""The lock that says whose a journal is. The system lets go of it when its process ends, however it ends."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from filelock import FileLock, Timeout

from hipcoach.errors import StorageError
from hipcoach.storage.atomic import FILE_MODE


class JournalHeldError(StorageError):
    """Another process holds the journal: its session is running there."""


def lock_path(journal: Path) -> Path:
    """The lock that stands for a journal; locking the journal itself would empty it on some systems."""
    return journal.with_suffix(".lock")


def locked(journal: Path) -> FileLock:
    """Hold a journal's lock.

    Raises:
        JournalHeldError: somebody else holds it.
        StorageError: it cannot be made.
    """
    # Taken and let go of in different threads: a thread's own lock would be held on.
    lock = FileLock(lock_path(journal), timeout=0, mode=FILE_MODE, thread_local=False)
    try:
        lock.acquire()
    except Timeout as error:
        raise JournalHeldError("This session is running in another window.") from error
    except (OSError, NotImplementedError) as error:
        reason = (error.strerror if isinstance(error, OSError) else "") or str(error)
        raise StorageError(f"{journal.parent} cannot be used: {reason}.") from error
    return lock


def discard(journal: Path, lock: FileLock | None) -> None:
    """Remove a journal, then let go of its lock.

    Raises:
        StorageError: it cannot be removed; the lock is let go of all the same.
    """
    try:
        journal.unlink(missing_ok=True)
        if lock is not None:
            # While it is held: between letting go and removing it somebody else might take it. Windows does
            # not remove what is open; there it goes with the stray ones.
            with suppress(OSError):
                lock_path(journal).unlink()
    except OSError as error:
        raise StorageError(f"{journal} cannot be removed: {error.strerror or error}.") from error
    finally:
        if lock is not None:
            lock.release()
