"""Marked days and self-tests: a small TOML file for each day, or each time the tests were done.

So machines that share the folder never write to the same file.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

import tomli_w
from msgspec import Struct, convert, to_builtins
from msgspec.structs import replace

from hipcoach.core.self_test import SelfTestRecord
from hipcoach.errors import StorageError
from hipcoach.storage.atomic import write_atomically
from hipcoach.storage.removed import original_of
from hipcoach.storage.session_log import FORMAT, YEARS, read_folder, when_from_toml, when_to_toml
from hipcoach.storage.text_file import LARGEST_FILE, UnreadableError, read_toml, toml_again


class DayKind(StrEnum):
    """Why a day is marked."""

    REST = "rest"
    SICK = "sick"
    TRAVEL = "travel"


class _MarkedDay(Struct):
    day: date
    kind: DayKind

    def __post_init__(self) -> None:
        if self.day.year not in YEARS:
            raise ValueError("its day is not a date that can be")


class MarkedDays(Struct, frozen=True):
    """The marked days by day, and a sentence for every file that is not read whole."""

    days: Mapping[date, DayKind]
    problems: tuple[str, ...] = ()

    @property
    def excused(self) -> frozenset[date]:
        """The days that streaks pass over."""
        return frozenset(self.days)


def mark_day(directory: Path, day: date, kind: DayKind) -> None:
    """Mark a day; one that is marked already gets the new kind, and what else its file says stays.

    Raises:
        StorageError: it could not be written, or what is there cannot be read.
    """
    path = directory / f"{day.isoformat()}.toml"
    try:
        values = read_toml(path)
    except FileNotFoundError:
        values = {"format": FORMAT}
    except UnreadableError as error:
        raise StorageError(f"{path} {error.message}.") from error
    values |= {"day": day, "kind": kind.value}
    write_atomically(path, toml_again(values, path), replace=True)


def unmark_day(directory: Path, day: date) -> None:
    """Take the mark off a day: every file that marks it goes, sync programs' copies too.

    Raises:
        StorageError: one cannot be removed.
    """
    found, _ = read_folder(directory, "a marked day", LARGEST_FILE, _marked)
    for name, marked in found.items():
        if marked.day == day:
            path = directory / f"{name}.toml"
            try:
                path.unlink(missing_ok=True)
            except OSError as error:
                raise StorageError(f"{path} cannot be removed: {error.strerror or error}.") from error


def load_marked_days(directory: Path) -> MarkedDays:
    """Read every marked day. What cannot be read is named and left alone; of two files for one day, as sync
    programs make them, the one named after the day holds."""
    found, problems = read_folder(directory, "a marked day", LARGEST_FILE, _marked)
    days: dict[date, DayKind] = {}
    for name, marked in sorted(found.items()):
        if marked.day not in days or name == marked.day.isoformat():
            days[marked.day] = marked.kind
    return MarkedDays(dict(sorted(days.items())), tuple(problems))


def _marked(values: dict[str, Any], _name: str) -> _MarkedDay:
    return convert(values, _MarkedDay)


class SelfTestLog(Struct, frozen=True):
    """The records, oldest first, and a sentence for every file that is not read whole."""

    records: tuple[SelfTestRecord, ...]
    problems: tuple[str, ...] = ()


def save_self_test(directory: Path, record: SelfTestRecord) -> Path:
    """Write the file of one time the tests were done. Saving the same again changes nothing.

    Raises:
        StorageError: it could not be written.
    """
    path = directory / f"{record.id}.toml"
    values = to_builtins(record, builtin_types=(date, datetime))
    values = {"format": FORMAT, **values, **when_to_toml(record.started, record.day)}
    with suppress(FileExistsError):
        write_atomically(path, tomli_w.dumps(values).encode(), replace=False)
    return path


def load_self_tests(directory: Path) -> SelfTestLog:
    """Read every file. What cannot be read is named and left alone; a copy that a sync program made of a file
    counts only where that is missing."""
    found, problems = read_folder(directory, "a self-test", LARGEST_FILE, _record)
    records: dict[str, SelfTestRecord] = {}
    for name in sorted(found, key=lambda name: original_of(name) is not None):
        records.setdefault(original_of(name) or name, found[name])
    ordered = sorted(records.values(), key=lambda record: (record.started, record.id))
    return SelfTestLog(tuple(ordered), tuple(problems))


def _record(values: dict[str, object], name: str) -> SelfTestRecord:
    started, day = when_from_toml(values)
    return replace(convert(values | {"id": name}, SelfTestRecord), started=started, day=day)
