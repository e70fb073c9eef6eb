"""hipcoach's own export: every session with all that its file says, as JSON; and how it is imported.

The file is an object with "hipcoach_export" (the number of this format), "app_version" and "sessions", a list
with one session on each line. A session's keys are those of its TOML file, its status as it is judged;
`started` and `day` are texts in ISO 8601. Any other value that JSON does not know is an object with a single
key that says what it is, as {"$date": "2026-03-04"}; a table that looks like one of these is put into
{"$table": ...}.

What is new in an export is added, what is there stays as it is: a session's id is the key. Everything is
looked at before anything is written. Where writing fails what was written is taken away again, so that an
export is imported whole or not at all.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import date, datetime, time
from pathlib import Path
from typing import Any
from zlib import crc32

from msgspec import Struct

from hipcoach.errors import ExportFileError, StorageError
from hipcoach.storage.atomic import write_atomically
from hipcoach.storage.removed import original_of
from hipcoach.storage.session_log import (
    LARGEST_FILE,
    UNREADABLE,
    new_id,
    read_session,
    reason_of,
    record_from_toml,
    session_names,
)
from hipcoach.storage.text_file import TooLargeError, UnreadableError, read_bytes, toml_again

FORMAT = 1
MARK = "hipcoach_export"
LARGEST_EXPORT = 1_000_000_000
"""Bytes; ten thousand sessions take about 200 MB."""
LONGEST_ID = 100
NOT_IN_AN_ID = re.compile(r"""[/\\:*?"<>|]|^\.|[. ]$""")
"""What cannot be, or begin or end, the name of a file on every system."""
MARKS: Mapping[str, Callable[[str], object]] = {
    "$datetime": datetime.fromisoformat,
    "$date": date.fromisoformat,
    "$time": time.fromisoformat,
    "$float": float,
}
"""What makes the value that each mark stands for."""
TABLE = "$table"


def export_document(app_version: str, sessions: Iterable[str]) -> Iterator[str]:
    """Yield the text of an export, piece by piece; `sessions` are texts as `session_text` makes them."""
    head = {MARK: FORMAT, "app_version": app_version}
    yield json.dumps(head, indent=2).removesuffix("\n}") + ',\n  "sessions": ['
    comma = "\n"
    for session in sessions:
        yield f"{comma}    {session}"
        comma = ",\n"
    yield "\n  ]\n}\n" if comma != "\n" else "]\n}\n"


def session_text(values: Mapping[str, Any]) -> str:
    """Return one session in one line of JSON, all of it in ASCII.

    Raises:
        ValueError, RecursionError: it holds what can be read but not written, as tables that nest very deep.
    """
    table = {name: to_json(value) for name, value in values.items()}
    # Scripts read these two, so they are no marked values.
    table["started"] = _instant_text(values["started"])
    table["day"] = values["day"].isoformat()
    return json.dumps(table, allow_nan=False).replace("\x7f", "\\u007f")


def read_export(path: Path) -> list[object]:
    """Return the sessions of an export as they stand there, to be looked at by `plan_import`.

    Raises:
        ExportFileError: it cannot be read, or is none of ours.
    """
    try:
        document = json.loads(read_bytes(path, LARGEST_EXPORT))
    except FileNotFoundError as error:
        raise ExportFileError(f"{path} cannot be read: {error.strerror}.") from error
    except UnreadableError as error:
        raise ExportFileError(f"{path} {error.message}.") from error
    except RecursionError:
        raise ExportFileError(f"{path} is not an export of hipcoach: it is nested too deep.") from None
    except ValueError as error:
        where = f"line {error.lineno}" if isinstance(error, json.JSONDecodeError) else ""
        reason = where or "it is no text in UTF-8"
        raise ExportFileError(f"{path} is not JSON that can be read ({reason}).") from None
    if not isinstance(document, dict) or MARK not in document:
        raise ExportFileError(f"{path} is not an export that 'hipcoach export --format json' wrote.")
    number, sessions = document[MARK], document.get("sessions")
    if type(number) is not int or number < 1 or not isinstance(sessions, list):
        raise ExportFileError(f"{path} is not a whole export of hipcoach: it was changed or cut off.")
    if number > FORMAT:
        raise ExportFileError(f"{path} was written by a newer hipcoach; please update this one.")
    return sessions


class ImportPlan(Struct):
    """What an import would do."""

    new: dict[str, bytes] = {}
    """What will be in the file of each new session, by id."""
    same: list[str] = []
    """Ids of sessions that are there already."""
    different: dict[str, str] = {}
    """What differs, such as "note", by the id of a session that is there; it stays as it is."""
    left_out: list[str] = []
    """A sentence for every session that cannot be imported."""


