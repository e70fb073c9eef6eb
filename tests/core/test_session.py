"""What can be read from a session, and what it refuses; how it sounds and what it keeps is in the scores."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from hipcoach.core.choices import Pace
from hipcoach.core.cues import cues_due, cues_of
from hipcoach.core.plan import StepKind
from hipcoach.core.session import RESUME_GAP, Attempt, Session
from hipcoach.errors import IllegalCommandError
from tests.core.running import COMMANDS
from tests.support import a_plan, a_set, a_step

READY = a_step(StepKind.PREPARE, 8)
HOLD = a_step(StepKind.HOLD, 30)


def test_steps_end_at_their_deadlines_however_late_one_looks() -> None:
    session = Session.begin(a_plan(READY, a_set(4, 2.0), HOLD), 100.0)
    assert session.advance(107.999).index == 0
    assert session.advance(108.0).index == 1
    late = session.advance(140.0)
    assert (late.index, late.began, late.elapsed(140.0)) == (2, 116.0, 24.0)
    over = session.advance(1000.0)
    assert (over.is_over, over.reached_end, over.ended_at, over.step) == (True, True, 146.0, None)
    assert (over.remaining(1000.0), over.active_seconds(1000.0)) == (0.0, 46.0)
    assert Session.begin(a_plan(), 5.0).is_over
    finished = session.finish(118.0)
    assert (finished.is_over, finished.reached_end, finished.ended_at) == (True, False, 118.0)


def test_remaining_is_the_plan_less_what_has_passed() -> None:
    session = Session.begin(a_plan(READY, a_set(4, 2.0, pace=Pace.OWN), HOLD), 0.0)
    assert session.remaining(3.0) == 5 + 8 + 30
    assert session.advance(9.0).remaining(9.0) == 7 + 30
    assert session.advance(9.0).remaining(500.0) == 30


def test_the_clock_stands_while_paused_and_while_counting_in() -> None:
    paused = Session.begin(a_plan(READY, HOLD), 0.0).pause(18.0)
    assert (paused.is_paused, paused.elapsed(90.0), paused.remaining(90.0)) == (True, 10.0, 20.0)
    assert paused.active_seconds(90.0) == paused.skip(90.0).active_seconds(95.0) == 18.0
    resumed = paused.resume(100.0)
    assert resumed.is_counting_in(101.0)
    assert resumed.elapsed(101.0) == pytest.approx(10.0)
    assert not resumed.is_counting_in(100 + RESUME_GAP + 3)
    assert resumed.elapsed(104.7) == pytest.approx(11.0)
    assert resumed.active_seconds(104.0) == paused.finish(100.0).active_seconds(104.0) + 4.0 == 22.0


def test_only_an_own_pace_set_that_runs_is_ended_by_hand() -> None:
    session = Session.begin(a_plan(READY, a_set(pace=Pace.OWN), HOLD), 0.0)
    paused = session.pause(9.0)
    holding = session.skip(1.0).complete(2.0)
    for state, at in [(session, 1.0), (paused, 10.0), (paused.resume(20.0), 22.0), (holding, 5.0)]:
        with pytest.raises(IllegalCommandError, match="own pace"):
            state.complete(at)


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_nothing_can_be_done_after_the_end(name: str) -> None:
    session = Session.begin(a_plan(READY, HOLD), 0.0)
    for over in (session, session.finish(5.0)):
        with pytest.raises(IllegalCommandError, match="ended"):
            COMMANDS[name](over, 1000.0)


def test_pausing_twice_and_resuming_what_runs_are_refused() -> None:
    session = Session.begin(a_plan(READY, HOLD), 0.0)
    with pytest.raises(IllegalCommandError, match="not paused"):
        session.resume(1.0)
    with pytest.raises(IllegalCommandError, match="paused already"):
        session.pause(1.0).pause(2.0)


def test_a_session_taken_up_again_gets_ready_for_the_step_it_was_cut_off_in() -> None:
    other = a_step(StepKind.PREPARE, 8, item=1, switched=True)
    plan = a_plan(READY, HOLD, other, a_step(StepKind.HOLD, 30, item=1), READY, HOLD)
    begun = Session.begin(plan, 100.0)
    done = replace(begun, attempts=(Attempt(1, 0, 30.0),), dropped=frozenset({1}), active_from=50.0)
    session = done.taken_up(5, 100.0)
    assert (session.index, session.switched) == (4, False)
    assert session.active_seconds(110.0) == 60.0
    assert begun.taken_up(3, 100.0).switched


def test_a_window_of_cues_holds_its_beginning_and_not_its_end() -> None:
    session = Session.begin(a_plan(READY, HOLD), 0.0)
    assert [cue.due for cue in cues_due(session, 5.0, 8.0)] == [5.0, 6.0, 7.0]
    assert [cue.due for cue in cues_due(session, 8.0, 8.1)] == [8.0]


def test_sounds_of_a_step_are_in_order_however_it_was_changed() -> None:
    for step in (READY, HOLD, a_set(), a_step(StepKind.SWITCH, 5)):
        for length in (0.5, 1.0, 3.5, 4.0, 4.7, 25.0):
            before = Session.begin(a_plan(replace(HOLD, ends_round=True), step, HOLD), 0.0)
            found = list(cues_of(replace(before.ended_step(10.0), length=length)))
            assert found == sorted(found)
