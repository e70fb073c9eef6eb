"""A routine as an entry of the picker's list, and the words it can be found by."""

from __future__ import annotations

from datetime import date

from msgspec import Struct
from textual.content import Content

from hipcoach.core.catalog import Catalog
from hipcoach.core.exercise import Position
from hipcoach.core.plan import Plan
from hipcoach.core.routine import Routine
from hipcoach.ui.format import EQUIPMENT_SHORT, POSITION_WORDS, count_text, day_text, minutes_text


class Marks(Struct, frozen=True):
    """What an entry is marked with."""

    favourite: bool = False
    own: bool = False
    """Whether it is from a file of the user's."""


NONE = Marks()


def last_words(done: date | None, today: date) -> str:
    """When a routine was last done."""
    return f"last done {day_text(done, today)}" if done else "not done yet"


def card(
    routine: Routine,
    catalog: Catalog,
    plan: Plan,
    last: str,
    marks: Marks = NONE,
) -> Content:
    """Length, number of exercises, when last done in words, positions and equipment, in three lines."""
    about = "about " if plan.is_estimate else ""
    positions = (POSITION_WORDS[each] for each in catalog.positions_of(routine))
    things = (EQUIPMENT_SHORT[thing] for thing in catalog.equipment_of(routine))
    length = "nothing left" if plan.nothing_left else f"{about}{minutes_text(plan.total_seconds)}"
    facts = [count_text(len(catalog.exercises_of(routine)), "exercise"), *([last] if last else [])]
    facts += ["yours"] if marks.own else []
    return Content.assemble(
        (f"{'* ' if marks.favourite else ''}{routine.title}  ", "bold"),
        f"{length}\n{' · '.join(facts)}\n",
        (", ".join([*positions, *things]), "dim"),
    )


def matches(routine: Routine, catalog: Catalog, word: str) -> bool:
    """Whether a word occurs in anything that a routine's entry or preview says, whatever the case."""
    exercises = (exercise.name for exercise in catalog.exercises_of(routine))
    positions = (POSITION_WORDS[each] for each in catalog.positions_of(routine))
    things = (EQUIPMENT_SHORT[thing] for thing in catalog.equipment_of(routine))
    source = catalog.sources[routine.source]
    written_by = (source.author or "", source.title or "", source.credits or "")
    words = " ".join((routine.title, routine.summary, *exercises, *positions, *things, *written_by))
    return word.casefold() in words.casefold()


def is_standing(routine: Routine, catalog: Catalog) -> bool:
    """Whether a routine never leaves the feet."""
    return catalog.positions_of(routine) == (Position.STANDING,)
