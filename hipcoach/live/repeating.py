"""Doing a logged session again: its routine, with what was chosen then."""

from __future__ import annotations

from fractions import Fraction

from msgspec.structs import replace

from hipcoach.core.choices import MOST_ROUNDS, TEMPO_LIMITS, Choices, Pace
from hipcoach.core.exercise import Intensity, Side
from hipcoach.core.record import SessionRecord
from hipcoach.core.routine import Routine
from hipcoach.live.choosing import choices_for
from hipcoach.storage.memory import Memory
from hipcoach.storage.settings import Settings


def choices_again(routine: Routine, record: SessionRecord, memory: Memory, settings: Settings) -> Choices:
    """The choices of a logged session; where the log does not say, or not sensibly, those that hold now.

    Times between exercises and what is to be avoided are always those that hold now: a body that has asked
    for care since then is not argued with. The same goes for an advanced drill it was found not ready for.
    """
    choices = choices_for(routine, memory, settings)
    said = record.choices
    if not said:
        return choices
    rounds, tempo, warmup = said.get("rounds"), said.get("tempo"), said.get("warmup")
    level, pace, side = said.get("level"), said.get("pace"), said.get("first_side")
    is_count = isinstance(rounds, int) and not isinstance(rounds, bool) and 1 <= rounds <= MOST_ROUNDS
    return replace(
        choices,
        rounds=rounds if isinstance(rounds, int) and is_count else None,
        level=Intensity(str(level)) if level in list(Intensity) else choices.level,
        pace=Pace(str(pace)) if pace in list(Pace) else choices.pace,
        tempo=_tempo(tempo),
        warmup=warmup if isinstance(warmup, bool) else choices.warmup,
        gated=said.get("gated") is True and memory.mastered.get(routine.id, True),
        first_side=Side(str(side)) if side in list(Side) else None,
    )


def _tempo(said: object) -> Fraction:
    low, high = TEMPO_LIMITS
    if isinstance(said, bool) or not isinstance(said, (int, float)) or not float(low) <= said <= float(high):
        return Fraction(1)
    return Fraction(said).limit_denominator(100)
