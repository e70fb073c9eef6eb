"""What someone prescribes: exercises in blocks, with rounds, doses of its own, a warm-up and gates."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from msgspec import Struct, field

from hipcoach.core.exercise import Basis, Dose, Range


class Order(StrEnum):
    """How a block goes through its items and sides."""

    ONE_BY_ONE = "one-by-one"
    """Every exercise with all its sides before the next."""
    PER_LEG = "per-leg"
    """A circuit per leg: all exercises on one leg, then all on the other, is one round."""


class Item(Struct, frozen=True):
    """An exercise's place in a block."""

    exercise: str
    doses: Mapping[str, Dose] = field(default_factory=dict)
    """Doses that replace the exercise's own, by stage id."""
    gate: str = ""
    """What should be mastered before this item is done; empty where it is open to all."""


ONCE = Range(1, 1)


class Block(Struct, frozen=True):
    """Items that are gone through together, once or for several rounds. Rests in seconds."""

    items: tuple[Item, ...]
    rounds: Range = ONCE
    rounds_stated: bool = False
    """Whether the routine says how many rounds; only then does a choice of rounds go to this block
    where another block of the routine states none."""
    order: Order = Order.ONE_BY_ONE
    rest_between_rounds: int = 0
    rest_between_exercises: int = 0


class WarmUp(Struct, frozen=True):
    """What to do before the first exercise."""

    title: str
    seconds: int
    basis: Basis
    source: str
    options: tuple[str, ...] = ()


class Routine(Struct, frozen=True):
    """What someone prescribes."""

    id: str
    title: str
    source: str
    summary: str
    blocks: tuple[Block, ...]
    warmup: WarmUp | None = None
    when: str = ""
    cautions: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def items(self) -> tuple[Item, ...]:
        """Every item of every block, in order."""
        return tuple(item for block in self.blocks for item in block.items)

    @property
    def rounds(self) -> Range:
        """The rounds a choice of rounds is about: those of the first block that states them."""
        return next((block.rounds for block in self.blocks if block.rounds_stated), self.blocks[0].rounds)

    @property
    def is_gated(self) -> bool:
        """Whether an item waits for the user's word that what it builds on is mastered."""
        return any(item.gate for item in self.items)
