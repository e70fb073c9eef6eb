"""Days the user marks: rest, illness, travel. Streaks pass over them; nobody has to give a reason."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from msgspec import Struct


class DayKind(StrEnum):
    """Why a day is marked."""

    REST = "rest"
    SICK = "sick"
    TRAVEL = "travel"


class MarkedDay(Struct, frozen=True):
    """A day that neither breaks a streak nor lengthens it."""

    day: date
    kind: DayKind


def excused(marked: Iterable[MarkedDay]) -> frozenset[date]:
    """The days that streaks pass over, as `hipcoach.core.history.streaks.stats` takes them."""
    return frozenset(each.day for each in marked)
