"""All there is to know of one exercise, in words."""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Iterator

from hipcoach.commands.sources import source_text
from hipcoach.core.avoid import LOAD_WORDS
from hipcoach.core.catalog import Catalog
from hipcoach.core.compile import label_of
from hipcoach.core.exercise import Basis, Exercise, Level, Per, Sides, Stage, StageKind
from hipcoach.ui.format import EQUIPMENT_WORDS, POSITION_WORDS

PER_WORDS = {Per.SIDE: " a side", Per.TOTAL: " in all", Per.DIRECTION: " each way and side"}
SIDES_WORDS = {
    Sides.BOTH: "both sides at once",
    Sides.ONE_AT_A_TIME: "one side at a time",
    Sides.ALTERNATING: "sides alternating",
}
LABEL = 12
"""Characters for what a line is about."""
WIDEST = 100
"""Characters of a line; longer ones are hard to read."""


def exercise_text(exercise: Exercise, catalog: Catalog) -> str:
    """Everything: how it is done, its dose and whose that is, what it loads, where it comes from."""
    width = min(WIDEST, max(40, shutil.get_terminal_size((WIDEST, 24)).columns))
    lines = [exercise.name, "", *textwrap.wrap(exercise.summary, width), ""]
    for label, text in _facts(exercise, catalog):
        lines += textwrap.wrap(
            text,
            width,
            initial_indent=f"{label:{LABEL}}",
            subsequent_indent=" " * LABEL,
            break_on_hyphens=False,
        )
    return "\n".join(lines)


def dose_words(stage: Stage, sides: Sides) -> str:
    """How much of a stage: "12 reps a side", "5–15 s hold"."""
    unit = "s hold" if stage.kind is StageKind.HOLD else "reps"
    per = "" if sides is Sides.BOTH and stage.dose.per is not Per.DIRECTION else PER_WORDS[stage.dose.per]
    return f"{stage.dose.amount} {unit}{per}"


def _facts(exercise: Exercise, catalog: Catalog) -> Iterator[tuple[str, str]]:
    yield "Id", exercise.id
    if exercise.also_called:
        yield "Also called", ", ".join(exercise.also_called)
    yield "Position", POSITION_WORDS[exercise.position]
    first = f", {exercise.first_side} first" if exercise.first_side else ""
    means = f"; the side is {exercise.side_means}" if exercise.side_means else ""
    yield "Sides", f"{SIDES_WORDS[exercise.sides]}{first}{means}"
    yield "Set-up", exercise.setup
    for stage in exercise.stages:
        yield "Dose", _stage_text(stage, exercise, catalog)
    for label, texts in (
        ("Watch", exercise.cues),
        ("Breathing", (exercise.breathing,) if exercise.breathing else ()),
        ("Careful", exercise.cautions),
        ("Note", exercise.notes),
    ):
        for text in texts:
            yield label, text
    if exercise.equipment:
        yield "Needs", ", ".join(EQUIPMENT_WORDS[each] for each in exercise.equipment)
    if exercise.optional_equipment:
        yield "Helped by", ", ".join(EQUIPMENT_WORDS[each] for each in exercise.optional_equipment)
    if exercise.loads is None:
        yield "Loads", "not known; say so with loads = [...] in its file, [] for none"
    elif exercise.loads:
        yield "Loads", ", ".join(LOAD_WORDS.get(each, each.value) for each in exercise.loads)
    if exercise.level is not Level.BASIC:
        yield "Level", exercise.level.value
    if exercise.builds_on:
        yield "Builds on", ", ".join(exercise.builds_on)
    kin = [
        each.id
        for each in catalog.exercises.values()
        if each.family == exercise.family and each is not exercise
    ]
    if kin:
        yield "Family", ", ".join(kin)
    within = [
        routine.id
        for routine in catalog.routines.values()
        if exercise.id in (item.exercise for item in routine.items)
    ]
    yield "Routines", ", ".join(within) or "none"
    yield "Source", source_text(catalog.sources.get(exercise.source))


def _stage_text(stage: Stage, exercise: Exercise, catalog: Catalog) -> str:
    title = f"{stage.title}: " if stage.title and len(exercise.stages) > 1 else ""
    parts = [f"{title}{dose_words(stage, exercise.sides)}"]
    if stage.dose.basis is Basis.SUGGESTED:
        parts.append(f"suggested by {label_of(catalog.sources.get(stage.dose.source or '')) or 'hipcoach'}")
    if stage.directions:
        parts.append(f"directions {', '.join(stage.directions)}")
    if stage.phases:
        phases = ", ".join(
            _phase_text(phase.name, float(phase.seconds), phase.breath) for phase in stage.phases
        )
        mark = " (suggested)" if stage.tempo_basis is Basis.SUGGESTED else ""
        parts.append(f"a rep is {phases}{mark}")
    return "; ".join(parts)


def _phase_text(name: str, seconds: float, breath: str | None) -> str:
    return f"{name} {seconds:g} s{f' breathing {breath}' if breath else ''}"
