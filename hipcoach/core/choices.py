"""What the user may choose about a routine, within limits."""

from __future__ import annotations

from enum import StrEnum
from fractions import Fraction

from msgspec import Struct, field

from hipcoach.core.exercise import Load, Side
from hipcoach.core.fields import Intensity
from hipcoach.core.routine import Block, Routine

MOST_ROUNDS = 99
TEMPO_LIMITS = (Fraction(1, 4), Fraction(4))


class Pace(StrEnum):
    """Whether repetitions are paced by the coach or counted by the user's own feeling."""

    PACED = "paced"
    OWN = "own"


class Timings(Struct, frozen=True):
    """Seconds between work. Lead-ins of 5 s are too short for floor work; 8 s and 15 s are ours."""

    lead_in: int = 8
    lead_in_new_position: int = 15
    switch: int = 5
    rest: int = 0
    """Before every exercise but the first; where a routine prescribes its own rest the longer one holds."""


class Choices(Struct, frozen=True):
    """What the user may choose about a routine; checked where it is read."""

    rounds: int | None = None
    """1 to 99; None for what the level gives."""
    level: Intensity = Intensity.LOW
    pace: Pace = Pace.PACED
    tempo: Fraction = Fraction(1)
    """Multiplies the seconds of every repetition: 2 is half as fast."""
    warmup: bool = True
    gated: bool = True
    first_side: Side | None = None
    """None for the side the source says, else right."""
    timings: Timings = field(default_factory=Timings)
    avoid: frozenset[Load] = frozenset()
    """Exercises that load any of these are replaced or left out."""


def rounds_of(routine: Routine, block: Block, choices: Choices) -> tuple[int, bool]:
    """How many rounds a block has, and whether that is the user's own number, outside the block's range."""
    stated = any(each.stated for each in routine.blocks)
    if choices.rounds is None or (stated and not block.stated):
        return block.rounds.at(choices.level), False
    return choices.rounds, not block.rounds.low <= choices.rounds <= block.rounds.high
