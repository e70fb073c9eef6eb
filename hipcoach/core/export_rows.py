"""Sessions and their sets as rows of plain values, for spreadsheets and scripts.

Times are ISO 8601 with their offset from UTC, lengths are seconds; pauses are not counted.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeAlias

from hipcoach.core.record import Outcome, SessionRecord, counts

Row: TypeAlias = Mapping[str, str | int | float | bool | None]

SESSION_FIELDS = (
    "id",
    "routine",
    "title",
    "source",
    "started",
    "utc_offset_minutes",
    "day",
    "status",
    "counts",
    "active_seconds",
    "planned_sets",
    "done_sets",
    "planned_reps",
    "done_reps",
    "planned_work_seconds",
    "done_work_seconds",
    "discomfort_before",
    "discomfort_after",
    "app_version",
    "note",
)
"""What is said of a session, in this order."""
SET_FIELDS = (
    "session",
    "day",
    "routine",
    "set",
    "kind",
    "exercise",
    "name",
    "stage",
    "side",
    "direction",
    "round",
    "planned_reps",
    "planned_seconds",
    "dose_basis",
    "dose_source",
    "tempo_basis",
    "outcome",
    "done_reps",
    "done_seconds",
    "attempts",
    "reason",
)
"""What is said of a set, planned and done, in this order; `session` is the session's id."""


def session_row(record: SessionRecord) -> Row:
    """One session in all."""
    offset = record.started.utcoffset()
    values = (
        record.id,
        record.routine,
        record.title,
        record.source,
        record.started.isoformat(timespec="seconds"),
        int(offset.total_seconds() // 60) if offset else 0,
        record.day.isoformat(),
        record.status.value,
        counts(record),
        _rounded(record.active_seconds),
        len(record.steps),
        sum(step.outcome is Outcome.DONE for step in record.steps),
        sum(step.reps or 0 for step in record.steps),
        sum(step.done_reps for step in record.steps),
        _rounded(record.work_planned),
        _rounded(record.work_done),
        record.discomfort_before,
        record.discomfort_after,
        record.app_version,
        record.note,
    )
    return dict(zip(SESSION_FIELDS, values, strict=True))


def set_rows(record: SessionRecord) -> Iterator[Row]:
    """Every set of a session, also those that were skipped or not reached."""
    for number, step in enumerate(record.steps, 1):
        values = (
            record.id,
            record.day.isoformat(),
            record.routine,
            number,
            step.kind.value,
            step.exercise,
            step.name,
            step.stage,
            step.side.value if step.side else None,
            step.direction,
            step.round,
            step.reps,
            _rounded(step.seconds),
            step.dose_basis.value if step.dose_basis else None,
            step.dose_source,
            step.tempo_basis.value if step.tempo_basis else None,
            step.outcome.value,
            step.done_reps if step.reps is not None else None,
            _rounded(step.done_seconds),
            max(1, len(step.attempts))
            if step.outcome in (Outcome.DONE, Outcome.PARTIAL)
            else len(step.attempts),
            step.reason,
        )
        yield dict(zip(SET_FIELDS, values, strict=True))


def _rounded(seconds: float) -> float:
    return round(seconds, 3)
