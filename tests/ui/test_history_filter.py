"""The table of the history, filtered and sorted, by key and by mouse; it always says what it shows."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Input

from hipcoach.core.history.record import SessionStatus
from hipcoach.ui.widgets.heatmap import Heatmap
from hipcoach.ui.widgets.session_row import CELL_PADDING, column_widths
from hipcoach.ui.widgets.session_table import SessionTable
from tests.ui.history_support import (
    HistoryApp,
    cells,
    press,
    record_of_day,
    services_over,
    text_of,
    until,
    until_read,
)
from tests.ui.taking_in import settle

RECORDS = [
    record_of_day(0, routine="leg-circuit", title="Leg circuit", note="knee clicked", active_seconds=60.0),
    record_of_day(1, routine="desk", title="Desk break", status=SessionStatus.STOPPED),
    record_of_day(40, routine="leg-circuit", title="Leg circuit", active_seconds=1800.0),
]


def rows(app: HistoryApp) -> int:
    return app.history.query_one(SessionTable).row_count


def has_rows(app: HistoryApp, number: int) -> bool:
    return rows(app) == number


async def until_shown(app: HistoryApp, text: str) -> None:
    await until(app, lambda: text_of(app, "#shown") == text)


async def test_typing_filters_and_says_so(tmp_path: Path) -> None:
    app = HistoryApp(services_over(tmp_path, RECORDS))
    async with app.run_test(size=(80, 24)):
        await until_read(app)
        await press(app, "/", *"routine:leg status:completed")
        await until(app, lambda: has_rows(app, 2))
        said = "2 of 3 sessions · routine leg · completed · newest first · escape shows all"
        await until(app, lambda: text_of(app, "#shown") == said)
        await press(app, "space", *"knee", "enter")
        await until(app, lambda: has_rows(app, 1))
        assert app.focused is app.history.query_one(SessionTable)
        # In the overview it is not forgotten that this is not all.
        await press(app, "1")
        assert text_of(app, "#shown").startswith("1 of 3 sessions")
        assert app.history.query_one("#shown").display
        await press(app, "escape")
        await until(app, lambda: has_rows(app, 3))
        assert app.history.query_one(Input).value == ""
        assert not app.history.query_one("#shown").display
        assert app.screen is app.history
        await press(app, "escape")
        await until(app, lambda: app.screen is not app.history)


async def test_letters_that_are_keys_can_be_typed(tmp_path: Path) -> None:
    app = HistoryApp(services_over(tmp_path, RECORDS))
    async with app.run_test(size=(80, 24)):
        await until_read(app)
        await press(app, "/", *"qhdeu12")
        assert app.history.query_one(Input).value == "qhdeu12"
        await until(app, lambda: has_rows(app, 0))
        await press(app, "enter", "enter", "e", "d", "a")
        assert app.screen is app.history
        assert "0 of 3 sessions" in text_of(app, "#shown")


async def test_what_is_not_understood_is_said_while_all_is_shown(tmp_path: Path) -> None:
    app = HistoryApp(services_over(tmp_path, RECORDS))
    async with app.run_test(size=(80, 24)):
        await until_read(app)
        await press(app, "/", *"status:great")
        await until(app, lambda: "status:great is none: completed or stopped." in text_of(app, "#shown"))
        assert rows(app) == 3
        await press(app, "escape")
        await until(app, lambda: text_of(app, "#shown") == "3 sessions · newest first")


async def test_an_exercise_is_looked_for_in_names_and_not_in_numbers(tmp_path: Path) -> None:
    app = HistoryApp(services_over(tmp_path, RECORDS))
    async with app.run_test(size=(80, 24)):
        await until_read(app)
        await press(app, "/", *"exercise:1")
        await until(app, lambda: has_rows(app, 0))
        assert "0 of 3 sessions · with 1" in text_of(app, "#shown")
        await press(app, "backspace", *"CLAM")
        await until(app, lambda: has_rows(app, 3))
        await press(app, *["backspace"] * 4, ",")
        await until(app, lambda: "exercise:, is none: a part of its name." in text_of(app, "#shown"))


async def test_a_key_goes_through_the_orders_and_another_turns_them_round(tmp_path: Path) -> None:
    app = HistoryApp(services_over(tmp_path, RECORDS))
    async with app.run_test(size=(80, 24)):
        await until_read(app)
        await press(app, "2")
        for key, said, first in (
            ("s", "by routine, A to Z", "Desk break"),
            ("s", "longest first", "Leg circuit"),
            ("S", "shortest first", "Leg circuit"),
            ("s", "completed first", "Leg circuit"),
            ("s", "newest first", "Leg circuit"),
            ("S", "oldest first", "Leg circuit"),
        ):
            await press(app, key)
            await until_shown(app, f"3 sessions · {said}")
            assert cells(app, 0)[2] == first
            assert app.history.query_one(SessionTable).cursor_row == 0
        assert cells(app, 0)[0] == "Sat 31 Jan"


async def test_a_click_on_a_heading_sorts_by_it(tmp_path: Path) -> None:
    app = HistoryApp(services_over(tmp_path, RECORDS))
    async with app.run_test(size=(80, 24)) as pilot:
        await until_read(app)
        widths = column_widths(app.history.query_one(SessionTable).scrollable_content_region.width)
        names = list(widths)
        place = sum(widths[name] + CELL_PADDING for name in names[: names.index("Min")]) + 2
        for said in ("longest first", "shortest first"):
            await pilot.click(SessionTable, offset=(place, 0))
            await until_shown(app, f"3 sessions · {said}")
        assert "Mi▴" in app.history.query_one(SessionTable).render_line(0).text


async def test_a_day_of_the_calendar_opens_its_sessions(tmp_path: Path) -> None:
    app = HistoryApp(services_over(tmp_path, RECORDS))
    async with app.run_test(size=(120, 40)):
        await until_read(app)
        await press(app, "c")
        heatmap = app.history.query_one(Heatmap)
        assert app.focused is heatmap
        assert "Today: 1 min, 1 session" in heatmap.render().plain
        await press(app, "up")
        assert "Yesterday: 10 min, 1 session" in heatmap.render().plain
        assert heatmap.render().plain.count("[]") == 1
        await press(app, "enter")
        await until(app, lambda: has_rows(app, 1))
        assert cells(app, 0)[2] == "Desk break"
        assert app.history.query_one(Input).value == "day:2026-03-11"


async def test_arrows_in_the_calendar_stay_within_what_is_shown(tmp_path: Path) -> None:
    app = HistoryApp(services_over(tmp_path, RECORDS))
    async with app.run_test(size=(120, 40)):
        await until_read(app)
        heatmap = app.history.query_one(Heatmap)
        await press(app, "c", "down", "right")
        assert str(heatmap.day) == "2026-03-12"
        await press(app, "home")
        first = heatmap.day
        await press(app, "left", "up", "pageup")
        assert heatmap.day == first
        await press(app, "end", "left", "up")
        assert str(heatmap.day) == "2026-03-04"
        await press(app, "enter")
        assert app.history.shown_view == "overview"
        assert [each.message for each in app._notifications] == ["Wednesday 4 March 2026: no session."]
        await press(app, "escape")
        assert app.focused is app.history.query_one(SessionTable)
        assert "minutes to" in heatmap.render().plain


async def test_the_mouse_finds_days_too(tmp_path: Path) -> None:
    app = HistoryApp(services_over(tmp_path, RECORDS))
    async with app.run_test(size=(120, 40)) as pilot:
        await until_read(app)
        heatmap = app.history.query_one(Heatmap)
        today = heatmap.render().plain.splitlines()[4].index("◂") - 2
        await pilot.click(Heatmap, offset=(today, 3))
        await settle(app)
        assert str(heatmap.day) == "2026-03-11"
        assert app.history.shown_view == "overview"
        await pilot.click(Heatmap, offset=(today, 3))
        await until(app, lambda: has_rows(app, 1))
        assert app.history.shown_view == "sessions"


@pytest.mark.parametrize("room", range(30, 130))
def test_columns_never_take_more_than_their_room(room: int) -> None:
    widths = column_widths(room)
    assert sum(widths.values()) + CELL_PADDING * len(widths) <= room
    assert {"Day", "Routine", "Min"} <= set(widths)
