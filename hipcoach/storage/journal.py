"""The journal of a running session: an append-only file of JSON lines, under an operating-system lock.

The first line holds the plan and what the log will need; each later line is one event. A thread writes
and syncs, so that no disk ever holds up the screen. What cannot be written is kept and tried again, with
each line and every few seconds. When the session has been saved the journal goes.
"""

from __future__ import annotations

import json
import os
import queue
import threading
from collections.abc import Mapping
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any

from filelock import FileLock, Timeout
from msgspec import Meta, Struct, to_builtins
from msgspec.structs import asdict

from hipcoach.core.fields import Count, Length
from hipcoach.core.history.record import Rating
from hipcoach.core.plan import Plan
from hipcoach.core.session import Session
from hipcoach.errors import StorageError
from hipcoach.storage.atomic import FILE_MODE, make_directory

FORMAT = 1
CLOSE_TIMEOUT = 2.0
"""Seconds that leaving waits for the last lines to reach the disk."""
RETRY = 3.0
"""Seconds between two tries to write what could not be written, where no new line comes sooner."""


class JournalHeader(Struct, frozen=True, omit_defaults=True):
    """What a journal knows of its session from the first line on."""

    id: Annotated[str, Meta(pattern="^[0-9A-Za-z][0-9A-Za-z-]*$")]
    started: Annotated[datetime, Meta(tz=True)]
    day: date
    app_version: str
    choices: Mapping[str, Any]
    plan: Plan
    discomfort_before: Rating | None = None

    @property
    def about(self) -> dict[str, Any]:
        """What the session's record takes from here."""
        return {name: each for name, each in asdict(self).items() if name != "plan"}


class Event(Struct, frozen=True):
    """A later line; which fields it has depends on what happened."""

    event: str
    active: Length | None = None
    index: Count | None = None
    reps: Count = 0
    seconds: Length = 0.0
    reason: str = ""
    item: Count | None = None
    reached_end: bool = False
    note: str = ""
    before: Rating | None = None
    after: Rating | None = None


class JournalHeldError(StorageError):
    """Another process holds the journal: its session is running there."""


class Journal:
    """The journal of one session, held by this process.

    All of it stays in memory too: where the file could not be begun, was cut short by a full disk or was
    deleted under way, what is missing is written by the next try. A session of 10,000 steps takes a few MB.
    """

    def __init__(self, path: Path, lock: FileLock | None = None, content: bytes = b"") -> None:
        self.path = path
        self.problem = ""
        """One sentence if lines could not be written; empty while all is well."""
        self._lock = lock
        self._content = bytearray(content)
        self._written = len(content)
        self._lines: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._write, name="journal", daemon=True)

    @classmethod
    def begin(cls, directory: Path, header: JournalHeader) -> Journal:
        """Begin a session's journal. Where that cannot be done yet, `problem` says why; it is begun later."""
        journal = cls(directory / f"{header.id}.jsonl")
        try:
            # Here and not in the thread: from its first moment on, nobody else may take the session up.
            journal._hold()
        except (StorageError, OSError) as error:
            journal.problem = _sentence(error)
        journal.append({"format": FORMAT, **to_builtins(header)})
        journal._thread.start()
        return journal

    @classmethod
    def go_on(cls, path: Path, lock: FileLock | None, content: bytes) -> Journal:
        """Go on writing the journal of a session that is taken up again, which holds `content` so far."""
        journal = cls(path, lock, content)
        journal._lines.put(b"\n")  # the last line may have been cut off: what follows is a line of its own
        journal._thread.start()
        return journal

    def append(self, event: Mapping[str, Any]) -> None:
        """Have a line written; returns at once."""
        self._lines.put(json.dumps(event, separators=(",", ":")).encode() + b"\n")

    def note_changes(self, old: Session | None, new: Session, now: float) -> None:
        """Write what happened between two states of the session."""
        for attempt in new.attempts[len(old.attempts) if old else 0 :]:
            self.append({"event": "attempt", **to_builtins(attempt)})
        for index, reason in new.reasons[len(old.reasons) if old else 0 :]:
            self.append({"event": "reason", "index": index, "reason": reason})
        left_out = len(old.left_out) if old else 0
        for _ in range(left_out - len(new.left_out)):
            self.append({"event": "bring-back"})
        for place in new.left_out[left_out:]:
            self.append({"event": "drop", "item": new.plan.steps[place].item, "index": place})
        if new.is_over and not (old and old.is_over):
            self.append({"event": "end", "active": new.active_seconds(now), "reached_end": new.reached_end})
        elif old is None or new.index != old.index:
            self.append({"event": "enter", "index": new.index, "active": new.active_seconds(now)})

    def beat(self, session: Session, now: float) -> None:
        """Write how far the step in progress has come, so that little of it is lost if all ends here."""
        doing = session.in_progress(now)
        how_far = {} if doing is None else to_builtins(doing)
        self.append({"event": "beat", "active": session.active_seconds(now), **how_far})

    def note(self, text: str) -> None:
        """Write the user's note on the session, while its log file cannot be written."""
        self.append({"event": "note", "note": text})

    def rate(self, before: int | None, after: int | None) -> None:
        """Write how the session felt, while its log file cannot be written; None for what was not rated."""
        self.append({"event": "discomfort", "before": before, "after": after})

    def keep(self) -> None:
        """Write that the session is wanted although nothing was done in it."""
        self.append({"event": "keep"})

    def close(self, *, remove: bool) -> None:
        """Write what is left, let go of the lock, and remove the journal if its session has been saved.

        It is removed too where not even its first line is whole: nobody could make anything of it.

        Raises:
            StorageError: it cannot be removed; the lock is let go of all the same.
        """
        self._lines.put(None)
        self._thread.join(CLOSE_TIMEOUT)
        if self._thread.is_alive():
            self.problem = "The session is not being saved: the disk does not answer."
        lock, self._lock = self._lock, None
        if remove:
            discard(self.path, lock)
        elif lock is not None:
            with suppress(OSError, StorageError):
                if self.path.stat().st_size <= self._content.find(b"\n"):
                    discard(self.path, lock)
            lock.release()

    def _write(self) -> None:
        while True:
            try:
                line = self._lines.get(timeout=RETRY if self.problem else None)
            except queue.Empty:
                line = b""
            self._content += line or b""
            if line is not None or self.problem:
                try:
                    self._bring_up_to_date()
                except (StorageError, OSError) as error:
                    self.problem = _sentence(error)
                else:
                    self.problem = ""
            if line is None:
                return

    def _bring_up_to_date(self) -> None:
        """Write and sync what the file lacks."""
        self._hold()
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

    def _hold(self) -> None:
        """Hold the lock, again where it was deleted together with its directory."""
        if self._lock is not None:
            if lock_path(self.path).exists():
                return
            self._lock.release()
            self._lock = None
        make_directory(self.path.parent)
        self._lock = locked(self.path)


def lock_path(journal: Path) -> Path:
    """Return the lock that stands for a journal; to lock that itself would empty it on some systems."""
    return journal.with_suffix(".lock")


def locked(journal: Path) -> FileLock:
    """Hold a journal's lock. The system lets go of it when this process ends, however it ends.

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


def _sentence(error: StorageError | OSError) -> str:
    reason = error.message if isinstance(error, StorageError) else f"{error.strerror or error}."
    return f"The session is not being saved: {reason}"
