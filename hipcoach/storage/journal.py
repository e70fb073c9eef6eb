"""The journal of a running session: an append-only file of JSON lines, under an operating-system lock.

The first line holds the plan and what the log will need; each later line is one event. A thread writes
and syncs, so that no disk ever holds up the screen. When the session has been saved the journal goes.
"""

from __future__ import annotations

import json
import os
import queue
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from hipcoach.core.attempt import Attempt
from hipcoach.core.plan import Plan
from hipcoach.core.session import Session
from hipcoach.errors import StorageError
from hipcoach.storage.atomic import FILE_MODE, make_directory
from hipcoach.storage.plan_json import plan_to_json

FORMAT = 1
CLOSE_TIMEOUT = 2.0
"""Seconds that leaving waits for the last lines to reach the disk."""


@dataclass(frozen=True, slots=True)
class JournalHeader:
    """What a journal knows of its session from the first line on."""

    id: str
    started: datetime
    day: date
    app_version: str
    choices: Mapping[str, object]
    plan: Plan

    def to_json(self) -> dict[str, Any]:
        """The header as the journal's first line."""
        return {
            "format": FORMAT,
            "id": self.id,
            "started": self.started.isoformat(),
            "day": self.day.isoformat(),
            "app_version": self.app_version,
            "choices": dict(self.choices),
            "plan": plan_to_json(self.plan),
        }


class Journal:
    """The journal of one session, held by this process."""

    def __init__(self, path: Path, lock: FileLock) -> None:
        self.path = path
        self._lock = lock
        self._lines: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self.problem = ""
        """One sentence if lines could not be written; empty while all is well."""
        self._thread = threading.Thread(target=self._write, name="journal", daemon=True)
        self._thread.start()

    @classmethod
    def begin(cls, directory: Path, header: JournalHeader) -> Journal:
        """Begin a session's journal.

        Raises:
            StorageError: the directory cannot be made or the file cannot be locked.
        """
        make_directory(directory)
        path = directory / f"{header.id}.jsonl"
        journal = cls(path, locked(path))
        journal.append(header.to_json())
        return journal

    @classmethod
    def go_on(cls, path: Path, lock: FileLock) -> Journal:
        """Go on writing the journal of a session that is taken up again."""
        journal = cls(path, lock)
        journal._lines.put(b"\n")  # the last line may have been cut off: what follows is a line of its own
        return journal

    def append(self, event: Mapping[str, Any]) -> None:
        """Have a line written; returns at once."""
        self._lines.put(json.dumps(event, separators=(",", ":")).encode() + b"\n")

    def note_changes(self, old: Session | None, new: Session, now: float) -> None:
        """Write what happened between two states of the session."""
        for attempt in new.attempts[len(old.attempts) if old else 0 :]:
            self.append(
                {"event": "attempt", "index": attempt.index, "reps": attempt.reps, "seconds": attempt.seconds}
            )
        for index, reason in new.reasons[len(old.reasons) if old else 0 :]:
            self.append({"event": "reason", "index": index, "reason": reason})
        for item in sorted(i for i in new.dropped - (old.dropped if old else set()) if i is not None):
            self.append({"event": "drop", "item": item})
        if new.is_over and not (old and old.is_over):
            self.append({"event": "end", "active": new.active_seconds(now), "reached_end": new.reached_end})
        elif old is None or new.index != old.index:
            self.append({"event": "enter", "index": new.index, "active": new.active_seconds(now)})

    def beat(self, session: Session, now: float) -> None:
        """Write how far the step in progress has come, so that little of it is lost if all ends here."""
        doing = session.in_progress(now)
        event: dict[str, Any] = {"event": "beat", "active": session.active_seconds(now)}
        if doing is not None:
            event |= {"index": doing.index, "reps": doing.reps, "seconds": doing.seconds}
        self.append(event)

    def close(self, *, remove: bool) -> None:
        """Write what is left, let go of the lock, and remove the journal if its session has been saved."""
        self._lines.put(None)
        self._thread.join(CLOSE_TIMEOUT)
        if remove:
            discard(self.path)
        self._lock.release()
        if remove:
            lock_path(self.path).unlink(missing_ok=True)

    def _write(self) -> None:
        pending = b""
        while True:
            line = self._lines.get()
            if line is None:
                return
            pending += line
            try:
                handle = os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, FILE_MODE)
                try:
                    written = os.write(handle, pending)
                    os.fsync(handle)
                finally:
                    os.close(handle)
            except OSError as error:
                # Kept, and tried again with the next line: a full disk may have room by then.
                self.problem = f"The session is not being saved: {error.strerror or error}."
                continue
            pending = pending[written:]
            self.problem = "" if not pending else "The session is not being saved: the disk is full."


def lock_path(journal: Path) -> Path:
    """The lock that stands for a journal; locking the journal itself would empty it on some systems."""
    return journal.with_suffix(".lock")


def locked(journal: Path) -> FileLock:
    """Hold a journal's lock; the system lets go of it when this process ends, however it ends.

    Raises:
        StorageError: somebody else holds it, or it cannot be made.
    """
    lock = FileLock(lock_path(journal), timeout=0, mode=FILE_MODE)
    try:
        lock.acquire()
    except Timeout as error:
        raise StorageError("This session is running in another window.") from error
    except OSError as error:
        raise StorageError(f"{journal.parent} cannot be used: {error.strerror or error}.") from error
    return lock


def discard(journal: Path) -> None:
    """Remove a journal.

    Raises:
        StorageError: it cannot be removed.
    """
    try:
        journal.unlink(missing_ok=True)
    except OSError as error:
        raise StorageError(f"{journal} cannot be removed: {error.strerror or error}.") from error


def attempt_from(event: Mapping[str, Any]) -> Attempt:
    """The attempt that a line tells of.

    Raises:
        KeyError, TypeError, ValueError: the line does not.
    """
    return Attempt(int(event["index"]), int(event["reps"]), float(event["seconds"]))
