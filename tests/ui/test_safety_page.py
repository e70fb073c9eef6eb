from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from textual.events import Resize

from hipcoach.storage.app_state import AppState, load_state
from hipcoach.storage.bundled import safety_sections
from hipcoach.ui.app import HipcoachApp
from hipcoach.ui.screens.picker import PickerScreen
from hipcoach.ui.screens.safety import SafetyScreen
from hipcoach.ui.screens.session import SessionScreen
from hipcoach.ui.starting import start_routine
from tests.ui.support import coach
from tests.ui.surroundings import services_below


async def test_the_first_run_shows_it_once(tmp_path: Path) -> None:
    services = services_below(tmp_path, state=AppState())
    async with coach(services, on=SafetyScreen) as it:
        await it.press("enter")
        await it.on(PickerScreen)
    assert load_state(services.paths.memory)[0].safety_read

    async with coach(services_below(tmp_path, state=None)) as it:
        assert isinstance(it.screen, PickerScreen)


async def test_leaving_it_leaves_the_app_and_acknowledges_nothing(tmp_path: Path) -> None:
    services = services_below(tmp_path, state=AppState())
    async with coach(services, on=SafetyScreen) as it:
        await it.press("escape")
        await it.left()
        assert it.app.return_value == 0
    assert not load_state(services.paths.memory)[0].safety_read


async def test_no_session_begins_under_an_app_that_is_being_left(tmp_path: Path) -> None:
    """As by an enter that follows "leave" so quickly that it falls on the list below."""
    services = services_below(tmp_path)
    async with coach(services) as it:
        it.app.exit(0)
        await start_routine(it.app, services, services.catalog.routines["routine"])
    assert it.journals() == []


@pytest.mark.parametrize("turns", range(4))
async def test_it_can_be_left_just_as_its_size_changes(tmp_path: Path, turns: int) -> None:
    async with coach(services_below(tmp_path)) as it:
        await it.press("i")
        page = it.screen
        assert isinstance(page, SafetyScreen)
        page.dismiss(True)
        for _ in range(turns):
            await asyncio.sleep(0)
        page.on_resize(Resize(it.app.size, it.app.size))
        await it.on(PickerScreen)
        assert it.app._exception is None


async def test_it_comes_before_a_session_asked_for_on_the_command_line(tmp_path: Path) -> None:
    async with coach(services_below(tmp_path, state=AppState()), "routine", on=SafetyScreen) as it:
        assert it.app.running_session is None
        await it.press("enter")
        await it.on(SessionScreen)


async def test_a_key_of_the_picker_shows_it_again(tmp_path: Path) -> None:
    async with coach(services_below(tmp_path)) as it:
        for way_back in ("enter", "escape", "q"):
            await it.press("i")
            assert isinstance(it.screen, SafetyScreen)
            await it.press(way_back)
            assert isinstance(it.screen, PickerScreen)
        assert isinstance(it.app, HipcoachApp)
        assert it.app.is_running


async def test_the_page_can_be_read_to_its_end_on_a_small_terminal(tmp_path: Path) -> None:
    async with coach(services_below(tmp_path, state=AppState()), size=(40, 12), on=SafetyScreen) as it:
        box = it.screen.query_one("#box")
        assert box.max_scroll_y > 0
        await it.press("end")
        await it.until(lambda: box.scroll_offset.y == box.max_scroll_y)


def test_the_page_names_red_flags_and_stop_rules() -> None:
    text = " ".join(" ".join(lines) for lines in (each.lines for each in safety_sections()))
    for sign in ("bladder", "numbness between the legs", "weakness", "fall", "fever", "cancer", "6 of 10"):
        assert sign in text
