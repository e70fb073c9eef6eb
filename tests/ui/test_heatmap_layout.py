"""The calendar's geometry: which day stands where, which month is named where, which sign a day gets."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from hipcoach.core.history.record import Outcome, SessionStatus
from hipcoach.ui.widgets.day_activity import DayActivity, Shade, activity_by_day, shade_of
from hipcoach.ui.widgets.heatmap_layout import (
    LABEL_WIDTH,
    MOST_WEEKS,
    WEEK_WIDTH,
    lay_out,
    legend_lines,
    month_line,
    weeks_that_fit,
)
from tests.support import a_step_record, an_entry

THURSDAY = date(2026, 3, 12)


def test_the_last_column_is_this_week_up_to_today() -> None:
    layout = lay_out(THURSDAY, first_weekday=0, weeks=2)

    assert [row[-1] for row in layout.rows] == [
        date(2026, 3, 9),
        date(2026, 3, 10),
        date(2026, 3, 11),
        THURSDAY,
        None,
        None,
        None,
    ]
    assert [row[0] for row in layout.rows] == [date(2026, 3, 2) + timedelta(days=row) for row in range(7)]
    assert layout.today_row == 3


@pytest.mark.parametrize("first_weekday", range(7))
@pytest.mark.parametrize("weeks", [1, 17, 53])
def test_every_day_up_to_today_has_its_place_whatever_day_weeks_start_on(
    first_weekday: int, weeks: int
) -> None:
    layout = lay_out(THURSDAY, first_weekday, weeks)

    days = [day for column in zip(*layout.rows, strict=True) for day in column if day is not None]

    assert days == [days[0] + timedelta(days=number) for number in range(len(days))]
    assert days[0].weekday() == first_weekday
    assert days[-1] == THURSDAY
    assert layout.rows[layout.today_row][-1] == THURSDAY
    assert len(layout.rows[0]) == weeks


def test_weeks_that_start_on_sunday_are_named_from_sunday() -> None:
    assert lay_out(THURSDAY, 6, 3).weekdays == ("Su", "Mo", "Tu", "We", "Th", "Fr", "Sa")


def test_as_many_weeks_as_fit_are_shown_up_to_a_year() -> None:
    for width in range(1, 200):
        weeks = weeks_that_fit(width)
        assert 1 <= weeks <= MOST_WEEKS
        assert weeks == 1 or len(month_line(lay_out(THURSDAY, 0, weeks))) <= width
    assert weeks_that_fit(38) == 16
    assert weeks_that_fit(200) == MOST_WEEKS


def test_a_month_is_named_above_the_week_of_its_first_day() -> None:
    layout = lay_out(THURSDAY, 0, 8)
    first_days = layout.rows[0]

    names = {name: first_days[column] for column, name in layout.months}

    assert names == {"Feb": date(2026, 1, 26), "Mar": date(2026, 2, 23)}


@pytest.mark.parametrize("weeks", [1, 2, 5, 53])
def test_names_of_months_never_run_into_each_other(weeks: int) -> None:
    for days in range(366):
        layout = lay_out(THURSDAY + timedelta(days=days), 0, weeks)
        line = month_line(layout)

        assert len(line.split()) == len(layout.months) >= 1
        for column, name in layout.months:
            assert line[LABEL_WIDTH + column * WEEK_WIDTH :].startswith(name)


def test_the_legend_takes_as_many_lines_as_it_needs() -> None:
    assert len(legend_lines(100)) == 1
    for line in legend_lines(38):
        assert LABEL_WIDTH + len(line) <= 38


@pytest.mark.parametrize(
    ("minutes", "shade"),
    [(1, Shade.LIGHT), (10, Shade.MEDIUM), (19.9, Shade.MEDIUM), (20, Shade.STRONG), (30, Shade.FULL)],
)
def test_a_day_is_darker_the_more_minutes_it_has(minutes: float, shade: Shade) -> None:
    assert shade_of(DayActivity(minutes, counted=True)) is shade


def test_a_day_without_a_session_that_counts_is_a_start_however_long() -> None:
    assert shade_of(DayActivity(90, counted=False)) is Shade.BEGUN
    assert shade_of(None) is Shade.NONE


def test_the_sessions_of_a_day_add_up_and_one_that_counts_is_enough() -> None:
    left = (a_step_record(Outcome.LEFT),)
    stopped = an_entry(THURSDAY, id="a", status=SessionStatus.STOPPED, steps=left, active_seconds=300)
    completed = an_entry(THURSDAY, id="b", active_seconds=900)

    assert activity_by_day([stopped, completed]) == {THURSDAY: DayActivity(20.0, counted=True, sessions=2)}
    assert not activity_by_day([stopped])[THURSDAY].counted
