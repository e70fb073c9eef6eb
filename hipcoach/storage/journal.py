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
from typing import Any

from filelock import FileLock, Timeout
from msgspec import Struct

from hipcoach.core.plan import Plan
from hipcoach.core.session import Attempt, Session
from hipcoach.errors import StorageError
from hipcoach.storage.atomic import FILE_MODE, make_directory
from hipcoach.storage.plan_json import plan_to_json
from hipcoach.storage.values import a_count, a_length

FORMAT = 1
CLOSE_TIMEOUT = 2.0
"""Seconds that leaving waits for the last lines to reach the disk."""
RETRY = 3.0
"""Seconds between two tries to write what could not be written, where no new line comes sooner."""


class JournalHeader(Struct, frozen=True):
    """What a journal knows of its session from the first line on."""

    id: str
    started: datetime
    day: date
    app_version: str
    choices: Mapping[str, object]
    plan: Plan
    discomfort_before: int | None = None

    def to_json(self) -> dict[str, Any]:
        """The header as the journal's first line."""
        rating = {} if self.discomfort_before is None else {"discomfort_before": self.discomfort_before}
        return {
            "format": FORMAT,
            "id": self.id,
            "started": self.started.isoformat(),
            "day": self.day.isoformat(),
            "app_version": self.app_version,
            "choices": dict(self.choices),
            **rating,
            "plan": plan_to_json(self.plan),
        }


class Journal:
    """The journal of one session, held by this process."""

    def __init__(self, file: JournalFile) -> None:
        self.path = file.path
        self._file = file
        self._lines: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self.problem = ""
        """One sentence if lines could not be written; empty while all is well."""
        self._thread = threading.Thread(target=self._write, name="journal", daemon=True)

    @classmethod
    def begin(cls, directory: Path, header: JournalHeader) -> Journal:
        """Begin a session's journal. Where that cannot be done yet, `problem` says why; it is begun later."""
        journal = cls(JournalFile(directory / f"{header.id}.jsonl"))
        try:
            # Here and not in the thread: from its first moment on, nobody else may take the session up.
            journal._file.hold()
        except (StorageError, OSError) as error:
            journal.problem = _sentence(error)
        journal.append(header.to_json())
        journal._thread.start()
        return journal

    @classmethod
    def go_on(cls, path: Path, lock: FileLock | None, content: bytes) -> Journal:
        """Go on writing the journal of a session that is taken up again, which holds `content` so far."""
        journal = cls(JournalFile(path, lock, content))
        journal._lines.put(b"\n")  # the last line may have been cut off: what follows is a line of its own
        journal._thread.start()
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
        event: dict[str, Any] = {"event": "beat", "active": session.active_seconds(now)}
        if doing is not None:
            event |= {"index": doing.index, "reps": doing.reps, "seconds": doing.seconds}
        self.append(event)

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

        Raises:
            StorageError: it cannot be removed.
        """
        self._lines.put(None)
        self._thread.join(CLOSE_TIMEOUT)
        if self._thread.is_alive():
            self.problem = "The session is not being saved: the disk does not answer."
        if remove:
            self._file.remove()
        else:
            self._file.release()

    def _write(self) -> None:
        while True:
            try:
                line = self._lines.get(timeout=RETRY if self.problem else None)
            except queue.Empty:
                line = b""
            if line:
                self._file.add(line)
            if line is not None or self.problem:
                self._bring_up_to_date()
            if line is None:
                return

    def _bring_up_to_date(self) -> None:
        try:
            self._file.bring_up_to_date()
        except (StorageError, OSError) as error:
            self.problem = _sentence(error)
        else:
            self.problem = ""


def attempt_from(event: Mapping[str, Any]) -> Attempt:
    """The attempt that a line tells of.

    Raises:
        KeyError, TypeError, ValueError: the line does not.
    """
    return Attempt(a_count(event["index"]), a_count(event["reps"]), a_length(event["seconds"]))


def _sentence(error: StorageError | OSError) -> str:
    reason = error.message if isinstance(error, StorageError) else f"{error.strerror or error}."
    return f"The session is not being saved: {reason}"


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
