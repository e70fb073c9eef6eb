"""Sessions that were cut off: found by their journals, claimed, and made ready to go on or be saved."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from filelock import FileLock

from hipcoach.core.attempt import Attempt
from hipcoach.core.record import SessionRecord, record_of
from hipcoach.core.session import Session
from hipcoach.errors import StorageError
from hipcoach.storage.journal import FORMAT, JournalHeader, attempt_from, discard, lock_path, locked
from hipcoach.storage.plan_json import plan_from_json


@dataclass(slots=True)
class Unfinished:
    """A session that was cut off, held by this process so that no other offers it."""

    path: Path
    lock: FileLock
    header: JournalHeader
    index: int = 0
    attempts: tuple[Attempt, ...] = ()
    reasons: tuple[tuple[int, str], ...] = ()
    dropped: frozenset[int | None] = frozenset()
    doing: Attempt | None = None
    """How far the step in progress had come when last written."""
    active_seconds: float = 0.0
    ended: bool = False
    """Whether the session had ended and only its log file is missing."""
    reached_end: bool = False

    def session(self, at: float) -> Session:
        """The session, ready to go on through the lead-in of the step it was cut off in."""
        attempts = self.attempts if self.doing is None else (*self.attempts, self.doing)
        return Session.restore(
            self.header.plan,
            self.index,
            at,
            attempts=attempts,
            reasons=self.reasons,
            dropped=self.dropped,
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
        )

    def close(self, *, remove: bool) -> None:
        """Let go of the journal, and remove it if its session is saved or not wanted."""
        if remove:
            discard(self.path)
        self.lock.release()
        if remove:
            lock_path(self.path).unlink(missing_ok=True)


@dataclass(frozen=True, slots=True)
class Found:
    """What a look at the journals found: cut-off sessions, and a sentence for each that cannot be read."""

    unfinished: tuple[Unfinished, ...]
    problems: tuple[str, ...]


def find_unfinished(directory: Path) -> Found:
    """Claim every journal that nobody holds. One that cannot be read is named and left alone."""
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
            lock = locked(path)
        except StorageError:
            continue  # it is running in another window
        try:
            unfinished.append(_read(path, lock))
        except OSError as error:
            problems.append(f"{path} cannot be read: {error.strerror or error}.")
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            problems.append(f"{path} holds no session that can be taken up ({_reason(error)}); it is kept.")
        else:
            continue
        lock.release()
    return Found(tuple(unfinished), tuple(problems))


def _read(path: Path, lock: FileLock) -> Unfinished:
    first, *lines = path.read_bytes().split(b"\n")
    found = Unfinished(path, lock, _header(json.loads(first)))
    for line in lines:
        # The last line may have been cut off with the session; what it would have said is lost.
        with suppress(ValueError, KeyError, TypeError):
            _apply(found, json.loads(line))
    if not 0 <= found.index < len(found.header.plan.steps):
        raise ValueError("it is at a step that its plan does not have")
    return found


def _header(values: dict[str, Any]) -> JournalHeader:
    if values["format"] != FORMAT:
        raise ValueError(f"it has format {values['format']}, this hipcoach reads {FORMAT}")
    plan = plan_from_json(values["plan"])
    if not plan.steps:
        raise ValueError("its plan is empty")
    return JournalHeader(
        id=values["id"],
        started=datetime.fromisoformat(values["started"]),
        day=date.fromisoformat(values["day"]),
        app_version=values["app_version"],
        choices=values["choices"],
        plan=plan,
    )


def _apply(found: Unfinished, event: dict[str, Any]) -> None:
    found.active_seconds = float(event.get("active", found.active_seconds))
    match event["event"]:
        case "enter":
            found.index = int(event["index"])
            found.doing = None
        case "attempt":
            found.attempts = (*found.attempts, attempt_from(event))
            found.doing = None
        case "reason":
            found.reasons = (*found.reasons, (int(event["index"]), str(event["reason"])))
        case "drop":
            found.dropped = found.dropped | {int(event["item"])}
        case "beat" if "index" in event:
            found.doing = attempt_from(event)
        case "end":
            found.ended = True
            found.reached_end = bool(event["reached_end"])
            found.doing = None


def _reason(error: Exception) -> str:
    if isinstance(error, KeyError):
        return f"{error.args[0]} is missing"
    return (str(error).splitlines() or [type(error).__name__])[0][:120]
