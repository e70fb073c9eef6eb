"""What settings can be that are one of a few words, where the core knows nothing of them."""

from __future__ import annotations

from enum import StrEnum


class Weekday(StrEnum):
    """The day a week starts on."""

    MONDAY = "monday"
    TUESDAY = "tuesday"
    WEDNESDAY = "wednesday"
    THURSDAY = "thursday"
    FRIDAY = "friday"
    SATURDAY = "saturday"
    SUNDAY = "sunday"


class SoundBackend(StrEnum):
    """What plays the sounds; `auto` takes the best that works."""

    AUTO = "auto"
    SIMPLEAUDIO = "simpleaudio"
    MINIAUDIO = "miniaudio"
    SYSTEM = "system"
    BELL = "bell"
    SILENT = "silent"


class FirstSide(StrEnum):
    """Which side begins."""

    SOURCE = "source"
    LEFT = "left"
    RIGHT = "right"
    ALTERNATE = "alternate"
