"""Sessions that were cut off: found by their journals, claimed, and made ready to go on or be saved."""

from __future__ import annotations

import json
import re
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from typing import Any

from filelock import FileLock
from msgspec import Struct
from msgspec.structs import replace

from hipcoach.core.history.record import SessionRecord, record_of
from hipcoach.core.session import Attempt, Session
from hipcoach.errors import StorageError
from hipcoach.storage.journal import (
    FORMAT,
    JournalHeader,
    JournalHeldError,
    attempt_from,
    discard,
    lock_path,
    locked,
)
from hipcoach.storage.log_files import YEARS
from hipcoach.storage.plan_json import plan_from_json
from hipcoach.storage.text_file import UnreadableError, read_bytes
from hipcoach.storage.values import a_count, a_length, a_printable_text, a_rating, a_text, choices

LARGEST_FILE = 50_000_000
"""Bytes; a session of 10,000 steps takes about 10 MB."""
ID = re.compile(r"[0-9A-Za-z][0-9A-Za-z-]*")
"""What the name of a session's files may be made of."""


class Unfinished(Struct):
    """A session that was cut off, held by this process so that no other offers it (`find_unfinished`)."""

    path: Path
    lock: FileLock | None
    """None where it was only looked at: then it may be running in another window just as well."""
    header: JournalHeader
    content: bytes = b""
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
    note: str = ""
    """What the user wrote on the session when it could not be saved."""
    discomfort_before: int | None = None
    discomfort_after: int | None = None

    def session(self, at: float) -> Session:
        """The session, ready to go on through the lead-in of the step it was cut off in."""
        attempts = self.attempts if self.doing is None else (*self.attempts, self.doing)
        return Session.restore(
            self.header.plan,
            self.index,
            at,
            attempts=attempts,
            reasons=self.reasons,
            dropped=frozenset(self.header.plan.steps[place].item for place in self.left_out) - {None},
            left_out=self.left_out,
            active_seconds=self.active_seconds,
        )

    def record(self) -> SessionRecord:
        """What was done, as the log would keep it."""
        session = self.session(0.0).finish(0.0)
        if self.reached_end:
            session = replace(session, reached_end=True, index=len(self.header.plan.steps))
        return record_of(
            session,
            now=0.0,
            id=self.header.id,
            started=self.header.started,
            day=self.header.day,
            app_version=self.header.app_version,
            choices=self.header.choices,
            note=self.note,
            discomfort_before=self.discomfort_before,
            discomfort_after=self.discomfort_after,
        )

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

    unfinished: tuple[Unfinished, ...]
    problems: tuple[str, ...]


def find_unfinished(directory: Path) -> Found:
    """Claim every journal that nobody holds. One that cannot be read is named and left alone."""
    return _find(directory, claim=True)


def look_at_unfinished(directory: Path) -> Found:
    """Read every journal, also of sessions that are running; nothing is claimed, locked, made or removed."""
    return _find(directory, claim=False)


def _find(directory: Path, *, claim: bool) -> Found:
    unfinished: list[Unfinished] = []
    problems: list[str] = []
    try:
        paths = sorted(path for path in directory.iterdir() if path.suffix == ".jsonl")
    except FileNotFoundError:
        return Found((), ())
    except OSError as error:
        return Found((), (f"{directory} cannot be read: {error.strerror or error}.",))
    for path in paths:
        try:
            lock = locked(path) if claim else None
        except JournalHeldError:
            continue  # it is running in another window
        except StorageError as error:
            problems.append(error.message)
            continue
        try:
            if path.is_file() and not path.stat().st_size:
                # Killed between making the file and its first line: nothing had happened yet.
                if claim:
                    discard(path, lock)
                continue
            unfinished.append(_read(path, lock))
        except FileNotFoundError:
            # Another window has just saved it and removed its journal; the lock is ours, made by asking.
            if claim:
                lock_path(path).unlink(missing_ok=True)
        except UnreadableError as error:
            problems.append(f"{path} {error.message}; it is kept.")
        except StorageError as error:
            problems.append(error.message)
        except OSError as error:
            problems.append(f"{path} cannot be read: {error.strerror or error}.")
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            problems.append(f"{path} holds no session that can be taken up ({_reason(error)}); it is kept.")
        else:
            continue
        if lock is not None:
            lock.release()
    return Found(tuple(unfinished), tuple(problems))


