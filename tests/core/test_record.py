"""What is kept of a session: honest outcomes, and whether it counts."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from hipcoach.core.attempt import Attempt
from hipcoach.core.choices import Pace
from hipcoach.core.exercise import Side
from hipcoach.core.plan import Step, StepKind, StepSide
from hipcoach.core.record import (
    Outcome,
    SessionRecord,
    SessionStatus,
    StepRecord,
    counts,
    record_of,
    status_of,
    step_records,
)
from hipcoach.core.session import Session
from hipcoach.core.stats import balance
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
    session = Session.restore(
        session.plan,
        1 if passed else 0,
        0.0,
        attempts=tuple(Attempt(0, *each) for each in attempts),
        reasons=(),
        dropped=frozenset(),
        active_seconds=0.0,
    )
    return step_records(session.finish(0.0))[0]


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


def test_only_what_reached_its_end_with_anything_done_is_completed() -> None:
    assert status_of(True, [a_step_record(DONE), a_step_record(SKIPPED)]) is SessionStatus.COMPLETED
    assert status_of(True, [a_step_record(SKIPPED)]) is SessionStatus.STOPPED
    assert status_of(True, []) is SessionStatus.STOPPED
    assert status_of(False, [a_step_record(DONE)]) is SessionStatus.STOPPED


def test_skipping_through_everything_is_not_doing_it() -> None:
    session = Session.begin(a_plan(HOLD, HOLD), 0.0).skip(0.1).skip(0.2)
    assert session.reached_end
    record = record_after(session, 0.2)
    assert record.status is SessionStatus.STOPPED
    assert not counts(record)


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


@pytest.mark.parametrize(
    ("status", "done", "counted"),
    [
        (SessionStatus.COMPLETED, 1, True),
        (SessionStatus.STOPPED, 4, False),
        (SessionStatus.STOPPED, 5, True),
        (SessionStatus.STOPPED, 9, True),
    ],
)
def test_a_session_counts_when_finished_or_half_done(status: SessionStatus, done: int, counted: bool) -> None:
    steps = tuple(a_step_record(DONE if place < done else LEFT) for place in range(10))
    assert counts(a_record(status=status, steps=steps)) is counted


def test_half_is_measured_in_work_and_not_in_steps() -> None:
    long = a_step_record(DONE, reps=None, seconds=60.0, done_reps=0, done_seconds=60.0)
    assert counts(a_record(status=SessionStatus.STOPPED, steps=(long, *[a_step_record(LEFT)] * 5)))
    half = a_step_record(PARTIAL, done_reps=2, done_seconds=4.0)
    assert counts(a_record(status=SessionStatus.STOPPED, steps=(half,)))


def test_a_session_without_any_work_never_counts() -> None:
    assert not counts(a_record(status=SessionStatus.STOPPED, steps=()))


def test_balance_shares_alternating_sets_and_leaves_both_sides_out() -> None:
    hold = a_step_record(PARTIAL, side=StepSide.LEFT, reps=None, seconds=30.0, done_reps=0, done_seconds=12.5)
    steps = (
        a_step_record(),
        a_step_record(PARTIAL, side=StepSide.LEFT, done_reps=3),
        a_step_record(side=StepSide.ALTERNATING, done_reps=10),
        a_step_record(side=StepSide.BOTH, done_reps=50),
        hold,
    )
    found = balance([a_record(steps=steps), a_record(steps=(a_step_record(),))])
    assert found.reps == {Side.RIGHT: 4 + 5 + 4, Side.LEFT: 3 + 5}
    assert found.hold_seconds == {Side.RIGHT: 0.0, Side.LEFT: 12.5}
