"""Where in a repetition one is: phase, breath, side."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from hipcoach.core.choices import Pace
from hipcoach.core.exercise import Breath, Side
from hipcoach.core.plan import Step, StepKind, StepSide, TimedPhase
from hipcoach.core.session import RepPosition, Session, phase_of
from tests.support import a_plan, a_set, a_step

SQUAT = replace(
    a_set(3, 5.0),
    phases=(
        TimedPhase("down", 2.0, Breath.IN),
        TimedPhase("stay", 1.0, None),
        TimedPhase("up", 2.0, Breath.OUT),
    ),
)


def position(step: Step, elapsed: float) -> RepPosition | None:
    """Where a session of this step alone is."""
    return phase_of(Session.begin(a_plan(step), 0.0), elapsed)


@pytest.mark.parametrize(
    ("elapsed", "rep", "phase", "breath", "through_phase"),
    [
        (0.0, 0, "down", Breath.IN, 0.0),
        (1.0, 0, "down", Breath.IN, 0.5),
        (2.0, 0, "stay", None, 0.0),
        (4.5, 0, "up", Breath.OUT, 0.75),
        (5.0, 1, "down", Breath.IN, 0.0),
        (14.0, 2, "up", Breath.OUT, 0.5),
        (15.0, 2, "up", Breath.OUT, 1.0),
        (99.0, 2, "up", Breath.OUT, 1.0),
    ],
)
def test_repetition_phase_and_breath(
    elapsed: float, rep: int, phase: str, breath: Breath | None, through_phase: float
) -> None:
    at = position(SQUAT, elapsed)
    assert at is not None
    assert (at.rep, at.phase, at.breath) == (rep, phase, breath)
    assert at.through_phase == pytest.approx(through_phase)


def test_phases_of_tenths_begin_exactly_on_time() -> None:
    thirds = tuple(TimedPhase(name, 0.1, None) for name in "abc")
    step = replace(a_set(100, 0.3), phases=thirds)
    for rep in range(100):
        for place, name in enumerate("abc"):
            at = position(step, rep * 0.3 + place * 0.1)
            assert at is not None
            assert (at.rep, at.phase) == (rep, name)


@pytest.mark.parametrize(
    ("first", "sides"),
    [
        (Side.RIGHT, [StepSide.RIGHT, StepSide.LEFT, StepSide.RIGHT, StepSide.LEFT]),
        (Side.LEFT, [StepSide.LEFT, StepSide.RIGHT, StepSide.LEFT, StepSide.RIGHT]),
    ],
)
def test_an_alternating_set_swaps_sides_every_repetition(first: Side, sides: list[StepSide]) -> None:
    step = a_set(4, 2.0, side=StepSide.ALTERNATING, first_side=first)
    found = [position(step, rep * 2.0 + 0.5) for rep in range(4)]
    assert [at.side for at in found if at] == sides


def test_an_own_pace_set_runs_through_its_repetitions_over_and_over() -> None:
    at = position(replace(SQUAT, pace=Pace.OWN), 51.0)
    assert at is not None
    assert (at.rep, at.phase) == (10, "down")


def test_only_sets_have_repetitions() -> None:
    assert position(a_step(StepKind.HOLD), 1.0) is None
    session = Session.begin(a_plan(a_step(StepKind.PREPARE, 8), SQUAT), 0.0)
    assert phase_of(session, 1.0) is None
    assert phase_of(session.finish(2.0), 3.0) is None


def test_a_paused_session_stands_in_its_repetition_and_goes_on_from_its_beginning() -> None:
    session = Session.begin(a_plan(SQUAT), 0.0).pause(6.5)
    standing = phase_of(session, 99.0)
    assert standing is not None
    assert (standing.rep, standing.phase, standing.through_phase) == (1, "down", 0.75)
    counting_in = phase_of(session.resume(100.0), 101.0)
    assert counting_in is not None
    assert (counting_in.rep, counting_in.through_phase) == (1, 0.0)
