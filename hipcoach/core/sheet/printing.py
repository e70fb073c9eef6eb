"""A routine in the short text form, as a person would write it; sources and bases are in its file alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from hipcoach.core.catalog import Catalog
from hipcoach.core.exercise import Dose, Exercise, Per, Sides
from hipcoach.core.fields import Range
from hipcoach.core.routine import Block, Item, Order, OwnDose, Routine
from hipcoach.core.sheet.grammar import DOSE_WORD, MINE, QUOTES
from hipcoach.core.sheet.meaning import PER_TEXTS, Names

FIELDS = {
    "title": "title",
    "id": "id",
    "source": "source",
    "about": "summary",
    "when": "when",
    "caution": "cautions",
    "note": "notes",
}
"""What lines say of the routine, and what it has that in."""
INDENT = "  "
PLAIN_NAME = re.compile(r"[^\W\d_](?:[^\W\d_]|['’ -](?=[^\W\d_]))*")
"""Words of letters, which nothing else on a sheet is taken for; other names stand in quotes."""


def sheet_text(routine: Routine, catalog: Catalog) -> str:
    """The whole routine, line by line. Where an exercise keeps its own dose that stands behind a #."""
    return "\n".join([*_head(routine), "", *_blocks(routine, Names(catalog.exercises))]) + "\n"


def doses_text(exercise: Exercise, doses: Iterable[OwnDose]) -> str:
    """Doses of an exercise, with the stages where it has several: "rock 5/side, hold 20s/side"."""
    parts = []
    for dose in doses:
        text = amount_text(dose, sides=exercise.sides)
        parts.append(text if len(exercise.stages) == 1 else f"{dose.stage} {text}")
    return ", ".join(parts)


def own_dose_text(exercise: Exercise) -> str:
    """The doses that an exercise brings along."""
    return ", ".join(
        amount_text(replace(stage.dose, note=""), sides=exercise.sides) for stage in exercise.stages
    )


def amount_text(dose: Dose, *, sides: Sides) -> str:
    """How much, for an exercise done with these sides: "12/side", "30s", "8-10/side (slowly)"."""
    unit = "s" if dose.seconds else ""
    per = "" if dose.per is Per.TOTAL and sides is Sides.BOTH else PER_TEXTS[dose.per]
    note = line_text(dose.note).replace("(", "[").replace(")", "]")
    mine = MINE if DOSE_WORD.search(note) else ""
    return f"{range_text(dose.amount)}{unit}{per}{f' ({mine}{note})' if note else ''}"


def range_text(amount: Range) -> str:
    """A number, or two with a hyphen between."""
    return f"{amount.low}-{amount.high}" if amount.is_range else str(amount.low)


def sets_text(sets: Range) -> str:
    """How many sets: "3 sets"."""
    return f"{range_text(sets)} set{'s' if sets.high > 1 else ''}"


def line_text(text: str) -> str:
    """A text in one line."""
    return " ".join(text.split())


def _head(routine: Routine) -> Iterator[str]:
    for name, text in FIELDS.items():
        value = getattr(routine, text)
        for each in [value] if isinstance(value, str) else value:
            if each:
                yield f"{name}: {line_text(each)}"
    if routine.warmup:
        texts = (routine.warmup.title, *routine.warmup.options)
        yield f"warm-up {routine.warmup.seconds}s: {' | '.join(line_text(text) for text in texts)}"


def _blocks(routine: Routine, names: Names) -> Iterator[str]:
    after_plain = False
    for number, block in enumerate(routine.blocks):
        is_plain = not block.stated and block.order is Order.ONE_BY_ONE and not block.rest_between_rounds
        if number:
            yield "---" if after_plain and is_plain else ""
        after_plain = is_plain
        rest = f"rest {block.rest_between_exercises}s" if block.rest_between_exercises else ""
        # What comes first has no rest before it; it is said where nothing else tells of it.
        if rest and (number or len(block.items) == 1):
            yield rest
        if is_plain:
            yield from _items(block, names, rest)
        elif len(block.items) == 1 and block.order is Order.ONE_BY_ONE and block.stated:
            pause = f", rest {block.rest_between_rounds}s" if block.rest_between_rounds else ""
            yield from _items(block, names, rest, f", {sets_text(block.rounds)}{pause}")
        else:
            rounds = f" x{range_text(block.rounds)}" if block.stated else ""
            yield f"circuit{rounds}{' per leg' if block.order is Order.PER_LEG else ''}:"
            for line in _items(block, names, rest):
                yield INDENT + line
            if block.rest_between_rounds:
                yield f"{INDENT}rest {block.rest_between_rounds}s"


def _items(block: Block, names: Names, rest: str, sets: str = "") -> Iterator[str]:
    for number, item in enumerate(block.items):
        if number and rest:
            yield rest
        text = _item_text(item, names, sets)
        if not item.doses:
            text = f"{text}   # {own_dose_text(names.exercises[item.exercise])}"
        yield text
        if item.gate:
            yield f"only when: {line_text(item.gate)}"


def _item_text(item: Item, names: Names, sets: str) -> str:
    """An exercise, the doses that the routine gives it, and its sets, under a name that leads to it alone."""
    exercise = names.exercises[item.exercise]
    colon = ":" if len(exercise.stages) > 1 else ""
    doses = f"{colon} {doses_text(exercise, item.doses)}{sets}" if item.doses else sets
    if names.find(exercise.name).exercise is not exercise or set(exercise.name) & set(QUOTES):
        return f"[{exercise.id}]{doses}"
    is_plain = PLAIN_NAME.fullmatch(exercise.name) and not DOSE_WORD.search(exercise.name)
    return f"{exercise.name}{doses}" if is_plain else f'"{exercise.name}"{doses}'
