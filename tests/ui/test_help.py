"""Help: the keys of the screen one is on, as they are now; the sounds; the words."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.binding import Binding
from textual.widgets import Static

from hipcoach.ui.screens.help import HelpScreen
from hipcoach.ui.screens.history import HistoryScreen
from hipcoach.ui.screens.picker import PickerScreen
from hipcoach.ui.screens.session import SessionScreen
from hipcoach.ui.screens.settings import SettingsScreen
from hipcoach.ui.screens.summary import SummaryScreen
from hipcoach.ui.widgets.routine_list import RoutineList
from hipcoach.ui.words import WORDS
from tests.ui.support import Coach, coach, printed
from tests.ui.surroundings import services_below


def text(it: Coach) -> str:
    assert isinstance(it.screen, HelpScreen)
    return " ".join(printed(widget.content) for widget in it.screen.query(Static))


def named(owner: type) -> list[str]:
    """The words for every key of a screen or list."""
    return [each.tooltip or "" for each in owner.__dict__["BINDINGS"] if isinstance(each, Binding)]


@pytest.mark.parametrize("key", ["question_mark", "f1"])
async def test_the_pickers_keys_are_named_and_those_of_its_list(tmp_path: Path, key: str) -> None:
    async with coach(services_below(tmp_path)) as it:
        await it.press(key)
        await it.on(HelpScreen)
        shown = text(it)
        assert [words for words in (*named(PickerScreen), *named(RoutineList)) if words not in shown] == []
        await it.press(key)
        await it.on(PickerScreen)


async def test_what_is_not_possible_now_is_named_too_and_marked(tmp_path: Path) -> None:
    async with coach(services_below(tmp_path), "routine") as it:
        await it.press("question_mark")
        await it.on(HelpScreen)
        assert [words for words in named(SessionScreen) if words not in text(it)] == []
        assert "Own pace: the set is done (not now)" in text(it)


@pytest.mark.parametrize(("key", "screen"), [("comma", SettingsScreen), ("h", HistoryScreen)])
@pytest.mark.parametrize("asked", ["question_mark", "f1"])
async def test_every_screen_has_its_help(
    tmp_path: Path, key: str, screen: type[SettingsScreen | HistoryScreen], asked: str
) -> None:
    async with coach(services_below(tmp_path)) as it:
        await it.press(key)
        await it.on(screen)
        await it.press(asked)
        await it.on(HelpScreen)
        assert [words for words in named(screen) if words not in text(it)] == []
        await it.press("escape")
        await it.on(screen)


async def test_where_one_writes_f1_helps_and_a_question_mark_is_written(tmp_path: Path) -> None:
    async with coach(services_below(tmp_path), "short") as it:
        await it.pass_time(12)
        await it.press("q", "s")
        await it.on(SummaryScreen)
        await it.press("f1")
        await it.on(HelpScreen)
        await it.press("f1")
        await it.on(SummaryScreen)
        it.screen.query_one("#note").focus()
        await it.press("question_mark")
        assert isinstance(it.screen, SummaryScreen)


async def test_a_key_of_the_users_own_is_what_help_names(tmp_path: Path) -> None:
    async with coach(services_below(tmp_path, keys={"picker.filter": "f9"})) as it:
        await it.press("question_mark")
        await it.on(HelpScreen)
        assert "f9 Filter by a word" in text(it)


async def test_the_words_are_explained(tmp_path: Path) -> None:
    async with coach(services_below(tmp_path)) as it:
        await it.press("question_mark")
        await it.on(HelpScreen)
        shown = text(it)
        assert {"rep", "hold", "set", "round", "circuit", "lead-in", "switch", "half-kneeling"} <= set(WORDS)
        assert [word for word, about in WORDS.items() if f"{word} {about}" not in shown] == []
