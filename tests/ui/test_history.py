"""The history on the screen, driven by keys, over real session files."""

from __future__ import annotations

import threading
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace
from textual.widget import Widget

from hipcoach.core.history.record import Outcome, SessionStatus, entry_of
from hipcoach.live.services import Services
from hipcoach.storage.session_index import SessionList
from hipcoach.storage.session_log import save_record
from hipcoach.storage.settings import Settings, Weekday, WeekSettings
from hipcoach.ui.screens.history import HistoryScreen
from hipcoach.ui.screens.log_problems import LogProblemsScreen
from hipcoach.ui.screens.note_editor import NoteEditor
from hipcoach.ui.screens.session_detail import SessionDetailScreen
from hipcoach.ui.widgets.fitting_footer import FittingFooter
from hipcoach.ui.widgets.heatmap import Heatmap
from hipcoach.ui.widgets.session_table import SessionTable
from hipcoach.ui.widgets.streak_panel import StreakPanel
from tests.support import a_step_record
from tests.ui.history_support import (
    SIZES,
    TODAY,
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


async def test_it_shows_at_once_and_says_that_it_is_reading(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    may_end = threading.Event()

    def slow(*_: object) -> SessionList:
        may_end.wait(10)
        return SessionList((entry_of(record_of_day(0)),))

    monkeypatch.setattr(Services, "load_log", slow)
    app = HistoryApp(services_over(tmp_path))
    async with app.run_test(size=(80, 24)):
        await until(app, lambda: isinstance(app.screen, HistoryScreen))
        await settle(app)
        assert text_of(app, "#message") == "reading…"
        assert app.history.query_one("#message").display
        assert not app.history.query_one(SessionTable).display
        may_end.set()
        await until_read(app)
        assert app.history.query_one(SessionTable).display
        assert not app.history.query_one("#message").display


async def test_an_empty_history_says_how_to_begin(tmp_path: Path) -> None:
    app = HistoryApp(services_over(tmp_path))
    async with app.run_test(size=(80, 24)):
        await until_read(app)
        assert "To begin: [escape], then [enter]" in text_of(app, "#message")
        await press(app, "enter")
        assert app.screen is app.history
        await press(app, "escape")
        await until(app, lambda: app.screen is not app.history)


@pytest.mark.parametrize("key", ["escape", "q", "h"])
async def test_every_way_back_leads_back(tmp_path: Path, key: str) -> None:
    app = HistoryApp(services_over(tmp_path, [record_of_day(0)]))
    async with app.run_test():
        await until_read(app)
        await press(app, key)
        await until(app, lambda: app.screen is not app.history)


@pytest.mark.parametrize("size", SIZES)
async def test_sessions_stand_newest_first_with_what_matters(tmp_path: Path, size: tuple[int, int]) -> None:
    early = record_of_day(30, title="[red]Old", note="fine\x1b[2J", status=SessionStatus.STOPPED)
    app = HistoryApp(services_over(tmp_path, [early, record_of_day(0), record_of_day(1)]))
    async with app.run_test(size=size):
        await until_read(app)
        assert cells(app, 0) == ["Today", "12:00", "Routine", "10", "1/2", "completed", ""]
        assert cells(app, 1)[0] == "Yesterday"
        assert cells(app, 2) == ["Tue 10 Feb", "12:00", "[red]Old", "10", "1/2", "stopped", "fine [2J"]


async def test_streaks_and_this_week_are_shown(tmp_path: Path) -> None:
    days = [record_of_day(ago) for ago in (0, 1, 8, 9, 10)]
    services = services_over(tmp_path, days, Settings())
    app = HistoryApp(services)
    async with app.run_test(size=(120, 40)):
        await until_read(app)
        assert text_of(app, "#streak-under") == "in a row · best 1 week"
        assert text_of(app, "#streak-goal") == "2 of 3 days this week"
        names, marks = text_of(app, "#streak-marks").splitlines()
        assert names.split() == ["Mo", "Tu", "We", "Th◂", "Fr", "Sa", "Su"]
        assert marks.split() == ["·", "·", "●", "●", "·", "·", "·"]
        assert text_of(app, "#streak-run") == "2 days in a row · best 3"


async def test_the_calendar_tells_days_apart_without_colour(tmp_path: Path) -> None:
    left = (a_step_record(Outcome.LEFT), a_step_record())[:1]
    records = [
        record_of_day(0, active_seconds=2400.0),
        record_of_day(1, active_seconds=300.0),
        record_of_day(2, status=SessionStatus.STOPPED, steps=left),
    ]
    app = HistoryApp(services_over(tmp_path, records))
    async with app.run_test(size=(120, 40)):
        await until_read(app)
        rows = app.history.query_one(Heatmap).render().plain.splitlines()
        assert [rows[number].rstrip()[-2:] for number in (2, 3)] == ["▁▁", "░░"]
        assert rows[4].endswith("██◂")
        assert rows[1].rstrip().endswith("·")
        assert len(rows[4]) == 3 + 2 * 53 + 1


async def test_weeks_start_where_the_settings_say(tmp_path: Path) -> None:
    settings = Settings(week=WeekSettings(starts_on=Weekday.SUNDAY))
    app = HistoryApp(services_over(tmp_path, [record_of_day(0)], settings))
    async with app.run_test(size=(120, 40)):
        await until_read(app)
        rows = app.history.query_one(Heatmap).render().plain.splitlines()
        assert rows[1].startswith("Su")
        assert text_of(app, "#streak-marks").startswith("Su")


async def test_nothing_is_cut_off_and_nothing_overlaps(tmp_path: Path) -> None:
    services = services_over(tmp_path, [record_of_day(ago) for ago in range(40)])
    (services.paths.sessions / "broken.toml").write_text("not a log", encoding="utf-8")
    app = HistoryApp(services)
    async with app.run_test(size=(120, 40)) as pilot:
        await until_read(app)
        for size in ((120, 40), (80, 24), (80, 40), (120, 24), (60, 20), (160, 50)):
            await pilot.resize_terminal(*size)
            await settle(app)
            assert app.size == size
            check_layout(app.history)


def check_layout(screen: HistoryScreen) -> None:
    parts: list[Widget] = [
        screen.query_one("#heading"),
        *screen.query(StreakPanel),
        *screen.query(Heatmap),
        screen.query_one(SessionTable),
        screen.query_one("#problems"),
        screen.query_one(FittingFooter),
    ]
    shown = [part for part in parts if part.display]
    for number, part in enumerate(shown):
        assert part.region.area, part
        assert screen.region.contains_region(part.region), part
        for other in shown[number + 1 :]:
            assert not part.region.overlaps(other.region), (part, other)
    for line in screen.query("#streaks Static"):
        if line.region.area:
            assert line.region.height == len(str(line.render()).splitlines()), line
    table = screen.query_one(SessionTable)
    assert table.size.height - table.header_height >= 6
    assert table.virtual_size.width <= table.size.width


async def test_enter_opens_the_session_under_the_cursor_and_back_keeps_it(tmp_path: Path) -> None:
    services = services_over(tmp_path, [record_of_day(ago) for ago in range(5)])
    app = HistoryApp(services)
    async with app.run_test():
        await until_read(app)
        await press(app, "down", "down", "enter")
        await until(app, lambda: isinstance(app.screen, SessionDetailScreen))
        detail = app.screen
        assert isinstance(detail, SessionDetailScreen)
        assert detail.record.day == TODAY - timedelta(days=2)
        before = app.history.view
        # Meanwhile another session arrives, as from another machine.
        save_record(services.paths.sessions, record_of_day(0, id="20260312T150000Z-bbbbbb"))
        await press(app, "escape")
        await until(app, lambda: app.history.view is not before)
        await settle(app)
        table = app.history.query_one(SessionTable)
        assert table.row_count == 6
        assert table.cursor is not None
        assert table.cursor.day == detail.record.day


async def test_what_cannot_be_read_is_one_line_and_a_list(tmp_path: Path) -> None:
    services = services_over(tmp_path, [record_of_day(0)])
    (services.paths.sessions / "broken.toml").write_text("not a log", encoding="utf-8")
    later = datetime(2026, 4, 1, tzinfo=UTC)
    future = replace(record_of_day(0), id="future", started=later, day=date(2026, 4, 1))
    save_record(services.paths.sessions, future)
    app = HistoryApp(services)
    async with app.run_test():
        await until_read(app)
        line = text_of(app, "#problems")
        assert line.startswith("2 session files to look at: broken.toml is not valid TOML")
        await press(app, "!")
        await until(app, lambda: isinstance(app.screen, LogProblemsScreen))
        listed = [str(each.render()) for each in app.screen.query(".problem")]
        assert len(listed) == 2
        assert "future" in listed[1]
        await press(app, "escape")
        await until(app, lambda: app.screen is app.history)


async def test_without_problems_there_is_no_key_for_them(tmp_path: Path) -> None:
    app = HistoryApp(services_over(tmp_path, [record_of_day(0)]))
    async with app.run_test():
        await until_read(app)
        assert "exclamation_mark" not in app.history.active_bindings
        assert not app.history.query_one("#problems").display
        await press(app, "!")
        assert app.screen is app.history


@pytest.mark.parametrize("screen", [HistoryScreen, SessionDetailScreen, NoteEditor, LogProblemsScreen])
def test_every_key_has_an_id_and_says_what_it_does(screen: type) -> None:
    for binding in screen.__dict__["BINDINGS"]:
        assert binding.id, binding
        assert binding.tooltip, binding
        assert not {"ctrl+c", "ctrl+q", "ctrl+p"} & set(binding.key.split(",")), binding
