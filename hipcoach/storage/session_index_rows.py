"""An entry of the index as a row that can be kept or handed on, and back."""

from __future__ import annotations

import os
from datetime import date, datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from hipcoach.core.history.record import SessionEntry, SessionStatus

if TYPE_CHECKING:
    from collections.abc import Callable

_STATUS = {each.value: each for each in SessionStatus}


class Known(Struct, frozen=True):
    """What a session file said when it had this stamp."""

    stamp: str
    entry: SessionEntry | None
    """None where it is no session that can be read."""
    problem: str = ""
    """Words that follow the file's name; empty where nothing is wrong with it."""
    digest: str = ""
    """Of everything but name and note, to tell copies apart; empty while nobody asked for it."""


def stamp_of(status: os.stat_result) -> str:
    """What changes with every change of a file. Nobody can set the time of the inode's change."""
    return f"{status.st_size} {status.st_mtime_ns} {status.st_ctime_ns} {status.st_ino}"


def packed(entry: SessionEntry) -> str:
    """All of an entry but its id and its totals, as JSON."""
    return _pack()(
        [
            entry.routine,
            entry.title,
            entry.started.isoformat(),
            entry.day.isoformat(),
            entry.status,
            entry.active_seconds,
            entry.work_planned,
            entry.work_done,
            entry.sets,
            entry.done_sets,
            entry.planned_reps,
            entry.done_reps,
            entry.left_reps,
            entry.right_reps,
            entry.left_hold_seconds,
            entry.right_hold_seconds,
            entry.hurt,
            entry.level,
            entry.rounds,
            entry.note,
            entry.discomfort_before,
            entry.discomfort_after,
        ]
    )


def unpacked(name: str, values: list[Any], totals: str, same: dict[str, str]) -> SessionEntry:
    """The entry of a file of that name. Texts that occur often are taken from `same`.

    Raises:
        ValueError, KeyError, TypeError: it is none.
    """
    routine, title, started, day, status, *numbers, level, rounds, note, before, after = values
    fields: list[Any] = [
        name.removesuffix(".toml"),
        same.setdefault(routine, routine),
        same.setdefault(title, title),
        datetime.fromisoformat(started),
        date.fromisoformat(day),
        _STATUS[status],
        *numbers,
        same.setdefault(level, level),
        rounds,
        note,
        before,
        after,
        totals,
    ]
    return SessionEntry(*fields)


@cache
def _pack() -> Callable[[object], str]:
    # Only what writes entries needs it.
    import json

    return json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
