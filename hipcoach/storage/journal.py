"""The journal of a running session, and what is found in it when the session was cut off.

A journal is an append-only file of JSON lines, under an operating-system lock.

The first line holds the plan and what the log will need; each later line is one event. A thread writes
and syncs, so that no disk ever holds up the screen. What cannot be written is kept and tried again, with
each line and every few seconds. When the session has been saved the journal goes.
"""

from __future__ import annotations

import json
import os
import queue
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import msgspec
from msgspec import Meta, Struct, convert, to_builtins
from msgspec.structs import asdict, replace

from hipcoach.core.fields import Count, Length
from hipcoach.core.history.record import Rating, SessionRecord, record_of, shown_choices
from hipcoach.core.plan import Plan, StepKind
from hipcoach.core.session import Attempt, Session
from hipcoach.core.text import printable
from hipcoach.errors import StorageError
from hipcoach.storage.atomic import FILE_MODE, make_directory
from hipcoach.storage.session_log import UNREADABLE, YEARS, reason_of
from hipcoach.storage.text_file import UnreadableError, read_bytes

if TYPE_CHECKING:
    from filelock import FileLock

FORMAT = 1
LARGEST_FILE = 50_000_000
"""Bytes; a session of 10,000 steps takes about 10 MB."""
CLOSE_TIMEOUT = 2.0
"""Seconds that leaving waits for the last lines to reach the disk."""
RETRY = 3.0
"""Seconds between two tries to write what could not be written, where no new line comes sooner."""


class JournalHeader(Struct, frozen=True, omit_defaults=True):
    """What a journal knows of its session from the first line on."""

    id: Annotated[str, Meta(pattern=r"^[0-9A-Za-z][0-9A-Za-z-]*$(?!\n)")]
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

    def say(self, record: SessionRecord) -> None:
        """Write what the user says of the session, while its log file cannot be written."""
        before, after = record.discomfort_before, record.discomfort_after
        self.append({"event": "note", "note": record.note})
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
    from filelock import FileLock, Timeout  # slow to load, and needed only once there is a session

    # Taken and let go of in different threads: a thread's own lock would be held on.
    lock = FileLock(lock_path(journal), timeout=0, mode=FILE_MODE, thread_local=False)
    try:
        lock.acquire()
    except Timeout as error:
        raise JournalHeldError("This session is running in another window.") from error
    except (OSError, NotImplementedError) as error:  # the latter where a file system has no locks
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


class Unfinished(Struct):
    """A session that was cut off, held by this process so that no other offers it (`find_unfinished`)."""

    path: Path
    lock: FileLock | None
    """None where it was only looked at: then it may be running in another window just as well."""
    header: JournalHeader
    content: bytes
    """All that the journal holds."""
    index: int = 0
    attempts: tuple[Attempt, ...] = ()
    reasons: tuple[tuple[int, str], ...] = ()
    left_out: tuple[int, ...] = ()
    doing: Attempt | None = None
    """How far the step in progress had come when last written."""
    active_seconds: float = 0.0
    ended: bool = False
    """Whether the session had ended and only its log file is missing."""
    reached_end: bool = False
    wanted: bool = False
    """Whether the user said to keep it although nothing was done in it."""
    said: dict[str, Any] = {}
    """What the user said of the session when it could not be saved, by the names in its record."""

    def session(self, at: float) -> Session:
        """Return the session, ready to go on through the lead-in of the step it was cut off in."""
        attempts = self.attempts if self.doing is None else (*self.attempts, self.doing)
        begun = replace(
            Session.begin(self.header.plan, at),
            attempts=attempts,
            reasons=self.reasons,
            dropped=frozenset(self.header.plan.steps[place].item for place in self.left_out) - {None},
            left_out=self.left_out,
            active_from=at - self.active_seconds,
        )
        return begun.taken_up(self.index, at)

    def record(self) -> SessionRecord:
        """Return what was done, as the log would keep it."""
        session = self.session(0.0).finish(0.0)
        if self.reached_end:
            session = replace(session, index=len(self.header.plan.steps))
        return record_of(session, now=0.0, **(self.header.about | self.said))

    def close(self, *, remove: bool) -> None:
        """Let go of the journal, and remove it if its session is saved or not wanted.

        Raises:
            StorageError: it cannot be removed; it is let go of all the same.
        """
        if remove:
            discard(self.path, self.lock)
        elif self.lock is not None:
            self.lock.release()


class Found(Struct, frozen=True):
    """What a look at the journals found: cut-off sessions, and a sentence for each that cannot be read."""

    unfinished: tuple[Unfinished, ...] = ()
    problems: tuple[str, ...] = ()
    any_settled: bool = False
    """Whether there were others, which had ended and are saved or let go of by now."""


def find_unfinished(directory: Path) -> Found:
    """Claim every journal that nobody holds. One that cannot be read is named and left alone."""
    return _find(directory, locked)


