"""A plan as the picker shows it before it is done: what happens, in order, with doses, sides and time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import groupby

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from hipcoach.core.avoid import loads_text
from hipcoach.core.catalog import Catalog
from hipcoach.core.choices import Choices, Pace, rounds_of
from hipcoach.core.compile import as_chosen
from hipcoach.core.exercise import Basis
from hipcoach.core.plan import Plan, Step, StepKind, StepSide
from hipcoach.core.routine import Routine
from hipcoach.live.choices import Listening
from hipcoach.storage.settings import all_settings
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

MOST_ROWS = 200
"""Sets shown; nobody reads more of them before starting."""
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
    if choices.avoid:
        line.append("x ", style="bold")
        line.append(f"avoiding {loads_text(choices.avoid)}   ")
    line.append("a ", style="bold")
    line.append(all_settings()["audio.profile"].shown(listening.profile))
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
    chosen = as_chosen(routine, catalog, choices)
    source = catalog.sources[routine.source]
    crediting = f", crediting {source.credits}" if source.credits else ""
    head = Text()
    head.append(f"{routine.title}  ", style="bold")
    head.append(f"{total_text(plan)}\n", style="bold")
    head.append_text(choices_line(routine, catalog, choices, listening))
    head.append(f"\nFrom {plan.source_line or UNKNOWN_SOURCE}{crediting}\n", style="dim")
    positions = ", ".join(POSITION_WORDS[each] for each in catalog.positions_of(chosen))
    about = Text(f"\n{routine.summary}\n\n")
    if positions:
        about.append(f"Positions: {positions}.\n")
    things = [EQUIPMENT_WORDS[thing] for thing in catalog.equipment_of(chosen)]
    helpful = [EQUIPMENT_WORDS[thing] for thing in catalog.optional_equipment_of(chosen)]
    for words, wanted in (("You need", things), ("Helpful:", helpful)):
        if wanted:
            about.append(f"{words} {', '.join(wanted)}.\n")
    for line in filter(None, (routine.when, *routine.cautions)):
        about.append(f"{line}\n", style="dim")
    parts: list[RenderableType] = [head, set_rows(plan, side_colours)]
    parts += [Text(sentence, style="italic") for sentence in _missing(plan)]
    parts.append(about)
    parts += _footnotes(plan, chosen, catalog)
    return Group(*parts)


def _missing(plan: Plan) -> Iterable[str]:
    """A sentence for each thing that is in the routine and not, or not so, in the plan."""
    if plan.nothing_left:
        yield plan.nothing_left
    yield from plan.left_out
    for avoided in plan.avoided:
        yield f"{avoided.sentence[:1].upper()}{avoided.sentence[1:]}"
    yield from plan.loads_unknown


def set_rows(plan: Plan, side_colours: Mapping[StepSide, str]) -> Table:
    """The sets of a plan with their times, a row each; a round that is only repeated is told in one."""
    table = Table.grid(padding=(0, 1))
    table.add_column(justify="right", style="dim", no_wrap=True)
    table.add_column(no_wrap=True)
    table.add_column(ratio=1)
    table.add_column(justify="right", no_wrap=True)
    shown = [step for step in plan.steps if step.is_work or step.kind in (StepKind.WARMUP, StepKind.REST)]
    before: list[Step] = []
    for is_repeat, steps in groupby(shown[:MOST_ROWS], key=lambda step: (step.round or 1) > 1):
        batch = list(steps)
        if is_repeat:
            table.add_row(clock_text(batch[0].start), "", Text(_again(batch, before), style="italic"), "")
            continue
        for step in batch:
            table.add_row(clock_text(step.start), *_row(step, side_colours))
        before = batch
    return table


def _again(repeated: list[Step], before: list[Step]) -> str:
    """What rounds after the first are, in one line: everything before them, or some of it by name."""
    first, last = repeated[0].round, repeated[-1].round
    rounds = f"round {first}" if first == last else f"rounds {first} to {last}"
    names = dict.fromkeys(step.name for step in repeated if step.is_work)
    everything = {step.name for step in before if step.is_work} <= names.keys()
    return f"{'the same' if everything else ', '.join(names)} again: {rounds}"


def _row(step: Step, side_colours: Mapping[StepSide, str]) -> tuple[Text, Text, Text]:
    if not step.is_work:
        return Text(), Text(step.name), Text(f"{clock_text(step.seconds)}")
    word = SIDE_WORDS[step.side] if step.side in (StepSide.LEFT, StepSide.RIGHT) else ""
    if step.side is StepSide.ALTERNATING:
        word = "L/R"
    dose = Text(dose_text(step))
    dose.append("*" if step.amount_basis is Basis.SUGGESTED else " ")
    colour = side_colours.get(step.side, "") if step.side else ""
    return Text(word, style=colour), Text(work_name(step)), dose


def _footnotes(plan: Plan, routine: Routine, catalog: Catalog) -> Iterable[RenderableType]:
    suggested = [step for step in plan.steps if step.amount_basis is Basis.SUGGESTED]
    if suggested:
        labels = dict.fromkeys(step.dose_source for step in suggested if step.dose_source)
        yield Text("* suggested: the source gives no number here. After:", style="dim")
        for label in labels:
            yield Padding(Text(label, style="dim"), (0, 0, 0, 2))
    others = {
        exercise.source for exercise in catalog.exercises_of(routine) if exercise.source != routine.source
    }
    if others:
        yield Text()
        yield Text("Exercises from:", style="dim")
        for name in sorted(others):
            source = catalog.sources[name]
            label = ", ".join(filter(None, (source.author, source.title))) or UNKNOWN_SOURCE
            yield Padding(Text(label, style="dim"), (0, 0, 0, 2))
