"""Doing without what one should not load: exercises are replaced by another of their family, or left out."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from msgspec import Struct
from msgspec.structs import replace

from hipcoach.core.catalog import Catalog
from hipcoach.core.exercise import Exercise, Level, Load, Sides
from hipcoach.core.routine import Item, Order, Routine

LOAD_VERBS = {
    Load.KNEES: ("knees", "loads the knees"),
    Load.WRISTS: ("wrists", "loads the wrists"),
    Load.DEEP_HIP_FLEXION: ("deep hip flexion", "bends the hips deeply"),
    Load.BALANCE: ("balance on one leg", "needs balance on one leg"),
}
AVOIDABLE = tuple(LOAD_VERBS)
"""What one can ask to do without."""
LOAD_WORDS = {load: words for load, (words, _) in LOAD_VERBS.items()}


class Avoided(Struct, frozen=True):
    """An exercise of the routine that the plan does without, and what is done instead, if anything."""

    exercise: str
    name: str
    loads: tuple[Load, ...]
    """What it loads of what is to be avoided."""
    instead: str | None = None
    """Id of the exercise in its place."""
    instead_name: str = ""

    @property
    def sentence(self) -> str:
        """What a plan says of it: "left out: X (knees)", or "X instead of Y (wrists)"."""
        words = loads_text(self.loads)
        if self.instead is None:
            return f"left out: {self.name} ({words})"
        return f"{self.instead_name} instead of {self.name} ({words})"


class Adapted(Struct, frozen=True):
    """A routine that does without what is avoided, and what became of each exercise that is not in it."""

    routine: Routine
    avoided: tuple[Avoided, ...] = ()


def loads_text(loads: Collection[Load]) -> str:
    """What is loaded, in words and always in the same order: "knees, deep hip flexion"."""
    return ", ".join(words for load, words in LOAD_WORDS.items() if load in loads)


def unknown_text(name: str, loads: Collection[Load]) -> str:
    """Return what is said of an exercise whose loads nobody has stated, where these are to be avoided."""
    *others, last = (verb for load, (_, verb) in LOAD_VERBS.items() if load in loads)
    verbs = f"{', '.join(others)} or {last}" if others else last
    return f"Not known whether {name} {verbs}: check for yourself"


def without_loads(routine: Routine, catalog: Catalog, loads: Collection[Load]) -> Adapted:
    """The routine without any exercise that has one of these loads.

    In the place of each stands another of its family that is known to have none of them and is not harder,
    with the dose that the catalogue gives it; one from the same source goes before others. Where the routine
    does another of the family anyway, the exercise is left out. Blocks keep their place, also empty. What
    nobody has said the loads of stays.
    """
    loads = frozenset(loads)
    exercises = catalog.exercises_of(routine)
    loading = [each for each in exercises if loads & frozenset(each.loads or ())]
    if not loading:
        return Adapted(routine)
    one_sided = {
        item.exercise for block in routine.blocks if block.order is Order.PER_LEG for item in block.items
    }
    families = {each.family for each in exercises if each not in loading}
    avoided: dict[str, Avoided] = {}
    for each in loading:
        other = None
        if each.family not in families:
            taken = {done.instead for done in avoided.values()}
            other = _instead_of(each, catalog, loads, taken, one_sided=each.id in one_sided)
        common = tuple(load for load in AVOIDABLE if load in loads and load in (each.loads or ()))
        instead, name = (other.id, other.name) if other else (None, "")
        avoided[each.id] = Avoided(each.id, each.name, common, instead, name)
    blocks = (replace(block, items=tuple(_items(block.items, avoided, catalog))) for block in routine.blocks)
    return Adapted(replace(routine, blocks=tuple(blocks)), tuple(avoided.values()))


def _items(items: tuple[Item, ...], avoided: dict[str, Avoided], catalog: Catalog) -> Iterator[Item]:
    for item in items:
        if item.exercise not in avoided:
            yield item
        elif other := avoided[item.exercise].instead:
            # What is no harder than the basics need not be earned.
            gated = catalog.exercises[other].level is Level.ADVANCED
            yield Item(other, gate=item.gate if gated else "")


def _instead_of(
    exercise: Exercise, catalog: Catalog, loads: frozenset[Load], taken: set[str | None], *, one_sided: bool
) -> Exercise | None:
    fitting = [
        each
        for each in catalog.exercises.values()
        if each.family == exercise.family
        and each.id != exercise.id
        and each.id not in taken
        and each.loads is not None
        and not loads & frozenset(each.loads)
        and (each.level is Level.BASIC or exercise.level is Level.ADVANCED)
        and (each.sides is Sides.ONE_AT_A_TIME or not one_sided)
    ]
    return min(
        fitting,
        key=lambda each: (each.source != exercise.source, each.sides is not exercise.sides, each.id),
        default=None,
    )
