"""A routine in the short text form, such that reading it gives the same routine."""

from __future__ import annotations

from collections.abc import Iterator

from hipcoach.core.catalog import Catalog
from hipcoach.core.exercise import Basis, Exercise, StageKind
from hipcoach.core.routine import Block, Item, Order, Routine, WarmUp
from hipcoach.core.sheet.amounts import amount_text, range_text
from hipcoach.core.sheet.escapes import escaped
from hipcoach.core.sheet.lines import Work, read_line
from hipcoach.core.sheet.names import Names
from hipcoach.core.sheet.stage_doses import doses_of, fits

INDENT = "  "
WARM_UP_BASIS = {Basis.SOURCE: "source", Basis.SUGGESTED: "suggested", Basis.USER: "mine"}


def sheet_text(routine: Routine, catalog: Catalog) -> str:
    """The whole routine, line by line. Where an exercise keeps its own dose that stands behind a #."""
    return "\n".join([*_head(routine), "", *_blocks(routine, Names(catalog.exercises))]) + "\n"


def item_text(item: Item, names: Names, sets: str = "") -> str:
    """An exercise, the doses that the routine gives it, and its sets ("3", or "3, rest 30s")."""
    exercise = names.exercises[item.exercise]
    doses = ", ".join(_dose(exercise, stage_id, item) for stage_id in item.doses)
    staged = bool(doses) and len(exercise.stages) > 1
    if sets:
        # "10 x3" would not say which of the two is the sets.
        doses += f"{' reps' if doses[-1].isdigit() else ''} x{sets}" if doses else _sets_alone(sets)
    ways = [
        f"{name}{':' if staged else ''}{'' if doses.startswith(',') else ' '}{doses}".strip()
        for name in (exercise.name, f"{exercise.name} [{exercise.id}]", f"[{exercise.id}]")
    ]
    return next((text for text in ways if _reads_back(text, item, bool(sets), names)), ways[-1])


def _sets_alone(sets: str) -> str:
    number, _, rest = sets.partition(",")
    return f", {number} sets{',' if rest else ''}{rest}"


def own_dose_text(exercise: Exercise) -> str:
    """The doses that an exercise brings along."""
    return ", ".join(
        amount_text(stage.dose, is_hold=stage.kind is StageKind.HOLD, sides=exercise.sides).partition(" (")[0]
        for stage in exercise.stages
    )


def _head(routine: Routine) -> Iterator[str]:
    for name, text in (
        ("title", routine.title),
        ("id", routine.id),
        ("source", routine.source),
        ("about", routine.summary),
        ("when", routine.when),
    ):
        if text:
            yield f"{name}: {escaped(text)}"
    for caution in routine.cautions:
        yield f"caution: {escaped(caution)}"
    for note in routine.notes:
        yield f"note: {escaped(note)}"
    if routine.warmup:
        yield _warm_up(routine.warmup)


def _warm_up(warmup: WarmUp) -> str:
    words = " | ".join(escaped(text, "|") for text in (warmup.title, *warmup.options))
    return f"warm-up {warmup.seconds}s ({WARM_UP_BASIS[warmup.basis]} {warmup.source}): {words}"


def _blocks(routine: Routine, names: Names) -> Iterator[str]:
    after_plain = False
    for number, block in enumerate(routine.blocks):
        if number:
            yield "---" if after_plain and _is_plain(block) else ""
        rest = f"rest {block.rest_between_exercises}s" if block.rest_between_exercises else ""
        # What comes first has no rest before it; it is said where nothing else tells of it.
        leading = rest if number or len(block.items) == 1 else ""
        if leading:
            yield leading
        after_plain = _is_plain(block)
        if after_plain:
            yield from _items(block, names, rest)
        elif len(block.items) == 1 and block.order is Order.ONE_BY_ONE and block.rounds_stated:
            pause = f", rest {block.rest_between_rounds}s" if block.rest_between_rounds else ""
            yield from _items(block, names, rest, f"{range_text(block.rounds)}{pause}")
        else:
            rounds = f" x{range_text(block.rounds)}" if block.rounds_stated else ""
            yield f"circuit{rounds}{' per leg' if block.order is Order.PER_LEG else ''}:"
            for line in _items(block, names, rest):
                yield INDENT + line
            if block.rest_between_rounds:
                yield f"{INDENT}rest {block.rest_between_rounds}s"


def _is_plain(block: Block) -> bool:
    return not block.rounds_stated and block.order is Order.ONE_BY_ONE and not block.rest_between_rounds


def _items(block: Block, names: Names, rest: str, sets: str = "") -> Iterator[str]:
    for number, item in enumerate(block.items):
        if number and rest:
            yield rest
        text = item_text(item, names, sets)
        if not item.doses:
            text = f"{text}   # {own_dose_text(names.exercises[item.exercise])}"
        yield text
        if item.gate:
            yield f"only when: {escaped(item.gate)}"


def _dose(exercise: Exercise, stage_id: str, item: Item) -> str:
    stage = next(stage for stage in exercise.stages if stage.id == stage_id)
    text = amount_text(item.doses[stage_id], is_hold=stage.kind is StageKind.HOLD, sides=exercise.sides)
    return text if len(exercise.stages) == 1 else f"{stage_id} {text}"


def _reads_back(text: str, item: Item, has_sets: bool, names: Names) -> bool:
    """Whether this line leads to this exercise and doses, whatever its name looks like."""
    if "\n" in text or "#" in text:
        return False
    try:
        line = read_line(text, names.stages_of)
        if not isinstance(line, Work) or line.left or line.times or line.hold or line.alternates:
            return False
        exercise = names.find(line.id or line.name).exercise
        if exercise is None or exercise.id != item.exercise or (line.sets is not None) is not has_sets:
            return False
        return (not line.amounts or fits(exercise, line)) and doses_of(exercise, line) == item.doses
    except ValueError:
        return False
