"""The log: one TOML file per session, written once and rewritten only as the user edits note or rating."""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zlib import crc32

import tomli_w
from msgspec import Struct
from msgspec.structs import replace

from hipcoach.core.exercise import Basis
from hipcoach.core.history.discomfort import is_rating
from hipcoach.core.history.record import (
    Outcome,
    SessionRecord,
    SessionStatus,
    StepRecord,
    is_own_pace,
    judged,
    judged_step,
)
from hipcoach.core.plan import StepKind, StepSide
from hipcoach.core.text import plain
from hipcoach.errors import StorageError
from hipcoach.paths import AppPaths
from hipcoach.storage.atomic import write_atomically
from hipcoach.storage.removed import Removed, alike, original_of, set_aside, without_copies
from hipcoach.storage.text_file import (
    UnreadableError,
    parse_toml,
    read_bytes,
    read_text,
    read_toml,
    toml_again,
)
from hipcoach.storage.toml_folder import check_format
from hipcoach.storage.values import a_count, a_length, a_rating, a_text, choices
from hipcoach.storage.when_toml import when_from_toml, when_to_toml

LARGEST_FILE = 20_000_000
"""Bytes; a session of 10,000 steps takes about 3 MB."""
MOST_NAMES = 100
"""Files of which a session may find its names taken."""


class Log(Struct, frozen=True):
    """What the log holds: the records, oldest first, and a sentence for every file that is not read whole."""

    records: tuple[SessionRecord, ...]
    problems: tuple[str, ...]
    copies: tuple[str, ...] = ()
    """A sentence for every copy that a sync program made; the sessions themselves are in `records`, once."""


def new_id(started: datetime, random_suffix: str) -> str:
    """A name that sorts by start and never collides, also between machines that share the folder."""
    utc = started.astimezone(UTC)
    return f"{utc.year:04}{utc:%m%dT%H%M%SZ}-{random_suffix}"


def save_record(directory: Path, record: SessionRecord) -> Path:
    """Write a session's log file and read it back: once this returns, the file holds the session, and its
    journal may go. Saving the same session again changes nothing, but for a note or rating that was missing.

    Where the name is taken by something else (a file that is damaged, a directory, another session), that
    stays as it is and the session is saved under another: the name of the file is what its id is now.

    Raises:
        StorageError: it could not be written, or not be read back.
    """
    for name in _names(record):
        path = directory / f"{name}.toml"
        content = record_text(replace(record, id=name)).encode()
        try:
            write_atomically(path, content, replace=False)
        except FileExistsError:
            # This very session, if the app died before it could say so.
            found = _held(path, record)
            if found is None:
                continue
            if missing := _missing(found, record):
                rewrite_session(directory, name, missing)
        else:
            if _read_back(path) != content:
                raise StorageError(f"{path} does not read back as it was written.")
        return path
    raise StorageError(f"{directory} is full of damaged files of that session.")


def is_saved(directory: Path, record: SessionRecord) -> bool:
    """Whether a log file holds a session."""
    for name in _names(record):
        try:
            if _held(directory / f"{name}.toml", record) is not None:
                return True
        except StorageError:
            return False
    return False


def _names(record: SessionRecord) -> Iterator[str]:
    """What the file of a session may be called: its id, or else others, always the same ones."""
    yield record.id
    for number in range(1, MOST_NAMES):
        # Not the id with something added: that is how copies are called that sync programs make.
        yield new_id(record.started, f"{crc32(f'{record.id} {number}'.encode()) & 0xFFFFFF:06x}")


