"""The settings screen: every change works at once, is written down, and nothing else in the file changes."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace
from textual.widgets import Input, OptionList

from hipcoach.core.choices import Pace
from hipcoach.storage.app_state import AppState
from hipcoach.storage.settings import (
    FirstSide,
    LookSettings,
    Settings,
    SoundBackend,
    all_settings,
    load_settings,
)
from hipcoach.ui.screens.choice import ChoiceScreen
from hipcoach.ui.screens.keys import KeysScreen
from hipcoach.ui.screens.picker import PickerScreen
from hipcoach.ui.screens.session import SessionScreen
from hipcoach.ui.screens.settings import SettingsScreen
from hipcoach.ui.screens.value_editor import ValueEditor
from tests.speaking import FakeSynthesizer, speaker
from tests.ui.support import Coach, coach
from tests.ui.surroundings import services_below


async def open_settings(it: Coach, key: str = "session.lead_in") -> None:
    """Open the settings, with the cursor on one of them."""
    await it.press("comma")
    await it.on(SettingsScreen)
    rows = it.screen.query_one(OptionList)
    rows.highlighted = rows.get_option_index(key)
    await it.settle()


def row(it: Coach, key: str) -> str:
    """What the row of a setting says."""
    return str(it.screen.query_one(OptionList).get_option(key).prompt)


def on_disk(it: Coach) -> Settings:
    """What the file says now, without any problem."""
    settings, problems = load_settings(it.services.paths.settings)
    assert problems == ()
    return settings


async def test_every_setting_stands_there_with_its_value_and_what_it_is_for(tmp_path: Path) -> None:
    async with coach(services_below(tmp_path)) as it:
        await open_settings(it)
        for setting in all_settings().values():
            text = row(it, setting.key)
            assert setting.title in text
            assert setting.about in text
            assert setting.shown(setting.value(Settings())) in text
        headings = [
            str(each.prompt).strip() for each in it.screen.query_one(OptionList).options if each.disabled
        ]
        assert headings == ["TIMES", "ROUTINES", "SOUND", "SPEECH", "LOOKS", "WEEK", "KEYS"]
        await it.press("escape")
        await it.on(PickerScreen)
        assert not it.services.paths.settings.exists()


async def test_an_arrow_changes_a_number_at_once_and_on_disk(tmp_path: Path) -> None:
    async with coach(services_below(tmp_path)) as it:
        await open_settings(it)
        await it.press("right", "right", "left")
        assert "‹ 9 s ›   default: 8 s" in row(it, "session.lead_in")
        assert it.services.settings.timings.lead_in == 9
        assert on_disk(it).timings.lead_in == 9
        await it.press("escape")
        await it.on(PickerScreen)
        routine = it.picker.highlighted
        assert routine is not None
        assert it.picker.plan_for(routine, it.picker.choices_for(routine)).steps[0].seconds == 9


async def test_the_default_comes_back_and_leaves_the_file(tmp_path: Path) -> None:
    async with coach(services_below(tmp_path)) as it:
        await open_settings(it)
        await it.press("backspace")
        assert not it.services.paths.settings.exists()
        await it.press("right")
        await it.press("backspace")
        assert it.services.settings == Settings()
        assert "default" not in row(it, "session.lead_in")
        assert "lead_in" not in it.services.paths.settings.read_text()


async def test_a_number_can_be_written_and_what_is_none_is_said_at_once(tmp_path: Path) -> None:
    async with coach(services_below(tmp_path)) as it:
        await open_settings(it)
        await it.press("enter")
        await it.on(ValueEditor)
        it.screen.query_one(Input).value = "900"
        await it.settle()
        assert "from 0 to 600" in it.shown("allowed")
        assert it.screen.query_one("#allowed").has_class("-wrong")
        await it.press("enter")
        assert isinstance(it.screen, ValueEditor)
        it.screen.query_one(Input).value = "12"
        await it.settle()
        assert not it.screen.query_one("#allowed").has_class("-wrong")
        await it.press("enter")
        await it.on(SettingsScreen)
        assert on_disk(it).timings.lead_in == 12
        await it.press("enter")
        await it.on(ValueEditor)
        await it.press("escape")
        await it.on(SettingsScreen)
        assert on_disk(it).timings.lead_in == 12


async def test_of_a_few_words_enter_takes_the_next_and_of_many_it_has_one_choose(tmp_path: Path) -> None:
    async with coach(services_below(tmp_path)) as it:
        await open_settings(it, "session.pace")
        await it.press("enter")
        assert on_disk(it).session.pace is Pace.OWN
        await it.press("home")
        await open_settings_row(it, "session.first_side")
        await it.press("enter")
        await it.on(ChoiceScreen)
        assert it.answers() == list(FirstSide)
        await it.press("4")
        await it.on(SettingsScreen)
        assert on_disk(it).session.first_side is FirstSide.ALTERNATE
        await it.press("enter")
        await it.on(ChoiceScreen)
        await it.press("escape")
        await it.on(SettingsScreen)
        assert on_disk(it).session.first_side is FirstSide.ALTERNATE
        await it.press("right")
        assert on_disk(it).session.first_side is FirstSide.SOURCE


async def open_settings_row(it: Coach, key: str) -> None:
    rows = it.screen.query_one(OptionList)
    rows.highlighted = rows.get_option_index(key)
    await it.settle()


async def test_a_text_is_written(tmp_path: Path) -> None:
    async with coach(services_below(tmp_path)) as it:
        await open_settings(it, "speech.voice")
        await it.press("right", "enter")
        await it.on(ValueEditor)
        it.screen.query_one(Input).value = "en-gb"
        await it.press("enter")
        await it.on(SettingsScreen)
        assert on_disk(it).speech.voice == "en-gb"


async def test_a_click_does_what_enter_does(tmp_path: Path) -> None:
    async with coach(services_below(tmp_path)) as it:
        await open_settings(it)
        await it.pilot.click("#rows", offset=(5, 3))  # the second setting, below heading and first
        await it.on(ValueEditor)
        assert "new position" in it.shown("heading")


async def test_comments_and_what_is_not_known_stay(tmp_path: Path) -> None:
    services = services_below(tmp_path)
    path = services.paths.settings
    path.parent.mkdir(parents=True)
    path.write_text("# mine\n[session]\nlead_in = 10 # slow\n[future]\nx = 1\n")
    services.settings = load_settings(path)[0]
    async with coach(services) as it:
        await open_settings(it)
        await it.press("right")
        assert path.read_text() == "# mine\n[session]\nlead_in = 11 # slow\n[future]\nx = 1\n"


async def test_a_file_that_makes_no_sense_is_left_alone_and_said_in_a_sentence(tmp_path: Path) -> None:
    services = services_below(tmp_path)
    path = services.paths.settings
    path.parent.mkdir(parents=True)
    path.write_text("[session")
    async with coach(services) as it:
        await open_settings(it)
        await it.until(lambda: "this run only" in it.shown("problem"))
        await it.press("right")
        assert services.settings.timings.lead_in == 9
        assert path.read_text() == "[session"
        await it.until(lambda: len(it.notices()) == 1, "a word on it, once")
        assert "this run only" in it.shown("problem")
        path.write_text("[session]\n")
        await it.press("right")
        await it.until(lambda: not it.screen.query_one("#problem").display)
        assert on_disk(it).timings.lead_in == 10


async def test_another_player_takes_over_at_once(tmp_path: Path) -> None:
    async with coach(services_below(tmp_path)) as it:
        await open_settings(it, "audio.backend")
        await it.press("left")
        assert on_disk(it).audio.backend is SoundBackend.SILENT
        assert it.services.sounds.status.backend == "silent"
        assert it.sounds.calls[-1][0] == "close"


async def test_speech_switched_on_holds_whatever_was_last_said_in_a_session(tmp_path: Path) -> None:
    services = services_below(tmp_path, state=AppState(safety_read=True, speech=False))
    services.speech = speaker(services.paths.speech, FakeSynthesizer())
    async with coach(services) as it:
        await open_settings(it, "speech.on")
        await it.press("enter")
        assert services.listening_for("routine").speech
        assert it.notices() == []


async def test_where_nothing_can_speak_it_is_said(tmp_path: Path) -> None:
    async with coach(services_below(tmp_path)) as it:
        await open_settings(it, "speech.on")
        await it.press("enter")
        assert "Nothing here can speak" in it.notices()[0]


async def test_less_motion_stills_the_app(tmp_path: Path) -> None:
    services = services_below(tmp_path)
    services.settings = replace(services.settings, look=LookSettings(less_motion=True))
    async with coach(services) as it:
        levels = [it.app.animation_level]
        await open_settings(it, "look.less_motion")
        await it.press("enter")
        assert [*levels, it.app.animation_level] == ["none", "full"]
        assert not on_disk(it).look.less_motion


async def test_the_arrows_go_through_the_themes(tmp_path: Path) -> None:
    async with coach(services_below(tmp_path)) as it:
        await open_settings(it, "look.theme")
        await it.press("right")
        assert it.app.theme == on_disk(it).look.theme == "hipcoach-light"
        assert "hipcoach-light" in row(it, "look.theme")
        await it.press("backspace")
        assert it.app.theme == "hipcoach-dark"


@pytest.mark.parametrize("sizes", [[(120, 40), (80, 24), (40, 12)], [(20, 5)]])
async def test_every_row_can_be_reached_and_left_on_any_terminal(
    tmp_path: Path, sizes: list[tuple[int, int]]
) -> None:
    async with coach(services_below(tmp_path), size=sizes[0]) as it:
        await open_settings(it)
        for size in sizes:
            await it.resize(*size)
            await it.press("pagedown", "end", "enter")
            await it.on(KeysScreen)
            await it.press("pagedown", "pageup", "end", "escape")
            await it.on(SettingsScreen)
            await it.press("home")
            assert it.screen.query_one(OptionList).highlighted == 1
            assert it.screen.query_one(OptionList).scroll_offset.y == 0


async def test_no_settings_during_a_session(tmp_path: Path) -> None:
    async with coach(services_below(tmp_path), "routine") as it:
        it.app.action_settings()
        await it.settle()
        assert isinstance(it.screen, SessionScreen)
