"""What the figure does when: it follows a session's phase, side and pauses, and shows how a movement goes."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from hipcoach.core.exercise import Entry, Exercise, RepPhase, Side, Sides, Stage
from hipcoach.core.figure.acting import (
    HOLD_SECONDS,
    REPS,
    SETTLED,
    WAIT_SECONDS,
    Showing,
    acting,
    figure_step,
    showing_of,
)
from hipcoach.core.figure.movement import Moment
from hipcoach.core.figure.scene import Drawing, drawing_at
from hipcoach.core.plan import Step, StepKind, StepSide
from hipcoach.core.session import Session
from hipcoach.storage.bundled import bundled_self_tests, load_figure
from hipcoach.storage.catalog import bundled_catalog
from tests.figures.people import squat
from tests.support import a_plan, a_set, a_step

FIGURE = squat()
STAGE, OUT, BACK = "squat", "sink", "rise"
EXERCISES = bundled_catalog().exercises
TESTS = {test.figure: test for test in bundled_self_tests().tests}


def at(phase: str = "", through: float = 0.0, side: Side | None = Side.RIGHT) -> Drawing:
    return drawing_at(FIGURE, Moment(STAGE, side, None, phase, through))


def a_leg(side: StepSide) -> list[Step]:
    work = a_set(3, 4.0, side=side, stage_id=STAGE)
    phases = (replace(work.phases[0], name=OUT), replace(work.phases[1], name=BACK))
    return [a_step(StepKind.PREPARE, 8.0, side=side, stage_id=STAGE), replace(work, phases=phases)]


def a_session(*more: Step) -> Session:
    """Lead-in 8, right 3 reps of 4, switch 5, left 3 reps."""
    switch = a_step(StepKind.SWITCH, 5.0, side=StepSide.LEFT, stage_id=STAGE)
    return Session.begin(a_plan(*a_leg(StepSide.RIGHT), switch, a_leg(StepSide.LEFT)[1], *more), 0.0)


def shown(session: Session, now: float, *, less_motion: bool = False) -> Drawing:
    drawing = acting(session.advance(now), now, FIGURE, less_motion=less_motion)
    assert drawing is not None
    return drawing


def test_it_waits_in_the_lead_in_and_then_is_where_the_phase_is() -> None:
    for now in (0.0, 3.3, 7.9):
        assert shown(a_session(), now) == at()
    for rep in range(3):
        assert shown(a_session(), 8.0 + 4 * rep) == at()
        assert shown(a_session(), 8.5 + 4 * rep) == at(OUT, 0.25)
        assert shown(a_session(), 10.0 + 4 * rep) == at(OUT, 1.0)
        assert shown(a_session(), 11.5 + 4 * rep) == at(BACK, 0.75)


def test_it_turns_over_in_the_switch() -> None:
    def width(drawing: Drawing) -> float:
        across = [x for line in drawing.lines for x in (line.start.x, line.end.x)]
        return max(across) - min(across)

    widths = [width(shown(a_session(), 20.0 + seconds)) for seconds in (0.0, 1.25, 2.5, 3.75, 4.99)]
    assert widths[0] > widths[1] > widths[2] == pytest.approx(0.0, abs=1e-9)
    assert widths[2] < widths[3] < widths[4]
    assert shown(a_session(), 25.0) == at(side=Side.LEFT)


def test_paused_it_stands_still() -> None:
    paused = a_session().advance(9.0).pause(9.0)
    assert acting(paused, 9.0, FIGURE) == acting(paused, 60.0, FIGURE) == shown(a_session(), 9.0)


def test_with_less_motion_only_the_ends_of_the_phases_are_seen() -> None:
    seen = {shown(a_session(), 8.0 + tenth / 10, less_motion=True).lines for tenth in range(120)}
    assert seen == {at().lines, at(OUT, 1.0).lines}
    switch = {shown(a_session(), 20.0 + tenth / 10, less_motion=True).lines for tenth in range(50)}
    assert switch == {at(side=Side.LEFT).lines}


@pytest.mark.parametrize("less_motion", [False, True])
def test_in_a_hold_it_breathes_unless_less_motion_is_wanted(less_motion: bool) -> None:
    hold = Session.begin(a_plan(a_step(StepKind.HOLD, 20.0, stage_id=STAGE, side=StepSide.RIGHT)), 0.0)
    seen = [shown(hold, now, less_motion=less_motion) for now in (4.0, 5.0, 6.0)]
    held = [SETTLED] * 3 if less_motion else [4.0, 5.0, 6.0]
    assert seen == [drawing_at(FIGURE, Moment(STAGE, Side.RIGHT, held=seconds)) for seconds in held]
    assert (seen[0] == seen[1]) is less_motion


def test_sides_that_alternate_take_turns() -> None:
    work = a_leg(StepSide.ALTERNATING)[1]
    session = Session.begin(a_plan(replace(work, first_side=Side.LEFT)), 0.0)
    assert shown(session, 1.0) == at(OUT, 0.5, Side.LEFT)
    assert shown(session, 5.0) == at(OUT, 0.5, Side.RIGHT)


@pytest.mark.parametrize(
    "step",
    [
        a_step(StepKind.HOLD, 20.0, stage_id="unheard-of"),
        a_set(3, 4.0, stage_id=STAGE, side=StepSide.RIGHT),
        a_step(StepKind.WARMUP, 60.0),
    ],
    ids=["another stage", "other phases", "a warm-up"],
)
def test_what_the_figure_does_not_know_is_not_shown(step: Step) -> None:
    session = Session.begin(a_plan(step, *a_leg(StepSide.RIGHT)), 0.0)
    assert acting(session, 1.0, FIGURE) is None


def test_rests_show_what_comes_and_the_end_nothing() -> None:
    session = a_session(a_step(StepKind.REST, 10.0), *a_leg(StepSide.RIGHT))
    assert shown(session, 40.0) == at()
    assert figure_step(session.advance(1000.0)) is None


ROCK: Stage = replace(
    EXERCISES["quadruped-rockback"].stages[0],
    phases=(RepPhase("rock back", 2), RepPhase("come forward", 1)),  # type: ignore[arg-type]  # whole seconds do
)
HOLD: Stage = replace(EXERCISES["kneeling-adductor-stretch"].stages[1], id="rock", phases=())


def showing(
    *stages: Stage, sides: Sides = Sides.ONE_AT_A_TIME, side: Side | None = None, name: str = "rockback"
) -> Showing:
    exercise: Exercise = replace(EXERCISES[f"quadruped-{name}"], stages=stages, sides=sides)
    found = showing_of(exercise, load_figure(f"quadruped-{name}"), side)
    assert found is not None
    return found


def course(showing: Showing) -> list[Moment]:
    """Return the first moment of everything that is shown."""
    return [moment for moment, _ in showing.parts]


def test_a_set_waits_and_does_some_repetitions_in_its_tempo_over_and_over() -> None:
    rocking = showing(ROCK)
    assert [each.phase for each in course(rocking)] == ["", *("rock back", "come forward") * REPS]
    assert rocking.seconds == WAIT_SECONDS + REPS * 3.0
    assert rocking.at(WAIT_SECONDS + 1.0) == Moment("rock", Side.RIGHT, None, "rock back", 0.5)
    assert rocking.at(WAIT_SECONDS + 2.5) == Moment("rock", Side.RIGHT, None, "come forward", 0.5)
    assert rocking.at(rocking.seconds + 1.0) == rocking.at(1.0)
    assert (rocking.end.phase, rocking.end.through) == ("come forward", 1.0)


def test_a_hold_follows_where_the_last_repetition_stops() -> None:
    held_after = replace(ROCK, held_after="rock back")
    moments = course(showing(held_after, HOLD))
    assert [(each.phase, each.held) for each in moments[-2:]] == [("rock back", None), ("", 0.0)]
    assert showing(held_after).end.phase == "come forward", "without a hold after it, it is whole"
    assert showing(HOLD).seconds == WAIT_SECONDS + HOLD_SECONDS
    assert showing(HOLD).at(WAIT_SECONDS + 3.0).held == 3.0


def test_a_stage_with_a_lead_in_is_waited_for() -> None:
    assert HOLD.entry is Entry.DIRECT
    waits = [each for each in course(showing(ROCK, ROCK, HOLD)) if not each.phase and each.held is None]
    assert len(waits) == 2


def test_sides_alternate_and_both_get_the_same() -> None:
    moments = course(showing(ROCK, sides=Sides.ALTERNATING, side=Side.LEFT))
    sides = [each.side for each in moments if each.phase == "rock back"]
    assert sides == [Side.LEFT, Side.RIGHT] * 2
    assert {each.side for each in course(showing(ROCK, sides=Sides.BOTH))} == {None}


def test_every_direction_gets_its_repetitions() -> None:
    moments = course(showing(replace(ROCK, directions=("outward", "inward"))))
    ways = [each.direction for each in moments if each.phase == "rock back"]
    assert ways == ["outward"] * REPS + ["inward"] * REPS


def test_an_exercise_of_ones_own_may_ask_for_what_the_figure_does_not_know() -> None:
    exercise, figure = EXERCISES["quadruped-rockback"], load_figure("quadruped-rockback")
    other = (replace(ROCK, phases=(RepPhase("other", 1),)), replace(ROCK, id="other"))  # type: ignore[arg-type]  # the same
    for stage in other:
        assert showing_of(replace(exercise, stages=(stage,)), figure) is None


def test_extremes_are_the_start_the_way_and_the_far_end_and_of_a_hold_one() -> None:
    squatting = replace(showing(ROCK), figure=FIGURE)
    far = [("start", at()), ("middle", at(OUT, 0.5)), ("end", at(OUT, 1.0))]
    assert squatting.extremes(STAGE) == far
    assert squatting.extremes("hold") == [("hold", drawing_at(FIGURE, Moment("hold", Side.RIGHT)))]
