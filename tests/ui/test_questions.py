"""A question that is asked from a screen."""

from __future__ import annotations

from pathlib import Path

from textual import work
from textual.screen import Screen

from hipcoach.ui.screens.help import HelpScreen
from hipcoach.ui.screens.picker import PickerScreen
from hipcoach.ui.screens.settings import SettingsScreen
from tests.ui.support import coach
from tests.ui.surroundings import services_below


class Late(Screen[None]):
    """Asks something in the moment it is left."""

    @work
    async def on_mount(self) -> None:
        self.dismiss(None)
        await self.app.push_screen_wait(SettingsScreen(self.app.services))  # type: ignore[attr-defined]


async def test_a_screen_that_has_been_left_asks_nothing_and_the_app_goes_on(tmp_path: Path) -> None:
    async with coach(services_below(tmp_path)) as it:
        it.app.push_screen(Late())
        await it.settle()
        await it.on(PickerScreen)
        await it.press("question_mark")
        await it.on(HelpScreen)
