"""Taking sessions of an export into the log: what is new is added, what is there stays as it is.

A session's id is the key. Everything is looked at before anything is written; what cannot be read is left out
and named. Where writing fails what was written is taken away again, so that the rest is imported whole or not
at all.
"""

from __future__ import annotations

import json
import re
from collections.abc import Container, Iterable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any
from zlib import crc32

from msgspec import Struct

from hipcoach.errors import StorageError
from hipcoach.storage.atomic import write_atomically
from hipcoach.storage.export_json import session_values
from hipcoach.storage.removed import original_of
from hipcoach.storage.session_log import LARGEST_FILE, new_id, read_session, record_from_toml, session_names
from hipcoach.storage.text_file import TooLargeError, UnreadableError, toml_again
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
    left_out: tuple[str, ...] = ()
    """A sentence for every session that cannot be imported."""


def plan_import(sessions: Iterable[object], directory: Path) -> ImportPlan:
    """Look at everything; nothing is written.

    Raises:
        StorageError: the log cannot be read.
    """
    there = session_names(directory)
    seen: dict[str, dict[str, Any]] = {}
    new: dict[str, bytes] = {}
    same: list[str] = []
    different: list[Difference] = []
    left_out: list[str] = []
    for number, each in enumerate(sessions, 1):
        try:
            values, content = _checked(each, there)
        except _LeftOutError as error:
            left_out.append(f"{_called(each, number)} cannot be read ({error}); it is left out.")
            continue
        name = values["id"]
        if name in seen:
            if _key(seen[name]) != _key(values):
                left_out.append(
                    f"{_called(each, number)} is in there once before, and not the same; it is left out."
                )
            continue
        seen[name] = values
        if name not in there:
            new[name] = content
        elif words := _difference(directory, there[name], values):
            different.append(Difference(name, words))
        else:
            same.append(name)
    return ImportPlan(new, tuple(same), tuple(different), tuple(left_out))


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


class _LeftOutError(Exception):
    """A session cannot be imported; the message says why, in words for brackets."""


def _checked(session: object, there: Container[str]) -> tuple[dict[str, Any], bytes]:
    """The values of a session of an export and its file, if it is one that can be read from there again."""
    try:
        values = session_values(session)
        record = record_from_toml(values, values["id"])
        values["id"] = _id(values["id"], record.started, there)
        # What is there already is not written.
        is_new = values["id"] not in there
        content = toml_again(values, Path(values["id"]), LARGEST_FILE) if is_new else b""
        # Compared by the status as it is judged, written as it was given.
        return values | {"status": record.status.value}, content
    except KeyError as error:
        reason = f"{error.args[0]} is missing"
    except TooLargeError:
        reason = f"its file would be larger than {LARGEST_FILE // 1000} kB, the most that is read"
    except StorageError:
        reason = "it holds what cannot be written"
    except (ValueError, TypeError, RecursionError, OverflowError) as error:
        reason = str(error).partition("\n")[0][:120] or type(error).__name__
    raise _LeftOutError(reason)


def _called(session: object, number: int) -> str:
    name = session.get("id") if isinstance(session, dict) else None
    return f"Session {number} ('{name[:LONGEST_ID]}')" if isinstance(name, str) else f"Session {number}"


def _id(name: object, started: datetime, there: Container[str]) -> str:
    """The id a session is imported under: its own, unless no file can be called so on every system, as where
    somebody has named the file. Then it is one of ours, and always the same one."""
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
