"""What is kept of a session: honest outcomes, and whether it counts."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from hipcoach.core.choices import Pace
from hipcoach.core.exercise import Side
from hipcoach.core.history.record import (
    Outcome,
    SessionRecord,
    SessionStatus,
    StepRecord,
    entry_of,
    judged,
    record_of,
    step_records,
)
from hipcoach.core.plan import Step, StepKind, StepSide
from hipcoach.core.session import Attempt, Session
from tests.support import a_plan, a_record, a_set, a_step, a_step_record

DONE, PARTIAL, SKIPPED, LEFT = Outcome.DONE, Outcome.PARTIAL, Outcome.SKIPPED, Outcome.LEFT
HOLD = a_step(StepKind.HOLD, 20)
OPEN = a_set(4, 2.0, pace=Pace.OWN)


def record_after(session: Session, now: float) -> SessionRecord:
    return record_of(
        session,
        now=now,
        id="one",
        started=datetime(2026, 3, 2, 12, tzinfo=UTC),
        day=date(2026, 3, 2),
        app_version="1.0",
        choices={"rounds": 3},
    )


def outcome_of(step: Step, *attempts: tuple[int, float], passed: bool = True) -> StepRecord:
    """The record of a step after these goes at it."""
    session = Session.begin(a_plan(step, a_step(StepKind.HOLD, 5)), 0.0)
    done = replace(session, attempts=tuple(Attempt(0, *each) for each in attempts))
    return step_records(done.taken_up(1 if passed else 0, 0.0).finish(0.0))[0]


@pytest.mark.parametrize(
    ("step", "attempts", "outcome", "work_done"),
    [
        (a_set(4, 2.0), [(4, 8.0)], DONE, 8.0),
        (a_set(4, 2.0), [(5, 10.0)], DONE, 8.0),
        (a_set(4, 2.0), [(3, 7.9)], PARTIAL, 6.0),
        (a_set(4, 2.0), [(0, 1.9)], SKIPPED, 0.0),
        (a_set(4, 2.0), [], SKIPPED, 0.0),
        (HOLD, [(0, 20.0)], DONE, 20.0),
        (HOLD, [(0, 35.0)], DONE, 20.0),
        (HOLD, [(0, 19.0)], PARTIAL, 19.0),
        (HOLD, [(0, 0.9)], SKIPPED, 0.0),
        (HOLD, [(0, 12.0), (0, 15.0), (0, 3.0)], PARTIAL, 15.0),
        (OPEN, [(4, 3.0)], DONE, 8.0),
        (OPEN, [(2, 60.0)], PARTIAL, 4.0),
        (OPEN, [(0, 60.0)], PARTIAL, 8.0),
        (OPEN, [(0, 1.9)], SKIPPED, 0.0),
        (OPEN, [(4, 2.0)], DONE, 8.0),
    ],
)
def test_an_outcome_says_what_was_really_done(
    step: Step, attempts: list[tuple[int, float]], outcome: Outcome, work_done: float
) -> None:
    record = outcome_of(step, *attempts)
    assert record.outcome is outcome
    assert record.work_done == work_done
    assert (record.done_reps, record.done_seconds) == max(attempts, default=(0, 0.0))
    assert record.attempts == (tuple(attempts) if len(attempts) > 1 else ())


def test_what_was_not_reached_is_left_and_not_skipped() -> None:
    assert outcome_of(HOLD, passed=False).outcome is LEFT
    session = Session.begin(a_plan(HOLD, HOLD, HOLD), 0.0).skip(0.5).advance(5.0).finish(5.0)
    assert [each.outcome for each in step_records(session)] == [SKIPPED, PARTIAL, LEFT]


def test_a_step_says_whose_numbers_it_was_done_by() -> None:
    session = Session.begin(a_plan(a_set(4, 2.0, side=StepSide.LEFT, round=2, direction="in")), 0.0)
    record = step_records(session.advance(100.0))[0]
    assert (record.side, record.direction, record.round, record.reps) == (StepSide.LEFT, "in", 2, 4)
    assert (record.exercise, record.seconds) == ("clam", 8.0)


@pytest.mark.parametrize(
    ("asked", "seconds", "outcome", "reps", "work_done"),
    [
        (4, 1.999, PARTIAL, 3, 6.0),
        (4, 0.5, PARTIAL, 1, 2.0),
        (4, 0.499, SKIPPED, 0, 0.0),
        (4, 0.0, SKIPPED, 0, 0.0),
        (9, 1.0, PARTIAL, 2, 4.0),  # made longer, then ended at once
        (9, 2.0, DONE, 4, 8.0),
        (2, 0.5, PARTIAL, 1, 2.0),  # made shorter
        (2, 1.0, PARTIAL, 2, 4.0),
    ],
)
def test_nobody_does_a_rep_in_less_than_half_a_second(
    asked: int, seconds: float, outcome: Outcome, reps: int, work_done: float
) -> None:
    record = outcome_of(OPEN, (asked, seconds))
    assert (record.outcome, record.done_reps, record.done_seconds) == (outcome, reps, seconds)
    assert record.work_done == work_done


def test_the_best_go_at_a_set_is_the_one_that_can_be_believed() -> None:
    record = outcome_of(OPEN, (4, 0.3), (3, 5.0), (4, 0.9))
    assert (record.outcome, record.done_reps, record.done_seconds) == (PARTIAL, 3, 5.0)
    assert record.attempts == ((0, 0.3), (3, 5.0), (1, 0.9))


def test_a_set_the_coach_paces_is_counted_by_its_own_beat() -> None:
    fast = a_set(10, 0.2)
    record = outcome_of(fast, (10, 2.0))
    assert (record.outcome, record.done_reps) == (DONE, 10)


def test_a_fast_set_at_ones_own_pace_that_is_left_at_once_is_not_begun() -> None:
    assert outcome_of(a_set(10, 0.2, pace=Pace.OWN), (0, 0.4)).outcome is SKIPPED
    assert outcome_of(a_set(10, 0.2, pace=Pace.OWN), (0, 0.5)).outcome is PARTIAL


def test_taking_the_last_rep_off_a_set_at_ones_own_pace_is_doing_none() -> None:
    session = Session.begin(a_plan(OPEN, HOLD), 0.0)
    for _ in range(4):
        session = session.add(60.0, -5.0)
    assert session.index == 1
    assert (step_records(session)[0].outcome, step_records(session)[0].work_done) == (SKIPPED, 0.0)


def test_a_pause_is_no_time_for_reps() -> None:
    session = Session.begin(a_plan(OPEN, HOLD), 0.0).pause(0.2).resume(100.0)
    session = session.complete(session.live_from + 0.4)
    record = step_records(session)[0]
    assert (record.outcome, record.done_reps, record.done_seconds) == (PARTIAL, 1, 0.6)


def test_enter_again_and_again_is_no_session() -> None:
    plan = a_plan(*[a_set(10, 2.0, pace=Pace.OWN)] * 66)
    session, now = Session.begin(plan, 0.0), 0.0
    for _ in range(66):
        now += 18 / 66
        session = session.complete(now)
    assert session.reached_end
    record = record_after(session, now)
    assert (record.status, record.work_done, record.is_empty) == (SessionStatus.STOPPED, 0.0, True)


@pytest.mark.parametrize(
    ("done", "completed"), [(0, False), (1, False), (4, False), (5, True), (9, True), (10, True)]
)
def test_only_what_reached_its_end_with_half_of_it_done_is_completed(done: int, completed: bool) -> None:
    session, now = Session.begin(a_plan(*[HOLD] * 10), 0.0), 0.0
    for number in range(10):
        now += 20.0 if number < done else 0.1
        session = session.advance(now) if number < done else session.skip(now)
    assert session.reached_end
    record = record_after(session, now)
    assert record.status is (SessionStatus.COMPLETED if completed else SessionStatus.STOPPED)
    assert record.counts is completed
    assert record.is_empty is (done == 0)


def test_a_session_that_was_stopped_is_not_completed_whatever_was_done() -> None:
    record = record_after(Session.begin(a_plan(HOLD, HOLD), 0.0).advance(39.0).finish(39.0), 39.0)
    assert record.status is SessionStatus.STOPPED
    assert record.counts


def test_warming_up_and_resting_are_no_work() -> None:
    warm_up, rest = a_step(StepKind.WARMUP, 300), a_step(StepKind.REST, 60)
    lead_in = a_step(StepKind.PREPARE, 15)
    session = Session.begin(a_plan(warm_up, lead_in, HOLD, rest, lead_in, HOLD, HOLD), 0.0)
    session = session.advance(410.0).skip(410.5).skip(410.9)
    record = record_after(session, 410.9)
    assert session.reached_end
    assert (record.work_planned, record.work_done) == (60.0, 20.0)
    assert not record.counts
    only_warm = record_after(Session.begin(session.plan, 0.0).advance(310.0).finish(310.0), 310.0)
    assert only_warm.is_empty
    assert not only_warm.counts


def test_what_a_log_lists_beside_the_work_is_none() -> None:
    warm_up = a_step_record(DONE, kind=StepKind.WARMUP, reps=None, seconds=300.0, done_seconds=300.0)
    record = a_record(steps=(warm_up, a_step_record(SKIPPED), a_step_record(SKIPPED)))
    assert (record.work_planned, record.work_done, record.is_empty) == (16.0, 0.0, True)
    assert not record.counts
    assert judged(record).status is SessionStatus.STOPPED


def test_the_record_of_a_session_explains_itself() -> None:
    session = Session.begin(a_plan(HOLD), 100.0).pause(110.0).resume(200.0).advance(1000.0)
    record = record_after(session, 1000.0)
    assert record.status is SessionStatus.COMPLETED
    assert record.active_seconds == pytest.approx(20 + 3.7)
    assert (record.routine, record.title, record.source) == (
        "routine",
        "Routine",
        "An author, A title, 2020-02-29",
    )
    assert (record.work_planned, record.work_done) == (20.0, 20.0)
    assert record.choices == {"rounds": 3}


@pytest.mark.parametrize("status", SessionStatus)
@pytest.mark.parametrize(("done", "counted"), [(1, False), (4, False), (5, True), (9, True)])
def test_a_session_counts_when_half_of_it_was_done(status: SessionStatus, done: int, counted: bool) -> None:
    steps = tuple(a_step_record(DONE if place < done else LEFT) for place in range(10))
    record = judged(a_record(status=status, steps=steps))
    assert record.counts is counted
    assert (record.status is SessionStatus.COMPLETED) is (counted and status is SessionStatus.COMPLETED)
    entry = entry_of(record)
    assert (entry.status, entry.counts) == (record.status, counted)


def test_a_log_without_its_sets_is_taken_at_its_word() -> None:
    assert not judged(a_record(status=SessionStatus.STOPPED, steps=())).counts
    assert judged(a_record(status=SessionStatus.COMPLETED, steps=())).counts


@given(st.lists(st.tuples(st.floats(0.01, 600), st.booleans()), min_size=1, max_size=40), st.booleans())
def test_half_is_half_however_the_numbers_fall(sets: list[tuple[float, bool]], reached_end: bool) -> None:
    """Done once and left once, each set is half of the plan, whatever its length and in whatever order."""
    pairs = [
        a_step_record(outcome, reps=None, seconds=seconds, done_reps=0, done_seconds=seconds)
        for seconds, first in sets
        for outcome in ((DONE, LEFT) if first else (LEFT, DONE))
    ]
    status = SessionStatus.COMPLETED if reached_end else SessionStatus.STOPPED
    record = a_record(status=status, steps=tuple(pairs))
    assert record.counts
    assert judged(record).status is status
    entry = entry_of(record)
    assert (entry.status, entry.counts) == (status, True)


def test_balance_shares_alternating_sets_and_leaves_both_sides_out() -> None:
    hold = a_step_record(PARTIAL, side=StepSide.LEFT, reps=None, seconds=30.0, done_reps=0, done_seconds=12.5)
    steps = (
        a_step_record(),
        a_step_record(PARTIAL, side=StepSide.LEFT, done_reps=3),
        a_step_record(side=StepSide.ALTERNATING, done_reps=10),
        a_step_record(side=StepSide.BOTH, done_reps=50),
        hold,
    )
    found = a_record(steps=steps).balance
    assert found.reps == {Side.RIGHT: 4 + 5, Side.LEFT: 3 + 5}
    assert found.hold_seconds == {Side.RIGHT: 0.0, Side.LEFT: 12.5}
