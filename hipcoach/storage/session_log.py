"""The log: folders of small TOML files, one for each thing done. Those of sessions are written once, and
rewritten only as the user edits note or rating."""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any, TypeVar
from zlib import crc32

import tomli_w
from msgspec import Struct, ValidationError, convert, to_builtins
from msgspec.structs import replace

from hipcoach.core.history.record import (
    SessionRecord,
    judged,
    shown_choices,
)
from hipcoach.core.text import plain
from hipcoach.errors import StorageError
from hipcoach.storage.atomic import write_atomically
from hipcoach.storage.removed import original_of, toml_files
from hipcoach.storage.text_file import (
    UnreadableError,
    parse_toml,
    read_bytes,
    read_text,
    read_toml,
    toml_again,
)

T = TypeVar("T")

YEARS = range(1900, 9000)
"""What a clock that is merely set wrong may say; beyond, no calendar could be drawn."""
FORMAT = 1
UNREADABLE = (ValueError, KeyError, TypeError, OverflowError, RecursionError)
"""What making something of a file's tables raises where there is nothing in it."""
LARGEST_FILE = 20_000_000
"""Bytes; a session of 10,000 steps takes about 3 MB."""
MOST_NAMES = 100
"""Files of which a session may find its names taken."""
Said = Mapping[str, str | int | None]
"""What a user says of a session, by the names in `SAYABLE`; None for no rating."""
SAYABLE = ("note", "discomfort_before", "discomfort_after")


class _When(Struct, frozen=True):
    started: datetime
    day: date
    utc_offset_minutes: float = 0


