"""A stage's repetitions at a plan's tempo, reckoned exactly."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, TypeAlias

from msgspec import Struct

from hipcoach.core.plan import TimedPhase

if TYPE_CHECKING:
    from hipcoach.core.exercise import Stage

Exact: TypeAlias = int | Fraction
"""Seconds without any error: sums of tenths stay sums of tenths."""


class Tempo(Struct, frozen=True):
    """The repetitions of a stage at a plan's tempo. Seconds."""

    rep_seconds: Exact
    way_back: Exact
    """Of the last repetition, what is not done because its far end is held."""
    phases: tuple[TimedPhase, ...]


def tempo_of(stage: Stage, factor: Fraction) -> Tempo:
    """The repetitions of a stage, whose seconds are multiplied by `factor`."""
    return Tempo(
        quick(stage.rep_seconds * factor),
        quick(stage.way_back * factor),
        tuple(TimedPhase(each.name, float(each.seconds * factor), each.breath) for each in stage.phases),
    )


def quick(number: Exact) -> Exact:
    """The same number; as a plain one, with which it is quick to go on, where it is whole."""
    return number.numerator if number.denominator == 1 else number


def plain(number: Exact) -> float:
    """A number as steps have it."""
    return number if isinstance(number, int) else float(number)
