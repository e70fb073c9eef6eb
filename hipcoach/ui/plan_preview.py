"""A plan as the picker shows it before it is done: what happens, in order, with doses, sides and time."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from hipcoach.core.catalog import Catalog
from hipcoach.core.choices import Choices, Pace, rounds_of
from hipcoach.core.exercise import Basis
from hipcoach.core.plan import Plan, Step, StepKind, StepSide
from hipcoach.core.record import source_line
from hipcoach.core.routine import Routine
from hipcoach.ui.format import (
    EQUIPMENT_WORDS,
    POSITION_WORDS,
    SIDE_WORDS,
    clock_text,
    count_text,
    dose_text,
    total_text,
    work_name,
)
from hipcoach.ui.listening import PROFILE_WORDS, Listening

MOST_ROWS = 200
"""Sets shown; nobody reads more of them before starting."""
SIDE_STYLES = {StepSide.LEFT: "left", StepSide.RIGHT: "right"}
UNKNOWN_SOURCE = "an article without title or author"


def choices_line(routine: Routine, catalog: Catalog, choices: Choices, listening: Listening) -> Text:
    """The choices as they stand, each with its key."""
    rounds, own = rounds_of(routine, routine.blocks[0], choices)
    line = Text()
    line.append("+ − ", style="bold")
    line.append(f"{count_text(rounds, 'round')}{' (your own)' if own else ''}   ")
    if catalog.has_range(routine):
        line.append("l ", style="bold")
        line.append(f"level {choices.level.value}   ")
    line.append("o ", style="bold")
    line.append("own pace   " if choices.pace is Pace.OWN else "paced   ")
    if routine.warmup is not None:
        line.append("w ", style="bold")
        line.append("with warm-up   " if choices.warmup else "no warm-up   ")
    line.append("a ", style="bold")
    line.append(PROFILE_WORDS[listening.profile])
    if listening.speech:
        line.append(", voice")
    return line


def preview(
    routine: Routine,
    catalog: Catalog,
    plan: Plan,
    choices: Choices,
    listening: Listening,
    side_colours: dict[StepSide, str],
) -> RenderableType:
    """Everything about a routine that helps to choose it."""
    source = catalog.sources[routine.source]
    crediting = f", crediting {source.credits}" if source.credits else ""
    head = Text()
    head.append(f"{routine.title}  ", style="bold")
    head.append(f"{total_text(plan)}\n", style="bold")
    head.append_text(choices_line(routine, catalog, choices, listening))
    head.append(f"\nFrom {source_line(plan) or UNKNOWN_SOURCE}{crediting}\n", style="dim")
    positions = ", ".join(POSITION_WORDS[each] for each in catalog.positions_of(routine))
    about = Text(f"\n{routine.summary}\n\nPositions: {positions}.\n")
    things = [EQUIPMENT_WORDS[thing] for thing in catalog.equipment_of(routine)]
    helpful = [EQUIPMENT_WORDS[thing] for thing in catalog.optional_equipment_of(routine)]
    for words, wanted in (("You need", things), ("Helpful:", helpful)):
        if wanted:
            about.append(f"{words} {', '.join(wanted)}.\n")
    for line in filter(None, (routine.when, *routine.cautions)):
        about.append(f"{line}\n", style="dim")
    parts: list[RenderableType] = [head, _table(plan, side_colours)]
    parts += [Text(sentence, style="italic") for sentence in plan.left_out]
    parts.append(about)
    parts += _footnotes(plan, routine, catalog)
    return Group(*parts)


def _table(plan: Plan, side_colours: dict[StepSide, str]) -> Table:
    table = Table.grid(padding=(0, 1))
    table.add_column(justify="right", style="dim", no_wrap=True)
    table.add_column(no_wrap=True)
    table.add_column(ratio=1)
    table.add_column(justify="right", no_wrap=True)
    shown = [step for step in plan.steps if step.is_work or step.kind in (StepKind.WARMUP, StepKind.REST)]
    for number, steps in groupby(shown[:MOST_ROWS], key=lambda step: step.round):
        steps_of_round = list(steps)
        if number is not None and number > 1:
            first = steps_of_round[0]
            last = max(step.round or 0 for step in plan.steps)
            again = f"round {number}" if number == last else f"rounds {number} to {last}"
            table.add_row(clock_text(first.start), "", Text(f"the same again: {again}", style="italic"), "")
            break
        for step in steps_of_round:
            table.add_row(clock_text(step.start), *_row(step, side_colours))
    return table


def _row(step: Step, side_colours: dict[StepSide, str]) -> tuple[Text, Text, Text]:
    if not step.is_work:
        return Text(), Text(step.name), Text(f"{clock_text(step.seconds)}")
    word = SIDE_WORDS[step.side] if step.side in (StepSide.LEFT, StepSide.RIGHT) else ""
    if step.side is StepSide.ALTERNATING:
        word = "L/R"
    dose = Text(dose_text(step))
    dose.append("*" if step.dose_basis is Basis.SUGGESTED else " ")
    colour = side_colours.get(step.side, "") if step.side else ""
    return Text(word, style=colour), Text(work_name(step)), dose


def _footnotes(plan: Plan, routine: Routine, catalog: Catalog) -> Iterable[RenderableType]:
    suggested = [step for step in plan.steps if step.dose_basis is Basis.SUGGESTED]
    if suggested:
        labels = dict.fromkeys(step.dose_source for step in suggested if step.dose_source)
        yield Text("* suggested: the source gives no number here. After:", style="dim")
        for label in labels:
            yield Text(f"  {label}", style="dim")
    others = {
        exercise.source for exercise in catalog.exercises_of(routine) if exercise.source != routine.source
    }
    if others:
        yield Text()
        yield Text("Exercises from:", style="dim")
        for name in sorted(others):
            source = catalog.sources[name]
            label = ", ".join(filter(None, (source.author, source.title))) or UNKNOWN_SOURCE
            yield Text(f"  {label}", style="dim")
