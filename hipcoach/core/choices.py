"""What the user may choose about a routine, within limits."""

from __future__ import annotations

from enum import StrEnum
from fractions import Fraction

from msgspec import Struct, field

from hipcoach.core.exercise import Load, Side
from hipcoach.core.fields import LONGEST_PAUSE, Intensity
from hipcoach.core.routine import Block, Routine
from hipcoach.errors import UsageError

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
    """What the user may choose about a routine."""

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


def check_choices(choices: Choices) -> None:
    """Raise UsageError if a choice is out of its limits."""
    if choices.rounds is not None and not 1 <= choices.rounds <= MOST_ROUNDS:
        raise UsageError(f"Rounds go from 1 to {MOST_ROUNDS}, not {choices.rounds}.")
    low, high = TEMPO_LIMITS
    if not low <= choices.tempo <= high:
        raise UsageError(
            f"The tempo goes from {float(low):g} to {float(high):g}, not {float(choices.tempo):g}."
        )
    times = choices.timings
    for name, seconds in (
        ("lead-in", times.lead_in),
        ("lead-in for a new position", times.lead_in_new_position),
        ("switch", times.switch),
        ("rest", times.rest),
    ):
        if not 0 <= seconds <= LONGEST_PAUSE:
            raise UsageError(f"The {name} goes from 0 to {LONGEST_PAUSE} seconds, not {seconds}.")


def rounds_of(routine: Routine, block: Block, choices: Choices) -> tuple[int, bool]:
    """How many rounds a block has, and whether that is the user's own number, outside the block's range."""
    stated = any(each.rounds_stated for each in routine.blocks)
    if choices.rounds is None or (stated and not block.rounds_stated):
        return block.rounds.at(choices.level), False
    return choices.rounds, not block.rounds.low <= choices.rounds <= block.rounds.high
