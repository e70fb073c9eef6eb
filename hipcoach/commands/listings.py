"""`hipcoach routines`, `exercises` and `plan`: what there is to do, and all about one of them."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Any

from msgspec import to_builtins
from msgspec.structs import asdict, replace

from hipcoach.commands.choosing import catalog_of, choices_from, doable, named, notes_on, settings_of
from hipcoach.commands.output import say, say_json, table, wrapped
from hipcoach.core.avoid import LOAD_WORDS
from hipcoach.core.catalog import Catalog
from hipcoach.core.choices import Choices
from hipcoach.core.compile import as_chosen, compile_plan, label_of
from hipcoach.core.exercise import Basis, Exercise, Source, Stage
from hipcoach.core.plan import Plan, Step, StepKind
from hipcoach.core.routine import Routine
from hipcoach.paths import AppPaths
from hipcoach.storage.app_state import load_state
from hipcoach.ui.format import (
    EQUIPMENT_WORDS,
    POSITION_WORDS,
    basis_text,
    clock_text,
    count_text,
    dose_text,
    total_text,
    work_name,
)

MARK = "*"
MOST_STAGES = 2
"""Whose doses a row of the table has room for."""
WORDS: dict[Any, str] = {**POSITION_WORDS, **EQUIPMENT_WORDS, **LOAD_WORDS}
"""How values of an exercise are called."""
UNKNOWN_LOADS = "not known; say so with loads = [...] in its file, [] for none"
LEADING = {
    StepKind.PREPARE: "Get ready: ",
    StepKind.SWITCH: "Switch side: ",
    StepKind.WARMUP: "Warm-up: ",
}
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
LABEL = 20
"""Characters for what a line is about."""


def routines(options: Namespace, paths: AppPaths) -> int:
    """Print the routines, each with its length at the low end of every range; or one of them, as a sheet.

    Raises:
        UsageError: there is no routine of that id.
    """
    catalog = catalog_of(paths)
    one = None if options.routine is None else named("routine", options.routine, catalog.routines)
    if one is not None and not options.json:
        # Late: to load what prints sheets takes a fifth of the time of `plan`, which needs none of it.
        from hipcoach.core.sheet.printing import sheet_text

        say(sheet_text(one, catalog).rstrip("\n"))
        return 0
    choices = Choices(timings=settings_of(paths).timings)
    if options.json:
        found = [
            _routine_json(each, catalog, compile_plan(each, catalog, choices))
            for each in ([one] if one else catalog.routines.values())
        ]
        say_json(found[0] if one else found)
        return 0
    remembered, _ = load_state(paths.memory)
    rows, left_out = [], []
    for routine in catalog.routines.values():
        chosen = replace(choices, gated=remembered.of(routine.id).mastered is True)
        plan = compile_plan(routine, catalog, chosen)
        rows.append(_routine_row(_routine_json(as_chosen(routine, catalog, chosen), catalog, plan)))
        left_out += [f"{plan.title}: {sentence}" for sentence in plan.left_out]
    header = ("routine", "title", "time", "drills", "positions", "needs", "by")
    say(table(header, rows, right=[2, 3]))
    say()
    for sentence in left_out:
        say(sentence)
    say("Times are for the low end of every range. 'hipcoach plan ROUTINE' shows every step.")
    return 0


def exercises(options: Namespace, paths: AppPaths) -> int:
    """Print the exercises in the order of their names, or all there is to know of one.

    Raises:
        UsageError: there is no such exercise.
    """
    catalog = catalog_of(paths)
    one = None if options.exercise is None else named("exercise", options.exercise, catalog.exercises)
    listed = sorted(catalog.exercises.values(), key=lambda each: each.name.casefold())
    if options.json:
        found = [_exercise_json(each, catalog) for each in listed]
        say_json(found if one is None else _exercise_json(one, catalog))
    elif one is not None:
        say(exercise_text(one, catalog))
    else:
        say(table(("exercise", "name", "dose"), [_exercise_row(each) for each in listed]))
        say()
        say(
            f"{MARK} is our suggestion, where the source gives none. 'hipcoach exercises EXERCISE' tells all."
        )
    return 0


def plan(options: Namespace, paths: AppPaths) -> int:
    """Print the plan.

    Raises:
        UsageError: there is no such routine, or a choice is out of its limits, or nothing is left to do.
    """
    catalog = catalog_of(paths)
    routine = named("routine", options.routine, catalog.routines)
    choices = choices_from(options, settings_of(paths).timings)
    made = doable(compile_plan(routine, catalog, choices))
    if options.json:
        say_json(_plan_json(made))
        return 0
    say(made.title)
    say(f"By {source_text(catalog.sources.get(routine.source))}.")
    say(f"In all {total_text(made)}, with {count_text(made.reps, 'rep')}.")
    if any(step.basis_in_round for step in made.steps):
        say("The number of rounds is your own, not the routine's.")
    for sentence in notes_on(made):
        say(sentence)
    for number, steps in groupby(made.steps, lambda step: step.round if (step.rounds or 1) > 1 else None):
        rows = list(steps)
        say()
        if number:
            say(f"Round {number} of {rows[0].rounds}")
        header = ("start", "step", "side", "dose", "tempo")
        say(table(header, [_step_row(step) for step in rows], right=[0]))
    _say_sources(
        "The exercises come from:",
        (
            (each.name, source_text(catalog.sources.get(each.source)))
            for each in catalog.exercises_of(as_chosen(routine, catalog, choices))
            if each.source != routine.source
        ),
    )
    _say_sources(
        "Doses marked (suggested) are not given by the routine's source; they come from:",
        ((step.name, step.dose_source) for step in made.steps if step.amount_basis is Basis.SUGGESTED),
    )
    if any(step.tempo_basis is Basis.SUGGESTED for step in made.steps):
        say(
            "\n* suggested, since no tempo is given; 'hipcoach exercises EXERCISE' shows where it comes from."
        )
    return 0


def exercise_text(exercise: Exercise, catalog: Catalog) -> str:
    """Return everything: how it is done, its dose and whose that is, what it loads, where it comes from."""
    facts = asdict(exercise) | {
        "stages": [_stage_text(stage, exercise, catalog) for stage in exercise.stages],
        "loads": UNKNOWN_LOADS if exercise.loads is None else exercise.loads,
        "routines": _routines_with(exercise, catalog),
        "source": source_text(catalog.sources.get(exercise.source)),
    }
    lines = [facts.pop("name"), "", *wrapped(facts.pop("summary"), ""), ""]
    for name, value in facts.items():
        label = f"{name.replace('_', ' ').capitalize():{LABEL}}"
        for text in [value] if isinstance(value, str) else value or ():
            lines += wrapped(WORDS.get(text, text), " " * LABEL, label)
            label = " " * LABEL
    return "\n".join(lines)


def source_text(source: Source | None) -> str:
    """Return a source in full, as far as it is known."""
    known = (source.author, source.title, source.published) if source else ()
    text = ", ".join(part for part in known if part) or "an unknown author, untitled and undated"
    return f"{text}, after {source.credits}" if source and source.credits else text


def _source_json(source: Source | None) -> dict[str, str | None]:
    """Return a source for scripts; what is not known of it is null."""
    return {name: getattr(source, name, None) for name in ("title", "author", "published", "credits", "url")}


def _routine_json(routine: Routine, catalog: Catalog, plan: Plan) -> dict[str, Any]:
    return {
        "id": routine.id,
        "title": routine.title,
        "summary": routine.summary,
        "source": _source_json(catalog.sources.get(routine.source)),
        "total_seconds": plan.total_seconds,
        "rounds": {"low": routine.rounds.low, "high": routine.rounds.high},
        "exercises": [exercise.id for exercise in catalog.exercises_of(routine)],
        "positions": catalog.positions_of(routine),
        "equipment": catalog.equipment_of(routine),
        "optional_equipment": catalog.optional_equipment_of(routine),
        "loads": catalog.loads_of(routine),
        "warmup_seconds": routine.warmup.seconds if routine.warmup else 0,
        "gated": [item.exercise for item in routine.items if item.gate],
        "when": routine.when,
        "cautions": routine.cautions,
        "notes": routine.notes,
    }


def _routine_row(routine: Mapping[str, Any]) -> tuple[str, ...]:
    source = routine["source"]
    return (
        routine["id"],
        routine["title"],
        clock_text(routine["total_seconds"]),
        str(len(routine["exercises"])),
        ", ".join(POSITION_WORDS[each] for each in routine["positions"]),
        ", ".join(EQUIPMENT_WORDS[each] for each in routine["equipment"]) or "nothing",
        (source["author"] or "unknown author")
        + (f", after {source['credits']}" if source["credits"] else ""),
    )


def _exercise_row(exercise: Exercise) -> tuple[str, ...]:
    doses = [_amount(stage, exercise) for stage in exercise.stages]
    if len(doses) > MOST_STAGES:
        doses = [f"{len(doses)} parts{MARK if any(each.endswith(MARK) for each in doses) else ''}"]
    return exercise.id, exercise.name, ", ".join(doses)


def _amount(stage: Stage, exercise: Exercise) -> str:
    from hipcoach.core.sheet.printing import amount_text  # late as above

    amount = amount_text(stage.dose, sides=exercise.sides).partition(" (")[0]
    return f"{amount}{MARK if stage.dose.basis is Basis.SUGGESTED else ''}"


def _exercise_json(exercise: Exercise, catalog: Catalog) -> dict[str, Any]:
    return asdict(exercise) | {
        "source": _source_json(catalog.sources.get(exercise.source)),
        "side_means": exercise.side_means or None,
        "loads": exercise.loads or (),
        "loads_known": exercise.loads is not None,
        "stages": [_stage_json(stage, catalog) for stage in exercise.stages],
        "routines": _routines_with(exercise, catalog),
    }


def _stage_json(stage: Stage, catalog: Catalog) -> dict[str, Any]:
    dose = stage.dose
    return {
        "id": stage.id,
        "title": stage.title,
        "kind": stage.kind,
        "dose": {
            "low": dose.amount.low,
            "high": dose.amount.high,
            "per": dose.per,
            "basis": dose.basis,
            "source": label_of(catalog.sources.get(dose.source or "")),
        },
        "rep_seconds": float(stage.rep_seconds) or None,
        "tempo_basis": stage.tempo_basis,
        "tempo_source": label_of(catalog.sources.get(stage.tempo_source or "")),
        "directions": stage.directions,
        "phases": [asdict(phase) | {"seconds": float(phase.seconds)} for phase in stage.phases],
    }


def _routines_with(exercise: Exercise, catalog: Catalog) -> list[str]:
    return [
        routine.id
        for routine in catalog.routines.values()
        if exercise.id in (item.exercise for item in routine.items)
    ]


def _stage_text(stage: Stage, exercise: Exercise, catalog: Catalog) -> str:
    title = f"{stage.title}: " if stage.title and len(exercise.stages) > 1 else ""
    parts = [f"{title}{_amount(stage, exercise)}"]
    if stage.dose.basis is Basis.SUGGESTED:
        parts.append(f"suggested by {label_of(catalog.sources.get(stage.dose.source or '')) or 'hipcoach'}")
    if stage.directions:
        parts.append(f"directions {', '.join(stage.directions)}")
    phases = [
        f"{phase.name} {float(phase.seconds):g} s{f' breathing {phase.breath}' if phase.breath else ''}"
        for phase in stage.phases
    ]
    if phases:
        whose = label_of(catalog.sources.get(stage.tempo_source or "")) or "hipcoach"
        mark = f" (suggested by {whose})" if stage.tempo_basis is Basis.SUGGESTED else ""
        parts.append(f"a rep is {', '.join(phases)}{mark}")
    return "; ".join(parts)


def _plan_json(plan: Plan) -> dict[str, Any]:
    whole = to_builtins(plan)
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


def _step_row(step: Step) -> tuple[str, ...]:
    dose = dose_text(step) if step.is_work else clock_text(step.seconds)
    basis = basis_text(step)
    mark = f" ({basis})" if basis else ""
    name = LEADING.get(step.kind, "") + (work_name(step) if step.is_work else step.name)
    return clock_text(step.start), name, step.side or "", dose + mark, _tempo(step)


def _tempo(step: Step) -> str:
    if step.kind is not StepKind.REPS:
        return ""
    if step.is_open:
        return "own pace"
    mark = {Basis.SUGGESTED: " *", Basis.USER: " (your own)"}.get(step.tempo_basis or Basis.SOURCE, "")
    return f"{step.rep_seconds:g} s a rep{mark}"


def _say_sources(heading: str, named: Iterable[tuple[str, str | None]]) -> None:
    """Print a line for each source, with the exercises that take something from it."""
    names: dict[str, dict[str, None]] = {}
    for name, source in named:
        names.setdefault(source or "hipcoach", {})[name] = None
    if names:
        say()
        say(heading)
        for source, exercises in names.items():
            say(f"  {', '.join(exercises)}: {source}")
