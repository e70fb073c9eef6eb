"""An app that shows the history alone, over a log of the test's own."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from textual.app import App
from textual.widgets import Static

from hipcoach.audio.sounds import Sounds
from hipcoach.core.exercise import Basis
from hipcoach.core.history.record import Outcome, SessionRecord
from hipcoach.core.plan import StepSide
from hipcoach.live.services import Services
from hipcoach.paths import AppPaths
from hipcoach.storage.app_state import AppState
from hipcoach.storage.session_log import save_record
from hipcoach.storage.settings import Settings
from hipcoach.ui.screens.history import HistoryScreen
from hipcoach.ui.themes import THEMES, meanings
from hipcoach.ui.widgets.session_table import SessionTable
from tests.support import a_catalog, a_record, a_step_record
from tests.ui import taking_in
from tests.ui.taking_in import PATIENCE, settle

NOW = datetime(2026, 3, 12, 18, 30, tzinfo=UTC)
"""A Thursday."""
TODAY = NOW.date()
SIZES = [(120, 40), (80, 24)]


def services_over(
    directory: Path, records: Iterable[SessionRecord] = (), settings: Settings | None = None
) -> Services:
    """Services of a Thursday evening, with these sessions on disk."""
    paths = AppPaths(*(directory / name for name in ("data", "config", "state", "cache")))
    for record in records:
        save_record(paths.sessions, record)
    return Services(paths, a_catalog(), settings or Settings(), AppState(), Sounds(), now=lambda: NOW)


class HistoryApp(App[None]):
    """Shows an empty screen and the history on it."""

    def __init__(self, services: Services) -> None:
        super().__init__()
        self.history = HistoryScreen(services)

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return meanings(dark=self.current_theme.dark)

    def on_mount(self) -> None:
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = THEMES[0].name
        self.push_screen(self.history)


BACKGROUND = ("log", "sums", "select")
"""The groups of workers that come to an end by themselves, without an answer from anybody."""


async def until(app: HistoryApp, condition: Callable[[], bool]) -> None:
    """Let the app go on until the condition holds, and what belongs to it is done; fails if it never does."""
    async with asyncio.timeout(PATIENCE):
        while not condition():
            await settle(app)
            await asyncio.sleep(0.002)
    await settle(app)


async def press(app: App[Any], *keys: str) -> None:
    """Press keys, and let what the history adds up or picks out for each in the background be done."""
    for key in keys:
        await taking_in.press(app, key)
        async with asyncio.timeout(PATIENCE):
            while any(each.group in BACKGROUND and not each.is_finished for each in app.workers):
                await asyncio.sleep(0.002)
        await settle(app)


async def until_read(app: HistoryApp) -> None:
    """Let the app go on until the log has been read and shown."""
    await until(app, lambda: app.history.view is not None and app.history.view.is_whole)
    await settle(app)


def record_of_day(ago: int, **rest: object) -> SessionRecord:
    """A session so many days ago, with sets on both sides."""
    day = TODAY - timedelta(days=ago)
    steps = (
        a_step_record(),
        a_step_record(Outcome.SKIPPED, side=StepSide.LEFT, reason="it hurt", dose_basis=Basis.SUGGESTED),
    )
    values: dict[str, object] = {"id": f"{day:%Y%m%d}T120000Z-aaaaaa", "steps": steps}
    return a_record(day, **(values | rest))


def text_of(app: HistoryApp, selector: str) -> str:
    return str(app.screen.query_one(selector, Static).content)


def cells(app: HistoryApp, row: int) -> list[str]:
    return app.history.query_one(SessionTable).cells_at(row)