def _held(path: Path, record: SessionRecord) -> SessionRecord | None:
    """The session in a file that is there, if it is this one with all that was done of it; it may say more,
    where the journal it is compared with lacks its last lines.

    Raises:
        StorageError: that cannot be found out, or the file is not there.
    """
    mine, problem = record_in(record_text(record), record.id)
    if mine is None:
        raise StorageError(f"The session {problem}")
    found, _ = record_in(_read_back(path).decode("utf-8-sig", errors="replace"), path.stem)
    is_held = (
        found is not None
        and (found.started, found.routine, len(found.steps)) == (mine.started, mine.routine, len(mine.steps))
        and all(
            (theirs.done_reps, theirs.done_seconds) >= (ours.done_reps, ours.done_seconds)
            and len(theirs.attempts) >= len(ours.attempts)
            and ours.reason in ("", theirs.reason)
            for theirs, ours in zip(found.steps, mine.steps, strict=True)
        )
    )
    return found if is_held else None


def _read_back(path: Path) -> bytes:
    """What a file that is there holds; nothing where it is of no use, such as a directory or a link that
    leads nowhere."""
    try:
        return read_bytes(path, LARGEST_FILE)
    except FileNotFoundError as error:
        if path.is_symlink():
            return b""  # a link that leads nowhere
        raise StorageError(f"{path} is not there any more.") from error
    except UnreadableError as error:
        cause = error.__cause__
        if isinstance(cause, OSError) and cause.errno != errno.ELOOP:
            # Maybe it can be read another time, and then it may hold the session.
            raise StorageError(f"{path} {error.message}.") from error
        return b""


def _missing(found: SessionRecord, record: SessionRecord) -> dict[str, object]:
    """What the user said of a session afterwards that its file lacks."""
    said = {
        "note": record.note or None,
        "discomfort_before": record.discomfort_before,
        "discomfort_after": record.discomfort_after,
    }
    return {
        key: value for key, value in said.items() if value is not None and getattr(found, key) in (None, "")
    }


def record_text(record: SessionRecord) -> str:
    """A session's log file as text."""
    return tomli_w.dumps(record_to_toml(record))


def rewrite_session(directory: Path, record_id: str, changes: Mapping[str, object]) -> None:
    """Change keys at the top of a saved session's file; None takes one out. Every other key of the file
    stays, also ones we do not know, and so does its format number.

    Raises:
        StorageError: the file cannot be read or written.
    """
    path = directory / f"{record_id}.toml"
    try:
        values = read_toml(path, LARGEST_FILE)
    except FileNotFoundError as error:
        raise StorageError(f"{path} cannot be read: {error.strerror}.") from error
    except UnreadableError as error:
        raise StorageError(f"{path} {error.message}.") from error
    for key, value in changes.items():
        if value is None:
            values.pop(key, None)
        else:
            values[key] = value
    write_atomically(path, toml_again(values, path, LARGEST_FILE), replace=True)


def load_log(directory: Path) -> Log:
    """Read every session file. What cannot be read, or not whole, is named in a problem and left alone."""
    records: list[SessionRecord] = []
    problems: list[str] = []
    try:
        paths = sorted(path for path in directory.iterdir() if path.name.endswith(".toml"))
    except FileNotFoundError:
        return Log((), ())
    except OSError as error:
        return Log((), (f"{directory} cannot be read: {error.strerror or error}.",))
    for path in paths:
        if path.name.startswith("."):
            continue
        try:
            record, problem = read_record(path)
        except FileNotFoundError:
            continue  # it was renamed or removed just now, as a program that syncs folders does
        if record is not None:
            records.append(record)
        if problem:
            problems.append(f"{path} {problem}")
    records, copies = without_copies(records, alike)
    records.sort(key=lambda record: (record.started, record.id))
    return Log(tuple(records), tuple(problems), tuple(copies))


def load_record(directory: Path, record_id: str) -> SessionRecord:
    """One saved session, whole.

    Raises:
        StorageError: its file is gone or cannot be read.
    """
    path = directory / f"{record_id}.toml"
    try:
        record, problem = read_record(path)
    except FileNotFoundError as error:
        raise StorageError(f"{path} cannot be read: {error.strerror}.") from error
    if record is None:
        raise StorageError(f"{path} {problem}")
    return record


