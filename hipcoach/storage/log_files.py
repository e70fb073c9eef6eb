"""The files of a log: small TOML files of one thing each, done at a time or on a day."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any, TypeVar

from msgspec import Struct, ValidationError, convert

from hipcoach.storage.text_file import UnreadableError, read_toml

T = TypeVar("T")

YEARS = range(1900, 9000)
"""What a clock that is merely set wrong may say; beyond, no calendar could be drawn."""
FORMAT = 1
UNREADABLE = (ValueError, KeyError, TypeError, OverflowError, RecursionError)
"""What making something of a file's tables raises where there is nothing in it."""


class _When(Struct, frozen=True):
    started: datetime
    day: date
    utc_offset_minutes: float = 0


def when_to_toml(started: datetime, day: date) -> dict[str, Any]:
    """Return a start and the day it counts for as the keys of a file."""
    offset = started.utcoffset() or timedelta()
    return {
        "started": started.astimezone(UTC),
        "utc_offset_minutes": int(offset.total_seconds() // 60),
        "day": day,
    }


def when_from_toml(values: Mapping[str, Any]) -> tuple[datetime, date]:
    """Return the start, at the offset of where it was, and the day it counts for.

    Raises:
        ValueError, OverflowError: they are missing, or cannot be.
    """
    when = convert(values, _When, builtin_types=(datetime, date))
    if when.started.tzinfo is None:
        raise ValueError("its start is not a time with an offset")
    if not all(each.year in YEARS for each in (when.started, when.day)):
        raise ValueError("its date cannot be")
    return when.started.astimezone(timezone(timedelta(minutes=when.utc_offset_minutes))), when.day


def read_folder(
    directory: Path,
    noun: str,
    largest: int,
    read: Callable[[dict[str, Any], str], T],
) -> tuple[dict[str, T], list[str]]:
    """Return what every TOML file of a folder holds, by its name without the ending, and a sentence for every
    file that is not read, or not whole. Such a file is left alone; what is understood of a newer format is
    taken.

    Args:
        directory: the folder; it need not be there.
        noun: what a file holds, as in "a self-test".
        largest: bytes that such a file may have.
        read: makes the thing of a file's tables and name; raises one of UNREADABLE where there is none in it.
    """
    try:
        paths = sorted(path for path in directory.iterdir() if path.suffix == ".toml")
    except FileNotFoundError:
        return {}, []
    except OSError as error:
        return {}, [f"{directory} cannot be read: {error.strerror or error}."]
    things: dict[str, T] = {}
    problems: list[str] = []
    for path in paths:
        if path.name.startswith("."):
            continue
        by_newer = ""
        try:
            values = read_toml(path, largest)
            check_format(values)
            by_newer = newer(values)
            things[path.stem] = read(values, path.stem)
        except FileNotFoundError:
            continue  # it was renamed or removed just now, as a program that syncs folders does
        except UnreadableError as error:
            problems.append(f"{path} {error.message}; it is left as it is.")
        except UNREADABLE as error:
            reason = by_newer or reason_of(error)
            problems.append(f"{path} is not {noun} that can be read ({reason}); it is left as it is.")
        else:
            if by_newer:
                problems.append(
                    f"{path} is shown as far as it is understood ({by_newer}); it is left as it is."
                )
    return things, problems


def check_format(values: Mapping[str, Any]) -> None:
    """Raise ValueError or KeyError where a file does not say in which format it is."""
    number = values["format"]
    if isinstance(number, bool) or not isinstance(number, int) or number < 1:
        raise ValueError("its format number is missing")


def newer(values: Mapping[str, Any]) -> str:
    """Return a few words where a newer hipcoach has written a file; nothing where it has not."""
    number = values.get("format")
    is_newer = isinstance(number, int) and number > FORMAT
    return "a newer hipcoach wrote it; please update this one" if is_newer else ""


def reason_of(error: Exception) -> str:
    """Return why there is nothing in a file's tables, in a few words."""
    if isinstance(error, KeyError):
        return f"{error.args[0]} is missing"
    words = str(error).partition("\n")[0]
    if isinstance(error, ValidationError):
        what, _, where = words.replace("`", "").partition(" - at $.")
        missing = what.removeprefix("Object missing required field ")
        words = f"{where}: {what[:1].lower()}{what[1:]}" if missing == what else f"{missing} is missing"
    return words[:120] or type(error).__name__
