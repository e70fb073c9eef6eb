"""Everything that can be prescribed, by id, and the check that all references lead somewhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct

from hipcoach.core.exercise import Equipment, Exercise, Load, Position, Range, Sides, Source
from hipcoach.core.routine import Order, Routine


class Reference(Struct, frozen=True):
    """A word in `owner` (such as "routine 'leg-circuit'"), at `field`, that names something else by id."""

    owner: str
    field: str
    kind: str
    """"source", "exercise" or "stage"."""
    id: str
    known: tuple[str, ...]
    """The ids that would be right here."""

    @property
    def leads_somewhere(self) -> bool:
        """Whether the id exists."""
        return self.id in self.known


class Catalog(Struct, frozen=True):
    """Exercises, routines and sources by id. Routines keep their order for display."""

    exercises: Mapping[str, Exercise]
    routines: Mapping[str, Routine]
    sources: Mapping[str, Source]

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
                amounts.append(item.doses.get(stage.id, stage.dose).amount)
        return any(amount.is_range for amount in amounts)

    def references(self) -> Iterator[Reference]:
        """Every mention of one thing by another."""
        sources = tuple(self.sources)
        exercises = tuple(self.exercises)
        for exercise in self.exercises.values():
            owner = f"exercise '{exercise.id}'"
            yield Reference(owner, "source", "source", exercise.source, sources)
            for name in exercise.builds_on:
                yield Reference(owner, "builds_on", "exercise", name, exercises)
            for stage in exercise.stages:
                where = f"{owner}, stage '{stage.id}'"
                if stage.dose.source is not None:
                    yield Reference(where, "suggested.source", "source", stage.dose.source, sources)
                if stage.tempo_source is not None:
                    yield Reference(where, "tempo_source", "source", stage.tempo_source, sources)
        for routine in self.routines.values():
            owner = f"routine '{routine.id}'"
            yield Reference(owner, "source", "source", routine.source, sources)
            if routine.warmup is not None:
                yield Reference(f"{owner}, warm-up", "source", "source", routine.warmup.source, sources)
            for item in routine.items:
                where = f"{owner}, item '{item.exercise}'"
                yield Reference(where, "exercise", "exercise", item.exercise, exercises)
                stages = self.exercises[item.exercise].stages if item.exercise in self.exercises else ()
                for stage_id, dose in item.doses.items():
                    if stages:
                        known = tuple(stage.id for stage in stages)
                        yield Reference(where, "dose.stage", "stage", stage_id, known)
                    if dose.source is not None:
                        yield Reference(where, "dose.source", "source", dose.source, sources)

    def is_per_leg_sound(self, routine: Routine) -> bool:
        """Whether every circuit per leg holds only exercises that are done one side at a time."""
        return all(
            self.exercises[item.exercise].sides is Sides.ONE_AT_A_TIME
            for block in routine.blocks
            if block.order is Order.PER_LEG
            for item in block.items
            if item.exercise in self.exercises
        )