def read_record(path: Path) -> tuple[SessionRecord | None, str]:
    """The session in a file, and what is wrong with that file, as words that follow its name; either may be
    missing.

    Raises:
        FileNotFoundError: it is not there.
    """
    try:
        return record_in(read_text(path, LARGEST_FILE), path.stem)
    except UnreadableError as error:
        return None, f"{error.message}; it is left as it is."


def record_in(text: str, name: str) -> tuple[SessionRecord | None, str]:
    """The session in the text of a file, and what is wrong with it, as for `read_record`."""
    values: dict[str, Any] = {}
    try:
        values = parse_toml(text)
        record = record_from_toml(values, name)
    except UnreadableError as error:
        return None, f"{error.message}; it is left as it is."
    except (ValueError, KeyError, TypeError, RecursionError, OverflowError) as error:
        reason = _newer(values) or _reason(error)
        return None, f"is not a session that can be read ({reason}); it is left as it is."
    newer = _newer(values)
    return record, f"is shown as far as it is understood ({newer}); it is left as it is." if newer else ""


def _newer(values: Mapping[str, Any]) -> str:
    number = values.get("format")
    is_newer = isinstance(number, int) and number > FORMAT
    return "a newer hipcoach wrote it; please update this one" if is_newer else ""


def _reason(error: Exception) -> str:
    if isinstance(error, KeyError):
        return f"{error.args[0]} is missing"
    return str(error).splitlines()[0][:120] if str(error) else type(error).__name__


FORMAT = 1


def record_to_toml(record: SessionRecord) -> dict[str, Any]:
    """A record as the tables of its file."""
    ratings = {"discomfort_before": record.discomfort_before, "discomfort_after": record.discomfort_after}
    return {
        "format": FORMAT,
        "app_version": record.app_version,
        "id": record.id,
        "routine": record.routine,
        "title": record.title,
        "source": record.source,
        **when_to_toml(record.started, record.day),
        "status": record.status.value,
        "active_seconds": round(record.active_seconds, 3),
        "note": record.note,
        **{name: rating for name, rating in ratings.items() if rating is not None},
        "choices": dict(record.choices),
        "step": [_step_to_toml(step) for step in record.steps],
    }


def record_from_toml(values: Mapping[str, Any], name: str) -> SessionRecord:
    """A record from the tables of its file, judged by the rules of today; those of the day it was written may
    have been others. What a newer format says beyond this one is passed over.

    Raises:
        ValueError, KeyError, TypeError: it is not a session as far as we know.
    """
    check_format(values)
    started, day = when_from_toml(values)
    chosen = choices(values.get("choices", {}))
    own_pace = is_own_pace(chosen)
    record = SessionRecord(
        id=name,
        routine=a_text(values["routine"]),
        title=a_text(values.get("title", values["routine"])),
        started=started,
        day=day,
        status=SessionStatus(values["status"]),
        active_seconds=a_length(values["active_seconds"]),
        steps=tuple(step_from_toml(step, own_pace) for step in values.get("step", [])),
        app_version=a_text(values.get("app_version", "")),
        source=a_text(values.get("source", "")),
        choices=chosen,
        note=a_text(values.get("note", "")),
        discomfort_before=a_rating(values.get("discomfort_before")),
        discomfort_after=a_rating(values.get("discomfort_after")),
    )
    return judged(record)


def _step_to_toml(step: StepRecord) -> dict[str, Any]:
    values: dict[str, Any] = {
        "kind": step.kind.value,
        "exercise": step.exercise,
        "name": step.name,
        "stage": step.stage,
        "side": step.side,
        "direction": step.direction,
        "round": step.round,
        "reps": step.reps,
        "seconds": step.seconds,
        "dose_basis": step.dose_basis,
        "dose_source": step.dose_source,
        "tempo_basis": step.tempo_basis,
        "outcome": step.outcome.value,
        "done_reps": step.done_reps if step.reps is not None else None,
        "done_seconds": round(step.done_seconds, 3),
        "reason": step.reason,
        "attempts": [[reps, round(seconds, 3)] for reps, seconds in step.attempts],
    }
    # TOML has no null: what there is nothing to say of is left out.
    return {key: value for key, value in values.items() if value not in (None, "", [])}


