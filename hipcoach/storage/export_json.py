"""hipcoach's own export: every session with all that its file says, as JSON; and how it is read back.

The file is an object with "hipcoach_export" (the number of this format), "app_version" and "sessions", a list
with one session on each line. A session's keys are those of its TOML file, its status as it is judged;
`started` and `day` are texts in ISO 8601, and any other value that JSON does not know is marked as
`hipcoach.storage.toml_json` says.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

from hipcoach.errors import ExportFileError
from hipcoach.storage.text_file import UnreadableError, read_bytes
from hipcoach.storage.toml_json import from_json, instant_text, to_json

FORMAT = 1
MARK = "hipcoach_export"
LARGEST_FILE = 1_000_000_000
"""Bytes; ten thousand sessions take about 200 MB."""


def export_document(app_version: str, sessions: Iterable[str]) -> Iterator[str]:
    """The text of an export, piece by piece; `sessions` are texts as `session_text` makes them."""
    head = {MARK: FORMAT, "app_version": app_version}
    yield json.dumps(head, indent=2).removesuffix("\n}") + ',\n  "sessions": ['
    comma = "\n"
    for session in sessions:
        yield f"{comma}    {session}"
        comma = ",\n"
    yield "\n  ]\n}\n" if comma != "\n" else "]\n}\n"


def session_text(values: dict[str, Any]) -> str:
    """One session in one line of JSON, all of it in ASCII.

    Raises:
        ValueError, RecursionError: it holds what can be read but not written, as tables that nest very deep.
    """
    table = {name: to_json(value) for name, value in values.items()}
    # Scripts read these two, so they are no marked values.
    table["started"] = instant_text(values["started"])
    table["day"] = values["day"].isoformat()
    return json.dumps(table, allow_nan=False).replace("\x7f", "\\u007f")


def read_export(path: Path) -> list[object]:
    """The sessions of an export as they stand there, each to be read by `session_values`.

    Raises:
        ExportFileError: it cannot be read, or is none of ours.
    """
    try:
        content = read_bytes(path, LARGEST_FILE)
        document = json.loads(content)
    except FileNotFoundError as error:
        raise ExportFileError(f"{path} cannot be read: {error.strerror}.") from error
    except UnreadableError as error:
        raise ExportFileError(f"{path} {error.message}.") from error
    except RecursionError:
        raise ExportFileError(f"{path} is not an export of hipcoach: it is nested too deep.") from None
    except ValueError as error:
        reason = (
            f"line {error.lineno}" if isinstance(error, json.JSONDecodeError) else "it is no text in UTF-8"
        )
        raise ExportFileError(f"{path} is not JSON that can be read ({reason}).") from None
    if not isinstance(document, dict) or MARK not in document:
        raise ExportFileError(f"{path} is not an export that 'hipcoach export --format json' wrote.")
    number, sessions = document[MARK], document.get("sessions")
    if (
        isinstance(number, bool)
        or not isinstance(number, int)
        or number < 1
        or not isinstance(sessions, list)
    ):
        raise ExportFileError(f"{path} is not a whole export of hipcoach: it was changed or cut off.")
    if number > FORMAT:
        raise ExportFileError(f"{path} was written by a newer hipcoach; please update this one.")
    return sessions


def session_values(session: object) -> dict[str, Any]:
    """What the file of a session of an export says.

    Raises:
        KeyError, TypeError, ValueError, RecursionError: it is none.
    """
    if not isinstance(session, dict):
        raise TypeError("it is no object")
    return {
        name: _read_plain(name, value) if isinstance(value, str) else from_json(value)
        for name, value in session.items()
    }


def _read_plain(name: str, text: str) -> object:
    if name == "started":
        return datetime.fromisoformat(text)
    return date.fromisoformat(text) if name == "day" else text