def when_to_toml(started: datetime, day: date) -> dict[str, Any]:
    """Return a start and the day it counts for as the keys of a file."""
    offset = started.utcoffset() or timedelta()
    return {
        "started": started.astimezone(UTC),
        "utc_offset_minutes": int(offset.total_seconds() // 60),
        "day": day,
    }


def when_from_toml(values: Mapping[str, Any]) -> tuple[datetime, date]:
    """Return the start, at the offset of where it was, and the day it counts for.

    Raises:
        ValueError, OverflowError: they are missing, or cannot be.
    """
    when = convert(values, _When, builtin_types=(datetime, date))
    if when.started.tzinfo is None:
        raise ValueError("its start is not a time with an offset")
    if not all(each.year in YEARS for each in (when.started, when.day)):
        raise ValueError("its date cannot be")
    return when.started.astimezone(timezone(timedelta(minutes=when.utc_offset_minutes))), when.day


def read_folder(
    directory: Path, noun: str, largest: int, read: Callable[[dict[str, Any], str], T]
) -> tuple[dict[str, T], list[str]]:
    """Return what every TOML file of a folder holds, by its name without the ending, and a sentence for every
    file that is not read, or not whole. Such a file is left alone; what is understood of a newer format is
    taken.

    Args:
        directory: the folder; it need not be there.
        noun: what a file holds, as in "a self-test".
        largest: bytes that such a file may have.
        read: makes the thing of a file's tables and name; raises one of UNREADABLE where there is none in it.
    """
    things: dict[str, T] = {}
    problems: list[str] = []
    try:
        paths = toml_files(directory)
    except StorageError as error:
        return {}, [error.message]
    for path in paths:
        try:
            values = read_toml(path, largest)
            things[path.stem] = understood(values, path.stem, noun, read)
        except FileNotFoundError:
            continue  # it was renamed or removed just now, as a program that syncs folders does
        except UnreadableError as error:
            problems.append(f"{path} {error.message}; it is left as it is.")
        else:
            if words := partly(values):
                problems.append(f"{path} {words}")
    return things, problems


def understood(values: dict[str, Any], name: str, noun: str, read: Callable[[dict[str, Any], str], T]) -> T:
    """Return what `read` makes of a file's tables and name.

    Raises:
        UnreadableError: there is no such thing in them.
    """
    try:
        number = values["format"]
        if isinstance(number, bool) or not isinstance(number, int) or number < 1:
            raise ValueError("its format number is missing")
        return read(values, name)
    except UNREADABLE as error:
        reason = _newer(values) or reason_of(error)
        raise UnreadableError(f"is not {noun} that can be read ({reason})") from None


def partly(values: Mapping[str, Any]) -> str:
    """Return words that follow a file's name where it is of a newer format, and so not understood whole."""
    reason = _newer(values)
    return f"is shown as far as it is understood ({reason}); it is left as it is." if reason else ""


def _newer(values: Mapping[str, Any]) -> str:
    """Return a few words where a newer hipcoach has written a file; nothing where it has not."""
    number = values.get("format")
    is_newer = isinstance(number, int) and number > FORMAT
    return "a newer hipcoach wrote it; please update this one" if is_newer else ""


def reason_of(error: Exception) -> str:
    """Return why there is nothing in a file's tables, in a few words."""
    if isinstance(error, KeyError):
        return f"{error.args[0]} is missing"
    words = str(error).partition("\n")[0]
    if isinstance(error, ValidationError):
        what, _, where = words.replace("`", "").partition(" - at $.")
        missing = what.removeprefix("Object missing required field ")
        words = f"{where}: {what[:1].lower()}{what[1:]}" if missing == what else f"{missing} is missing"
    return words[:120] or type(error).__name__


def new_id(started: datetime, random_suffix: str) -> str:
    """Return a name that sorts by start and never collides, also between machines that share the folder."""
    utc = started.astimezone(UTC)
    return f"{utc.year:04}{utc:%m%dT%H%M%SZ}-{random_suffix}"


def record_text(record: SessionRecord) -> str:
    """Return a session's log file as text."""
    values: dict[str, Any] = {"format": FORMAT}
    for name, value in to_builtins(record, builtin_types=(datetime, date)).items():
        if name == "started":
            values |= when_to_toml(record.started, record.day)
        elif name == "active_seconds":
            values[name] = round(value, 3)
        elif name == "step":
            values[name] = [_step_table(step) for step in value]
        elif value is not None:
            values[name] = value
    return tomli_w.dumps(values)


def _step_table(step: dict[str, Any]) -> dict[str, Any]:
    if step["seconds"] == int(step["seconds"]):
        step["seconds"] = int(step["seconds"])  # as plans give them
    step["done_seconds"] = round(step["done_seconds"], 3)
    if step["reps"] is None:
        step["done_reps"] = None
    # TOML has no null: what there is nothing to say of is left out.
    return {name: value for name, value in step.items() if value not in (None, "", ())}


def record_from_toml(values: Mapping[str, Any], id: str) -> SessionRecord:
    """Return the record that a file's tables hold, judged by the rules of today; those of the day it was
    written may have been others. What a newer format says beyond this one is passed over.

    Raises:
        ValueError, KeyError, TypeError, RecursionError, OverflowError: it is not a session.
    """
    started, day = when_from_toml(values)
    known = {"title": values["routine"], **values, "id": id, "started": started, "day": day}
    record = convert(known, SessionRecord)
    return judged(replace(record, choices=shown_choices(record.choices)))


def read_session(path: Path, id: str) -> tuple[dict[str, Any], SessionRecord]:
    """Return all that a session's file says, with the status as it is judged, and what we understand of it.

    Raises:
        FileNotFoundError: it is not there.
        UnreadableError: it cannot be read, or is no session.
    """
    return session_in(read_text(path, LARGEST_FILE), id)


def session_in(text: str, id: str) -> tuple[dict[str, Any], SessionRecord]:
    """Return the same of the text of a file.

    Raises:
        UnreadableError: it is no session.
    """
    values = parse_toml(text)
    record = understood(values, id, "a session", record_from_toml)
    return values | {"id": id, "status": record.status.value}, record


def load_record(directory: Path, id: str) -> SessionRecord:
    """Return one saved session, whole.

    Raises:
        StorageError: its file is gone or cannot be read.
    """
    path = directory / f"{id}.toml"
    try:
        return read_session(path, id)[1]
    except FileNotFoundError:
        raise StorageError("The session is no longer in the history: another window deleted it.") from None
    except UnreadableError as error:
        raise StorageError(f"{path} {error.message}; it is left as it is.") from error


def session_names(directory: Path) -> dict[str, str]:
    """Return the file of each session, without its ending, by id: its own, or a copy where there is no other.

    Raises:
        StorageError: the directory cannot be read.
    """
    stems = [path.stem for path in toml_files(directory)]
    # Of several the last is kept, which is the session's own.
    stems.sort(key=lambda stem: original_of(stem) is None)
    return {original_of(stem) or stem: stem for stem in stems}


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
            said = {each: getattr(record, each) for each in SAYABLE if getattr(found, each) in (None, "")}
            if any(value not in (None, "") for value in said.values()):
                rewrite_session(directory, name, said)
        else:
            if _read_back(path) != content:
                raise StorageError(f"{path} does not read back as it was written.") from None
        return path
    raise StorageError(f"{directory} is full of damaged files of that session.")


def is_saved(directory: Path, record: SessionRecord) -> bool:
    """Return whether a log file holds a session."""
    try:
        return any(_held(directory / f"{name}.toml", record) for name in _names(record))
    except StorageError:
        return False


def _names(record: SessionRecord) -> Iterator[str]:
    """Yield what the file of a session may be called: its id, or else others, always the same ones."""
    yield record.id
    for number in range(1, MOST_NAMES):
        # Not the id with something added: that is how copies are called that sync programs make.
        yield new_id(record.started, f"{crc32(f'{record.id} {number}'.encode()) & 0xFFFFFF:06x}")


def _held(path: Path, record: SessionRecord) -> SessionRecord | None:
    """Return the session in a file that is there, if it is this one with all that was done of it; it may say
    more, where the journal it is compared with lacks its last lines.

    Raises:
        StorageError: that cannot be found out, or the file is not there.
    """
    try:
        _, found = session_in(_read_back(path).decode("utf-8-sig", errors="replace"), path.stem)
    except UnreadableError:
        return None
    is_held = (found.started, found.routine, len(found.steps)) == (
        record.started,
        record.routine,
        len(record.steps),
    ) and all(
        (theirs.done_reps, theirs.done_seconds) >= (ours.done_reps, ours.done_seconds)
        and len(theirs.attempts) >= len(ours.attempts)
        and ours.reason in ("", theirs.reason)
        for theirs, ours in zip(found.steps, record.steps, strict=True)
    )
    return found if is_held else None


def _read_back(path: Path) -> bytes:
    """Return what a file that is there holds; nothing where it is of no use, such as a directory or a link
    that leads nowhere."""
    try:
        return read_bytes(path, LARGEST_FILE)
    except FileNotFoundError as error:
        if path.is_symlink():
            return b""
        raise StorageError(f"{path} is not there any more.") from error
    except UnreadableError as error:
        cause = error.__cause__
        if isinstance(cause, OSError) and cause.errno != errno.ELOOP:
            # Maybe it can be read another time, and then it may hold the session.
            raise StorageError(f"{path} {error.message}.") from error
        return b""


def rewrite_session(directory: Path, id: str, changes: Mapping[str, object]) -> None:
    """Change keys at the top of a saved session's file; None takes one out. Every other key of the file
    stays, also ones we do not know, and so does its format number.

    Raises:
        StorageError: the file cannot be read or written.
    """
    path = directory / f"{id}.toml"
    try:
        values = read_toml(path, LARGEST_FILE) | dict(changes)
    except FileNotFoundError as error:
        raise StorageError(f"{path} cannot be read: {error.strerror}.") from error
    except UnreadableError as error:
        raise StorageError(f"{path} {error.message}.") from error
    values = {name: value for name, value in values.items() if value is not None}
    write_atomically(path, toml_again(values, path, LARGEST_FILE), replace=True)


def edit_session(directory: Path, id: str, seen: Sequence[Said], after: Said) -> tuple[Said, str]:
    """Change what a saved session says to `after`. All else in its file stays, and so does what another
    window has said meanwhile: of two notes both are kept.

    Args:
        directory: where the session files are.
        id: the session.
        seen: what this window has shown, or written itself: whatever else the file says is another's.
        after: what it should say.

    Returns what the file says now, and a remark where another window had changed the same.

    Raises:
        StorageError: the session is gone, or its file cannot be read or written.
    """
    record = load_record(directory, id)
    now = dict(after)
    remarks = []
    for name, wanted in after.items():
        there = getattr(record, name)
        known = [said[name] for said in (*seen, after) if name in said]
        if _quoted(there) in map(_quoted, known):
            continue
        if name == "note":
            now[name] = " / ".join(filter(None, (there, str(wanted))))
        what = name.replace("_", " ")
        remarks.append(f"another window set the {what} to {_quoted(there)}; now it is {_quoted(now[name])}.")
    changes = {name: value for name, value in now.items() if value != getattr(record, name)}
    if changes:
        rewrite_session(directory, id, changes)
    return now, " ".join(remarks)


def said_text(said: Said) -> str:
    """Return what a user says of a session, in words."""
    return ", ".join(f"{name.replace('_', ' ')} {_quoted(value)}" for name, value in said.items())


def _quoted(value: str | int | None) -> str:
    return f"“{plain(value)}”" if isinstance(value, str) else "none" if value is None else str(value)
