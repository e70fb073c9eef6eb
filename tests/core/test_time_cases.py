"""Odd times, each by its name: what days, weeks and streaks make of them.

What streaks make of plain days and weeks is in `test_stats`.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from hipcoach.core.history.record import record_of
from hipcoach.core.history.streaks import Stats, StreakRules, civil_day, stats, week_of
from hipcoach.core.plan import StepKind
from hipcoach.core.session import Session
from tests.support import a_plan, a_step, an_entry

BERLIN = ZoneInfo("Europe/Berlin")
LORD_HOWE = ZoneInfo("Australia/Lord_Howe")
APIA = ZoneInfo("Pacific/Apia")


def of_days(*days: date, today: date, goal: int = 3, first: int = 0) -> Stats:
    return stats([an_entry(day) for day in days], today, StreakRules(goal, first))


def later(moment: datetime, **passed: float) -> datetime:
    """What the clock on the wall says when so much time has really passed."""
    return (moment.astimezone(UTC) + timedelta(**passed)).astimezone(moment.tzinfo)


@pytest.mark.parametrize(
    ("begun", "ended", "day"),
    [
        pytest.param(
            datetime(2026, 3, 29, 1, 50, tzinfo=BERLIN), (3, 10), date(2026, 3, 28), id="clocks go forward"
        ),
        pytest.param(
            datetime(2026, 10, 25, 2, 50, tzinfo=BERLIN), (2, 10), date(2026, 10, 24), id="clocks go back"
        ),
        pytest.param(
            datetime(2026, 10, 4, 1, 50, tzinfo=LORD_HOWE), (2, 40), date(2026, 10, 3), id="by half an hour"
        ),
        pytest.param(
            datetime(2026, 3, 1, 2, 50, tzinfo=UTC), (3, 10), date(2026, 2, 28), id="over the day's start"
        ),
        pytest.param(
            datetime(2028, 2, 29, 23, 50, tzinfo=UTC), (0, 10), date(2028, 2, 29), id="out of 29 February"
        ),
        pytest.param(
            datetime(2028, 3, 1, 0, 50, tzinfo=UTC),
            (1, 10),
            date(2028, 2, 29),
            id="29 February after midnight",
        ),
        pytest.param(
            datetime(2026, 12, 31, 23, 50, tzinfo=UTC), (0, 10), date(2026, 12, 31), id="out of a year"
        ),
        pytest.param(
            datetime(2027, 1, 1, 2, 50, tzinfo=UTC), (3, 10), date(2026, 12, 31), id="New Year's night"
        ),
    ],
)
def test_a_session_belongs_to_the_day_it_began_on_when_days_start_at_three(
    begun: datetime, ended: tuple[int, int], day: date
) -> None:
    end = later(begun, minutes=20)
    assert (end.hour, end.minute) == ended
    session = Session.begin(a_plan(a_step(StepKind.HOLD, 1200.0)), 0.0).advance(1200.0)
    record = record_of(
        session,
        now=1200.0,
        id="x",
        started=begun,
        day=civil_day(begun, 3),
        app_version="",
        choices={},
    )
    assert record.day == day
    assert record.active_seconds == 1200.0


@pytest.mark.parametrize("hour", [0, 1, 2, 3, 4, 22, 23])
@pytest.mark.parametrize("day_start", [0, 3, 23])
@pytest.mark.parametrize("change", [date(2026, 3, 29), date(2026, 10, 25)], ids=["forward", "back"])
def test_daily_sessions_keep_their_streak_through_a_change_of_clocks_at_any_hour(
    change: date, hour: int, day_start: int
) -> None:
    # The same hour on the wall each day, whatever that is in real time; where it does not exist, an hour on.
    starts = [
        datetime(each.year, each.month, each.day, hour, 30, tzinfo=BERLIN).astimezone(UTC).astimezone(BERLIN)
        for each in (change + timedelta(days=offset) for offset in range(-2, 3))
    ]
    days = [civil_day(start, day_start) for start in starts]
    if (change, hour, day_start) == (date(2026, 3, 29), 2, 3):
        # There is no half past two that night: half past three is after the day's start, so the day before
        # has no session. The rule is what the clock on the wall says, without exception.
        assert (len(set(days)), of_days(*days, today=days[-1]).day_streak) == (4, 2)
    else:
        assert of_days(*days, today=days[-1]).day_streak == 5


@pytest.mark.parametrize("first", [0, 6], ids=["from Monday", "from Sunday"])
@pytest.mark.parametrize("year", [2020, 2026, 2032], ids=str)
def test_week_53_is_a_week_of_its_own_and_the_new_year_does_not_break_it(year: int, first: int) -> None:
    assert date(year, 12, 31).isocalendar().week == 53
    begins = week_of(date(year, 12, 31), first)
    weeks = [begins + timedelta(weeks=each) for each in range(-2, 3)]
    days = [week + timedelta(days=each) for week in weeks for each in (0, 3, 6)]
    assert {day.year for day in days} == {year, year + 1}
    found = of_days(*days, today=days[-1], first=first)
    assert (found.week_streak, found.best_week_streak, found.week_days) == (5, 5, 3)


@pytest.mark.parametrize(
    "year", [2024, 2027, 2028, 2100], ids=["leap", "not leap", "leap again", "no leap in 2100"]
)
def test_weeks_go_on_through_the_end_of_february(year: int) -> None:
    begins = week_of(date(year, 2, 28), 0)
    days = [begins + timedelta(weeks=week, days=each) for week in (-1, 0, 1) for each in (1, 3, 5)]
    assert of_days(*days, today=days[-1]).week_streak == 3


def test_a_clock_set_back_after_a_session_takes_nothing_away() -> None:
    days = [date(2026, 3, 2), date(2026, 3, 3), date(2026, 3, 4)]
    found = of_days(*days, today=date(2026, 3, 1))
    assert (found.sessions, found.day_streak, found.best_day_streak) == (3, 3, 3)


def test_a_flight_west_over_the_date_line_keeps_the_week() -> None:
    kiritimati, honolulu = timezone(timedelta(hours=14)), timezone(timedelta(hours=-10))
    begun = datetime(2026, 3, 2, 9, tzinfo=honolulu)
    arrived = later(begun, hours=10).astimezone(kiritimati)
    days = [civil_day(begun, 0), civil_day(arrived, 0), civil_day(later(arrived, days=1), 0)]
    assert days == [date(2026, 3, 2), date(2026, 3, 3), date(2026, 3, 4)]
    assert of_days(*days, today=days[-1]).week_streak == 1
    assert of_days(*days, today=days[-1]).day_streak == 3


def test_a_flight_east_over_the_date_line_counts_the_day_lived_twice_once() -> None:
    auckland, honolulu = timezone(timedelta(hours=13)), timezone(timedelta(hours=-10))
    begun = datetime(2026, 3, 3, 9, tzinfo=auckland)
    again = later(begun, hours=23).astimezone(honolulu)
    assert civil_day(begun, 0) == civil_day(again, 0)
    found = of_days(civil_day(begun, 0), civil_day(again, 0), today=civil_day(again, 0))
    assert (found.sessions, found.week_days, found.day_streak) == (2, 1, 1)


def test_a_country_that_moves_over_the_date_line_loses_a_day_but_no_week() -> None:
    # Samoa had no 30 December 2011.
    before = datetime(2011, 12, 29, 20, tzinfo=APIA)
    after = later(before, days=1)
    days = [date(2011, 12, 26), civil_day(before, 0), civil_day(after, 0)]
    assert days[1:] == [date(2011, 12, 29), date(2011, 12, 31)]
    assert of_days(*days, today=days[-1]).week_streak == 1


def test_a_session_that_stands_through_a_sleep_counts_only_what_was_seen() -> None:
    session = Session.begin(a_plan(a_step(StepKind.HOLD, 60.0)), 0.0)
    # Seen last at 20 s; the machine slept for eight hours, and the pause is dated back to that moment.
    woken = session.pause(20.0).resume(28_800.0).advance(28_900.0)
    assert woken.is_over
    assert woken.attempts[0].seconds == pytest.approx(60.0)
    assert woken.active_seconds(28_900.0) == pytest.approx(60.0, abs=5.0)
