"""How the steps of a record add up to its entry in the index."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import NamedTuple

from hipcoach.core.plan import StepSide
from hipcoach.core.record import Outcome, SessionRecord, StepRecord
from hipcoach.core.session import HURT
from hipcoach.core.session_entry import SessionEntry
from hipcoach.core.session_status import SessionStatus, status_of

_pack = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class Share(NamedTuple):
    """What one step adds to its session's entry."""

    exercise: str
    name: str
    planned: float
    """Seconds at plan tempo."""
    worked: float
    """Seconds of these that were done."""
    is_done: bool
    planned_reps: int
    reps: int
    hold_seconds: float
    left_reps: int
    right_reps: int
    left_hold_seconds: float
    right_hold_seconds: float
    hurt: bool
    """Whether it was skipped because it hurt."""


def entry_of(record: SessionRecord) -> SessionEntry:
    """A record's line in the index."""
    return entry_from(record, [share_of(step) for step in record.steps])


def entry_from(record: SessionRecord, shares: Iterable[Share]) -> SessionEntry:
    """The line in the index of a record whose steps add up to these; its own steps are not looked at."""
    work_planned = work_done = left_hold = right_hold = 0.0
    sets = done_sets = planned_reps = done_reps = left_reps = right_reps = 0
    hurt = False
    by_exercise: dict[tuple[str, str], list[float]] = {}
    for share in shares:
        exercise, name, planned, worked, is_done, of_reps, reps, hold = share[:8]
        lefts, rights, on_left, on_right, hurts = share[8:]
        sets += 1
        done_sets += is_done
        work_planned += planned
        work_done += worked
        planned_reps += of_reps
        done_reps += reps
        left_reps += lefts
        right_reps += rights
        left_hold += on_left
        right_hold += on_right
        hurt = hurt or hurts
        total = by_exercise.get((exercise, name))
        if total is None:
            by_exercise[exercise, name] = [
                1,
                int(is_done),
                reps,
                hold,
                lefts,
                rights,
                on_left,
                on_right,
                reps,
                hold,
            ]
            continue
        total[0] += 1
        total[1] += is_done
        total[2] += reps
        total[3] += hold
        total[4] += lefts
        total[5] += rights
        total[6] += on_left
        total[7] += on_right
        total[8] = max(total[8], reps)
        total[9] = max(total[9], hold)
    level, rounds = record.choices.get("level"), record.choices.get("rounds")
    return SessionEntry(
        id=record.id,
        routine=record.routine,
        title=record.title,
        started=record.started,
        day=record.day,
        status=status_of(
            reached_end=record.status is SessionStatus.COMPLETED,
            work_planned=work_planned,
            work_done=work_done,
        ),
        active_seconds=record.active_seconds,
        work_planned=work_planned,
        work_done=work_done,
        sets=sets,
        done_sets=done_sets,
        planned_reps=planned_reps,
        done_reps=done_reps,
        left_reps=left_reps,
        right_reps=right_reps,
        left_hold_seconds=left_hold,
        right_hold_seconds=right_hold,
        hurt=hurt,
        level=level if isinstance(level, str) else "",
        rounds=rounds if isinstance(rounds, int) and not isinstance(rounds, bool) else None,
        note=record.note,
        discomfort_before=record.discomfort_before,
        discomfort_after=record.discomfort_after,
        totals=_pack([[*names, *total] for names, total in by_exercise.items()]),
    )


def share_of(step: StepRecord) -> Share:
    """What a step adds. Alternating sets are shared out evenly, the right side first."""
    left_reps = right_reps = 0
    left_hold = right_hold = 0.0
    hold = step.done_seconds if step.reps is None else 0.0
    if step.side is StepSide.ALTERNATING:
        right_reps, left_reps = (step.done_reps + 1) // 2, step.done_reps // 2
    elif step.side is StepSide.LEFT:
        left_reps, left_hold = step.done_reps, hold
    elif step.side is StepSide.RIGHT:
        right_reps, right_hold = step.done_reps, hold
    return Share(
        exercise=step.exercise,
        name=step.name,
        planned=step.work_planned,
        worked=step.work_done,
        is_done=step.outcome is Outcome.DONE,
        planned_reps=step.reps or 0,
        reps=step.done_reps,
        hold_seconds=hold,
        left_reps=left_reps,
        right_reps=right_reps,
        left_hold_seconds=left_hold,
        right_hold_seconds=right_hold,
        hurt=step.reason == HURT,
    )
