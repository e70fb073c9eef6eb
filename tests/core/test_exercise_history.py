"""What was done of each exercise over time."""

from __future__ import annotations

from datetime import date, timedelta

from hipcoach.core.exercise import Side
from hipcoach.core.history.record import Outcome, SessionEntry, entry_of
from hipcoach.core.history.streaks import KEPT_DOSES, DoneDose, exercise_histories
from hipcoach.core.plan import StepKind, StepSide
from tests.support import a_record, a_step_record

TODAY = date(2026, 3, 12)


def entry(ago: int, *steps: object) -> SessionEntry:
    return entry_of(a_record(TODAY - timedelta(days=ago), id=f"{ago}", steps=steps))


def a_hold(seconds: float, side: StepSide = StepSide.LEFT) -> object:
    return a_step_record(
        kind=StepKind.HOLD,
        exercise="stretch",
        name="Stretch",
        reps=None,
        done_reps=0,
        seconds=seconds,
        done_seconds=seconds,
        side=side,
    )


def test_sessions_add_up_by_exercise_the_one_done_most_often_first() -> None:
    clam, stretch = exercise_histories(
        [
            entry(0, a_step_record(name="Clam, new name"), a_step_record(done_reps=3, side=StepSide.LEFT)),
            entry(3, a_hold(20.0), a_hold(30.0, StepSide.RIGHT)),
            entry(9, a_step_record(done_reps=2)),
        ]
    )
    assert (clam.name, clam.times, clam.first, clam.last) == (
        "Clam, new name",
        2,
        TODAY - timedelta(days=9),
        TODAY,
    )
    assert clam.balance.reps == {Side.LEFT: 3, Side.RIGHT: 6}
    assert [dose.reps for dose in clam.doses] == [2, 4]
    assert stretch.doses == (DoneDose(TODAY - timedelta(days=3), 0, 30.0),)
    assert stretch.balance.hold_seconds == {Side.LEFT: 20.0, Side.RIGHT: 30.0}


def test_what_was_not_done_at_all_is_not_counted() -> None:
    assert exercise_histories([entry(0, a_step_record(Outcome.SKIPPED))]) == ()


def test_only_the_last_doses_are_kept_one_by_one() -> None:
    (clam,) = exercise_histories(entry(ago, a_step_record()) for ago in range(KEPT_DOSES + 5))
    assert clam.times == KEPT_DOSES + 5
    assert len(clam.doses) == KEPT_DOSES
    assert clam.doses[-1].day == TODAY
    assert clam.first == TODAY - timedelta(days=KEPT_DOSES + 4)


def test_it_stops_when_asked_to() -> None:
    assert exercise_histories([entry(0, a_step_record())], lambda: True) == ()
