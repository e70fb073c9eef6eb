"""What an export can be written as."""

from __future__ import annotations

from enum import StrEnum


class Format(StrEnum):
    """What an export can be written as."""

    CSV = "csv"
    JSON = "json"
    ICAL = "ical"


ENDINGS = {".csv": Format.CSV, ".json": Format.JSON, ".ics": Format.ICAL, ".ical": Format.ICAL}
"""What the ending of a file's name says."""
