"""Taking sessions of an export into the log: what is new is added, what is there stays as it is.

A session's id is the key. Everything is looked at before anything is written, and where writing fails what
was written is taken away again, so that an import is done whole or not at all.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

from msgspec import Struct

from hipcoach.errors import ExportFileError, StorageError
from hipcoach.storage.atomic import write_atomically
from hipcoach.storage.conflict_copies import original_of
from hipcoach.storage.export_json import session_values
from hipcoach.storage.record_toml import record_from_toml
from hipcoach.storage.session_files import read_session, session_names
from hipcoach.storage.text_file import UnreadableError, toml_again
from hipcoach.storage.toml_json import to_json

LONGEST_ID = 100
NOT_IN_AN_ID = re.compile(r"""[/\\:*?"<>|]|^\.|[. ]$""")
"""What cannot be, or begin or end, the name of a file on every system."""


class Difference(Struct, frozen=True):
    """A session that is there and not the same; it stays as it is."""

    id: str
    words: str
    """What differs, such as "the note"."""


class ImportPlan(Struct, frozen=True):
    """What an import would do."""

    new: dict[str, bytes]
    """What will be in the file of each new session, by id."""
    same: tuple[str, ...]
    """Ids of sessions that are there already."""
    different: tuple[Difference, ...]


def plan_import(sessions: Iterable[object], directory: Path) -> ImportPlan:
    """Look at everything; nothing is written.

    Raises:
        ExportFileError: one of them is no session, or an id has two of them.
        StorageError: the log cannot be read.
    """
    there = session_names(directory)
    seen: dict[str, dict[str, Any]] = {}
    new: dict[str, bytes] = {}
    same: list[str] = []
    different: list[Difference] = []
    for number, each in enumerate(sessions, 1):
        values, content = _checked(each, number)
        name = values["id"]
        if name in seen:
            if _key(seen[name]) != _key(values):
                raise ExportFileError(
                    f"Session '{name}' is in there twice, and not the same; nothing was imported."
                )
            continue
        seen[name] = values
        if name not in there:
            new[name] = content
        elif words := _difference(directory, there[name], values):
            different.append(Difference(name, words))
        else:
            same.append(name)
    return ImportPlan(new, tuple(same), tuple(different))


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
    except BaseException:
        for path in written:
            with suppress(OSError):
                path.unlink()
        raise
    return len(written)


def _checked(session: object, number: int) -> tuple[dict[str, Any], bytes]:
    """The values of a session of an export and its file, if it is one that can be read from there again."""
    name = f"session {number}"
    try:
        values = session_values(session)
        name = f"{name} ('{_id(values)}')"
        record_from_toml(values, values["id"])
        return values, toml_again(values, Path(name))
    except KeyError as error:
        reason = f"{error.args[0]} is missing"
    except StorageError:
        reason = "it holds what cannot be written"
    except (ValueError, TypeError, RecursionError, OverflowError) as error:
        reason = str(error).partition("\n")[0][:120] or type(error).__name__
    raise ExportFileError(f"{name[:1].upper()}{name[1:]} cannot be read ({reason}); nothing was imported.")


def _id(values: dict[str, Any]) -> str:
    name = values["id"]
    if not isinstance(name, str) or not 0 < len(name.encode()) <= LONGEST_ID or not name.isprintable():
        raise ValueError("its id is none")
    if NOT_IN_AN_ID.search(name) or original_of(name) is not None:
        raise ValueError(f"its id, {name!r}, is none")
    return name


def _difference(directory: Path, stems: list[str], values: dict[str, Any]) -> str:
    """In words how a session differs from the one that is there; empty where it does not."""
    try:
        mine = read_session(directory, stems[0], values["id"]).values
    except FileNotFoundError:
        return "it was removed just now"
    except UnreadableError as error:
        return f"the file that is there {error.message}"
    names = [name for name in {**mine, **values} if _key(mine.get(name)) != _key(values.get(name))]
    return ", ".join(names)


def _key(value: object) -> str:
    # As text, since a number that is none equals nothing, not even itself.
    return "" if value is None else json.dumps(to_json(value), sort_keys=True)
