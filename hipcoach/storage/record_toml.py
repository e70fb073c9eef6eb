"""A session record as the tables of its TOML file, and back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hipcoach.core.exercise import Basis
from hipcoach.core.plan import StepKind, StepSide
from hipcoach.core.record import (
    Outcome,
    SessionRecord,
    SessionStatus,
    StepRecord,
    is_own_pace,
    judged,
    judged_step,
)
from hipcoach.storage.toml_folder import check_format
from hipcoach.storage.values import a_count, a_length, a_rating, a_text, choices
from hipcoach.storage.when_toml import when_from_toml, when_to_toml

FORMAT = 1


def record_to_toml(record: SessionRecord) -> dict[str, Any]:
    """A record as the tables of its file."""
    ratings = {"discomfort_before": record.discomfort_before, "discomfort_after": record.discomfort_after}
    return {
        "format": FORMAT,
        "app_version": record.app_version,
        "id": record.id,
        "routine": record.routine,
        "title": record.title,
        "source": record.source,
        **when_to_toml(record.started, record.day),
        "status": record.status.value,
        "active_seconds": round(record.active_seconds, 3),
        "note": record.note,
        **{name: rating for name, rating in ratings.items() if rating is not None},
        "choices": dict(record.choices),
        "step": [_step_to_toml(step) for step in record.steps],
    }


def record_from_toml(values: Mapping[str, Any], name: str) -> SessionRecord:
    """A record from the tables of its file, judged by the rules of today; those of the day it was written may
    have been others. What a newer format says beyond this one is passed over.

    Raises:
        ValueError, KeyError, TypeError: it is not a session as far as we know.
    """
    check_format(values)
    started, day = when_from_toml(values)
    chosen = choices(values.get("choices", {}))
    own_pace = is_own_pace(chosen)
    record = SessionRecord(
        id=name,
        routine=a_text(values["routine"]),
        title=a_text(values.get("title", values["routine"])),
        started=started,
        day=day,
        status=SessionStatus(values["status"]),
        active_seconds=a_length(values["active_seconds"]),
        steps=tuple(step_from_toml(step, own_pace) for step in values.get("step", [])),
        app_version=a_text(values.get("app_version", "")),
        source=a_text(values.get("source", "")),
        choices=chosen,
        note=a_text(values.get("note", "")),
        discomfort_before=a_rating(values.get("discomfort_before")),
        discomfort_after=a_rating(values.get("discomfort_after")),
    )
    return judged(record)


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


def step_from_toml(values: Mapping[str, Any], own_pace: bool) -> StepRecord:
    """A step from its table, judged where it was done at one's own pace and the table says how long it took.

    Raises:
        ValueError, KeyError, TypeError: it is no step as far as we know.
    """

    def word(field: str, kind: Any) -> Any:
        return kind(values[field]) if field in values else None

    step = StepRecord(
        kind=StepKind(values["kind"]),
        exercise=a_text(values.get("exercise", "")),
        name=a_text(values.get("name", "")),
        stage=a_text(values.get("stage", "")),
        side=word("side", StepSide),
        direction=word("direction", a_text),
        round=word("round", a_count),
        reps=word("reps", a_count),
        seconds=a_length(values["seconds"]),
        dose_basis=word("dose_basis", Basis),
        dose_source=word("dose_source", a_text),
        tempo_basis=word("tempo_basis", Basis),
        outcome=Outcome(values["outcome"]),
        done_reps=a_count(values.get("done_reps", 0)),
        done_seconds=a_length(values.get("done_seconds", 0)),
        reason=a_text(values.get("reason", "")),
        attempts=tuple((a_count(reps), a_length(seconds)) for reps, seconds in values.get("attempts", [])),
    )
    return judged_step(step) if own_pace and "done_seconds" in values else step
