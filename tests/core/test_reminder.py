from __future__ import annotations

from datetime import date, timedelta

import pytest

from hipcoach.core.history.record import Outcome, SessionStatus
from hipcoach.core.history.streaks import Reason, StreakRules, reminder
from tests.support import a_step_record, an_entry

MONDAY = date(2026, 3, 2)


def day(number: int) -> date:
    """A day of the week that begins on Monday, from 0."""
    return MONDAY + timedelta(days=number)


@pytest.mark.parametrize(
    ("done", "today", "off", "daily", "reason", "days_left"),
    [
        ([], 0, [], False, Reason.DUE, 7),
        ([], 6, [], False, Reason.DUE, 1),
        ([0], 0, [], False, Reason.DONE, 7),
        ([0], 1, [], False, Reason.DUE, 6),
        ([0, 1, 2], 2, [], False, Reason.DONE, 5),
        ([0, 1, 2], 3, [], False, Reason.GOAL_REACHED, 4),
        ([0, 1, 2], 3, [], True, Reason.DUE, 4),
        ([0, 1, 2, 3], 3, [], True, Reason.DONE, 4),
        ([0], 2, [2], False, Reason.DAY_OFF, 4),
        ([0], 2, [2], True, Reason.DAY_OFF, 4),
        ([0], 2, [5, 6], False, Reason.DUE, 3),
        ([0], 2, [3, 4, 5, 6], False, Reason.WEEK_OFF, 1),
        ([0], 2, [3, 4, 5, 6], True, Reason.DUE, 1),
        ([-1, -2, -3], 0, [], False, Reason.DUE, 7),
        ([7, 8, 9], 6, [], False, Reason.DUE, 1),
        ([2], 2, [2], False, Reason.DONE, 4),
    ],
)
def test_whether_a_session_is_due(
    done: list[int], today: int, off: list[int], daily: bool, reason: Reason, days_left: int
) -> None:
    found = reminder(
        [an_entry(day(each)) for each in done],
        day(today),
        StreakRules(),
        {day(each) for each in off},
        daily=daily,
    )
    assert found.reason is reason
    assert found.days_left == days_left
    assert found.is_due is (reason is Reason.DUE)
    assert str(found).endswith(".")


def test_what_does_not_count_is_not_done() -> None:
    left = an_entry(MONDAY, status=SessionStatus.STOPPED, steps=(a_step_record(Outcome.LEFT),))
    assert reminder([left], MONDAY, StreakRules()).is_due


def test_a_day_counts_once() -> None:
    assert reminder([an_entry(MONDAY)] * 3, day(1), StreakRules()).week_days == 1


def test_the_rules_say_when_a_week_begins_and_what_it_needs() -> None:
    sunday_first = StreakRules(week_goal=1, first_weekday=6)
    assert not reminder([an_entry(day(-1))], MONDAY, sunday_first).is_due
    assert reminder([an_entry(day(-1))], MONDAY, StreakRules(week_goal=1)).is_due


@pytest.mark.parametrize(
    ("done", "today", "text"),
    [
        ([], 0, "A session is due: 0 of 3 days this week, 7 days left."),
        ([0], 6, "A session is due: 1 of 3 days this week, 1 day left."),
        ([0], 0, "Done for today: 1 of 3 days this week."),
        ([0, 1, 2], 4, "The week's goal is reached: 3 of 3 days this week."),
    ],
)
def test_it_says_so_in_one_line(done: list[int], today: int, text: str) -> None:
    assert str(reminder([an_entry(day(each)) for each in done], day(today), StreakRules())) == text