def remove_stray_locks(directory: Path, older_than: float) -> None:
    """Remove locks without a journal, made before `older_than` (epoch): of a process killed in between."""
    try:
        paths = [path for path in directory.iterdir() if path.suffix == ".lock"]
    except OSError:
        return  # it is not there, or others say why it cannot be read
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


def _read(path: Path, lock: FileLock | None) -> Unfinished:
    content = read_bytes(path, LARGEST_FILE)
    first, *lines = content.split(b"\n")
    found = Unfinished(path, lock, _header(_json(first)), content)
    found.discomfort_before = found.header.discomfort_before
    for line in lines:
        # The last line may have been cut off with the session; what it would have said is lost.
        with suppress(ValueError, KeyError, TypeError, AttributeError, RecursionError):
            _apply(found, _json(line))
    if not 0 <= found.index < len(found.header.plan.steps):
        raise ValueError("it is at a step that its plan does not have")
    return found


def _json(line: bytes) -> Any:
    # Decoded here: left to itself, the reader would take other encodings too.
    return json.loads(line.decode("utf-8"))


def _header(values: dict[str, Any]) -> JournalHeader:
    if values["format"] != FORMAT:
        raise ValueError(f"it has format {values['format']}, this hipcoach resumes {FORMAT}")
    plan = plan_from_json(values["plan"])
    if not plan.steps:
        raise ValueError("its plan is empty")
    header = JournalHeader(
        id=a_text(values["id"]),
        started=datetime.fromisoformat(values["started"]),
        day=date.fromisoformat(values["day"]),
        app_version=a_printable_text(values["app_version"]),
        choices=choices(values["choices"]),
        plan=plan,
        discomfort_before=a_rating(values.get("discomfort_before")),
    )
    if not ID.fullmatch(header.id):
        raise ValueError("its id is none")
    if header.started.tzinfo is None or not all(each.year in YEARS for each in (header.started, header.day)):
        raise ValueError("its date cannot be")
    return header


def _apply(found: Unfinished, event: dict[str, Any]) -> None:
    active = a_length(event.get("active", found.active_seconds))
    steps = range(len(found.header.plan.steps))
    if event.get("index", 0) not in steps:
        raise ValueError("there is no such step")
    match event["event"]:
        case "enter":
            found.index = a_count(event["index"])
            found.doing = None
        case "attempt":
            found.attempts = (*found.attempts, attempt_from(event))
            found.doing = None
        case "reason":
            found.reasons = (*found.reasons, (a_count(event["index"]), a_printable_text(event["reason"])))
        case "drop":
            place = a_count(event["index"]) if "index" in event else _first_of(found, event["item"])
            # A session that is taken up again writes down once more what it knows.
            if place not in found.left_out:
                found.left_out = (*found.left_out, place)
        case "bring-back":
            found.left_out = found.left_out[:-1]
        case "beat" if "index" in event:
            found.doing = attempt_from(event)
        case "end":
            found.ended = True
            found.reached_end = bool(event["reached_end"])
            found.doing = None
        case "keep":
            found.wanted = True
        case "note":
            found.note = a_text(event["note"])
        case "discomfort":
            before, after = a_rating(event["before"]), a_rating(event["after"])
            found.discomfort_before, found.discomfort_after = before, after
    found.active_seconds = active


def _first_of(found: Unfinished, item: object) -> int:
    """The first set of an item of the routine: older journals do not name the step that was left out."""
    wanted = a_count(item)
    for step in found.header.plan.steps:
        if step.is_work and step.item == wanted:
            return step.index
    raise ValueError("there is no such item")


def _reason(error: Exception) -> str:
    if isinstance(error, KeyError):
        return f"{error.args[0]} is missing"
    return (str(error).splitlines() or [type(error).__name__])[0][:120]
