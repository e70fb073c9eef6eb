"""TOML values as JSON values and back, with nothing lost: JSON has no dates, no times, no infinity.

Such a value becomes an object with a single key that says what it is, as {"$date": "2026-03-04"}. A table
that looks like one of these is put into {"$table": ...}.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from typing import Any

READERS: Mapping[str, Callable[[Any], Any]] = {
    "$datetime": datetime.fromisoformat,
    "$date": date.fromisoformat,
    "$time": time.fromisoformat,
    "$float": float,
    "$table": dict,
}
"""What each mark stands for."""


def to_json(value: Any) -> Any:
    """A TOML value as a JSON value."""
    match value:
        case bool() | int() | str():
            return value
        case float():
            return value if math.isfinite(value) else {"$float": repr(value)}
        case datetime():
            return {"$datetime": instant_text(value)}
        case date():
            return {"$date": value.isoformat()}
        case time():
            return {"$time": value.isoformat()}
        case list():
            return [to_json(each) for each in value]
        case dict():
            table = {name: to_json(each) for name, each in value.items()}
            return {"$table": table} if len(table) == 1 and next(iter(table)) in READERS else table
    raise TypeError(f"TOML has no {type(value).__name__}")


def from_json(value: Any) -> Any:
    """The TOML value that `to_json` was given.

    Raises:
        ValueError, TypeError: there is no such TOML value.
    """
    if value is None:
        raise TypeError("null stands where a value should")
    if isinstance(value, list):
        return [from_json(each) for each in value]
    if not isinstance(value, dict):
        return value
    mark = next(iter(value), "") if len(value) == 1 else ""
    if mark == "$table":
        return {name: from_json(each) for name, each in _a_table(value[mark]).items()}
    if mark in READERS:
        if not isinstance(value[mark], str):
            raise TypeError(f"{mark} is followed by no text")
        return READERS[mark](value[mark])
    return {name: from_json(each) for name, each in value.items()}


def instant_text(instant: datetime) -> str:
    """A time in ISO 8601, with a Z where it is in UTC."""
    return instant.isoformat().replace("+00:00", "Z")


def _a_table(value: object) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise TypeError("$table is followed by no table")
    return value