def step_from_toml(values: Mapping[str, Any], own_pace: bool) -> StepRecord:
    """A step from its table, judged where it was done at one's own pace and the table says how long it took.

    Raises:
        ValueError, KeyError, TypeError: it is no step as far as we know.
    """

    def word(field: str, kind: Any) -> Any:
        return kind(values[field]) if field in values else None

    step = StepRecord(
        kind=StepKind(values["kind"]),
        exercise=a_text(values.get("exercise", "")),
        name=a_text(values.get("name", "")),
        stage=a_text(values.get("stage", "")),
        side=word("side", StepSide),
        direction=word("direction", a_text),
        round=word("round", a_count),
        reps=word("reps", a_count),
        seconds=a_length(values["seconds"]),
        dose_basis=word("dose_basis", Basis),
        dose_source=word("dose_source", a_text),
        tempo_basis=word("tempo_basis", Basis),
        outcome=Outcome(values["outcome"]),
        done_reps=a_count(values.get("done_reps", 0)),
        done_seconds=a_length(values.get("done_seconds", 0)),
        reason=a_text(values.get("reason", "")),
        attempts=tuple((a_count(reps), a_length(seconds)) for reps, seconds in values.get("attempts", [])),
    )
    return judged_step(step) if own_pace and "done_seconds" in values else step


Said = Mapping[str, str | int | None]
"""What a user says of a session, by the names in its file: `note`, and the ratings, None for no rating."""
RATINGS = ("discomfort_before", "discomfort_after")


def edit_session(directory: Path, record_id: str, before: Said, after: Said) -> tuple[Said, str]:
    """Change what a saved session says from `before`, which the user saw, to `after`. All else in its file
    stays, and so does what another window has said meanwhile: of two notes both are kept.

    Returns what the file says now, and a remark where another window had changed the same.

    Raises:
        StorageError: the session is gone, or its file cannot be read or written.
        ValueError: a rating is no whole number from 0 to 10.
    """
    for name in RATINGS:
        rating = after.get(name)
        if rating is not None and not is_rating(rating):
            raise ValueError(f"{rating} is no rating of discomfort")
    path = directory / f"{record_id}.toml"
    try:
        record, problem = read_record(path)
    except FileNotFoundError:
        raise StorageError("The session is no longer in the history: another window deleted it.") from None
    if record is None:
        raise StorageError(f"{path} {problem}")
    now = dict(after)
    remarks = []
    for name, wanted in after.items():
        there = getattr(record, name)
        if _same(there, before.get(name)) or _same(there, wanted):
            continue
        if name == "note":
            now[name] = " / ".join(filter(None, (there, str(wanted))))
            remarks.append(f"another window wrote “{plain(there)}”; now it says “{plain(str(now[name]))}”.")
        else:
            remarks.append(
                f"another window set the discomfort to {_rating(there)}; now it is {_rating(wanted)}."
            )
    changes = {name: value for name, value in now.items() if value != getattr(record, name)}
    if changes:
        rewrite_session(directory, record_id, changes)
    return now, " ".join(remarks)


def said_text(said: Said) -> str:
    """What a user says of a session, in words."""
    words = {"note": "note", "discomfort_before": "discomfort before", "discomfort_after": "discomfort after"}
    parts = [
        f"{words[name]} “{plain(value)}”" if isinstance(value, str) else f"{words[name]} {_rating(value)}"
        for name, value in said.items()
    ]
    return ", ".join(parts)


def _same(one: str | int | None, other: str | int | None) -> bool:
    return plain(one) == plain(other) if isinstance(one, str) and isinstance(other, str) else one == other


def _rating(value: str | int | None) -> str:
    return "none" if value is None else str(value)


