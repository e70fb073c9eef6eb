"""A plan as plain values: whole for the journal, and the part that scripts read of `hipcoach plan --json`."""

from __future__ import annotations

from collections.abc import Mapping
from math import isfinite
from typing import Any

from msgspec import convert, to_builtins

from hipcoach.core.plan import Plan, StepKind

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
    """Return what `hipcoach plan --json` prints. Seconds are whole numbers where they are whole."""
    whole = plan_to_json(plan)
    return {
        "routine": plan.routine,
        "title": plan.title,
        "source": {
            "title": plan.source_title,
            "author": plan.source_author,
            "published": plan.source_published,
        },
        "total_seconds": plan.total_seconds,
        "steps": [{field: step[field] for field in PUBLISHED_STEP} for step in whole["steps"]],
        "avoided": whole["avoided"],
        "loads_unknown": whole["loads_unknown"],
    }


def plan_to_json(plan: Plan) -> dict[str, Any]:
    """Return a whole plan as values that JSON can hold."""
    values: dict[str, Any] = to_builtins(plan)
    return values


def plan_from_json(values: Mapping[str, Any]) -> Plan:
    """Return the plan that `plan_to_json` was given. What a newer hipcoach says besides is passed over.

    Raises:
        ValueError, KeyError, TypeError: the values are not a plan.
    """
    plan = convert(printable(values), Plan)
    check_plan(plan, values)
    return plan


def check_plan(plan: Plan, values: Mapping[str, Any]) -> None:
    """Check what no single field says of a plan that was made of these values.

    Raises:
        ValueError: they are not a plan.
    """
    if [step.index for step in plan.steps] != list(range(len(plan.steps))):
        raise ValueError("its steps are not in order")
    for step, given in zip(plan.steps, values["steps"], strict=True):
        if missing := set(PUBLISHED_STEP) - given.keys():
            raise ValueError(f"a step has no {min(missing)}")
        if (step.kind is StepKind.REPS) is not bool(step.reps) or (step.reps and not step.rep_seconds):
            raise ValueError("the repetitions of a step make no sense")
        if not isfinite(step.start + step.seconds + step.rep_seconds):
            raise ValueError("the times of a step make no sense")


def printable(value: Any) -> Any:
    """Return the same with a space for whatever could steer a terminal."""
    match value:
        case str():
            value.encode()  # JSON can hold what no text file can
            return "".join(char if char.isprintable() or char == "\n" else " " for char in value)
        case Mapping():
            return {name: printable(each) for name, each in value.items()}
        case list() | tuple():
            return [printable(each) for each in value]
    return value
