"""`hipcoach exercises`: every exercise with its dose and who it comes from."""

from __future__ import annotations

from argparse import Namespace
from typing import Any

from hipcoach.commands.choosing import catalog_of, exercise_named
from hipcoach.commands.exercise_text import exercise_text
from hipcoach.commands.output import say, say_json, table
from hipcoach.commands.sources import source_json
from hipcoach.core.catalog import Catalog
from hipcoach.core.compile import label_of
from hipcoach.core.exercise import Basis, Dose, Exercise, Stage, StageKind
from hipcoach.core.sheet.amounts import amount_text
from hipcoach.paths import AppPaths

MARK = "*"
MOST_STAGES = 2
"""Whose doses a row of the table has room for."""


def run(options: Namespace, paths: AppPaths) -> int:
    """Print the exercises in the order of their names, or all there is to know of one.

    Raises:
        UsageError: there is no such exercise.
    """
    catalog = catalog_of(paths)
    if options.exercise is not None:
        one = exercise_named(options.exercise, catalog)
        if options.json:
            say_json(_json(one, catalog))
        else:
            say(exercise_text(one, catalog))
        return 0
    exercises = sorted(catalog.exercises.values(), key=lambda each: each.name.casefold())
    if options.json:
        say_json([_json(each, catalog) for each in exercises])
        return 0
    header = ("exercise", "name", "dose")
    say(table(header, [_row(each) for each in exercises]))
    say()
    say(f"{MARK} is our suggestion, where the source gives none. 'hipcoach exercises EXERCISE' tells all.")
    return 0


def _row(exercise: Exercise) -> tuple[str, ...]:
    doses = [
        amount_text(stage.dose, is_hold=stage.kind is StageKind.HOLD, sides=exercise.sides).partition(" (")[0]
        + (MARK if stage.dose.basis is Basis.SUGGESTED else "")
        for stage in exercise.stages
    ]
    is_suggested = any(stage.dose.basis is Basis.SUGGESTED for stage in exercise.stages)
    many = f"{len(doses)} parts{MARK if is_suggested else ''}"
    return exercise.id, exercise.name, ", ".join(doses) if len(doses) <= MOST_STAGES else many


def _json(exercise: Exercise, catalog: Catalog) -> dict[str, Any]:
    return {
        "id": exercise.id,
        "name": exercise.name,
        "also_called": list(exercise.also_called),
        "family": exercise.family,
        "source": source_json(catalog.sources.get(exercise.source)),
        "summary": exercise.summary,
        "setup": exercise.setup,
        "position": exercise.position,
        "sides": exercise.sides,
        "first_side": exercise.first_side,
        "side_means": exercise.side_means or None,
        "equipment": list(exercise.equipment),
        "optional_equipment": list(exercise.optional_equipment),
        "loads": list(exercise.loads or ()),
        "loads_known": exercise.loads is not None,
        "level": exercise.level,
        "builds_on": list(exercise.builds_on),
        "cues": list(exercise.cues),
        "cautions": list(exercise.cautions),
        "breathing": exercise.breathing,
        "notes": list(exercise.notes),
        "stages": [_stage_json(stage, catalog) for stage in exercise.stages],
        "routines": [
            routine.id
            for routine in catalog.routines.values()
            if exercise.id in (item.exercise for item in routine.items)
        ],
    }


def _stage_json(stage: Stage, catalog: Catalog) -> dict[str, Any]:
    return {
        "id": stage.id,
        "title": stage.title,
        "kind": stage.kind,
        "dose": _dose_json(stage.dose, catalog),
        "rep_seconds": float(stage.rep_seconds) or None,
        "tempo_basis": stage.tempo_basis,
        "tempo_source": label_of(catalog.sources.get(stage.tempo_source or "")),
        "directions": list(stage.directions),
        "phases": [
            {"name": phase.name, "seconds": float(phase.seconds), "breath": phase.breath}
            for phase in stage.phases
        ],
    }


def _dose_json(dose: Dose, catalog: Catalog) -> dict[str, Any]:
    return {
        "low": dose.amount.low,
        "high": dose.amount.high,
        "per": dose.per,
        "basis": dose.basis,
        "source": label_of(catalog.sources.get(dose.source or "")),
    }
