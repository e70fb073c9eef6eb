"""The list that is shown before what makes it has been loaded, and the picker that takes its place."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from rich.text import Text
from textual.events import Key
from textual.pilot import Pilot
from textual.widgets import OptionList

from hipcoach.live.services import Services
from hipcoach.storage.first_sight import FirstSight
from hipcoach.storage.memory import Memory
from hipcoach.ui.app import HipcoachApp
from hipcoach.ui.screens.first_sight import FirstSightScreen, entry_of
from hipcoach.ui.screens.help import HelpScreen
from hipcoach.ui.screens.picker import PickerScreen
from tests.ui.support import coach
from tests.ui.surroundings import services_below
from tests.ui.taking_in import press, settle


async def sight_of(services: Services) -> FirstSight:
    async with coach(services) as it:
        sight = it.picker.first_sight()
        assert sight is not None
        return sight


@asynccontextmanager
async def opening(app: HipcoachApp) -> AsyncIterator[Pilot[int]]:
    async with app.run_test(size=(120, 40)) as pilot:
        yield pilot


async def until(app: HipcoachApp, condition: Callable[[], object]) -> None:
    for _ in range(1000):
        if condition():
            return
        await settle(app)
    raise AssertionError("waited in vain")


def listed(app: HipcoachApp) -> list[str]:
    options = app.screen.query_one("#routines", OptionList)
    return [str(option.prompt) for option in options.options]


async def test_the_list_is_there_before_anything_is_read(tmp_path: Path) -> None:
    services = services_below(tmp_path, memory=Memory(safety_read=True, last_routine="short"))
    sight = await sight_of(services)
    seen: list[tuple[list[str], int | None]] = []

    def read() -> Services:
        assert isinstance(app.screen, FirstSightScreen)
        seen.append((listed(app), app.screen.query_one("#routines", OptionList).highlighted))
        return services

    app = HipcoachApp(read, first_sight=sight)
    async with opening(app):
        await until(app, lambda: isinstance(app.screen, PickerScreen))
        assert seen == [([each.replace(" · not done yet", "") for each in listed(app)], 1)]
        assert app.picker.highlighted is not None
        assert app.picker.highlighted.id == "short"
        assert not [each for each in app.screen_stack if isinstance(each, FirstSightScreen)]


async def test_what_is_typed_meanwhile_is_for_the_picker(tmp_path: Path) -> None:
    services = services_below(tmp_path)
    sight = await sight_of(services)

    def read() -> Services:
        assert isinstance(app.screen, FirstSightScreen)
        app.screen.typed += [Key("down", None), Key("question_mark", "?")]
        return services

    app = HipcoachApp(read, first_sight=sight)
    async with opening(app):
        await until(app, lambda: isinstance(app.screen, HelpScreen))
        assert app.picker.highlighted is not None
        assert app.picker.highlighted.id == sight.entries[1].id


async def test_keys_are_kept_and_do_nothing_yet(tmp_path: Path) -> None:
    services = services_below(tmp_path)
    sight = await sight_of(services)
    app = HipcoachApp(lambda: services, first_sight=sight)
    async with opening(app):
        await until(app, lambda: isinstance(app.screen, PickerScreen))
        screen = FirstSightScreen(sight)
        await app.push_screen(screen)
        await press(app, "down", "enter", "h", "q")
        assert app.screen is screen
        assert [(each.key, each.character) for each in screen.typed][2:] == [("h", "h"), ("q", "q")]
        assert [each.key for each in screen.typed] == ["down", "enter", "h", "q"]
        assert screen.query_one("#routines", OptionList).highlighted == sight.cursor


async def test_words_typed_meanwhile_go_into_the_filter(tmp_path: Path) -> None:
    services = services_below(tmp_path)
    sight = await sight_of(services)
    app = HipcoachApp(lambda: services, first_sight=sight)
    async with opening(app):
        await until(app, lambda: isinstance(app.screen, PickerScreen))
        await press(app, "slash")
        screen = FirstSightScreen(sight)
        await app.push_screen(screen)
        await press(app, "b", "r", "i", "d")
        screen.dismiss()
        await until(app, lambda: isinstance(app.screen, PickerScreen))
        for each in screen.typed:
            app.post_message(Key(each.key, each.character))
        await settle(app)
        assert app.picker.shown_ids() == ["routine"]


async def test_what_cannot_be_read_ends_the_app_with_its_reason(tmp_path: Path) -> None:
    sight = await sight_of(services_below(tmp_path))

    def read() -> Services:
        raise LookupError("the installation is broken")

    app = HipcoachApp(read, first_sight=sight)
    with pytest.raises(LookupError, match="broken"):
        async with opening(app):
            await until(app, lambda: app._exception is not None)


async def test_a_list_that_is_filtered_is_not_kept(tmp_path: Path) -> None:
    async with coach(services_below(tmp_path)) as it:
        await it.press("slash", *"brid")
        assert it.picker.first_sight() is None
        await it.press("escape", "s")
        assert it.picker.first_sight() is None


def test_an_entry_keeps_every_sign_and_how_it_is_drawn() -> None:
    text = Text("ab")
    text.append("cd", style="bold")
    text.append("ef", style="dim")
    entry = entry_of("x", text)
    assert [tuple(run) for run in entry.runs] == [("ab", ""), ("cd", "bold"), ("ef", "dim")]
