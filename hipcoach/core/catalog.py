"""Everything that can be prescribed, by id, and how large a routine may be.

How many steps a routine can make is counted before a single one is made.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import Struct
from msgspec.structs import replace

from hipcoach.core.choices import Choices, rounds_of
from hipcoach.core.exercise import Entry, Equipment, Exercise, Load, Position, Sides, Source
from hipcoach.core.fields import Intensity, Range
from hipcoach.core.routine import Block, Order, Routine
from hipcoach.errors import UsageError

MOST_STEPS = 10_000
"""Of a session: more than fit into a day."""
MOST_ITEMS = 1_000
"""Of a routine."""


class Catalog(Struct, frozen=True):
    """Exercises, routines and sources by id. Routines keep their order for display."""

    exercises: Mapping[str, Exercise]
    routines: Mapping[str, Routine]
    sources: Mapping[str, Source]

    def over(self, exercises: Iterable[Exercise], sources: Iterable[Source]) -> Catalog:
        """Return the catalogue with these exercises and sources in it, in the place of those of their ids."""
        return replace(
            self,
            exercises={**self.exercises, **{each.id: each for each in exercises}},
            sources={**self.sources, **{each.id: each for each in sources}},
        )

    def exercises_of(self, routine: Routine) -> tuple[Exercise, ...]:
        """The exercises of a routine, each once, in the order of their first appearance."""
        return tuple(self.exercises[name] for name in dict.fromkeys(item.exercise for item in routine.items))

    def positions_of(self, routine: Routine) -> tuple[Position, ...]:
        """The positions a routine goes through, each once."""
        return tuple(dict.fromkeys(exercise.position for exercise in self.exercises_of(routine)))

    def equipment_of(self, routine: Routine) -> tuple[Equipment, ...]:
        """What a routine cannot be done without."""
        return tuple(dict.fromkeys(thing for ex in self.exercises_of(routine) for thing in ex.equipment))

    def optional_equipment_of(self, routine: Routine) -> tuple[Equipment, ...]:
        """What makes a routine easier, beside what it needs."""
        needed = self.equipment_of(routine)
        found = dict.fromkeys(thing for ex in self.exercises_of(routine) for thing in ex.optional_equipment)
        return tuple(thing for thing in found if thing not in needed)

    def loads_of(self, routine: Routine) -> tuple[Load, ...]:
        """What a routine puts strain on, as far as that is known."""
        return tuple(dict.fromkeys(load for ex in self.exercises_of(routine) for load in ex.loads or ()))

    def has_range(self, routine: Routine) -> bool:
        """Whether a level makes a difference to this routine."""
        amounts: list[Range] = [block.rounds for block in routine.blocks]
        for item in routine.items:
            for stage in self.exercises[item.exercise].stages:
                amounts.append(item.dose_of(stage).amount)
        return any(amount.is_range for amount in amounts)


def steps_at_most(routine: Routine, catalog: Catalog, choices: Choices) -> int:
    """How many steps a plan of it with these choices has at most; rests of the user's own are not counted."""
    warmup = 1 if routine.warmup and choices.warmup else 0
    return warmup + sum(
        _steps(block, catalog) * rounds_of(routine, block, choices)[0] for block in routine.blocks
    )


def check_size(routine: Routine, catalog: Catalog, choices: Choices) -> None:
    """Raise UsageError if a plan of it with these choices may have more steps than a session can have."""
    steps = steps_at_most(routine, catalog, choices)
    if steps > MOST_STEPS:
        rounds = "" if choices.rounds is None else f" in {choices.rounds} rounds"
        raise UsageError(
            f"{routine.title} would take up to {steps:,} steps{rounds}, and a session has {MOST_STEPS:,} at "
            f"most: {'take some of it out' if choices.rounds is None else 'choose fewer rounds'}."
        )


def fitting(routine: Routine, catalog: Catalog, choices: Choices) -> Choices:
    """The choices, with no more rounds than a session has room for."""
    if choices.rounds is None or steps_at_most(routine, catalog, choices) <= MOST_STEPS:
        return choices
    once, twice = (steps_at_most(routine, catalog, replace(choices, rounds=rounds)) for rounds in (1, 2))
    return replace(choices, rounds=max(1, 1 + (MOST_STEPS - once) // (twice - once)))


def too_many(routine: Routine, catalog: Catalog) -> str:
    """Return why a routine is too large by its own rounds; empty where it is not."""
    if (items := len(routine.items)) > MOST_ITEMS:
        return f"has {items:,} exercises, and {MOST_ITEMS:,} are the most"
    steps = steps_at_most(routine, catalog, Choices(level=Intensity.HIGH))
    if steps > MOST_STEPS:
        return f"takes up to {steps:,} steps, and a session has {MOST_STEPS:,} at most"
    return ""


def _steps(block: Block, catalog: Catalog) -> int:
    """Steps of one round, with every lead-in and change of side, and the rests that are prescribed."""
    between = 1 if block.rest_between_exercises else 0
    once = 1 if block.rest_between_rounds and not between else 0
    return once + sum(
        _visits(catalog.exercises[item.exercise], 1 + between, per_leg=block.order is Order.PER_LEG)
        for item in block.items
    )


def _visits(exercise: Exercise, lead_in: int, *, per_leg: bool) -> int:
    work = sum(len(stage.directions) or 1 for stage in exercise.stages)
    work += sum(stage.entry is Entry.LEAD_IN for stage in exercise.stages[1:])
    if exercise.sides is not Sides.ONE_AT_A_TIME:
        return lead_in + work
    switch = lead_in if per_leg else 1
    return lead_in + work + switch + work
