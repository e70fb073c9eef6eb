"""What can be changed from the history: notes, ratings, deleting and undoing, doing it again, days off."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from hipcoach.core.history.record import SessionRecord
from hipcoach.storage.day_files import DayKind, load_marked_days, mark_day
from hipcoach.storage.removed import set_aside
from hipcoach.storage.session_log import save_record
from hipcoach.ui.screens.choice import ChoiceScreen
from hipcoach.ui.screens.discomfort import DiscomfortScreen
from hipcoach.ui.screens.history import HistoryScreen
from hipcoach.ui.screens.note_editor import NoteEditor
from hipcoach.ui.screens.session import SessionScreen
from hipcoach.ui.screens.session_detail import SessionDetailScreen
from hipcoach.ui.widgets.heatmap import Heatmap
from hipcoach.ui.widgets.session_table import SessionTable
from tests.logs import load_log
from tests.ui.history_support import (
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
from tests.ui.support import coach
from tests.ui.surroundings import services_below
from tests.ui.taking_in import send, settle


def rows(app: HistoryApp) -> int:
    return app.history.query_one(SessionTable).row_count


async def test_a_deleted_session_comes_back_byte_for_byte(tmp_path: Path) -> None:
    services = services_over(tmp_path, [record_of_day(ago) for ago in range(3)])
    files = {path: path.read_bytes() for path in services.paths.sessions.iterdir()}
    app = HistoryApp(services)
    async with app.run_test(size=(80, 24)):
        await until_read(app)
        await press(app, "down", "d")
        await until(app, lambda: rows(app) == 2)
        (notice,) = app._notifications
        assert notice.message == "Routine, Yesterday 12:00. u brings it back."
        await press(app, "delete")
        await until(app, lambda: rows(app) == 1)
        assert len(list(services.paths.sessions.iterdir())) == 1
        await press(app, "u")
        await until(app, lambda: rows(app) == 2)
        assert not app._notifications
        await press(app, "u")
        await until(app, lambda: rows(app) == 3)
        await settle(app)
        cursor = app.history.query_one(SessionTable).cursor
        assert cursor is not None
        assert (TODAY - cursor.day).days == 1
        assert {path: path.read_bytes() for path in services.paths.sessions.iterdir()} == files
        assert "u" not in app.history.active_bindings
    assert not list(services.paths.removed.rglob("*.toml"))


async def test_nothing_is_deleted_while_the_cursor_is_on_a_day(tmp_path: Path) -> None:
    services = services_over(tmp_path, [record_of_day(0), record_of_day(1)])
    app = HistoryApp(services)
    async with app.run_test(size=(120, 40)):
        await until_read(app)
        await press(app, "c", "left", "d", "e", "a")
        assert isinstance(app.screen, HistoryScreen)
        assert rows(app) == 2
        assert len(list(services.paths.sessions.iterdir())) == 2


async def test_undo_outlives_the_screen(tmp_path: Path) -> None:
    services = services_over(tmp_path, [record_of_day(0), record_of_day(1)])
    first = HistoryApp(services)
    async with first.run_test(size=(80, 24)):
        await until_read(first)
        await press(first, "d")
        await until(first, lambda: rows(first) == 1)
        await press(first, "q")
    again = HistoryApp(services)
    async with again.run_test(size=(80, 24)):
        await until_read(again)
        await press(again, "u")
        await until(again, lambda: rows(again) == 2)


async def test_what_an_earlier_run_deleted_comes_back_too_and_is_named(tmp_path: Path) -> None:
    records = [record_of_day(ago) for ago in range(3)]
    services = services_over(tmp_path, records)
    for record in (records[2], records[1]):
        set_aside(services.paths.sessions, record.id, services.paths.removed_sessions)
    app = HistoryApp(services)
    async with app.run_test(size=(80, 24)):
        await until_read(app)
        # Pressed twice at once, it brings two sessions back.
        send(app, "u")
        send(app, "u")
        await until(app, lambda: rows(app) == 3)
        (notice,) = app._notifications
        assert (notice.title, notice.message) == ("Brought back", "Routine, Tue 10 Mar 12:00")
        assert "u" not in app.history.active_bindings
    assert not services.paths.removed_sessions.exists()


async def test_the_last_session_deleted_leaves_the_way_back(tmp_path: Path) -> None:
    app = HistoryApp(services_over(tmp_path, [record_of_day(0)]))
    async with app.run_test(size=(80, 24)):
        await until_read(app)
        await press(app, "d")
        await until(app, lambda: "Nothing here yet" in text_of(app, "#message"))
        await press(app, "u")
        await until(app, lambda: rows(app) == 1 and app.history.query_one(SessionTable).display)


async def test_what_cannot_come_back_is_said_and_kept(tmp_path: Path) -> None:
    record = record_of_day(0)
    services = services_over(tmp_path, [record, record_of_day(1)])
    app = HistoryApp(services)
    async with app.run_test(size=(80, 24)):
        await until_read(app)
        await press(app, "d")
        await until(app, lambda: rows(app) == 1)
        save_record(services.paths.sessions, record)
        await press(app, "u")
        await until(
            app,
            lambda: "It cannot be brought back" in [each.title for each in app._notifications],
        )
        assert len(services.deleted) == 1
        assert len(list(services.paths.removed_sessions.iterdir())) == 1


async def test_it_can_be_deleted_from_its_own_screen(tmp_path: Path) -> None:
    app = HistoryApp(services_over(tmp_path, [record_of_day(0), record_of_day(1)]))
    async with app.run_test(size=(80, 24)):
        await until_read(app)
        await press(app, "enter")
        await until(app, lambda: isinstance(app.screen, SessionDetailScreen))
        await settle(app)
        await press(app, "d")
        await until(app, lambda: app.screen is app.history and rows(app) == 1)
        await press(app, "u")
        await until(app, lambda: rows(app) == 2)


async def test_note_and_ratings_are_changed_without_opening_it(tmp_path: Path) -> None:
    services = services_over(tmp_path, [record_of_day(0)])
    app = HistoryApp(services)
    async with app.run_test(size=(120, 40)):
        await until_read(app)
        await press(app, "e")
        await until(app, lambda: isinstance(app.screen, NoteEditor))
        await press(app, *"fine", "enter")
        await until(app, lambda: app.screen is app.history and cells(app, 0)[-1] == "fine")
        await press(app, "r")
        for key in ("5", "2"):
            await until(app, lambda: isinstance(app.screen, DiscomfortScreen) and app.screen.rating is None)
            asked = app.screen
            await press(app, key, "enter")
            await until(app, lambda asked=asked: app.screen is not asked)  # type: ignore[misc]  # mypy infers no lambda with a default
        await until(
            app,
            lambda: app.history.view is not None and app.history.view.entries[0].discomfort_after == 2,
        )
        (record,) = load_log(services.paths.sessions).records
        assert (record.note, record.discomfort_before, record.discomfort_after) == ("fine", 5, 2)


def with_choices(routine: str, **choices: object) -> SessionRecord:
    return record_of_day(8, routine=routine, title=routine, choices=choices)


@pytest.mark.parametrize("from_detail", [False, True])
async def test_a_session_is_done_again_with_its_choices(tmp_path: Path, from_detail: bool) -> None:
    services = services_below(tmp_path)
    save_record(services.paths.sessions, with_choices("short", rounds=4, level="high", pace="own"))
    async with coach(services) as it:
        await it.press("h")
        await it.on(HistoryScreen)
        history = it.screen
        assert isinstance(history, HistoryScreen)
        await it.until(lambda: history.view is not None and history.view.is_whole)
        await it.settle()
        if from_detail:
            await it.press("enter")
            await it.on(SessionDetailScreen)
        await it.press("a")
        await it.on(SessionScreen)
        assert it.live.session.plan.routine == "short"
        await it.until(lambda: it.journals() and it.journals()[0].read_text(encoding="utf-8"), "a journal")
        choices = json.loads(it.journals()[0].read_text(encoding="utf-8").splitlines()[0])["choices"]
        assert (choices["rounds"], choices["level"], choices["pace"]) == (4, "high", "own")
        assert services.state.last_routine == "short"
        assert services.state.of("short").rounds is None


async def test_a_routine_that_is_gone_cannot_be_done_again(tmp_path: Path) -> None:
    app = HistoryApp(services_over(tmp_path, [record_of_day(0)]))
    async with app.run_test(size=(80, 24)):
        await until_read(app)
        await press(app, "a")
        await until(app, lambda: bool(app._notifications))
        (notice,) = app._notifications
        assert notice.message == "Routine is no longer among the routines. What was done stays here."


async def test_a_day_is_marked_seen_in_the_calendar_and_unmarked(tmp_path: Path) -> None:
    services = services_over(tmp_path, [record_of_day(0), record_of_day(3)])
    app = HistoryApp(services)
    async with app.run_test(size=(120, 40)):
        await until_read(app)
        heatmap = app.history.query_one(Heatmap)
        await press(app, "c", "up", "m")
        await until(app, lambda: isinstance(app.screen, ChoiceScreen))
        await settle(app)
        assert text_of(app, "#question") == "Wednesday 11 March 2026: a day off?"
        await press(app, "s")
        await until(app, lambda: "Yesterday: sick day" in heatmap.render().plain)
        assert load_marked_days(services.paths.days).days[heatmap.day or TODAY] is DayKind.SICK
        await press(app, "escape")
        legend = heatmap.render().plain.splitlines()
        assert legend[-1].endswith("s sick")
        assert legend[3].rstrip().endswith("s")
        assert " s " in text_of(app, "#streak-marks").splitlines()[1]
        await press(app, "c", "m")
        await until(app, lambda: isinstance(app.screen, ChoiceScreen))
        await settle(app)
        assert "It is marked as a sick day." in text_of(app, "#text")
        await press(app, "n")
        await until(app, lambda: "Yesterday: nothing" in heatmap.render().plain)
        assert not load_marked_days(services.paths.days).days


@pytest.mark.parametrize("records", [[], [record_of_day(3)]])
async def test_today_can_be_marked_from_anywhere_in_the_overview(
    tmp_path: Path, records: list[SessionRecord]
) -> None:
    services = services_over(tmp_path, records)
    app = HistoryApp(services)
    async with app.run_test(size=(80, 24)):
        await until_read(app)
        await press(app, "m")
        await until(app, lambda: isinstance(app.screen, ChoiceScreen))
        await settle(app)
        assert text_of(app, "#question") == "Today, Thursday 12 March 2026: a day off?"
        await press(app, "r")
        await until(app, lambda: app.history.view is not None and TODAY in app.history.view.marked)
        before = app.history.view
        await press(app, "m")
        await until(app, lambda: isinstance(app.screen, ChoiceScreen))
        await settle(app)
        await press(app, "escape")
        await until(app, lambda: app.screen is app.history and app.history.view is not before)
        assert load_marked_days(services.paths.days).days[TODAY] is DayKind.REST


async def test_a_rest_day_keeps_a_streak_of_days(tmp_path: Path) -> None:
    services = services_over(tmp_path, [record_of_day(ago) for ago in (0, 2, 3)])
    mark_day(services.paths.days, TODAY - (TODAY - record_of_day(1).day), DayKind.REST)
    app = HistoryApp(services)
    async with app.run_test(size=(120, 40)):
        await until_read(app)
        assert text_of(app, "#streak-run") == "3 days in a row · best 3"


async def test_files_of_marked_days_that_cannot_be_read_are_named_too(tmp_path: Path) -> None:
    services = services_over(tmp_path, [record_of_day(0)])
    services.paths.days.mkdir(parents=True)
    (services.paths.days / "2026-03-01.toml").write_text("not a day", encoding="utf-8")
    app = HistoryApp(services)
    async with app.run_test(size=(80, 24)):
        await until_read(app)
        assert text_of(app, "#problems").startswith("1 file to look at: ")
        assert "2026-03-01.toml" in text_of(app, "#problems")
