"""A plan as plain values: whole for the journal, and the part that scripts read of `hipcoach plan --json`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from hipcoach.core.choices import Pace
from hipcoach.core.exercise import Basis, Breath, Position, Side
from hipcoach.core.plan import Plan, Step, StepKind, StepSide, TimedPhase

PUBLISHED_STEP = [
    "index",
    "kind",
    "exercise",
    "name",
    "side",
    "direction",
    "round",
    "reps",
    "seconds",
    "start",
    "pace",
    "dose_basis",
    "tempo_basis",
]
"""The fields of a step that `plan --json` promises, in that order."""


def published_plan(plan: Plan) -> dict[str, Any]:
    """What `hipcoach plan --json` prints. Seconds are whole numbers where they are whole."""
    steps = plan_to_json(plan)["steps"]
    return {
        "routine": plan.routine,
        "title": plan.title,
        "source": {
            "title": plan.source_title,
            "author": plan.source_author,
            "published": plan.source_published,
        },
        "total_seconds": plan.total_seconds,
        "steps": [{field: step[field] for field in PUBLISHED_STEP} for step in steps],
    }


def plan_to_json(plan: Plan) -> dict[str, Any]:
    """A whole plan as values that JSON can hold."""
    return asdict(plan)


def plan_from_json(values: Mapping[str, Any]) -> Plan:
    """The plan that `plan_to_json` was given.

    Raises:
        ValueError, KeyError, TypeError: the values are not a plan.
    """
    rest = {key: value for key, value in values.items() if key not in ("steps", "left_out")}
    steps = tuple(_step(step) for step in values["steps"])
    if [step.index for step in steps] != list(range(len(steps))):
        raise ValueError("its steps are not in order")
    return Plan(**rest, steps=steps, left_out=tuple(values["left_out"]))


def _step(values: Mapping[str, Any]) -> Step:
    def word(field: str, kind: Any) -> Any:
        return None if values[field] is None else kind(values[field])

    changed: dict[str, Any] = {
        "kind": StepKind(values["kind"]),
        "side": word("side", StepSide),
        "pace": Pace(values["pace"]),
        "dose_basis": word("dose_basis", Basis),
        "tempo_basis": word("tempo_basis", Basis),
        "first_side": word("first_side", Side),
        "position": word("position", Position),
        "cues": tuple(values["cues"]),
        "phases": tuple(
            TimedPhase(phase["name"], phase["seconds"], phase["breath"] and Breath(phase["breath"]))
            for phase in values["phases"]
        ),
    }
    return Step(**{**values, **changed})
