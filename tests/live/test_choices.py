"""The choices of a session: what the command line says goes over what is remembered; a logged one again."""

from __future__ import annotations

from fractions import Fraction

import pytest
from msgspec.structs import replace

from hipcoach.core.choices import Choices, Pace
from hipcoach.core.exercise import Load, Side
from hipcoach.core.fields import Intensity
from hipcoach.live.choices import NO_OVERRIDES, CliOverrides, choices_again, loggable
from hipcoach.storage.app_state import AppState, RoutineState
from hipcoach.storage.settings import Settings
from tests.support import a_plan, a_record, a_routine, a_set

REMEMBERED = Choices(
    rounds=4, level=Intensity.MID, pace=Pace.OWN, warmup=False, avoid=frozenset({Load.KNEES})
)
ROUTINE = a_routine()
NOW = AppState(routines={ROUTINE.id: RoutineState(rounds=5, level=Intensity.HIGH)})


@pytest.mark.parametrize(
    ("overrides", "changes"),
    [
        (NO_OVERRIDES, {}),
        (CliOverrides(pace=Pace.PACED, avoid=frozenset()), {"pace": Pace.PACED, "avoid": frozenset()}),
        (CliOverrides(level=Intensity.HIGH), {"level": Intensity.HIGH, "rounds": None}),
        (CliOverrides(level=Intensity.HIGH, rounds=7), {"level": Intensity.HIGH, "rounds": 7}),
    ],
)
def test_what_is_chosen_goes_over_what_is_remembered(
    overrides: CliOverrides, changes: dict[str, object]
) -> None:
    assert overrides.over(REMEMBERED) == replace(REMEMBERED, **changes)


def again(said: dict[str, object], state: AppState = NOW) -> Choices:
    return choices_again(ROUTINE, a_record(choices=said), state, Settings())


def test_what_a_session_logged_is_chosen_again() -> None:
    chosen = Choices(
        rounds=3,
        level=Intensity.MID,
        pace=Pace.OWN,
        tempo=Fraction(1, 3),
        warmup=False,
        first_side=Side.LEFT,
    )
    plan = a_plan(a_set())
    assert again(loggable(chosen, plan)) == chosen
    assert again(loggable(Choices(), plan)) == Choices()
    assert (again({}).rounds, again({}).level) == (5, Intensity.HIGH), "those that hold now"


@pytest.mark.parametrize(
    "said",
    [
        {"rounds": 0, "level": "extreme", "pace": 3, "tempo": 99, "first_side": "up"},
        {"rounds": True, "level": None, "pace": [], "tempo": True, "warmup": "yes"},
        {"rounds": 1000, "tempo": float("nan")},
    ],
)
def test_what_makes_no_sense_is_passed_over(said: dict[str, object]) -> None:
    assert again(said) == Choices(level=Intensity.HIGH, gated=False)


def test_what_is_avoided_and_found_too_hard_is_what_it_is_now() -> None:
    assert again({"avoid": "wrists"}, AppState(avoid=frozenset({Load.KNEES}))).avoid == {Load.KNEES}
    for mastered, logged, is_gated in ((None, True, True), (False, True, False), (True, False, False)):
        state = AppState(routines={ROUTINE.id: RoutineState(mastered=mastered)})
        assert again({"gated": logged}, state).gated is is_gated
