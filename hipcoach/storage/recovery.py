"""Sessions that were cut off: found by their journals, claimed, and made ready to go on or be saved."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from math import isfinite
from pathlib import Path
from typing import Any

import msgspec
from filelock import FileLock
from msgspec import Struct, convert
from msgspec.structs import replace

from hipcoach.core.history.record import SessionRecord, record_of, shown_choices
from hipcoach.core.plan import Plan, Step, StepKind
from hipcoach.core.session import Attempt, Session
from hipcoach.core.text import printable
from hipcoach.errors import StorageError
from hipcoach.storage.journal import (
    FORMAT,
    Event,
    JournalHeader,
    JournalHeldError,
    discard,
    lock_path,
    locked,
)
from hipcoach.storage.log_files import YEARS
from hipcoach.storage.text_file import UnreadableError, read_bytes

LARGEST_FILE = 50_000_000
"""Bytes; a session of 10,000 steps takes about 10 MB."""

STEP_FIELDS = frozenset(Step.__struct_fields__) - {"stage_id", "basis_in_round"}
"""Every step has all of them, but for two that came later."""


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
    note: str = ""
    """What the user wrote on the session when it could not be saved."""
    discomfort_before: int | None = None
    discomfort_after: int | None = None

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
        said = {
            "note": self.note,
            "discomfort_before": self.discomfort_before,
            "discomfort_after": self.discomfort_after,
        }
        return record_of(session, now=0.0, **(self.header.about | said))

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
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            reason = f"{error.args[0]} is missing" if isinstance(error, KeyError) else f"{error}"[:120]
            problems.append(f"{path} holds no session that can be taken up ({reason}); it is kept.")
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


def _read(path: Path, lock: FileLock | None) -> Unfinished | None:
    """Return the session in a journal; None where its process was killed before the first line, when nothing
    had happened yet."""
    content = read_bytes(path, LARGEST_FILE)
    if not content:
        return None
    first, *lines = content.split(b"\n")
    found = Unfinished(path, lock, header_of(first), content)
    found.discomfort_before = found.header.discomfort_before
    for line in lines:
        # The last line may have been cut off with the session; what it would have said is lost.
        with suppress(ValueError, RecursionError):
            _apply(found, msgspec.json.decode(line, type=Event))
    if found.index >= len(found.header.plan.steps):
        raise ValueError("it is at a step that its plan does not have")
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
    _check_plan(header.plan, values["plan"]["steps"])
    if not header.plan.steps:
        raise ValueError("its plan is empty")
    if not all(each.year in YEARS for each in (header.started, header.day)):
        raise ValueError("its date cannot be")
    return replace(header, choices=shown_choices(header.choices))


def _check_plan(plan: Plan, given: list[dict[str, Any]]) -> None:
    """Raise ValueError where steps that were `given` so make no plan, though each field may be right."""
    if [step.index for step in plan.steps] != list(range(len(plan.steps))):
        raise ValueError("its steps are not in order")
    for step, fields in zip(plan.steps, given, strict=True):
        if missing := STEP_FIELDS - fields.keys():
            raise ValueError(f"a step has no {min(missing)}")
        if (step.kind is StepKind.REPS) is not bool(step.reps) or (step.reps and not step.rep_seconds):
            raise ValueError("the repetitions of a step make no sense")
        if not isfinite(step.start + step.seconds + step.rep_seconds):
            raise ValueError("the times of a step make no sense")


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
            found.note = event.note
        case "discomfort":
            found.discomfort_before, found.discomfort_after = event.before, event.after
    if event.active is not None:
        found.active_seconds = event.active
