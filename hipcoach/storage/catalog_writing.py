"""Routines, exercises and sources as the tables of a file, such that reading it gives the same again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hipcoach.core.exercise import Basis, Dose, Entry, Exercise, Level, Range, Source, Stage, StageKind
from hipcoach.core.routine import Block, Item, Order, Routine

FORMAT = 1


def file_values(
    routine: Routine,
    known: Mapping[str, Exercise],
    exercises: tuple[Exercise, ...] = (),
    sources: tuple[Source, ...] = (),
) -> dict[str, Any]:
    """The tables of a file with a routine, and with the exercises and sources that come in the same file.

    `known` holds every exercise of the routine, which tells what its doses count.
    """
    head, blocks = routine_values(routine, known)
    values: dict[str, Any] = {"format": FORMAT, "routine": head, "block": blocks}
    if sources:
        values["source"] = [source_values(each) for each in sources]
    if exercises:
        values["exercise"] = [exercise_values(each) for each in exercises]
    return values


def routine_values(
    routine: Routine, known: Mapping[str, Exercise]
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """A routine's own table, and its blocks."""
    head: dict[str, Any] = {
        "id": routine.id,
        "title": routine.title,
        "source": routine.source,
        "summary": routine.summary,
        "when": routine.when,
        "cautions": list(routine.cautions),
        "notes": list(routine.notes),
    }
    if routine.warmup:
        head["warmup"] = _said(
            {
                "title": routine.warmup.title,
                "seconds": routine.warmup.seconds,
                "basis": routine.warmup.basis.value,
                "source": routine.warmup.source,
                "options": list(routine.warmup.options),
            }
        )
    return _said(head), [_block(block, known) for block in routine.blocks]


def exercise_values(exercise: Exercise) -> dict[str, Any]:
    """An exercise's table."""
    values = _said(
        {
            "id": exercise.id,
            "name": exercise.name,
            "also_called": list(exercise.also_called),
            "family": exercise.family,
            "source": exercise.source,
            "summary": exercise.summary,
            "setup": exercise.setup,
            "position": exercise.position.value,
            "sides": exercise.sides.value,
            "first_side": exercise.first_side.value if exercise.first_side else "",
            "side_means": exercise.side_means,
            "equipment": [each.value for each in exercise.equipment],
            "optional_equipment": [each.value for each in exercise.optional_equipment],
            "level": exercise.level.value if exercise.level is not Level.BASIC else "",
            "builds_on": list(exercise.builds_on),
            "cues": list(exercise.cues),
            "cautions": list(exercise.cautions),
            "breathing": exercise.breathing,
            "notes": list(exercise.notes),
            "stage": [_stage(stage) for stage in exercise.stages],
        }
    )
    if exercise.loads is not None:  # an empty list says something: none
        values["loads"] = [each.value for each in exercise.loads]
    return values


def source_values(source: Source) -> dict[str, Any]:
    """A source's table."""
    return _said(
        {
            "id": source.id,
            "kind": source.kind,
            "title": source.title,
            "author": source.author,
            "published": source.published,
            "credits": source.credits,
            "url": source.url,
            "note": source.note,
        }
    )


def _block(block: Block, known: Mapping[str, Exercise]) -> dict[str, Any]:
    return _said(
        {
            "rounds": _amount(block.rounds) if block.rounds_stated else None,
            "order": block.order.value if block.order is not Order.ONE_BY_ONE else "",
            "rest_between_rounds": block.rest_between_rounds or None,
            "rest_between_exercises": block.rest_between_exercises or None,
            "item": [_item(item, known[item.exercise]) for item in block.items],
        }
    )


def _item(item: Item, exercise: Exercise) -> dict[str, Any]:
    kinds = {stage.id: stage.kind for stage in exercise.stages}
    doses = [
        {"stage": stage if len(kinds) > 1 else "", **_dose(dose, kinds[stage]), "basis": dose.basis.value}
        for stage, dose in item.doses.items()
    ]
    for values, dose in zip(doses, item.doses.values(), strict=True):
        values["source"] = dose.source if dose.basis is Basis.SUGGESTED else None
    return _said({"exercise": item.exercise, "gate": item.gate, "dose": [_said(each) for each in doses]})


def _stage(stage: Stage) -> dict[str, Any]:
    dose = _dose(stage.dose, stage.kind)
    is_suggested = stage.dose.basis is Basis.SUGGESTED
    if is_suggested:
        dose["source"] = stage.dose.source
    return _said(
        {
            "id": stage.id,
            "title": stage.title,
            "kind": stage.kind.value,
            "entry": stage.entry.value if stage.entry is not Entry.LEAD_IN else "",
            "suggested" if is_suggested else "dose": _said(dose),
            "phases": [
                _said(
                    {
                        "name": phase.name,
                        "seconds": _number(float(phase.seconds)),
                        "breath": phase.breath.value if phase.breath else "",
                    }
                )
                for phase in stage.phases
            ],
            "held_after": stage.held_after,
            "tempo_basis": stage.tempo_basis.value if stage.tempo_basis else "",
            "tempo_source": stage.tempo_source,
            "directions": list(stage.directions),
            "direction_basis": stage.direction_basis.value if stage.direction_basis else "",
            "direction_note": stage.direction_note,
            "cues": list(stage.cues),
        }
    )


def _dose(dose: Dose, kind: StageKind) -> dict[str, Any]:
    field = "seconds" if kind is StageKind.HOLD else "reps"
    return {field: _amount(dose.amount), "per": dose.per.value, "note": dose.note}


def _amount(amount: Range) -> int | dict[str, int]:
    return {"low": amount.low, "high": amount.high} if amount.is_range else amount.low


def _number(number: float) -> float | int:
    return int(number) if number.is_integer() else number


def _said(values: dict[str, Any]) -> dict[str, Any]:
    """Without what there is nothing to say of."""
    return {name: value for name, value in values.items() if value not in (None, "", [])}
