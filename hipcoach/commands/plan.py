"""`hipcoach plan ROUTINE`: every step of a routine, as it will be done."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterable, Iterator
from itertools import groupby

from hipcoach.commands.choosing import catalog_of, choices_from, doable, named, notes_on, settings_of
from hipcoach.commands.listings import source_text
from hipcoach.commands.output import say, say_json, table
from hipcoach.core.catalog import Catalog
from hipcoach.core.compile import as_chosen, compile_plan, label_of
from hipcoach.core.exercise import Basis
from hipcoach.core.plan import Plan, Step, StepKind
from hipcoach.core.routine import Routine
from hipcoach.paths import AppPaths
from hipcoach.ui.format import basis_text, clock_text, count_text, dose_text, total_text, work_name

LEADING = {
    StepKind.PREPARE: "Get ready: ",
    StepKind.SWITCH: "Switch side: ",
    StepKind.WARMUP: "Warm-up: ",
}


def run(options: Namespace, paths: AppPaths) -> int:
    """Print the plan.

    Raises:
        UsageError: there is no such routine, or a choice is out of its limits, or nothing is left to do.
    """
    catalog = catalog_of(paths)
    routine = named("routine", options.routine, catalog.routines)
    choices = choices_from(options, settings_of(paths).timings)
    plan = doable(compile_plan(routine, catalog, choices))
    if options.json:
        from hipcoach.storage.plan_json import published_plan

        say_json(published_plan(plan))
        return 0
    say(plan.title)
    say(f"By {source_text(catalog.sources.get(routine.source))}.")
    say(f"In all {total_text(plan)}, with {count_text(plan.reps, 'rep')}.")
    if any(step.basis_in_round for step in plan.steps):
        say("The number of rounds is your own, not the routine's.")
    for sentence in notes_on(plan):
        say(sentence)
    for number, steps in groupby(plan.steps, lambda step: step.round if (step.rounds or 1) > 1 else None):
        rows = list(steps)
        say()
        if number:
            say(f"Round {number} of {rows[0].rounds}")
        header = ("start", "step", "side", "dose", "tempo")
        say(table(header, [_row(step) for step in rows], right=[0]))
    _say_where_from(as_chosen(routine, catalog, choices), plan, catalog)
    return 0


def _row(step: Step) -> tuple[str, ...]:
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


def _say_where_from(routine: Routine, plan: Plan, catalog: Catalog) -> None:
    """Print whom each exercise comes from, where they have several sources, and whom what is suggested."""
    _say_sources(
        "The exercises come from:",
        (
            (each.name, source_text(catalog.sources.get(each.source)))
            for each in catalog.exercises_of(routine)
            if each.source != routine.source
        ),
    )
    _say_sources(
        "Doses marked (suggested) are not given by the routine's source; they come from:",
        ((step.name, step.dose_source) for step in plan.steps if step.amount_basis is Basis.SUGGESTED),
    )
    _say_sources(
        "* The routine's source gives no tempo; what is suggested comes from:",
        _suggested_tempos(plan, catalog),
    )


def _suggested_tempos(plan: Plan, catalog: Catalog) -> Iterator[tuple[str, str | None]]:
    suggested = (step for step in plan.steps if step.tempo_basis is Basis.SUGGESTED)
    for name, key, title in dict.fromkeys((step.name, step.exercise, step.stage) for step in suggested):
        exercise = catalog.exercises.get(key or "")
        for stage in exercise.stages if exercise else ():
            if stage.tempo_source and title in ("", stage.title):
                yield name, label_of(catalog.sources.get(stage.tempo_source))


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
