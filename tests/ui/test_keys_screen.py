"""Keys are changed by pressing them; what is taken is said at once and not accepted."""

from __future__ import annotations

from pathlib import Path

from textual.widgets import OptionList

from hipcoach.storage.settings import load_settings
from hipcoach.ui.keymap import key_faults, known_bindings
from hipcoach.ui.screens.key_capture import KeyCapture
from hipcoach.ui.screens.keys import KeysScreen
from hipcoach.ui.screens.picker import PickerScreen
from hipcoach.ui.screens.session import SessionScreen
from hipcoach.ui.screens.settings import SettingsScreen
from tests.ui.support import Coach, coach
from tests.ui.surroundings import services_below


async def open_keys(it: Coach, name: str) -> None:
    """Open the keys, with the cursor on an action."""
    await it.press("comma")
    await it.on(SettingsScreen)
    await it.press("end", "enter")
    await it.on(KeysScreen)
    rows = it.screen.query_one(OptionList)
    rows.highlighted = rows.get_option_index(name)
    await it.settle()


def row(it: Coach, name: str) -> str:
    return str(it.screen.query_one(OptionList).get_option(name).prompt)


async def back_to_the_list(it: Coach) -> None:
    await it.press("escape")
    await it.on(SettingsScreen)
    await it.press("escape")
    await it.on(PickerScreen)


async def test_every_action_stands_there_once(tmp_path: Path) -> None:
    async with coach(services_below(tmp_path)) as it:
        await open_keys(it, "picker.start")
        rows = [each.id for each in it.screen.query_one(OptionList).options if not each.disabled]
        assert len(rows) == len(set(rows))
        assert set(rows) == set(known_bindings())
        assert "space" in row(it, "session.pause")


async def test_a_new_key_works_at_once_and_after_the_next_start(tmp_path: Path) -> None:
    async with coach(services_below(tmp_path)) as it:
        await open_keys(it, "session.pause")
        await it.press("enter")
        await it.on(KeyCapture)
        await it.press("x")
        await it.on(KeysScreen)
        assert "default: space" in row(it, "session.pause")
        await back_to_the_list(it)
        await it.press("enter")
        await it.on(SessionScreen)
        await it.press("space")
        assert not it.live.session.is_paused
        await it.press("x")
        assert it.live.session.is_paused
        settings, problems = load_settings(it.services.paths.settings)
        assert (settings.keys, problems) == ({"session.pause": "x"}, ())


async def test_one_more_key_and_back_to_its_own(tmp_path: Path) -> None:
    async with coach(services_below(tmp_path)) as it:
        await open_keys(it, "session.pause")
        await it.press("plus")
        await it.on(KeyCapture)
        await it.press("f5")
        await it.on(KeysScreen)
        assert it.services.settings.keys == {"session.pause": "space,f5"}
        await it.press("backspace")
        assert it.services.settings.keys == {}
        assert load_settings(it.services.paths.settings)[0].keys == {}


TAKEN = [
    (
        "session.pause",
        "n",
        "n is the key of both “Pause; go on through 3-2-1” and “On to the next lead-in, or start now”.",
    ),
    ("picker.level", "j", "j is the key of both “Low, middle or high end of every range” and “"),
    ("settings.back", "k", "k is the key of both “Back to where you were” and “The row above”."),
    ("app.commands", "o", "o is the key of both"),
    (
        "note.cancel",
        "question_mark",
        "“Leave; what is not saved is asked about”: ? is needed for writing there.",
    ),
]


async def test_a_key_that_is_taken_is_said_and_not_accepted(tmp_path: Path) -> None:
    # While one presses a key, f1 itself is help.
    assert any("'app.f1'" in fault for fault in key_faults({"session.pause": "f1"}))
    async with coach(services_below(tmp_path)) as it:
        for name, key, said in TAKEN:
            await open_keys(it, name)
            await it.press("enter")
            await it.on(KeyCapture)
            await it.press(key)
            assert said in it.shown("wrong")
            await it.press("escape")
            await it.on(KeysScreen)
            await it.press("escape", "escape")
            await it.on(PickerScreen)
        assert it.services.settings.keys == {}
        assert not it.services.paths.settings.exists()


async def test_what_is_wrong_with_the_keys_already_does_not_stand_in_the_way(tmp_path: Path) -> None:
    services = services_below(tmp_path, keys={"session.skipp": "k"})
    async with coach(services) as it:
        await open_keys(it, "session.pause")
        assert "did you mean 'session.skip'" in it.shown("problem")
        await it.press("enter")
        await it.on(KeyCapture)
        await it.press("x")
        await it.on(KeysScreen)
        assert services.settings.keys == {"session.skipp": "k", "session.pause": "x"}


async def test_keys_without_a_letter_can_be_given(tmp_path: Path) -> None:
    async with coach(services_below(tmp_path)) as it:
        for key in ("tab", "f5", "ctrl+k", "slash", "up"):
            await open_keys(it, "session.pause")
            await it.press("enter")
            await it.on(KeyCapture)
            await it.press(key)
            await it.on(KeysScreen)
            assert it.services.settings.keys == {"session.pause": key}
            await back_to_the_list(it)


def test_a_sign_and_its_name_are_one_key() -> None:
    assert key_faults({"picker.level": "?"})
    assert key_faults({"picker.level": "question_mark"})
    assert key_faults({"picker.level": "/"})
    assert key_faults({"picker.level": "!"}) == []


def test_what_a_table_keeps_to_itself_is_said() -> None:
    assert any("in the list" in fault for fault in key_faults({"detail.back": "down"}))
