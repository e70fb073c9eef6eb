"""What was done of each exercise over time: how often, when last, how much, and on which side."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import NamedTuple

from msgspec import Struct

from hipcoach.core.exercise import Side
from hipcoach.core.session_entry import SessionEntry
from hipcoach.core.stats import Balance

KEPT_DOSES = 60
"""The last times an exercise was done that are kept one by one: as many as a line of the screen can show."""


class DoneDose(NamedTuple):
    """How much was done of an exercise in one session."""

    day: date
    reps: int
    """Completed repetitions of the best set."""
    hold: float
    """Seconds of the longest hold."""


class ExerciseHistory(Struct, frozen=True):
    """One exercise over all sessions in which something of it was done."""

    exercise: str
    name: str
    """As it was last called."""
    times: int
    """Sessions."""
    first: date
    last: date
    balance: Balance
    doses: tuple[DoneDose, ...]
    """The last ones, oldest first."""


class _Sums:
    """One exercise while sessions are added up, the newest first."""

    def __init__(self, name: str, last: date) -> None:
        self.name, self.last, self.first = name, last, last
        self.times = self.left_reps = self.right_reps = 0
        self.left_hold = self.right_hold = 0.0
        self.doses: list[DoneDose] = []


def exercise_histories(
    newest_first: Iterable[SessionEntry], stop: Callable[[], bool] = lambda: False
) -> tuple[ExerciseHistory, ...]:
    """Add up what was done of each exercise, the one done most often first.

    Args:
        newest_first: the sessions.
        stop: asked between two sessions; once it is true, what there is by then is all there will be.
    """
    found: dict[str, _Sums] = {}
    for entry in newest_first:
        if stop():
            break
        seen: set[str] = set()
        for each in entry.exercises:
            if not each.reps and not each.hold_seconds:
                continue
            sums = found.get(each.exercise)
            if sums is None:
                sums = found[each.exercise] = _Sums(each.name, entry.day)
            sums.first = entry.day
            sums.left_reps += each.left_reps
            sums.right_reps += each.right_reps
            sums.left_hold += each.left_hold_seconds
            sums.right_hold += each.right_hold_seconds
            if each.exercise not in seen:
                seen.add(each.exercise)
                sums.times += 1
                if len(sums.doses) < KEPT_DOSES:
                    sums.doses.append(DoneDose(entry.day, each.most_reps, each.longest_hold))
    histories = [_history(exercise, sums) for exercise, sums in found.items()]
    return tuple(sorted(histories, key=lambda each: (-each.times, each.name.casefold())))


def _history(exercise: str, sums: _Sums) -> ExerciseHistory:
    return ExerciseHistory(
        exercise=exercise,
        name=sums.name,
        times=sums.times,
        first=sums.first,
        last=sums.last,
        balance=Balance(
            {Side.LEFT: sums.left_reps, Side.RIGHT: sums.right_reps},
            {Side.LEFT: sums.left_hold, Side.RIGHT: sums.right_hold},
        ),
        doses=tuple(reversed(sums.doses)),
    )
