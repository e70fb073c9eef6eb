"""`hipcoach routines`: what there is to do."""

from __future__ import annotations

from argparse import Namespace
from typing import Any

from msgspec.structs import replace

from hipcoach.commands.choosing import catalog_of, routine_named, settings_of
from hipcoach.commands.output import say, say_json, table
from hipcoach.commands.sources import author_text, source_json
from hipcoach.core.catalog import Catalog
from hipcoach.core.choices import Choices
from hipcoach.core.compile import as_chosen, compile_plan
from hipcoach.core.plan import Plan
from hipcoach.core.routine import Routine
from hipcoach.paths import AppPaths
from hipcoach.storage.memory import load_memory
from hipcoach.ui.format import EQUIPMENT_WORDS, POSITION_WORDS, clock_text


def run(options: Namespace, paths: AppPaths) -> int:
    """Print the routines, each with its length at the low end of every range; or one of them, as a sheet.

    Raises:
        UsageError: there is no routine of that id.
    """
    catalog = catalog_of(paths)
    one = None if options.routine is None else routine_named(options.routine, catalog)
    if one is not None and not options.json:
        from hipcoach.core.sheet.printing import sheet_text

        say(sheet_text(one, catalog).rstrip("\n"))
        return 0
    choices = Choices(timings=settings_of(paths).timings)
    routines = catalog.routines.values()
    if options.json:
        found = [_json(each, catalog, choices) for each in ([one] if one else routines)]
        say_json(found[0] if one else found)
        return 0
    mastered = load_memory(paths.memory).mastered
    chosen = {each.id: replace(choices, gated=mastered.get(each.id, False)) for each in routines}
    plans = {each.id: compile_plan(each, catalog, chosen[each.id]) for each in routines}
    header = ("routine", "title", "time", "drills", "positions", "needs", "by")
    say(
        table(
            header,
            [_row(as_chosen(each, catalog, chosen[each.id]), catalog, plans[each.id]) for each in routines],
            right=[2, 3],
        )
    )
    say()
    for plan in plans.values():
        for sentence in plan.left_out:
            say(f"{plan.title}: {sentence}")
    say("Times are for the low end of every range. 'hipcoach plan ROUTINE' shows every step.")
    return 0


def _row(routine: Routine, catalog: Catalog, plan: Plan) -> tuple[str, ...]:
    needs = [EQUIPMENT_WORDS[thing] for thing in catalog.equipment_of(routine)]
    return (
        routine.id,
        routine.title,
        clock_text(plan.total_seconds),
        str(len(catalog.exercises_of(routine))),
        ", ".join(POSITION_WORDS[position] for position in catalog.positions_of(routine)),
        ", ".join(needs) or "nothing",
        author_text(catalog.sources.get(routine.source)),
    )


def _json(routine: Routine, catalog: Catalog, choices: Choices) -> dict[str, Any]:
    return {
        "id": routine.id,
        "title": routine.title,
        "summary": routine.summary,
        "source": source_json(catalog.sources.get(routine.source)),
        "total_seconds": compile_plan(routine, catalog, choices).total_seconds,
        "rounds": {"low": routine.rounds.low, "high": routine.rounds.high},
        "exercises": [exercise.id for exercise in catalog.exercises_of(routine)],
        "positions": list(catalog.positions_of(routine)),
        "equipment": list(catalog.equipment_of(routine)),
        "optional_equipment": list(catalog.optional_equipment_of(routine)),
        "loads": list(catalog.loads_of(routine)),
        "warmup_seconds": routine.warmup.seconds if routine.warmup else 0,
        "gated": [item.exercise for item in routine.items if item.gate],
        "when": routine.when,
        "cautions": list(routine.cautions),
        "notes": list(routine.notes),
    }
