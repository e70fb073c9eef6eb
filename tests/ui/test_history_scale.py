"""The history over some hundred sessions, cache and all; over ten thousand it is measured in `benchmarks`."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, time
from pathlib import Path
from time import perf_counter

import pytest

from benchmarks.make_logs import LAST_DAY, make_logs
from hipcoach.core.history.record import entry_of
from hipcoach.core.history.streaks import stats
from hipcoach.ui.history_view import HistoryView
from hipcoach.ui.screens.history import HistoryScreen
from hipcoach.ui.widgets.session_table import SessionTable
from tests.logs import load_log
from tests.ui.history_support import HistoryApp, services_over, until, until_read

COUNT = 250
LONGEST_FREEZE = 0.5
"""Seconds; ten times the goal, since tests share their processors with others."""


@pytest.mark.slow
async def test_hundreds_of_sessions_are_all_there_and_nothing_freezes(tmp_path: Path) -> None:
    services = services_over(tmp_path)
    make_logs(services.paths.sessions, COUNT)
    log = load_log(services.paths.sessions)
    for _ in range(2):
        services = services_over(tmp_path)
        services.now = lambda: log.records[-1].started
        app = HistoryApp(services)
        gaps: list[float] = []

        async def heart(gaps: list[float] = gaps) -> None:
            while True:
                before = perf_counter()
                await asyncio.sleep(0.002)
                gaps.append(perf_counter() - before)

        async with app.run_test(size=(120, 40)) as pilot:
            await until(app, lambda app=app: isinstance(app.screen, HistoryScreen))  # type: ignore[misc]  # mypy infers no lambda with a default
            beating = asyncio.create_task(heart())
            await until_read(app)
            table = app.history.query_one(SessionTable)
            await pilot.press("end", "pageup", "home")
            beating.cancel()
            assert table.row_count == COUNT
            assert list(table.entries) == [entry_of(record) for record in reversed(log.records)]
            view = app.history.view
            assert view is not None
            assert view.stats == stats(map(entry_of, log.records), services.today, services.settings.rules)
            assert sum(each.sessions for each in view.activity.values()) == COUNT
            assert {day for day, each in view.activity.items() if each.counted} == {
                record.day for record in log.records if record.counts
            }
        assert max(gaps) < LONGEST_FREEZE


async def test_rows_are_there_before_everything_is_read(tmp_path: Path) -> None:
    services = services_over(tmp_path)
    make_logs(services.paths.sessions, 5)
    services.now = lambda: datetime.combine(LAST_DAY, time(22), UTC)
    app = HistoryApp(services)
    async with app.run_test(size=(120, 40)):
        await until_read(app)
        whole = app.history.view
        assert whole is not None
        part = HistoryView(LAST_DAY, 0, None, whole.activity, whole.entries[:2], (), done=2, files=5)
        app.history.post_message(HistoryScreen.Loaded(part))
        await until(app, lambda: app.history.query_one(SessionTable).row_count == 2)
        assert "reading 2 of 5 sessions" in str(app.history.query_one("#streak-under").render())
        app.history.post_message(HistoryScreen.Loaded(whole))
        await until(app, lambda: app.history.query_one(SessionTable).row_count == len(whole.entries))
        assert "reading" not in str(app.history.query_one("#streak-under").render())