def look_at_unfinished(directory: Path) -> Found:
    """Read every journal, also of sessions that are running; nothing is claimed, locked, made or removed."""
    return _find(directory, lambda _: None)


def _find(directory: Path, claim: Callable[[Path], FileLock | None]) -> Found:
    unfinished: list[Unfinished] = []
    problems: list[str] = []
    try:
        paths = sorted(path for path in directory.iterdir() if path.suffix == ".jsonl")
    except FileNotFoundError:
        return Found()
    except OSError as error:
        return Found(problems=(f"{directory} cannot be read: {error.strerror or error}.",))
    for path in paths:
        lock = None
        try:
            lock = claim(path)
            found = _read(path, lock)
            if found is None and lock is not None:
                discard(path, lock)
        except JournalHeldError:
            continue  # it is running in another window
        except FileNotFoundError:
            # Another window has just saved it and removed its journal; the lock is ours, made by asking.
            if lock is not None:
                with suppress(OSError):
                    lock_path(path).unlink()
        except UnreadableError as error:
            problems.append(f"{path} {error.message}; it is kept.")
        except StorageError as error:
            problems.append(error.message)
        else:
            if found is not None:
                unfinished.append(found)
                continue
        if lock is not None:
            lock.release()
    return Found(tuple(unfinished), tuple(problems))


def remove_stray_locks(directory: Path, older_than: float) -> None:
    """Remove locks without a journal, made before `older_than` (epoch): of a process killed in between."""
    try:
        paths = list(directory.glob("*.lock"))
    except OSError:
        return  # others say why it cannot be read
    for path in paths:
        journal = path.with_suffix(".jsonl")
        with suppress(OSError, StorageError):
            if journal.exists() or path.stat().st_mtime >= older_than:
                continue
            lock = locked(journal)
            if journal.exists():  # it was begun meanwhile
                lock.release()
            else:
                discard(journal, lock)


def _read(path: Path, lock: FileLock | None) -> Unfinished | None:
    """Return the session in a journal; None where its process was killed before the first line, when nothing
    had happened yet."""
    content = read_bytes(path, LARGEST_FILE)
    if not content:
        return None
    first, *lines = content.split(b"\n")
    try:
        found = Unfinished(path, lock, header_of(first), content)
    except UNREADABLE as error:
        reason = f"holds no session that can be taken up ({reason_of(error)})"
        raise UnreadableError(reason) from None
    for line in lines:
        # The last line may have been cut off with the session; what it would have said is lost.
        with suppress(ValueError, RecursionError):
            _apply(found, msgspec.json.decode(line, type=Event))
    return found


def header_of(line: bytes) -> JournalHeader:
    """Return what a journal's first line says. What a newer hipcoach says besides is passed over.

    Raises:
        ValueError, KeyError, TypeError, RecursionError: it is no such line.
    """
    values = json.loads(line.decode("utf-8"))  # left to itself, the reader would take other encodings too
    if values["format"] != FORMAT:
        raise ValueError(f"it has format {values['format']}, this hipcoach resumes {FORMAT}")
    header = convert(printable(values), JournalHeader)
    steps = header.plan.steps
    if not steps or [step.index for step in steps] != list(range(len(steps))):
        raise ValueError("its plan has no steps, or not in order")
    if any((step.kind is StepKind.REPS) is not bool(step.reps and step.rep_seconds) for step in steps):
        raise ValueError("the repetitions of a step make no sense")
    if not all(each.year in YEARS for each in (header.started, header.day)):
        raise ValueError("its date cannot be")
    return replace(header, choices=shown_choices(header.choices))


def _apply(found: Unfinished, event: Event) -> None:
    steps = found.header.plan.steps
    index = event.index
    if index is not None and index >= len(steps):
        raise ValueError("there is no such step")
    match event.event:
        case "enter" if index is not None:
            found.index, found.doing = index, None
        case "attempt" if index is not None:
            found.attempts = (*found.attempts, Attempt(index, event.reps, event.seconds))
            found.doing = None
        case "beat" if index is not None:
            found.doing = Attempt(index, event.reps, event.seconds)
        case "reason" if index is not None:
            found.reasons = (*found.reasons, (index, printable(event.reason)))
        case "drop":
            if index is None:  # older journals do not name the step that was left out, but its item
                of_item = (step.index for step in steps if step.is_work and step.item == event.item)
                index = next(of_item, None)
            if index is None:
                raise ValueError("there is no such item")
            # A session that is taken up again writes down once more what it knows.
            if index not in found.left_out:
                found.left_out = (*found.left_out, index)
        case "bring-back":
            found.left_out = found.left_out[:-1]
        case "end":
            found.ended, found.reached_end, found.doing = True, event.reached_end, None
        case "keep":
            found.wanted = True
        case "note":
            found.said["note"] = event.note
        case "discomfort":
            found.said |= {"discomfort_before": event.before, "discomfort_after": event.after}
    if event.active is not None:
        found.active_seconds = event.active
