"""Doing a logged session again, with what was chosen then, as far as the log says it sensibly."""

from __future__ import annotations

from fractions import Fraction

import pytest

from hipcoach.core.choices import Choices, Pace
from hipcoach.core.exercise import Load, Side
from hipcoach.core.fields import Intensity
from hipcoach.core.plan import Plan
from hipcoach.live.choices import choices_again, loggable
from hipcoach.storage.app_state import AppState, RoutineState
from hipcoach.storage.settings import Settings
from tests.support import a_plan, a_record, a_routine, a_set

ROUTINE = a_routine()
NOW = AppState(routines={ROUTINE.id: RoutineState(rounds=5, level=Intensity.HIGH)})


def again(said: dict[str, object], state: AppState = NOW) -> Choices:
    return choices_again(ROUTINE, a_record(choices=said), state, Settings())


def plan() -> Plan:
    return a_plan(a_set())


def test_what_a_session_logged_is_chosen_again() -> None:
    chosen = Choices(
        rounds=3,
        level=Intensity.MID,
        pace=Pace.OWN,
        tempo=Fraction(3, 2),
        warmup=False,
        first_side=Side.LEFT,
    )
    assert again(loggable(chosen, plan())) == chosen
    assert again(loggable(Choices(), plan())) == Choices()


def test_without_choices_in_the_log_those_that_hold_now_are_taken() -> None:
    assert (again({}).rounds, again({}).level) == (5, Intensity.HIGH)


@pytest.mark.parametrize(
    "said",
    [
        {"rounds": 0, "level": "extreme", "pace": 3, "tempo": 99, "first_side": "up"},
        {"rounds": True, "level": None, "pace": [], "tempo": True, "warmup": "yes"},
        {"rounds": 1000, "tempo": float("nan")},
    ],
)
def test_what_makes_no_sense_is_passed_over(said: dict[str, object]) -> None:
    choices = again(said)
    assert choices.rounds is None
    assert choices.level is Intensity.HIGH
    assert choices.pace is Pace.PACED
    assert choices.tempo == 1
    assert choices.warmup
    assert choices.first_side is None


def test_what_is_to_be_avoided_is_what_is_avoided_now() -> None:
    state = AppState(avoid=frozenset({Load.KNEES}))
    assert again({"avoid": "wrists"}, state).avoid == {Load.KNEES}


def test_a_drill_found_too_hard_since_then_is_left_out() -> None:
    assert again({"gated": True}, AppState()).gated
    assert not again({"gated": True}, AppState(routines={ROUTINE.id: RoutineState(mastered=False)})).gated
    assert not again({"gated": False}, AppState(routines={ROUTINE.id: RoutineState(mastered=True)})).gated
