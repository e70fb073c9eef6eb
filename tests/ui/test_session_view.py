"""The labels of the live screen say only what will happen, with every choice of pauses and drops."""

from __future__ import annotations

import pytest

from hipcoach.core.choices import Choices, Pace, Timings
from hipcoach.core.compile import compile_plan
from hipcoach.core.plan import Step, StepKind
from hipcoach.core.session import Session
from hipcoach.ui.session_view import Mode, brief, view_of
from tests.support import a_plan, a_set, a_step
from tests.ui.surroundings import real_catalog, small_catalog

NO_PAUSES = Timings(lead_in=0, lead_in_new_position=0, switch=0, rest=0)
RESTS = Timings(lead_in=3, lead_in_new_position=0, switch=0, rest=20)
ROUTINES = tuple(real_catalog().routines)


def label(step: Step | None) -> str:
    if step is None:
        return "the end"
    return f"rest {step.seconds:g} s" if step.kind is StepKind.REST else brief(step)


def coming(session: Session) -> Step | None:
    """The rest or work that comes after what the screen shows now, found by letting the session run."""
    step = session.step
    assert step is not None
    state = session
    shown = step.is_work or step.kind is StepKind.WARMUP
    while True:
        state = state.ended_step(0.0)
        if state.step is None:
            return None
        if state.step.is_work or state.step.kind is StepKind.REST:
            if shown:
                return state.step
            shown = state.step.is_work


@pytest.mark.parametrize("timings", [Timings(), NO_PAUSES, RESTS], ids=["usual", "none", "rests"])
@pytest.mark.parametrize("drops", [(), (2,), (1, 9)], ids=["all", "one dropped", "two dropped"])
@pytest.mark.parametrize("routine", ROUTINES)
def test_next_is_what_really_comes(routine: str, drops: tuple[int, ...], timings: Timings) -> None:
    catalog = real_catalog()
    plan = compile_plan(catalog.routines[routine], catalog, Choices(timings=timings))
    session = Session.begin(plan, 0.0)
    while session.step is not None:
        if session.index in drops:
            session = session.drop(0.0)
            continue
        assert view_of(session, 0.0).next == label(coming(session)), session.step
        session = session.ended_step(0.0)
    assert view_of(session, 0.0).mode is Mode.OVER


@pytest.mark.parametrize("timings", [Timings(), NO_PAUSES, RESTS])
def test_a_pause_says_what_it_leads_to(timings: Timings) -> None:
    catalog = small_catalog()
    plan = compile_plan(catalog.routines["routine"], catalog, Choices(timings=timings))
    session = Session.begin(plan, 0.0)
    while session.step is not None:
        step, view = session.step, view_of(session, 0.0)
        after = session.ended_step(0.0)
        if step.kind is StepKind.REST:
            assert after.step is not None
            leads_in = after.step.kind is StepKind.PREPARE
            assert view.unit == f"seconds until you {'get ready' if leads_in else 'start'}"
        elif not step.is_work:
            assert after.step is not None
            assert after.step.is_work
            assert view.unit == "seconds until you start"
        session = after


def test_a_rest_before_a_dropped_exercise_leads_to_the_one_after() -> None:
    plan = a_plan(
        a_set(name="First", item=0),
        a_set(name="Second", item=1),
        a_step(StepKind.REST, 10.0),
        a_set(name="First again", item=0),
        a_set(name="Second again", item=1),
    )
    session = Session.begin(plan, 0.0).drop(1.0).ended_step(2.0)
    view = view_of(session, 2.0)
    assert (view.mode, view.unit) == (Mode.REST, "seconds until you start")
    assert (view.name, view.next) == ("Second again", "the end")


def test_going_back_into_the_warm_up_after_a_drop() -> None:
    plan = a_plan(
        a_step(StepKind.WARMUP, 60.0, name="Walk"),
        a_set(name="First", item=0),
        a_set(name="Second", item=1),
        a_set(name="Third", item=2),
    )
    session = Session.begin(plan, 0.0).skip(1.0).drop(2.0)
    assert session.step is not None
    assert session.step.name == "Second"
    session = session.back(3.0)
    assert session.step is not None
    assert session.step.kind is StepKind.WARMUP
    view = view_of(session, 3.0)
    assert view.name == "Walk"
    assert view.next == "Second · right · 4 reps"
    assert view.place == "set 2 of 3"


def test_the_count_of_an_open_set_goes_up() -> None:
    catalog = small_catalog()
    plan = compile_plan(catalog.routines["short"], catalog, Choices(pace=Pace.OWN, timings=NO_PAUSES))
    session = Session.begin(plan, 0.0)
    assert [view_of(session, at).count for at in (0.0, 0.9, 1.0, 61.0)] == ["0:00", "0:00", "0:01", "1:01"]
    assert view_of(session, 1000.0).step_fraction == 1.0


def test_counts_never_leave_their_limits() -> None:
    catalog = small_catalog()
    session = Session.begin(compile_plan(catalog.routines["routine"], catalog), 0.0)
    for tick in range(1100):
        now = tick / 10
        session = session.advance(now)
        view = view_of(session, now)
        assert 0.0 <= view.step_fraction <= 1.0
        assert 0.0 <= view.whole_fraction <= 1.0
        step = session.step
        if step is not None and step.kind is StepKind.REPS:
            assert 1 <= int(view.count) <= (step.reps or 0)
        elif step is not None:
            assert 1 <= int(view.count) <= step.seconds
