"""A session record as the tables of its TOML file, and back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

from hipcoach.core.exercise import Basis
from hipcoach.core.plan import StepKind, StepSide
from hipcoach.core.record import Outcome, SessionRecord, SessionStatus, StepRecord

FORMAT = 1


def record_to_toml(record: SessionRecord) -> dict[str, Any]:
    """A record as the tables of its file."""
    offset = record.started.utcoffset() or timedelta()
    return {
        "format": FORMAT,
        "app_version": record.app_version,
        "id": record.id,
        "routine": record.routine,
        "title": record.title,
        "source": record.source,
        "started": record.started.astimezone(UTC),
        "utc_offset_minutes": int(offset.total_seconds() // 60),
        "day": record.day,
        "status": record.status.value,
        "active_seconds": round(record.active_seconds, 3),
        "note": record.note,
        "choices": dict(record.choices),
        "step": [_step_to_toml(step) for step in record.steps],
    }


def record_from_toml(values: Mapping[str, Any], name: str) -> SessionRecord:
    """A record from the tables of its file.

    Raises:
        ValueError, KeyError, TypeError: it is not a session of a format we know.
    """
    number = values["format"]
    if not isinstance(number, int) or number < 1:
        raise ValueError("its format number is missing")
    if number > FORMAT:
        raise ValueError(f"it has format {number}, newer than this hipcoach")
    started = values["started"]
    day = values["day"]
    if not isinstance(started, datetime) or started.tzinfo is None:
        raise ValueError("its start is not a time with an offset")
    if not isinstance(day, date) or isinstance(day, datetime):
        raise ValueError("its day is not a date")
    offset = timezone(timedelta(minutes=_number(values.get("utc_offset_minutes", 0))))
    choices = values.get("choices", {})
    return SessionRecord(
        id=name,
        routine=_text(values["routine"]),
        title=_text(values.get("title", values["routine"])),
        started=started.astimezone(offset),
        day=day,
        status=SessionStatus(values["status"]),
        active_seconds=_number(values["active_seconds"]),
        steps=tuple(_step_from_toml(step) for step in values.get("step", [])),
        app_version=_text(values.get("app_version", "")),
        source=_text(values.get("source", "")),
        choices=choices if isinstance(choices, dict) else {},
        note=_text(values.get("note", "")),
    )


def _step_to_toml(step: StepRecord) -> dict[str, Any]:
    values: dict[str, Any] = {
        "kind": step.kind.value,
        "exercise": step.exercise,
        "name": step.name,
        "stage": step.stage,
        "side": step.side,
        "direction": step.direction,
        "round": step.round,
        "reps": step.reps,
        "seconds": step.seconds,
        "dose_basis": step.dose_basis,
        "dose_source": step.dose_source,
        "tempo_basis": step.tempo_basis,
        "outcome": step.outcome.value,
        "done_reps": step.done_reps if step.reps is not None else None,
        "done_seconds": round(step.done_seconds, 3),
        "reason": step.reason,
        "attempts": [[reps, round(seconds, 3)] for reps, seconds in step.attempts],
    }
    # TOML has no null: what there is nothing to say of is left out.
    return {key: value for key, value in values.items() if value not in (None, "", [])}


def _step_from_toml(values: Mapping[str, Any]) -> StepRecord:
    def word(field: str, kind: Any) -> Any:
        return kind(values[field]) if field in values else None

    return StepRecord(
        kind=StepKind(values["kind"]),
        exercise=_text(values["exercise"]),
        name=_text(values["name"]),
        stage=_text(values.get("stage", "")),
        side=word("side", StepSide),
        direction=word("direction", _text),
        round=word("round", _whole),
        reps=word("reps", _whole),
        seconds=_number(values["seconds"]),
        dose_basis=word("dose_basis", Basis),
        dose_source=word("dose_source", _text),
        tempo_basis=word("tempo_basis", Basis),
        outcome=Outcome(values["outcome"]),
        done_reps=_whole(values.get("done_reps", 0)),
        done_seconds=_number(values.get("done_seconds", 0)),
        reason=_text(values.get("reason", "")),
        attempts=tuple((_whole(reps), _number(seconds)) for reps, seconds in values.get("attempts", [])),
    )


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} should be a text")
    return value


def _number(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= abs(value) < 1e9:
        raise TypeError(f"{value!r} should be a number")
    return value


def _whole(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < 1_000_000_000:
        raise TypeError(f"{value!r} should be a whole number")
    return value
