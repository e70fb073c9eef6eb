"""Streaks and totals: what counts, what breaks, what is neutral, and where days and weeks begin."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hipcoach.core.history.record import Outcome, SessionStatus
from hipcoach.core.history.streaks import Stats, StreakRules, civil_day, stats, week_of
from tests.support import a_step_record, an_entry

MONDAY = date(2026, 3, 2)
DAILY = StreakRules(week_goal=1)


def of_days(*days: date, today: date, goal: int = 3, first: int = 0, excused: tuple[date, ...] = ()) -> Stats:
    records = [an_entry(day) for day in days]
    return stats(records, today, StreakRules(goal, first), frozenset(excused))


def day(offset: int, start: date = MONDAY) -> date:
    return start + timedelta(days=offset)


def a_week(number: int, count: int = 3, start: date = MONDAY) -> list[date]:
    """The first days of the week so many weeks after the one that starts on `start`."""
    return [day(7 * number + each, start) for each in range(count)]


def test_nothing_yet() -> None:
    assert of_days(today=MONDAY) == Stats(0, 0.0, 0.0, 0, 0, 0, 0, 0, 3)


@pytest.mark.parametrize(
    ("offsets", "today", "current", "best"),
    [
        ([0], 0, 1, 1),
        ([0], 1, 1, 1),
        ([0], 2, 0, 1),
        ([0, 1, 2], 2, 3, 3),
        ([0, 1, 2], 3, 3, 3),
        ([0, 1, 2, 4], 4, 1, 3),
        ([0, 1, 2, 4, 5, 6, 7], 7, 4, 4),
        ([3, 1, 2, 2, 2], 3, 3, 3),
    ],
)
def test_day_streak_and_its_best(offsets: list[int], today: int, current: int, best: int) -> None:
    found = of_days(*map(day, offsets), today=day(today))
    assert (found.day_streak, found.best_day_streak) == (current, best)


@pytest.mark.parametrize(
    ("weeks", "today", "current", "best"),
    [
        ({0: 3}, 2, 1, 1),
        ({0: 2}, 1, 0, 0),
        ({0: 3}, 7, 1, 1),
        ({0: 3}, 13, 1, 1),
        ({0: 3}, 14, 0, 1),
        ({0: 3, 1: 3, 2: 1}, 14, 2, 2),
        ({0: 3, 1: 3, 2: 3}, 16, 3, 3),
        ({0: 3, 1: 3, 2: 2, 3: 3}, 23, 1, 2),
        ({0: 7, 1: 2, 2: 3}, 16, 1, 1),
    ],
)
def test_the_week_streak_needs_the_goal_and_the_current_week_never_breaks_it(
    weeks: dict[int, int], today: int, current: int, best: int
) -> None:
    days = [each for number, count in weeks.items() for each in a_week(number, count)]
    found = of_days(*days, today=day(today))
    assert (found.week_streak, found.best_week_streak) == (current, best)


def test_two_sessions_on_one_day_are_one_day() -> None:
    found = of_days(MONDAY, MONDAY, day(1), today=day(1))
    assert (found.sessions, found.week_days, found.day_streak, found.week_streak) == (3, 2, 2, 0)


def test_only_sessions_that_count_make_a_day_but_all_minutes_are_shown() -> None:
    left = an_entry(MONDAY, status=SessionStatus.STOPPED, steps=(a_step_record(Outcome.LEFT),))
    found = stats([left, an_entry(day(-7))], MONDAY, DAILY)
    assert (found.sessions, found.minutes, found.week_minutes, found.week_days) == (2, 20.0, 10.0, 0)


@pytest.mark.parametrize(
    ("done", "excused", "today", "current"),
    [
        ([0, 2], [1], 2, 2),
        ([0], [1], 2, 1),
        ([0], [1, 2], 4, 0),
        ([1], [0], 1, 1),
        ([], [0, 1], 1, 0),
        ([0, 1, 2], [1], 2, 3),
        ([0, 3], [1], 3, 1),
    ],
)
def test_excused_days_neither_break_a_streak_nor_lengthen_it(
    done: list[int], excused: list[int], today: int, current: int
) -> None:
    found = of_days(*map(day, done), today=day(today), excused=tuple(map(day, excused)))
    assert found.day_streak == current


@pytest.mark.parametrize(("excused", "current"), [(3, 1), (4, 2), (7, 2)])
def test_a_week_with_four_excused_days_is_neutral(excused: int, current: int) -> None:
    days = [*a_week(0), *a_week(2)]
    assert of_days(*days, today=day(16), excused=tuple(a_week(1, excused))).week_streak == current


def test_a_neutral_week_that_reaches_its_goal_counts_all_the_same() -> None:
    days = [*a_week(0), *a_week(1), *a_week(2)]
    assert of_days(*days, today=day(16), excused=tuple(a_week(1, 5))).week_streak == 3


def test_a_neutral_week_before_the_current_one_keeps_the_streak_pending() -> None:
    found = of_days(*a_week(0), today=day(15), excused=tuple(a_week(1, 4)))
    assert (found.week_streak, found.best_week_streak) == (1, 1)


@pytest.mark.parametrize(("first", "reached", "week_days"), [(0, 0, 1), (6, 0, 2), (5, 1, 3), (1, 1, 3)])
def test_the_week_begins_on_the_day_of_ones_choice(first: int, reached: int, week_days: int) -> None:
    days = [date(2026, 3, 7), date(2026, 3, 8), date(2026, 3, 9)]  # Saturday to Monday
    found = of_days(*days, today=days[-1], first=first)
    assert (found.week_streak, found.week_days) == (reached, week_days)


@pytest.mark.parametrize("first", range(7))
def test_a_week_has_seven_days_from_its_first(first: int) -> None:
    for offset in range(30):
        begins = week_of(day(offset), first)
        assert begins.weekday() == first
        assert 0 <= (day(offset) - begins).days < 7


def test_the_29th_of_february_is_a_day_like_any_other() -> None:
    days = [date(2028, 2, 27), date(2028, 2, 28), date(2028, 2, 29), date(2028, 3, 1)]
    assert of_days(*days, today=date(2028, 3, 1)).day_streak == 4
    assert of_days(*days[:2], days[3], today=date(2028, 3, 1)).day_streak == 1
    assert of_days(date(2027, 2, 28), date(2027, 3, 1), today=date(2027, 3, 1)).day_streak == 2


def test_both_half_past_twos_of_a_night_are_the_same_day() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    first, second = (datetime(2026, 10, 25, 2, 30, tzinfo=berlin, fold=fold) for fold in (0, 1))
    assert civil_day(first, 3) == civil_day(second, 3) == date(2026, 10, 24)
    assert civil_day(first, 2) == civil_day(second, 2) == date(2026, 10, 25)


@pytest.mark.parametrize(
    ("hour", "minute", "day_start", "offset"),
    [(0, 0, 0, 0), (23, 59, 0, 0), (3, 59, 4, -1), (4, 0, 4, 0), (0, 0, 4, -1), (22, 0, 23, -1)],
)
def test_a_day_starts_at_the_hour_of_ones_choice(hour: int, minute: int, day_start: int, offset: int) -> None:
    local = datetime(2026, 3, 1, hour, minute, tzinfo=UTC)
    assert civil_day(local, day_start) == date(2026, 3, 1) + timedelta(days=offset)


@given(
    st.lists(st.integers(0, 60), max_size=40),
    st.integers(0, 60),
    st.integers(1, 7),
    st.integers(0, 6),
    st.lists(st.integers(0, 60), max_size=20),
)
def test_streaks_stay_within_their_bounds(
    offsets: list[int], today: int, goal: int, first: int, excused: list[int]
) -> None:
    days = [day(offset) for offset in offsets]
    found = of_days(*days, today=day(today), goal=goal, first=first, excused=tuple(map(day, excused)))
    again = of_days(
        *reversed(days), today=day(today), goal=goal, first=first, excused=tuple(map(day, excused))
    )
    assert found == again
    assert 0 <= found.day_streak <= found.best_day_streak <= len(set(days))
    assert 0 <= found.week_streak <= found.best_week_streak <= len(set(days)) // goal
    more = of_days(
        *days, day(today), today=day(today), goal=goal, first=first, excused=tuple(map(day, excused))
    )
    assert more.day_streak >= max(1, found.day_streak)
