"""A digest by which copies of a session are told from sessions that differ, without keeping them whole."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import asdict, replace

from hipcoach.core.history.record import SessionRecord
from hipcoach.storage.session_log import read_record


def digest_in(path: Path) -> str:
    """Of all that a session says but its name and note; empty where the file is gone meanwhile."""
    try:
        record, _ = read_record(path)
    except FileNotFoundError:
        return ""
    return "" if record is None else digest_of(record)


def digest_of(record: SessionRecord) -> str:
    """The same for records that differ in nothing but name and note, another for all others."""
    values = _comparable(asdict(replace(record, id="", note="")))
    return hashlib.sha256(json.dumps(values, sort_keys=True).encode()).hexdigest()


def _comparable(value: Any) -> Any:
    """A value as JSON that is the same text wherever Python calls the values equal."""
    if isinstance(value, Struct):
        return _comparable(asdict(value))
    if isinstance(value, Mapping):
        return {name: _comparable(each) for name, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [_comparable(each) for each in value]
    if isinstance(value, (int, float)):
        return float(value) + 0.0
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return value.isoformat() if isinstance(value, date) else value
