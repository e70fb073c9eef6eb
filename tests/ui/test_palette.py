"""The command palette: every routine by name, every action of the screen one is on."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from textual import events
from textual.app import SystemCommand
from textual.binding import Binding
from textual.command import CommandPalette
from textual.screen import Screen
from textual.widgets import Input, OptionList

from hipcoach.ui.screens.avoid import AvoidScreen
from hipcoach.ui.screens.builder import BuilderScreen
from hipcoach.ui.screens.choice import ChoiceScreen
from hipcoach.ui.screens.discomfort import DiscomfortScreen
from hipcoach.ui.screens.exercise_finder import ExerciseFinder
from hipcoach.ui.screens.help import HelpScreen
from hipcoach.ui.screens.history import HistoryScreen
from hipcoach.ui.screens.keys import KeysScreen
from hipcoach.ui.screens.note_editor import NoteEditor
from hipcoach.ui.screens.picker import PickerScreen
from hipcoach.ui.screens.safety import SafetyScreen
from hipcoach.ui.screens.self_test import SelfTestScreen
from hipcoach.ui.screens.session import SessionScreen
from hipcoach.ui.screens.session_detail import SessionDetailScreen
from hipcoach.ui.screens.settings import SettingsScreen
from hipcoach.ui.screens.summary import SummaryScreen
from hipcoach.ui.starting import start_routine
from hipcoach.ui.widgets.session_table import SessionTable
from tests.ui.support import Coach, coach
from tests.ui.surroundings import services_below


def offered(it: Coach) -> dict[str, SystemCommand]:
    return {each.title: each for each in it.app.get_system_commands(it.screen)}


async def choose(it: Coach, words: str) -> None:
    """Open the palette by its key and take the first that words find."""
    await find(it, words)
    await it.press("enter")


async def find(it: Coach, words: str) -> None:
    """Open the palette by its key and have words found first."""
    await it.press("ctrl+p")
    await it.on(CommandPalette)
    it.screen.query_one(Input).value = words

    def first() -> str:
        found = it.screen.query("CommandList").results(OptionList)
        options = [str(option.prompt) for each in found for option in each.options]
        return options[0] if options else ""

    await it.until(lambda: first().startswith(words), words)


async def test_a_routine_is_started_by_its_name(tmp_path: Path) -> None:
    async with coach(services_below(tmp_path)) as it:
        await choose(it, "Start: Short")
        await it.on(SessionScreen)
        assert it.live.session.plan.routine == "short"


async def test_settings_and_history_are_offered_everywhere(tmp_path: Path) -> None:
    async with coach(services_below(tmp_path)) as it:
        await choose(it, "Settings")
        await it.on(SettingsScreen)
        assert {"History", "Start: Short", "Theme", "Quit", "Help"} <= set(offered(it))
        await choose(it, "History")
        await it.on(HistoryScreen)
        await it.press("escape")
        await it.on(SettingsScreen)


async def test_every_action_of_the_screen_is_offered_with_its_words_and_key(tmp_path: Path) -> None:
    async with coach(services_below(tmp_path), "routine") as it:
        found = offered(it)
        for binding in SessionScreen.BINDINGS:
            assert isinstance(binding, Binding)
            if binding.id not in ("session.complete", "session.bring-back", "session.help"):
                assert (binding.tooltip or "") in found[binding.description or ""].help
        assert not [name for name in found if name.startswith("Start: ")]
        assert "Settings" not in found
        assert "Reps done" not in found
        assert "Bring back" not in found


def words_of_ours(it: Coach) -> set[str]:
    """What hipcoach itself calls the keys of the screen on top and of the app."""
    return {
        each.description or each.tooltip
        for node in (it.screen, it.app)
        for kind in type(node).__mro__
        if kind.__module__.startswith("hipcoach.")
        for each in vars(kind).get("BINDINGS", ())
        if isinstance(each, Binding) and each.id and each.tooltip
    }


def has_rows(table: SessionTable) -> bool:
    return table.row_count > 0


async def test_no_screen_offers_commands_of_the_framework(tmp_path: Path) -> None:
    services = services_below(tmp_path)
    titles = {f"Start: {each.title}" for each in services.catalog.routines.values()}
    everywhere = titles | {"Help", "Theme", "Quit", "Settings", "History"}
    ways: list[tuple[list[str], type[Screen[Any]]]] = [
        ([], PickerScreen),
        (["question_mark"], HelpScreen),
        (["escape", "i"], SafetyScreen),
        (["escape", "x"], AvoidScreen),
        (["escape", "d"], DiscomfortScreen),
        (["escape", "t"], SelfTestScreen),
        (["escape", "b"], ChoiceScreen),
        (["n"], BuilderScreen),
        (["f2"], ExerciseFinder),
        (["escape", "escape", "comma"], SettingsScreen),
        (["end", "enter"], KeysScreen),
        (["escape", "escape", "enter"], SessionScreen),
        (["q"], ChoiceScreen),
        (["s"], SummaryScreen),
        (["enter", "h"], HistoryScreen),
        (["enter"], SessionDetailScreen),
        (["e"], NoteEditor),
    ]
    async with coach(services) as it:
        for keys, kind in ways:
            await it.press(*keys)
            await it.on(kind)
            if isinstance(it.screen, SessionScreen):
                await it.pass_time(20)
            elif isinstance(it.screen, HistoryScreen):
                await it.until(partial(has_rows, it.screen.query_one(SessionTable)), "the session")
            commands = offered(it)
            assert set(commands) - everywhere - words_of_ours(it) == set(), kind
            assert all(each.help for each in commands.values()), kind
            shown = [each.binding for each in it.screen.active_bindings.values() if each.binding.show]
            assert [each.description for each in shown if not each.id] == [], kind


async def test_an_action_does_what_its_key_does(tmp_path: Path) -> None:
    async with coach(services_below(tmp_path), "routine") as it:
        assert it.step.index == 0
        await choose(it, "Skip")
        await it.on(SessionScreen)
        await it.until(lambda: it.step.index == 1)


async def test_quit_asks_during_a_session(tmp_path: Path) -> None:
    async with coach(services_below(tmp_path), "routine") as it:
        await choose(it, "Quit")
        await it.on(ChoiceScreen)


async def test_nothing_leads_past_the_safety_page(tmp_path: Path) -> None:
    services = services_below(tmp_path)
    services.state = type(services.state)()
    async with coach(services, on=SafetyScreen) as it:
        found = offered(it)
        assert "I understand" in found
        assert not [name for name in found if name.startswith("Start: ") or name in ("Settings", "History")]


async def test_the_picker_offers_its_choices(tmp_path: Path) -> None:
    async with coach(services_below(tmp_path)) as it:
        found = offered(it)
        assert {"Own pace", "Filter", "Standing only", "Safety"} <= set(found)
        assert "Up" not in found
        assert isinstance(it.screen, PickerScreen)


async def test_the_page_keys_are_taken_before_the_list_is_laid_out(tmp_path: Path) -> None:
    async with coach(services_below(tmp_path)) as it:
        it.app.action_command_palette()
        palette = it.screen
        assert isinstance(palette, CommandPalette)
        await it.until(lambda: palette.query("CommandList"), "its list")
        (commands,) = palette.query("CommandList").results(OptionList)
        commands.add_options(["one", "two"])
        commands.highlighted = 0
        for action in ("page_down", "page_up"):
            commands._index_to_line.clear()
            palette._action_command_list(action)
        assert commands.highlighted == 0


async def test_the_palette_is_opened_again_while_it_is_taken_down(tmp_path: Path) -> None:
    async with coach(services_below(tmp_path)) as it:
        it.app.action_command_palette()
        first = it.screen
        assert isinstance(first, CommandPalette)
        first.dismiss()
        it.app.action_command_palette()
        await it.settle()
        assert isinstance(it.screen, CommandPalette)
        assert it.screen is not first
        await it.press("ctrl+p", "escape")
        await it.on(PickerScreen)


async def test_a_command_is_run_once_however_often_enter_was_typed(tmp_path: Path) -> None:
    async with coach(services_below(tmp_path)) as it:
        await find(it, "History")
        for _ in range(3):
            it.app.post_message(events.Key("enter", "\r"))
        await it.on(HistoryScreen)
        await it.settle()
        assert [type(each) for each in it.app.screen_stack] == [PickerScreen, HistoryScreen]


async def test_leaving_twice_takes_nothing_else_along(tmp_path: Path) -> None:
    async with coach(services_below(tmp_path), "routine") as it:
        it.app.action_help()
        await it.on(HelpScreen)
        help_screen = it.screen
        help_screen.dismiss()
        await help_screen.dismiss()
        await it.on(SessionScreen)
        assert it.app.running_session is it.screen


async def test_no_second_session_is_begun_beside_the_first(tmp_path: Path) -> None:
    async with coach(services_below(tmp_path), "routine") as it:
        routine = it.services.catalog.routines["short"]
        await it.app.run_worker(start_routine(it.app, it.services, routine)).wait()
        assert [type(each) for each in it.app.screen_stack] == [PickerScreen, SessionScreen]
        assert len(it.journals()) == 1
        assert it.live.session.plan.routine == "routine"