def remove_session(paths: AppPaths, record_id: str) -> Removed:
    """Take a session out of the log: its file goes to the deleted ones and stays there, with its sync copies.
    `hipcoach.storage.removed.put_back` undoes it; `load_log(paths.removed_sessions)` reads what was deleted.

    Raises:
        StorageError: it cannot be moved; then it is where it was.
    """
    return set_aside(paths.sessions, record_id, paths.removed_sessions)


STARTED_ON = re.compile(r"(\d{8})T\d{6}Z-")
"""How the name of a session's file begins: with its start in UTC."""
FAR_ENOUGH = timedelta(days=2)
"""No session's day is further from the day it started on in UTC."""


class SessionFile(Struct, frozen=True):
    """One session: its id, all that its file says but with the status as it is judged, and what we
    understand of it."""

    id: str
    values: dict[str, Any]
    record: SessionRecord


def session_names(directory: Path, wanted: Callable[[str], bool] | None = None) -> dict[str, list[str]]:
    """The files of every session, by its id, in order: its own, then copies that sync programs made.

    Raises:
        StorageError: the directory cannot be read.
    """
    try:
        files = os.listdir(directory)  # noqa: PTH208  names alone: ten thousand paths take their time
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise StorageError(f"{directory} cannot be read: {error.strerror or error}.") from error
    stems = [each.removesuffix(".toml") for each in files if each.endswith(".toml") and each[0] != "."]
    names: dict[str, list[str]] = {}
    for stem in sorted(stems if wanted is None else filter(wanted, stems)):
        names.setdefault(original_of(stem) or stem, []).append(stem)
    return {name: sorted(names[name], key=lambda stem: (stem != name, stem)) for name in sorted(names)}


def read_sessions(
    directory: Path,
    problems: list[str],
    wanted: Callable[[str], bool] | None = None,
) -> Iterator[SessionFile]:
    """Every session whose id is wanted; a sentence for each file that cannot be read goes to `problems`.

    The directory is read at once, the files one by one as they are asked for.

    Raises:
        StorageError: the directory cannot be read.
    """
    # Looked at here and now, before anything is made of it.
    names = session_names(directory, wanted)
    found = (_first_that_reads(directory, name, stems, problems) for name, stems in names.items())
    return (each for each in found if each is not None)


def since_day(day: date) -> Callable[[str], bool]:
    """For `read_sessions`: whether a session may be of that day or later, going by its id alone."""

    # As a number of days, since there is no date before the first year.
    first = date.fromordinal(max(day.toordinal() - FAR_ENOUGH.days, 1))
    earliest = first.isoformat().replace("-", "")

    def is_wanted(id: str) -> bool:
        begins = STARTED_ON.match(id)
        # One that was renamed by hand tells nothing: it has to be read.
        return begins is None or begins[1] >= earliest

    return is_wanted


def read_session(directory: Path, stem: str, id: str) -> SessionFile:
    """One file, as the session `id`.

    Raises:
        FileNotFoundError, UnreadableError: it cannot be read, or is no session.
    """
    values = read_toml(directory / f"{stem}.toml", LARGEST_FILE)
    try:
        record = record_from_toml(values, id)
    except KeyError as error:
        raise UnreadableError(f"is not a session that can be read ({error.args[0]} is missing)") from None
    except (ValueError, TypeError, RecursionError, OverflowError) as error:
        reason = str(error).partition("\n")[0][:120] or type(error).__name__
        raise UnreadableError(f"is not a session that can be read ({reason})") from None
    return SessionFile(id, values | {"id": id, "status": record.status.value}, record)


def _first_that_reads(directory: Path, id: str, stems: list[str], problems: list[str]) -> SessionFile | None:
    """The session's own file; where there is none that can be read a copy, rather one with a note."""
    stand_in = None
    for stem in stems:
        try:
            found = read_session(directory, stem, id)
        except FileNotFoundError:
            continue  # it was renamed or removed just now, as a program that syncs folders does
        except UnreadableError as error:
            problems.append(f"{directory / stem}.toml {error.message}; it is left as it is.")
            continue
        if stem == id or found.record.note:
            return found
        stand_in = stand_in or found
    return stand_in
