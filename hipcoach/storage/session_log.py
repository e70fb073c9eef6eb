"""The log: one TOML file per session, written once and rewritten only by the user's edit of the note."""

from __future__ import annotations

import tomllib
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import tomli_w

from hipcoach.core.record import SessionRecord
from hipcoach.errors import StorageError
from hipcoach.storage.atomic import write_atomically
from hipcoach.storage.record_toml import record_from_toml, record_to_toml

LARGEST_FILE = 20_000_000
"""Bytes; a session of 10,000 steps takes about 3 MB."""


@dataclass(frozen=True, slots=True)
class Log:
    """What the log holds: the records, oldest first, and a sentence for every file that could not be read."""

    records: tuple[SessionRecord, ...]
    problems: tuple[str, ...]


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
        write_atomically(path, tomli_w.dumps(record_to_toml(record)).encode(), replace=False)
    return path


def save_note(directory: Path, record_id: str, note: str) -> None:
    """Change the note of a saved session; every other key of the file stays, also ones we do not know.

    Raises:
        StorageError: the file cannot be read or written.
    """
    path = directory / f"{record_id}.toml"
    try:
        values = tomllib.loads(path.read_bytes().decode("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise StorageError(f"{path} cannot be read: {error}.") from error
    values["note"] = note
    write_atomically(path, tomli_w.dumps(values).encode(), replace=True)


def load_log(directory: Path) -> Log:
    """Read every session file. A file that cannot be read is named in a problem and left alone."""
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
            if path.stat().st_size > LARGEST_FILE:
                raise ValueError("it is too large for a session")
            records.append(record_from_toml(tomllib.loads(path.read_bytes().decode("utf-8")), path.stem))
        except OSError as error:
            problems.append(f"{path} cannot be read: {error.strerror or error}.")
        except (ValueError, KeyError, TypeError, RecursionError, OverflowError) as error:
            # tomllib's and the decoder's errors are ValueErrors; the rest is a file of the wrong shape.
            problems.append(
                f"{path} is not a session that can be read ({_reason(error)}); it is left as it is."
            )
    records.sort(key=lambda record: (record.started, record.id))
    return Log(tuple(records), tuple(problems))


def _reason(error: Exception) -> str:
    if isinstance(error, KeyError):
        return f"{error.args[0]} is missing"
    if isinstance(error, UnicodeDecodeError):
        return "it is not UTF-8 text"
    return str(error).splitlines()[0][:120] if str(error) else type(error).__name__
