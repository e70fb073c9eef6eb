"""What someone prescribes: exercises in blocks, with rounds, doses of its own, a warm-up and gates.

The Structs are the tables of its file.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from msgspec import Meta, field

from hipcoach.core.exercise import Basis, Dose, Stage
from hipcoach.core.fields import Id, Pause, Range, Seconds, Table, Text

ONCE = Range(1)


class Order(StrEnum):
    """How a block goes through its items and sides."""

    ONE_BY_ONE = "one-by-one"
    """Every exercise with all its sides before the next."""
    PER_LEG = "per-leg"
    """A circuit per leg: all exercises on one leg, then all on the other, is one round."""


class OwnDose(Dose, frozen=True, kw_only=True):
    """A dose of the routine's own, in the place of the exercise's."""

    basis: Basis
    source: Text | None = None
    stage: Text = ""
    """Id of the stage; empty for the only one there is."""


class Item(Table, frozen=True):
    """An exercise's place in a block."""

    exercise: Text
    doses: tuple[OwnDose, ...] = field(name="dose", default=())
    """Doses in the place of the exercise's own."""
    gate: Text = ""
    """What should be mastered before this item is done; empty where it is open to all."""

    def dose_of(self, stage: Stage) -> Dose:
        """Return how much is to be done of a stage of the exercise."""
        return next((dose for dose in self.doses if dose.stage in ("", stage.id)), stage.dose)


class Block(Table, frozen=True):
    """Items that are gone through together, once or for several rounds. Rests in seconds."""

    items: Annotated[tuple[Item, ...], Meta(min_length=1)] = field(name="item")
    stated: Range | None = field(name="rounds", default=None)
    """Rounds, where the routine says how many; only then does a choice of rounds go to this block where
    another block of the routine states none."""
    order: Order = Order.ONE_BY_ONE
    rest_between_rounds: Pause = 0
    rest_between_exercises: Pause = 0

    @property
    def rounds(self) -> Range:
        """How many rounds; one where none are stated."""
        return self.stated or ONCE


class WarmUp(Table, frozen=True):
    """What to do before the first exercise."""

    title: Text
    seconds: Seconds
    basis: Basis
    source: Text
    options: tuple[Text, ...] = ()


class RoutineTable(Table, frozen=True, kw_only=True):
    """What a routine says of itself, beside its blocks."""

    id: Id
    title: Text
    source: Text
    summary: Text
    when: Text = ""
    cautions: tuple[Text, ...] = ()
    notes: tuple[Text, ...] = ()
    warmup: WarmUp | None = None


class Routine(RoutineTable, frozen=True, kw_only=True):
    """What someone prescribes."""

    blocks: tuple[Block, ...]

    @property
    def items(self) -> tuple[Item, ...]:
        """Every item of every block, in order."""
        return tuple(item for block in self.blocks for item in block.items)

    @property
    def rounds(self) -> Range:
        """The rounds a choice of rounds is about: those of the first block that states them."""
        return next((block.rounds for block in self.blocks if block.stated), self.blocks[0].rounds)

    @property
    def is_gated(self) -> bool:
        """Whether an item waits for the user's word that what it builds on is mastered."""
        return any(item.gate for item in self.items)
