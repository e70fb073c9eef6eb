"""The charts of the history as lines of text: readable without colour, and never wider than their room."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import pytest

from hipcoach.core.exercise import Side
from hipcoach.core.history.discomfort import RatedSession
from hipcoach.core.history.record import Balance
from hipcoach.core.self_test import SelfTestRecord, SelfTestResult
from hipcoach.ui.charts.blocks import eighths, round_top, sideways, sparkline
from hipcoach.ui.charts.line import Line, joined
from hipcoach.ui.charts.rating_chart import rating_chart
from hipcoach.ui.charts.side_bars import difference_words, seconds_words, side_bars
from hipcoach.ui.charts.tightness_chart import tightness_chart, trend_words
from hipcoach.ui.charts.week_chart import FRAME, MARK, week_chart, weeks_shown
from hipcoach.ui.history_weeks import WeekTotal, week_totals, week_words, weeks_words
from hipcoach.ui.widgets.day_activity import DayActivity
from tests.ui.history_support import NOW, TODAY

MONDAY = date(2026, 3, 9)


def text_of(line: Line) -> str:
    return "".join(text for text, _ in line)


def texts(lines: Sequence[Line]) -> list[str]:
    return [text_of(line).rstrip() for line in lines]


def some_weeks(*minutes: float, days: int = 3) -> list[WeekTotal]:
    first = MONDAY - timedelta(weeks=len(minutes) - 1)
    return [
        WeekTotal(first + timedelta(weeks=n), each, days if each else 0, 2 if each else 0)
        for n, each in enumerate(minutes)
    ]


def test_neighbours_of_one_style_are_one_piece() -> None:
    assert joined([("a", "x"), ("b", "x"), ("", "y"), ("c", "")]) == (("ab", "x"), ("c", ""))
    assert joined([("a", "x"), (" ", "y"), ("b", "x"), ("c", "y")]) == (("a b", "x"), ("c", "y"))


def test_bars_have_the_colour_of_their_week() -> None:
    weeks = [*some_weeks(10, days=1), *some_weeks(90)]
    lines = week_chart(weeks, (23, 12), goal_days=3, marked=1)
    (low,) = [line for line in lines[1:5] if "▁" in text_of(line) or "▂" in text_of(line)][-1:] or [lines[4]]
    styles = {text.strip(): style for text, style in low}
    assert any(style == "$success 60%" for style in styles.values())
    assert any(style == "bold $accent" for style in styles.values())


def test_anything_at_all_shows() -> None:
    assert eighths(0.001, 1000, 3) == 1
    assert eighths(0, 1000, 3) == 0
    assert eighths(2000, 1000, 3) == 24
    assert sideways(1, 2, 4) == "██"
    assert sparkline([0, 1, 4, 8]) == "·▁▄█"
    assert sparkline([]) == ""


@pytest.mark.parametrize(
    ("value", "top"), [(0, 1), (1, 1), (7, 8), (13, 15), (61, 80), (120, 150), (999, 1000)]
)
def test_an_axis_ends_at_a_round_number(value: float, top: float) -> None:
    assert round_top(value) == top


def test_weeks_without_a_session_are_weeks_too() -> None:
    activity = {
        TODAY: DayActivity(20.0, counted=True),
        MONDAY: DayActivity(5.0, counted=False, sessions=2),
        MONDAY - timedelta(weeks=20): DayActivity(10.0, counted=True),
    }
    weeks = week_totals(activity, TODAY, 0)
    assert len(weeks) == 21
    assert weeks[-1] == WeekTotal(MONDAY, 25.0, 1, 3)
    assert weeks[1] == WeekTotal(MONDAY - timedelta(weeks=19), 0.0, 0, 0)
    assert len(week_totals({}, TODAY, 0)) == 12


def test_the_words_leave_the_time_before_the_first_session_out_of_the_mean() -> None:
    assert weeks_words(some_weeks(0, 0, 0, 60, 30, 25)) == (
        "This week 25 min, 3 days · 2 weeks before: 45 min, 3 days a week · most: 1 h"
    )
    assert weeks_words(some_weeks(0, 0, 25)) == "This week 25 min, 3 days"
    assert weeks_words(some_weeks(0, 20, 25)) == (
        "This week 25 min, 3 days · the week before: 20 min, 3 days"
    )


def test_a_week_is_told_with_its_goal() -> None:
    *_, before, this = some_weeks(10, 0, 25)
    assert week_words(this, TODAY, 3) == "This week: 25 min, 2 sessions, 3 of 3 days ✓"
    assert week_words(this, TODAY, 4) == "This week: 25 min, 2 sessions, 3 of 4 days"
    assert week_words(before, TODAY, 3) == "Week of Mon 2 Mar: nothing"


def test_the_goal_of_days_is_a_line_that_bars_reach_or_do_not() -> None:
    weeks = [*some_weeks(10, 20), *some_weeks(30, days=2)]
    weeks = [
        WeekTotal(each.first, each.minutes, days, 2) for each, days in zip(weeks, (3, 7, 2), strict=True)
    ]
    rows = texts(week_chart(weeks, (23, 12), goal_days=3))
    assert rows[-6] == "Days a week · line: 3, your goal"
    assert rows[-5:-1] == [
        "   7       ▄▄▄▄▄",
        "           █████",
        "   3 ▄▄▄▄▄╌█████╌╌╌╌╌╌╌",
        "     █████ █████ █████",
    ]


def test_minutes_have_a_line_only_where_the_user_has_such_a_goal() -> None:
    weeks = some_weeks(20, 40)
    without = texts(week_chart(weeks, (30, 16), goal_days=3))
    with_goal = texts(week_chart(weeks, (30, 16), goal_days=3, goal_minutes=30))
    assert without[0] == "Minutes a week"
    assert with_goal[0] == "Minutes a week · line: 30 min, your goal"
    assert not any("╌" in row or "▔" in row for row in without[1:9])
    (line,) = [row for row in with_goal[1:9] if {"╌", "▔", "▁"} & set(row)]
    assert "█" in line


@pytest.mark.parametrize("width", [20, 44, 78, 118])
@pytest.mark.parametrize("height", [8, 14, 20, 30])
@pytest.mark.parametrize("count", [1, 12, 300])
def test_the_chart_of_weeks_stays_within_its_room(width: int, height: int, count: int) -> None:
    weeks = some_weeks(*[float(number % 90) for number in range(count)])
    lines = week_chart(weeks, (width, height), 3, 60, marked=count - 1)
    assert len(lines) <= max(height, FRAME + 4 + 3)
    chart = [row for row in texts(lines) if " · " not in row]
    assert max(map(len, chart)) <= width
    assert MARK in texts(lines)[-1]
    assert weeks_shown(width) >= 1


def test_ratings_stand_on_their_scale_and_real_changes_are_marked() -> None:
    rated = [
        RatedSession(TODAY, 5, 2),
        RatedSession(TODAY, 3, 3),
        RatedSession(TODAY, 1, 4),
        RatedSession(TODAY, None, 0),
    ]
    rows = texts(rating_chart(rated, 60, tall=True))
    assert rows[0] == "10"
    assert rows[5:11] == [
        " 5 ○",
        " 4 │   ●",
        " 3 │ ◉ │",
        " 2 ●   │",
        " 1     ○",
        " 0       ●",
    ]
    assert rows[11] == "   ▼ · ▲"
    short = texts(rating_chart(rated, 60, tall=False))
    assert [row[:2] for row in short[:6]] == ["10", " 8", " 6", " 4", " 2", " 0"]


def test_the_newest_ratings_are_the_ones_that_fit() -> None:
    rated = [RatedSession(TODAY - timedelta(days=100 - n), n % 10, 0) for n in range(100)]
    for width in (10, 44, 118):
        rows = texts(rating_chart(rated, width, tall=True))
        assert max(map(len, rows[:12])) <= width
        assert rows[10].count("●") + rows[10].count("◉") == (width - 3) // 2


def test_left_and_right_are_told_with_their_difference() -> None:
    balance = Balance(left_reps=50, right_reps=100, left_hold=90.0, right_hold=90.0)
    rows = texts(side_bars(balance, 70))
    assert rows[0].endswith("▌ 50")
    assert rows[1].endswith(" 100  right 100 % more")
    assert rows[1].count("█") == 2 * rows[0].count("█") + 1
    assert rows[3].endswith("2 min  even")
    assert all(len(row) <= 70 for row in rows)
    assert side_bars(Balance(), 60) == []


def test_the_difference_is_a_plain_number() -> None:
    assert difference_words({Side.LEFT: 0, Side.RIGHT: 7}) == "only right"
    assert difference_words({Side.LEFT: 104, Side.RIGHT: 100}) == "left 4 % more"
    assert [seconds_words(each) for each in (45, 600, 7200, 12000)] == ["45 s", "10 min", "2 h", "3 h 20 min"]


def a_self_test(weeks_ago: int, **tight: bool) -> SelfTestRecord:
    results = tuple(
        SelfTestResult("knee", "Knee to chest", Side(side), "the leg", "a", "said", found)
        for side, found in tight.items()
    )
    when = NOW - timedelta(weeks=weeks_ago)
    return SelfTestRecord(f"{weeks_ago}", when, when.date(), results)


def test_self_tests_are_a_sign_a_time_and_honest_words() -> None:
    records = [
        a_self_test(9, left=True, right=False),
        a_self_test(5, left=True),
        a_self_test(1, left=False, right=False),
    ]
    rows = texts(tightness_chart(records, TODAY))
    assert rows[0].startswith("Knee to chest   first on 08 Jan 2026, last 7 days ago")
    assert rows[1] == "right   ○ · ○   not tight, as the time before"
    assert rows[2] == "left    ● ● ○   not tight, tight the time before"


def test_one_answer_says_little_and_many_say_for_how_long() -> None:
    assert trend_words([True]) == "tight; one time says little"
    assert trend_words([None]) == "not tested yet"
    assert trend_words([False, True, True, None, True]) == "tight, as the 2 times before"
