"""A plan as plain values: whole for the journal, and the part that scripts read of `hipcoach plan --json`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from msgspec.structs import asdict, replace

from hipcoach.core.avoid import Avoided
from hipcoach.core.choices import Pace
from hipcoach.core.exercise import Basis, Breath, Load, Position, Side
from hipcoach.core.plan import Plan, Step, StepKind, StepSide, TimedPhase
from hipcoach.storage.values import a_count, a_length, a_printable_text

T = TypeVar("T")

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

_STEP_FIELDS = Step.__struct_fields__


def published_plan(plan: Plan) -> dict[str, Any]:
    """What `hipcoach plan --json` prints. Seconds are whole numbers where they are whole."""
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
    """A whole plan as values that JSON can hold."""
    whole = asdict(replace(plan, steps=()))
    # Field by field, which takes a tenth of the time: there may be thousands, and a session is waiting.
    whole["avoided"] = tuple(asdict(each) for each in plan.avoided)
    whole["steps"] = tuple(_step_to_json(step) for step in plan.steps)
    return whole


def _step_to_json(step: Step) -> dict[str, Any]:
    values = {name: getattr(step, name) for name in _STEP_FIELDS}
    values["phases"] = tuple(
        {"name": phase.name, "seconds": phase.seconds, "breath": phase.breath} for phase in step.phases
    )
    return values


def plan_from_json(values: Mapping[str, Any]) -> Plan:
    """The plan that `plan_to_json` was given. What a newer hipcoach says besides is passed over.

    Raises:
        ValueError, KeyError, TypeError: the values are not a plan.
    """
    steps = tuple(_step(step) for step in values["steps"])
    if [step.index for step in steps] != list(range(len(steps))):
        raise ValueError("its steps are not in order")
    return Plan(
        routine=a_printable_text(values["routine"]),
        title=a_printable_text(values["title"]),
        steps=steps,
        source_title=_or_none(a_printable_text, values["source_title"]),
        source_author=_or_none(a_printable_text, values["source_author"]),
        source_published=_or_none(a_printable_text, values["source_published"]),
        left_out=_texts(values["left_out"]),
        # Journals written before anything could be avoided do not say so.
        avoided=tuple(_avoided(each) for each in values.get("avoided", ())),
        loads_unknown=_texts(values.get("loads_unknown", ())),
    )


def _step(values: Mapping[str, Any]) -> Step:
    step = Step(
        index=a_count(values["index"]),
        kind=StepKind(values["kind"]),
        name=a_printable_text(values["name"]),
        seconds=a_length(values["seconds"]),
        start=a_length(values["start"]),
        number=_or_none(a_count, values["number"]),
        exercise=_or_none(a_printable_text, values["exercise"]),
        item=_or_none(a_count, values["item"]),
        stage=a_printable_text(values["stage"]),
        stage_id=a_printable_text(values.get("stage_id", "")),
        side=_or_none(StepSide, values["side"]),
        side_means=a_printable_text(values["side_means"]),
        direction=_or_none(a_printable_text, values["direction"]),
        round=_or_none(a_count, values["round"]),
        rounds=_or_none(a_count, values["rounds"]),
        reps=_or_none(a_count, values["reps"]),
        pace=Pace(values["pace"]),
        dose_basis=_or_none(Basis, values["dose_basis"]),
        basis_in_round=_or_none(Basis, values.get("basis_in_round")),
        dose_source=_or_none(a_printable_text, values["dose_source"]),
        tempo_basis=_or_none(Basis, values["tempo_basis"]),
        phases=tuple(_phase(phase) for phase in values["phases"]),
        first_side=_or_none(Side, values["first_side"]),
        position=_or_none(Position, values["position"]),
        direct=bool(values["direct"]),
        switched=bool(values["switched"]),
        ends_round=bool(values["ends_round"]),
        cues=_texts(values["cues"]),
        note=a_printable_text(values["note"]),
    )
    if (step.kind is StepKind.REPS) is not bool(step.reps) or (step.reps and not step.rep_seconds):
        raise ValueError("the repetitions of a step make no sense")
    return step


def _avoided(values: Mapping[str, Any]) -> Avoided:
    return Avoided(
        exercise=a_printable_text(values["exercise"]),
        name=a_printable_text(values["name"]),
        loads=tuple(map(Load, values["loads"])),
        instead=_or_none(a_printable_text, values["instead"]),
        instead_name=a_printable_text(values["instead_name"]),
    )


def _phase(values: Mapping[str, Any]) -> TimedPhase:
    return TimedPhase(
        name=a_printable_text(values["name"]),
        seconds=a_length(values["seconds"]),
        breath=_or_none(Breath, values["breath"]),
    )


def _or_none(read: Callable[[Any], T], value: object) -> T | None:
    return None if value is None else read(value)


def _texts(values: object) -> tuple[str, ...]:
    if not isinstance(values, (list, tuple)):
        raise TypeError("a list of texts is none")
    return tuple(map(a_printable_text, values))
