"""What the command line chooses for one session goes over what is remembered, and leaves the rest."""

from __future__ import annotations

from fractions import Fraction

from hipcoach.core.choices import Choices, Pace
from hipcoach.core.exercise import Load, Side
from hipcoach.core.fields import Intensity
from hipcoach.live.choices import NO_OVERRIDES, CliOverrides

REMEMBERED = Choices(
    rounds=4, level=Intensity.MID, pace=Pace.OWN, warmup=False, avoid=frozenset({Load.KNEES})
)


def test_nothing_chosen_changes_nothing() -> None:
    assert NO_OVERRIDES.over(REMEMBERED) == REMEMBERED


def test_what_is_chosen_goes_over_what_is_remembered() -> None:
    once = CliOverrides(
        rounds=2,
        pace=Pace.PACED,
        tempo=Fraction(2),
        warmup=True,
        gated=False,
        first_side=Side.LEFT,
        avoid=frozenset(),
    )
    assert once.over(REMEMBERED) == Choices(
        rounds=2,
        level=Intensity.MID,
        tempo=Fraction(2),
        gated=False,
        first_side=Side.LEFT,
    )


def test_a_level_sets_the_rounds_too_unless_they_are_chosen() -> None:
    high = CliOverrides(level=Intensity.HIGH).over(REMEMBERED)
    assert (high.level, high.rounds) == (Intensity.HIGH, None)
    assert CliOverrides(level=Intensity.HIGH, rounds=7).over(REMEMBERED).rounds == 7
