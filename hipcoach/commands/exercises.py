"""`hipcoach exercises`: every exercise with its dose and who it comes from."""

from __future__ import annotations

from argparse import Namespace
from typing import Any

from hipcoach.commands.choosing import catalog_of
from hipcoach.commands.printing import say, say_json, table
from hipcoach.commands.sources import author_text, source_json
from hipcoach.core.catalog import Catalog
from hipcoach.core.compile import label_of
from hipcoach.core.exercise import Basis, Dose, Exercise, Per, Sides, Stage, StageKind
from hipcoach.paths import AppPaths
from hipcoach.ui.format import POSITION_WORDS

PER_WORDS = {Per.SIDE: " a side", Per.TOTAL: " in all", Per.DIRECTION: " each way and side"}
SIDES_WORDS = {
    Sides.BOTH: "both at once",
    Sides.ONE_AT_A_TIME: "one at a time",
    Sides.ALTERNATING: "alternating",
}


def run(options: Namespace, paths: AppPaths) -> int:
    """Print the exercises in the order of their names."""
    catalog = catalog_of(paths)
    exercises = sorted(catalog.exercises.values(), key=lambda each: each.name.casefold())
    if options.json:
        say_json([_json(each, catalog) for each in exercises])
        return 0
    header = ("exercise", "name", "position", "sides", "dose", "by")
    say(table(header, [_row(each, catalog) for each in exercises]))
    return 0


def _row(exercise: Exercise, catalog: Catalog) -> tuple[str, ...]:
    return (
        exercise.id,
        exercise.name,
        POSITION_WORDS[exercise.position],
        SIDES_WORDS[exercise.sides],
        "; ".join(_dose_text(stage, exercise.sides) for stage in exercise.stages),
        author_text(catalog.sources.get(exercise.source)),
    )


def _dose_text(stage: Stage, sides: Sides) -> str:
    unit = "s hold" if stage.kind is StageKind.HOLD else "reps"
    per = "" if sides is Sides.BOTH and stage.dose.per is not Per.DIRECTION else PER_WORDS[stage.dose.per]
    mark = " (suggested)" if stage.dose.basis is Basis.SUGGESTED else ""
    return f"{stage.dose.amount} {unit}{per}{mark}"


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
        "loads": list(exercise.loads),
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
