"""The views of the history, by key and by mouse: weeks, exercises, how it felt; and the keys of each."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest
from textual.widgets import Input

from hipcoach.core.exercise import Side
from hipcoach.core.self_test import SelfTestRecord, SelfTestResult
from hipcoach.storage.day_files import save_self_test
from hipcoach.storage.settings import Settings, WeekSettings
from hipcoach.ui.screens.history_keys import VIEWS
from hipcoach.ui.screens.self_test import SelfTestScreen
from hipcoach.ui.widgets.drawing import Drawing
from hipcoach.ui.widgets.exercise_browser import ExerciseBrowser
from hipcoach.ui.widgets.feeling_page import FeelingPage
from hipcoach.ui.widgets.row_list import RowList
from hipcoach.ui.widgets.session_table import SessionTable
from hipcoach.ui.widgets.view_tabs import ViewTabs
from hipcoach.ui.widgets.week_chart import WeekChart
from tests.support import a_step_record
from tests.ui.history_support import (
    NOW,
    HistoryApp,
    press,
    record_of_day,
    services_over,
    text_of,
    until,
    until_read,
)
from tests.ui.taking_in import settle

SIZES = [(120, 40), (80, 24), (44, 14)]


def drawn(app: HistoryApp, selector: str) -> str:
    return app.history.query_one(selector, Drawing).render().plain


def chart(app: HistoryApp) -> list[str]:
    return app.history.query_one(WeekChart).render().plain.splitlines()


@pytest.mark.parametrize("size", SIZES)
async def test_every_view_has_a_key_and_fits(tmp_path: Path, size: tuple[int, int]) -> None:
    records = [record_of_day(ago, discomfort_before=4, discomfort_after=2) for ago in range(0, 90, 2)]
    app = HistoryApp(services_over(tmp_path, records))
    kinds = {
        "overview": SessionTable,
        "sessions": SessionTable,
        "weeks": WeekChart,
        "exercises": ExerciseBrowser,
        "feeling": FeelingPage,
    }
    async with app.run_test(size=size):
        await until_read(app)
        for number, view in enumerate(VIEWS, 1):
            await press(app, str(number))
            tabs = app.history.query_one(ViewTabs)
            assert f"[{number} {VIEWS[view]}]" in tabs.render().plain
            assert len(tabs.render().plain) <= size[0] - 2
            shown = app.history.query_one(kinds[view])
            assert app.history.region.contains_region(shown.region)
            assert shown.region.area
            assert app.focused is not None
            assert shown in app.focused.ancestors_with_self
            for other in set(kinds.values()) - {kinds[view]}:
                assert not app.history.query_one(other).display


async def test_a_click_on_its_name_shows_a_view(tmp_path: Path) -> None:
    app = HistoryApp(services_over(tmp_path, [record_of_day(0)]))
    async with app.run_test(size=(80, 24)) as pilot:
        await until_read(app)
        label = app.history.query_one(ViewTabs).render().plain.index("3 Weeks")
        await pilot.click(ViewTabs, offset=(label + 1, 0))
        await settle(app)
        assert app.history.shown_view == "weeks"
        assert app.history.query_one(WeekChart).display


async def test_it_can_be_left_just_as_the_log_has_been_read(tmp_path: Path) -> None:
    app = HistoryApp(services_over(tmp_path, [record_of_day(0)]))
    async with app.run_test(size=(80, 24)):
        await until_read(app)
        app.history.set_focus(None)
        app.history.dismiss(None)
        app.history.show_view()
        await until(app, lambda: app.screen is not app.history)
        assert app._exception is None


@pytest.mark.parametrize("turns", range(6))
async def test_it_can_be_left_just_as_its_size_changes(tmp_path: Path, turns: int) -> None:
    app = HistoryApp(services_over(tmp_path, [record_of_day(0)]))
    async with app.run_test(size=(80, 24)):
        await until_read(app)
        exercises = app.history.query_one(ExerciseBrowser)
        exercises._width = -1  # as it has another width now
        app.history.dismiss(None)
        for _ in range(turns):
            await asyncio.sleep(0)
        if exercises.query(RowList):
            exercises.on_resize()
        await until(app, lambda: app.screen is not app.history)
        assert app._exception is None


async def test_weeks_are_bars_to_walk_through_and_to_open(tmp_path: Path) -> None:
    records = [record_of_day(ago, active_seconds=1200.0) for ago in (0, 1, 7, 8, 9)]
    app = HistoryApp(services_over(tmp_path, records))
    async with app.run_test(size=(80, 24)):
        await until_read(app)
        await press(app, "3")
        assert chart(app)[0].startswith("This week 40 min, 2 days · the week before: 1 h, 3 days")
        assert chart(app)[-1] == "This week: 40 min, 2 sessions, 2 of 3 days"
        await press(app, "left")
        assert chart(app)[-1] == "Week of Mon 2 Mar: 1 h, 3 sessions, 3 of 3 days ✓"
        await press(app, "enter")
        await until(app, lambda: app.history.query_one(SessionTable).row_count == 3)
        assert app.history.shown_view == "sessions"
        assert text_of(app, "#shown").startswith("3 of 5 sessions · 2026-03-02 to 2026-03-08")
        assert app.focused is app.history.query_one(SessionTable)


async def test_a_week_is_opened_by_two_clicks(tmp_path: Path) -> None:
    app = HistoryApp(services_over(tmp_path, [record_of_day(0), record_of_day(7)]))
    async with app.run_test(size=(80, 24)) as pilot:
        await until_read(app)
        await press(app, "3")
        place = chart(app)[-2].index("▲")
        await pilot.click(WeekChart, offset=(1 + place - 6, 5))
        await settle(app)
        assert chart(app)[-1].startswith("Week of Mon 2 Mar")
        await pilot.click(WeekChart, offset=(1 + place - 6, 5))
        await until(app, lambda: app.history.query_one(SessionTable).row_count == 1)
        assert app.history.shown_view == "sessions"


async def test_a_goal_of_minutes_is_a_line_only_for_those_who_set_one(tmp_path: Path) -> None:
    for minutes, heading in ((0, "Minutes a week"), (90, "Minutes a week · line: 90 min, your goal")):
        services = services_over(tmp_path, [record_of_day(0)], Settings(week=WeekSettings(minutes=minutes)))
        app = HistoryApp(services)
        async with app.run_test(size=(80, 24)):
            await until_read(app)
            await press(app, "3")
            assert chart(app)[1] == heading


async def test_exercises_are_listed_with_what_was_done_of_each(tmp_path: Path) -> None:
    both = (a_step_record(), a_step_record(exercise="surf", name="[b]Surf", done_reps=3))
    records = [record_of_day(ago, steps=both if ago == 5 else both[:1]) for ago in (0, 5, 9)]
    app = HistoryApp(services_over(tmp_path, records))
    async with app.run_test(size=(120, 40)):
        await until_read(app)
        await press(app, "4")
        await until(app, lambda: app.history.query_one(RowList).option_count == 2)
        await settle(app)
        assert "right" in drawn(app, "#balance")
        assert drawn(app, "#exercise").startswith("Clam\n3 sessions · last today · first 9 days ago")
        assert "only right" in drawn(app, "#exercise")
        await press(app, "down")
        assert drawn(app, "#exercise").startswith(
            "[b]Surf\n1 session · last 5 days ago\nReps of the best set   3"
        )
        await press(app, "enter")
        await until(app, lambda: app.history.query_one(SessionTable).row_count == 1)
        assert app.history.query_one(Input).value == "exercise:surf"
        await press(app, "4")
        await settle(app)
        assert app.history.query_one(RowList).highlighted == 1


async def test_how_it_felt_is_a_trend_with_the_changes_that_count(tmp_path: Path) -> None:
    ratings = [(5, 2), (3, 3), (1, 4)]
    records = [
        record_of_day(9 - number, discomfort_before=before, discomfort_after=after)
        for number, (before, after) in enumerate(ratings)
    ]
    app = HistoryApp(services_over(tmp_path, records))
    async with app.run_test(size=(120, 40)):
        await until_read(app)
        await press(app, "5")
        rows = drawn(app, "#ratings").splitlines()
        assert "▼ · ▲" in rows[12]
        assert "Of 3 sessions rated before and after: 1 less, 1 about the same, 1 more" in drawn(
            app, "#ratings"
        )
        assert "not why" in drawn(app, "#ratings")


async def test_without_ratings_and_tests_it_says_how_they_come_about(tmp_path: Path) -> None:
    app = HistoryApp(services_over(tmp_path, [record_of_day(0)]))
    async with app.run_test(size=(80, 24)):
        await until_read(app)
        await press(app, "5")
        assert "No ratings yet." in drawn(app, "#ratings")
        assert "Not done yet." in drawn(app, "#self-tests")
        await press(app, "t")
        await until(app, lambda: isinstance(app.screen, SelfTestScreen))


@pytest.mark.parametrize(("ago", "words"), [(5, "every four weeks is enough"), (40, "time for another look")])
async def test_self_tests_are_a_trend_offered_again_after_some_weeks(
    tmp_path: Path, ago: int, words: str
) -> None:
    services = services_over(tmp_path)
    for days in (ago + 30, ago):
        when = NOW - timedelta(days=days)
        results = tuple(
            SelfTestResult("knee", "Knee to chest", side, "the leg", "a", "said", days > ago) for side in Side
        )
        record = SelfTestRecord(f"{when:%Y%m%dT%H%M%SZ}-aaaaaa", when, when.date(), results)
        save_self_test(services.paths.self_tests, record)
    app = HistoryApp(services)
    async with app.run_test(size=(80, 24)):
        await until_read(app)
        assert "Nothing here yet" in text_of(app, "#message")
        await press(app, "5")
        # Without a single session too: the tests stand for themselves.
        assert words in drawn(app, "#self-tests")
        assert "left    ● ○   not tight, tight the time before" in drawn(app, "#self-tests")
        assert "not an examination" in drawn(app, "#self-tests")


async def test_keys_that_would_do_nothing_are_not_offered(tmp_path: Path) -> None:
    app = HistoryApp(services_over(tmp_path, [record_of_day(0)]))
    async with app.run_test(size=(120, 40)):
        await until_read(app)
        expected = {
            "1": ({"c", "m", "slash", "e", "d"}, {"s", "u"}),
            "2": ({"s", "S", "slash", "e", "r", "a"}, {"c", "m", "u"}),
            "3": ({"enter"}, {"e", "d", "slash", "c", "t"}),
            "5": ({"t"}, {"enter", "d", "s"}),
        }
        for key, (there, missing) in expected.items():
            await press(app, key)
            bindings = set(app.history.active_bindings)
            assert there <= bindings
            assert not missing & bindings


async def test_the_view_and_todays_sessions_stay_while_the_log_grows(tmp_path: Path) -> None:
    services = services_over(tmp_path, [record_of_day(ago) for ago in range(3)])
    app = HistoryApp(services)
    async with app.run_test(size=(80, 24)):
        await until_read(app)
        await press(app, "3")
        before = app.history.view
        app.history.read_again()
        await until(app, lambda: app.history.view is not before)
        await settle(app)
        assert app.history.shown_view == "weeks"
        assert app.focused is app.history.query_one(WeekChart)
        assert app.history.view is not None
