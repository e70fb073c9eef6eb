"""What the figure does in a session: it follows the session's own phase, side and pauses."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from msgspec.structs import replace

from hipcoach.core.exercise import Side
from hipcoach.core.figure.acting import acting, figure_step
from hipcoach.core.figure.drawing import Disc, Drawing
from hipcoach.core.figure.figure import at_hold, at_phase, at_start
from hipcoach.core.figure.movement import Figure
from hipcoach.core.plan import Step, StepKind, StepSide
from hipcoach.core.session import Session
from tests.core.figure.people import squat
from tests.support import a_plan, a_set, a_step

FIGURE = squat()
STAGE, PATH = next((name, path) for name, path in FIGURE.stages.items() if path.phases)
OUT, BACK = PATH.phases[0].name, PATH.phases[-1].name


def a_leg(side: StepSide) -> list[Step]:
    work = a_set(3, 4.0, side=side, stage_id=STAGE)
    phases = (replace(work.phases[0], name=OUT), replace(work.phases[1], name=BACK))
    return [
        a_step(StepKind.PREPARE, 8.0, side=side, stage_id=STAGE),
        replace(work, phases=phases),
    ]


def a_session(*more: Step) -> Session:
    """Lead-in 8, right 3 reps of 4, switch 5, left 3 reps."""
    switch = a_step(StepKind.SWITCH, 5.0, side=StepSide.LEFT, stage_id=STAGE)
    return Session.begin(a_plan(*a_leg(StepSide.RIGHT), switch, a_leg(StepSide.LEFT)[1], *more), 0.0)


def shown(session: Session, now: float, **rest: bool) -> Drawing:
    drawing = acting(session.advance(now), now, FIGURE, **rest)
    assert drawing is not None
    return drawing


def test_in_the_lead_in_it_waits_in_the_starting_pose() -> None:
    for now in (0.0, 3.3, 7.9):
        assert shown(a_session(), now) == at_start(FIGURE, STAGE, Side.RIGHT)


def test_when_the_count_changes_it_is_in_the_starting_pose_and_half_way_at_the_far_end() -> None:
    start = at_start(FIGURE, STAGE, Side.RIGHT)
    for rep in range(3):
        assert shown(a_session(), 8.0 + 4 * rep).shapes == start.shapes
        far = at_phase(FIGURE, STAGE, OUT, 1.0, Side.RIGHT)
        assert shown(a_session(), 10.0 + 4 * rep) == far
        assert far.shapes != start.shapes


def test_between_it_is_where_the_phase_is() -> None:
    assert shown(a_session(), 8.5) == at_phase(FIGURE, STAGE, OUT, 0.25, Side.RIGHT)
    assert shown(a_session(), 11.5) == at_phase(FIGURE, STAGE, BACK, 0.75, Side.RIGHT)


def test_it_turns_over_in_the_switch() -> None:
    def width(drawing: Drawing) -> float:
        across = [
            x
            for shape in drawing.shapes
            for x in ([shape.centre[0]] if isinstance(shape, Disc) else [shape.start[0], shape.end[0]])
        ]
        return max(across) - min(across)

    widths = [width(shown(a_session(), 20.0 + seconds)) for seconds in (0.0, 1.25, 2.5, 3.75, 4.99)]
    assert widths[0] > widths[1] > widths[2] == pytest.approx(0.0, abs=1e-9)
    assert widths[2] < widths[3] < widths[4]
    assert shown(a_session(), 20.0).shapes == at_start(FIGURE, STAGE, Side.RIGHT).shapes
    assert shown(a_session(), 25.0).shapes == at_start(FIGURE, STAGE, Side.LEFT).shapes


def test_paused_it_stands_still() -> None:
    paused = a_session().advance(9.0).pause(9.0)
    assert acting(paused, 9.0, FIGURE) == acting(paused, 60.0, FIGURE) == shown(a_session(), 9.0)


def test_with_less_motion_only_the_ends_of_the_phases_are_seen() -> None:
    start, far = (at_phase(FIGURE, STAGE, OUT, through, Side.RIGHT) for through in (0.0, 1.0))
    seen = {shown(a_session(), 8.0 + tenth / 10, less_motion=True).shapes for tenth in range(120)}
    assert seen == {start.shapes, far.shapes}
    switch = {shown(a_session(), 20.0 + tenth / 10, less_motion=True).shapes for tenth in range(50)}
    assert switch == {at_start(FIGURE, STAGE, Side.LEFT).shapes}


@pytest.mark.parametrize("less_motion", [False, True])
def test_in_a_hold_it_breathes_unless_less_motion_is_wanted(less_motion: bool) -> None:
    hold = Session.begin(a_plan(a_step(StepKind.HOLD, 20.0, stage_id=STAGE, side=StepSide.RIGHT)), 0.0)
    seen = [shown(hold, now, less_motion=less_motion) for now in (4.0, 5.0, 6.0)]
    expected = [at_hold(FIGURE, STAGE, 4.0 if less_motion else now, Side.RIGHT) for now in (4.0, 5.0, 6.0)]
    assert seen == expected
    assert (seen[0] == seen[1]) is less_motion


def test_sides_that_alternate_take_turns() -> None:
    work = a_leg(StepSide.ALTERNATING)[1]
    session = Session.begin(a_plan(replace(work, first_side=Side.LEFT)), 0.0)
    assert shown(session, 1.0) == at_phase(FIGURE, STAGE, OUT, 0.5, Side.LEFT)
    assert shown(session, 5.0) == at_phase(FIGURE, STAGE, OUT, 0.5, Side.RIGHT)


def _other_stage(figure: Figure) -> Session:
    return Session.begin(a_plan(a_step(StepKind.HOLD, 20.0, stage_id="unheard-of")), 0.0)


def _other_phases(figure: Figure) -> Session:
    return Session.begin(a_plan(a_set(3, 4.0, stage_id=STAGE, side=StepSide.RIGHT)), 0.0)


@pytest.mark.parametrize("session", [_other_stage, _other_phases])
def test_a_stage_or_phase_of_the_users_own_has_no_figure(session: Callable[[Figure], Session]) -> None:
    assert acting(session(FIGURE), 1.0, FIGURE) is None


def test_rests_show_what_comes_and_the_end_nothing() -> None:
    rest = a_step(StepKind.REST, 10.0)
    session = a_session(rest, *a_leg(StepSide.RIGHT))
    resting = session.advance(40.0)
    assert resting.step is not None
    assert resting.step.kind is StepKind.REST
    assert acting(resting, 40.0, FIGURE) == at_start(FIGURE, STAGE, Side.RIGHT)
    assert figure_step(session.advance(1000.0)) is None


def test_a_warm_up_of_ones_own_has_none() -> None:
    session = Session.begin(a_plan(a_step(StepKind.WARMUP, 60.0), *a_leg(StepSide.RIGHT)), 0.0)
    assert acting(session, 1.0, FIGURE) is None
