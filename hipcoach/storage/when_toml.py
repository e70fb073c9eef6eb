"""When something was done, as the tables of its TOML file: start, offset from UTC, the day it counts for."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

from hipcoach.storage.possible_years import YEARS
from hipcoach.storage.values import a_number


def when_to_toml(started: datetime, day: date) -> dict[str, Any]:
    """A start and the day it counts for, as the keys of a file."""
    offset = started.utcoffset() or timedelta()
    return {
        "started": started.astimezone(UTC),
        "utc_offset_minutes": int(offset.total_seconds() // 60),
        "day": day,
    }


def when_from_toml(values: Mapping[str, Any]) -> tuple[datetime, date]:
    """The start, at the offset of where it was, and the day it counts for.

    Raises:
        ValueError, KeyError, TypeError, OverflowError: they are missing, or cannot be.
    """
    started, day = values["started"], values["day"]
    if not isinstance(started, datetime) or started.tzinfo is None:
        raise ValueError("its start is not a time with an offset")
    if not isinstance(day, date) or isinstance(day, datetime):
        raise ValueError("its day is not a date")
    if not all(each.year in YEARS for each in (started, day)):
        raise ValueError("its date cannot be")
    offset = timezone(timedelta(minutes=a_number(values.get("utc_offset_minutes", 0))))
    return started.astimezone(offset), day