def plan_import(sessions: Iterable[object], directory: Path) -> ImportPlan:
    """Look at everything; nothing is written.

    Raises:
        StorageError: the log cannot be read.
    """
    there = session_names(directory)
    seen: dict[str, dict[str, Any]] = {}
    plan = ImportPlan()
    for number, each in enumerate(sessions, 1):
        claimed = each.get("id") if isinstance(each, dict) else None
        called = f"Session {number}" + (f" ('{claimed[:LONGEST_ID]}')" if isinstance(claimed, str) else "")
        try:
            values, content = _checked(each, there)
        except (StorageError, *UNREADABLE) as error:
            plan.left_out.append(f"{called} cannot be read ({_reason(error)}); it is left out.")
            continue
        name = values["id"]
        if name in seen:
            if _key(seen[name]) != _key(values):
                plan.left_out.append(f"{called} is in there once before, and not the same; it is left out.")
            continue
        seen[name] = values
        if name not in there:
            plan.new[name] = content
        elif words := _difference(directory / f"{there[name]}.toml", values):
            plan.different[name] = words
        else:
            plan.same.append(name)
    return plan


def carry_out(plan: ImportPlan, directory: Path) -> int:
    """Write every new session and return how many there were.

    Raises:
        StorageError: one could not be written; those written before it were taken away again.
    """
    written: list[Path] = []
    try:
        for name, content in plan.new.items():
            path = directory / f"{name}.toml"
            # Another machine's copy may have arrived in the meantime; that one stays.
            with suppress(FileExistsError):
                write_atomically(path, content, replace=False)
                written.append(path)
    except BaseException:  # also ctrl+c: all of an import is there, or nothing
        for path in written:
            with suppress(OSError):
                path.unlink()
        raise
    return len(written)


def _checked(session: object, there: Container[str]) -> tuple[dict[str, Any], bytes]:
    """Return the values of a session of an export and its file, if that can be read again."""
    if not isinstance(session, dict):
        raise TypeError("it is no object")
    values: dict[str, Any] = {name: from_json(value) for name, value in session.items()}
    values["started"] = datetime.fromisoformat(values["started"])
    values["day"] = date.fromisoformat(values["day"])
    record = record_from_toml(values, values["id"])
    values["id"] = _id(values["id"], record.started, there)
    # What is there already is not written.
    content = b"" if values["id"] in there else toml_again(values, Path(values["id"]), LARGEST_FILE)
    # Compared by the status as it is judged, written as it was given.
    return values | {"status": record.status.value}, content


def _reason(error: Exception) -> str:
    if isinstance(error, TooLargeError):
        return f"its file would be larger than {LARGEST_FILE // 1000} kB, the most that is read"
    return "it holds what cannot be written" if isinstance(error, StorageError) else reason_of(error)


def _id(name: object, started: datetime, there: Container[str]) -> str:
    """Return the id a session is imported under: its own, unless no file can be called so on every system, as
    where somebody has named the file. Then it is one of ours, and always the same one."""
    if not isinstance(name, str) or not name:
        raise ValueError("its id is none")
    while (original := original_of(name)) is not None:
        name = original
    if name in there:
        return name
    raw = name.encode(errors="surrogatepass")
    if len(raw) <= LONGEST_ID and name.isprintable() and not NOT_IN_AN_ID.search(name):
        return name
    return new_id(started, f"{crc32(raw) & 0xFFFFFF:06x}")


def _difference(path: Path, values: dict[str, Any]) -> str:
    """Return in words how a session differs from the one in a file; nothing where it does not."""
    try:
        mine, _ = read_session(path, values["id"])
    except FileNotFoundError:
        return "it was removed just now"
    except UnreadableError as error:
        return f"the file that is there {error.message}"
    return ", ".join(name for name in mine | values if _key(mine.get(name)) != _key(values.get(name)))


def _key(value: object) -> str:
    # As text, since a number that is none equals nothing, not even itself.
    return "" if value is None else json.dumps(to_json(value), sort_keys=True)


def to_json(value: Any) -> Any:
    """Return a TOML value as a JSON value, with nothing lost."""
    match value:
        case float() if not math.isfinite(value):
            return {"$float": repr(value)}
        case datetime():
            return {"$datetime": _instant_text(value)}
        case date() | time():
            return {f"${type(value).__name__}": value.isoformat()}
        case list():
            return [to_json(each) for each in value]
        case dict():
            table = {name: to_json(each) for name, each in value.items()}
            return {TABLE: table} if len(table) == 1 and {TABLE, *MARKS} & table.keys() else table
    return value


def from_json(value: Any) -> Any:
    """Return the TOML value that `to_json` was given.

    Raises:
        ValueError, TypeError: there is no such TOML value.
    """
    match value:
        case None:
            raise TypeError("null stands where a value should")
        case list():
            return [from_json(each) for each in value]
        case dict():
            mark, marked = next(iter(value.items())) if len(value) == 1 else ("", "")
            if mark in MARKS:
                if not isinstance(marked, str):
                    raise TypeError(f"{mark} is followed by no text")
                return MARKS[mark](marked)
            table = marked if mark == TABLE else value
            if not isinstance(table, dict):
                raise TypeError(f"{TABLE} is followed by no table")
            return {name: from_json(each) for name, each in table.items()}
    return value


def _instant_text(instant: datetime) -> str:
    """Return a time in ISO 8601, with a Z where it is in UTC."""
    return instant.isoformat().replace("+00:00", "Z")
