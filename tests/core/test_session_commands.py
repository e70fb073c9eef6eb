"""Where skip, back, drop and restart lead, in every kind of step, paused and not."""

from __future__ import annotations

import pytest

from hipcoach.core.choices import Pace
from hipcoach.core.history.record import Outcome, step_records
from hipcoach.core.plan import StepKind, StepSide
from hipcoach.core.session import RESUME_GAP, Attempt, Session
from hipcoach.errors import IllegalCommandError
from tests.core.running import COMMANDS
from tests.support import a_plan, a_set, a_step

LEFT = StepSide.LEFT
WARMUP, READY_0, SET_R, SWITCH, SET_L, REST, READY_1, HOLD, READY_2, OUT, IN, HELD = range(12)
PLAN = a_plan(
    a_step(StepKind.WARMUP, 60),
    a_step(StepKind.PREPARE, 8),
    a_set(4, 2.0),
    a_step(StepKind.SWITCH, 5, side=LEFT),
    a_set(4, 2.0, side=LEFT),
    a_step(StepKind.REST, 10),
    a_step(StepKind.PREPARE, 15, item=1),
    a_step(StepKind.HOLD, 30, item=1),
    a_step(StepKind.PREPARE, 8, item=2),
    a_set(2, 2.0, item=2, direction="out"),
    a_set(2, 2.0, item=2, direction="in", direct=True),
    a_step(StepKind.HOLD, 10, item=2, direct=True),
)
END = len(PLAN.steps)
EVERY_STEP = range(END)


def at_step(index: int, passed: float = 3.0) -> tuple[Session, float]:
    """A session that has been in a step for some seconds, by itself, and the time."""
    now = PLAN.steps[index].start + passed
    session = Session.begin(PLAN, 0.0).advance(now)
    assert session.index == index
    return session, now


SKIPS = {
    WARMUP: SET_R,
    READY_0: SET_R,
    SET_R: SWITCH,
    SWITCH: SET_L,
    SET_L: REST,
    REST: HOLD,
    READY_1: HOLD,
    HOLD: READY_2,
    READY_2: OUT,
    OUT: END,
    IN: END,
    HELD: END,
}
BACKS = {
    WARMUP: WARMUP,
    READY_0: WARMUP,
    SET_R: READY_0,
    SWITCH: READY_0,
    SET_L: READY_0,
    REST: SWITCH,
    READY_1: SWITCH,
    HOLD: SWITCH,
    READY_2: READY_1,
    OUT: READY_1,
    IN: READY_2,
    HELD: READY_2,
}
DROPS = {
    WARMUP: READY_0,
    READY_0: REST,
    SET_R: REST,
    SWITCH: REST,
    SET_L: REST,
    REST: READY_2,
    READY_1: READY_2,
    HOLD: READY_2,
    READY_2: END,
    OUT: END,
    IN: END,
    HELD: END,
}


@pytest.mark.parametrize("paused", [False, True])
@pytest.mark.parametrize("index", EVERY_STEP)
@pytest.mark.parametrize(("name", "leads_to"), [("skip", SKIPS), ("back", BACKS), ("drop", DROPS)])
def test_where_a_command_leads(name: str, leads_to: dict[int, int], index: int, paused: bool) -> None:
    session, now = at_step(index)
    if paused:
        session = session.pause(now)
    there = COMMANDS[name](session, now + 0.5)
    assert there.index == leads_to[index]
    assert there.is_over == (leads_to[index] == END)
    if not there.is_over:
        assert there.is_paused == paused
        assert there.elapsed(now + 0.5) == 0.0
        assert there.length == PLAN.steps[there.index].seconds


@pytest.mark.parametrize("paused", [False, True])
@pytest.mark.parametrize("index", EVERY_STEP)
def test_restarting_begins_the_step_again_and_counts_work_in(index: int, paused: bool) -> None:
    session, now = at_step(index)
    again = (session.pause(now) if paused else session).restart(now)
    assert (again.index, again.elapsed(now), again.is_paused) == (index, 0.0, paused)
    going = again.resume(now) if paused else again
    count_in = RESUME_GAP + 3 if PLAN.steps[index].is_work else RESUME_GAP if paused else 0.0
    assert going.deadline == pytest.approx(now + count_in + PLAN.steps[index].seconds)


@pytest.mark.parametrize("name", ["skip", "back", "drop", "restart", "finish"])
def test_work_that_is_broken_off_keeps_what_was_done(name: str) -> None:
    session, now = at_step(SET_R, 5.0)
    assert COMMANDS[name](session, now).attempts == (Attempt(SET_R, 2, 5.0),)
    session, now = at_step(HOLD, 12.0)
    assert COMMANDS[name](session, now).attempts[-1] == Attempt(HOLD, 0, 12.0)


def test_the_last_that_was_dropped_comes_back_first() -> None:
    session, now = at_step(SET_R)
    both = session.drop(now).drop(now)
    one = both.bring_back(now + 1)
    assert (one.index, one.dropped) == (READY_1, frozenset({0}))
    assert (one.bring_back(now + 2).index, one.bring_back(now + 2).dropped) == (READY_0, frozenset())
    with pytest.raises(IllegalCommandError, match="Nothing has been left out"):
        one.bring_back(now + 2).bring_back(now + 3)


def test_what_hurts_is_skipped_and_says_why() -> None:
    session, now = at_step(HOLD)
    record = step_records(session.hurts(now).finish(now + 1))[2]
    assert (record.outcome, record.reason, record.done_seconds) == (Outcome.PARTIAL, "hurt", 3.0)


def test_an_own_pace_set_that_is_skipped_counts_its_time_but_no_repetitions() -> None:
    session = Session.begin(a_plan(a_set(4, 2.0, pace=Pace.OWN)), 0.0)
    assert session.skip(30.0).attempts == (Attempt(0, 0, 30.0),)
    assert step_records(session.skip(30.0))[0].outcome is Outcome.PARTIAL
    assert step_records(session.skip(1.0))[0].outcome is Outcome.SKIPPED
