"""The log: one TOML file per session, written once and rewritten only as the user edits note or rating."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import tomli_w
from msgspec import Struct

from hipcoach.core.record import SessionRecord
from hipcoach.errors import StorageError
from hipcoach.storage.atomic import write_atomically
from hipcoach.storage.conflict_copies import alike, without_copies
from hipcoach.storage.record_toml import FORMAT, record_from_toml, record_to_toml
from hipcoach.storage.text_file import UnreadableError, parse_toml, read_text, read_toml, toml_again

LARGEST_FILE = 20_000_000
"""Bytes; a session of 10,000 steps takes about 3 MB."""


class Log(Struct, frozen=True):
    """What the log holds: the records, oldest first, and a sentence for every file that is not read whole."""

    records: tuple[SessionRecord, ...]
    problems: tuple[str, ...]
    copies: tuple[str, ...] = ()
    """A sentence for every copy that a sync program made; the sessions themselves are in `records`, once."""


def new_id(started: datetime, random_suffix: str) -> str:
    """A name that sorts by start and never collides, also between machines that share the folder."""
    return f"{started.astimezone(UTC):%Y%m%dT%H%M%SZ}-{random_suffix}"


def save_record(directory: Path, record: SessionRecord) -> Path:
    """Write a session's log file. Saving the same session again changes nothing.

    Raises:
        StorageError: it could not be written.
    """
    path = directory / f"{record.id}.toml"
    # The name is taken where this very session was saved by an app that died before it could say so.
    with suppress(FileExistsError):
        write_atomically(path, record_text(record).encode(), replace=False)
    return path


def record_text(record: SessionRecord) -> str:
    """A session's log file as text."""
    return tomli_w.dumps(record_to_toml(record))


def is_saved(directory: Path, record_id: str) -> bool:
    """Whether a session has its log file."""
    try:
        return (directory / f"{record_id}.toml").exists()
    except OSError:
        return False


def save_note(directory: Path, record_id: str, note: str) -> None:
    """Change the note of a saved session; everything else in its file stays.

    Raises:
        StorageError: the file cannot be read or written.
    """
    rewrite_session(directory, record_id, {"note": note})


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
    write_atomically(path, toml_again(values, path), replace=True)


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
