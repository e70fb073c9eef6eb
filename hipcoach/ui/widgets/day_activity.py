"""What was done on each day, and the shade that stands for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from enum import IntEnum

from msgspec import Struct

from hipcoach.core.history.record import SessionEntry

MINUTES_OF_SHADES = (10, 20, 30)
"""Minutes at which a counted day takes the next darker shade; ours, from a desk break to a long circuit."""


class Shade(IntEnum):
    """How much was done on a day, from nothing to a long session."""

    NONE = 0
    BEGUN = 1
    """A session, but none that counts."""
    LIGHT = 2
    MEDIUM = 3
    STRONG = 4
    FULL = 5


SHADE_SIGNS = {
    Shade.NONE: "·",
    Shade.BEGUN: "▁",
    Shade.LIGHT: "░",
    Shade.MEDIUM: "▒",
    Shade.STRONG: "▓",
    Shade.FULL: "█",
}


class DayActivity(Struct, frozen=True):
    """What was done on one day."""

    minutes: float
    """Of all its sessions; pauses not counted."""
    counted: bool
    """Whether one of its sessions counts towards a streak."""
    sessions: int = 1


Activity = Mapping[date, DayActivity]


def activity_by_day(records: Iterable[SessionEntry]) -> dict[date, DayActivity]:
    """Add up the sessions of each day; days without any are not in it."""
    days: dict[date, DayActivity] = {}
    for record in records:
        before = days.get(record.day, DayActivity(0.0, counted=False, sessions=0))
        days[record.day] = DayActivity(
            minutes=before.minutes + record.active_seconds / 60,
            counted=before.counted or record.counts,
            sessions=before.sessions + 1,
        )
    return days


def shade_of(activity: DayActivity | None) -> Shade:
    """The shade of a day."""
    if activity is None:
        return Shade.NONE
    if not activity.counted:
        return Shade.BEGUN
    return Shade(Shade.LIGHT + sum(activity.minutes >= limit for limit in MINUTES_OF_SHADES))
