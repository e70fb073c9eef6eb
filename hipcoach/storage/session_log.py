"""The log: one TOML file per session, written once and rewritten only as the user edits note or rating."""

from __future__ import annotations

import errno
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zlib import crc32

import tomli_w
from msgspec import Struct
from msgspec.structs import replace

from hipcoach.core.record import SessionRecord
from hipcoach.errors import StorageError
from hipcoach.storage.atomic import write_atomically
from hipcoach.storage.conflict_copies import alike, without_copies
from hipcoach.storage.record_toml import FORMAT, record_from_toml, record_to_toml
from hipcoach.storage.text_file import (
    UnreadableError,
    parse_toml,
    read_bytes,
    read_text,
    read_toml,
    toml_again,
)

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
