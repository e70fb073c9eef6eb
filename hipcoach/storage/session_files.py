"""The files of the session log one by one, each session once, with everything its file says.

Nothing is kept: what is read is handed on, so that a log of any length takes the memory of one session.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from msgspec import Struct

from hipcoach.core.record import SessionRecord
from hipcoach.errors import StorageError
from hipcoach.storage.conflict_copies import original_of
from hipcoach.storage.record_toml import record_from_toml
from hipcoach.storage.session_log import LARGEST_FILE
from hipcoach.storage.text_file import UnreadableError, read_toml

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
