"""A session as one line of the index: all that lists, streaks and totals need, without its sets.

The record itself is read where somebody looks at one session. What an entry says is worked out from the
record and from nothing else (`hipcoach.core.session_shares`), so that it can be thrown away and made again.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct

if TYPE_CHECKING:
    from hipcoach.core.session_status import SessionStatus


class ExerciseTotal(NamedTuple):
    """What was done of one exercise in one session."""

    exercise: str
    name: str
    sets: int
    """Sets and holds that were planned."""
    done_sets: int
    """Of these, the ones that were done whole."""
    reps: int
    """Completed repetitions, of all sides."""
    hold_seconds: float
    """Seconds held, of all sides."""
    left_reps: int
    right_reps: int
    left_hold_seconds: float
    right_hold_seconds: float
    most_reps: int
    """Completed repetitions of the best set."""
    longest_hold: float
    """Seconds."""


class SessionEntry(Struct, frozen=True):
    """One session, in short."""

    id: str
    routine: str
    title: str
    started: datetime
    """With its offset from UTC."""
    day: date
    """The local civil day it started on."""
    status: SessionStatus
    active_seconds: float
    """Seconds of work and everything between; pauses not counted."""
    work_planned: float
    """Seconds of planned reps and holds, at plan tempo."""
    work_done: float
    """Seconds of these that were done, at plan tempo."""
    sets: int
    """Sets and holds that were planned."""
    done_sets: int
    """Of these, the ones that were done whole."""
    planned_reps: int
    done_reps: int
    left_reps: int
    right_reps: int
    left_hold_seconds: float
    right_hold_seconds: float
    hurt: bool
    """Whether a set was skipped because it hurt."""
    level: str
    """What was chosen; empty where the log does not say."""
    rounds: int | None
    """The same."""
    note: str
    discomfort_before: int | None
    """0 to 10, as the user rated it."""
    discomfort_after: int | None
    totals: str
    """`exercises`, packed: ten thousand entries are to stay small."""

    @property
    def exercises(self) -> tuple[ExerciseTotal, ...]:
        """What was done of each exercise, in the order in which they came. Unpacked at every call."""
        import json

        return tuple(ExerciseTotal(*each) for each in json.loads(self.totals))
