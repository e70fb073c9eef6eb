"""Marked days: one small TOML file for each, named after the day, so that machines that share the folder
never write to the same file for different days."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any

from msgspec import Struct, convert

from hipcoach.errors import StorageError
from hipcoach.storage.session_log import FORMAT, YEARS, read_folder
from hipcoach.storage.text_file import UnreadableError, read_toml, toml_again


class DayKind(StrEnum):
    """Why a day is marked."""

    REST = "rest"
    SICK = "sick"
    TRAVEL = "travel"


LARGEST_FILE = 100_000
"""Bytes; a marked day takes less than 100."""


class _File(Struct):
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
    from hipcoach.storage.atomic import write_atomically

    path = directory / f"{day.isoformat()}.toml"
    try:
        values = read_toml(path, LARGEST_FILE)
    except FileNotFoundError:
        values = {"format": FORMAT}
    except UnreadableError as error:
        raise StorageError(f"{path} {error.message}.") from error
    values |= {"day": day, "kind": kind.value}
    write_atomically(path, toml_again(values, path, LARGEST_FILE), replace=True)


def unmark_day(directory: Path, day: date) -> None:
    """Take the mark off a day: every file that marks it goes, sync programs' copies too.

    Raises:
        StorageError: one cannot be removed.
    """
    found, _ = read_folder(directory, "a marked day", LARGEST_FILE, _from_toml)
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
    found, problems = read_folder(directory, "a marked day", LARGEST_FILE, _from_toml)
    days: dict[date, DayKind] = {}
    for name, marked in sorted(found.items()):
        if marked.day not in days or name == marked.day.isoformat():
            days[marked.day] = marked.kind
    return MarkedDays(dict(sorted(days.items())), tuple(problems))


def _from_toml(values: dict[str, Any], _name: str) -> _File:
    return convert(values, _File)
