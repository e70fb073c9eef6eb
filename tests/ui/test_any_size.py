"""Every screen takes every size that a terminal may have, also far below what anybody would choose."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

import pytest
from textual.command import CommandPalette
from textual.containers import VerticalScroll
from textual.geometry import Region
from textual.screen import ModalScreen, Screen
from textual.widget import Widget

from hipcoach.storage.app_state import AppState
from hipcoach.storage.session_log import save_record
from hipcoach.ui.screens.avoid import AvoidScreen
from hipcoach.ui.screens.builder import BuilderScreen
from hipcoach.ui.screens.choice import ChoiceScreen
from hipcoach.ui.screens.discomfort import DiscomfortScreen
from hipcoach.ui.screens.help import HelpScreen
from hipcoach.ui.screens.history import HistoryScreen
from hipcoach.ui.screens.keys import KeysScreen
from hipcoach.ui.screens.log_problems import LogProblemsScreen
from hipcoach.ui.screens.note_editor import NoteEditor
from hipcoach.ui.screens.picker import PickerScreen
from hipcoach.ui.screens.safety import SafetyScreen
from hipcoach.ui.screens.self_test import SelfTestScreen
from hipcoach.ui.screens.session import SessionScreen
from hipcoach.ui.screens.session_detail import SessionDetailScreen
from hipcoach.ui.screens.settings import SettingsScreen
from hipcoach.ui.screens.steady import LEAST, TOO_SMALL, _TooSmall
from hipcoach.ui.screens.summary import SummaryScreen
from tests.support import a_record
from tests.ui.support import Coach, coach
from tests.ui.surroundings import real_catalog, services_below

SIZES = [(120, 40), (80, 24), (20, 5), (40, 12), (200, 60), (21, 6), (72, 18)]


@pytest.mark.parametrize("size", [(80, 24), (60, 20)])
async def test_no_words_touch_a_scrollbar(tmp_path: Path, size: tuple[int, int]) -> None:
    remembered = AppState(safety_read=True, last_routine="nine-drills")
    services = services_below(tmp_path, catalog=real_catalog(), state=remembered)
    ways: list[tuple[list[str], type[Screen[Any]], str]] = [
        ([], PickerScreen, "right"),
        (["i"], SafetyScreen, "box"),
        (["escape", "question_mark"], HelpScreen, "box"),
        (["escape", "b"], ChoiceScreen, ""),
        (["c"], BuilderScreen, "meant"),
    ]
    async with coach(services, size=size) as it:
        for keys, kind, name in ways:
            await it.press(*keys)
            await it.on(kind)
            if not name:
                continue
            box = it.screen.query_one(f"#{name}", VerticalScroll)
            assert box.show_vertical_scrollbar
            seen = 0
            for _ in range(20):  # to its end, page by page
                await it.settle()
                lines = [
                    "".join(part.text for part in strip) for strip in it.screen._compositor.render_strips()
                ]
                bar = box.vertical_scrollbar.region
                beside = [lines[y][bar.x - 2 : bar.x] for y in range(bar.y, bar.bottom)]
                assert [each for each in beside if each[1].isalnum() or each[1] in ",.;:…"] == [], kind
                seen += sum(each[0].isalnum() for each in beside)
                box.scroll_page_down(animate=False)
            assert seen, f"{kind} has no line that is full"


def _is_read(history: HistoryScreen) -> bool:
    return history.view is not None and history.view.is_whole


@pytest.mark.slow
async def test_every_screen_takes_any_size(tmp_path: Path) -> None:
    services = services_below(tmp_path)
    ways: list[tuple[list[str], type[Screen[Any]]]] = [
        ([], PickerScreen),
        (["question_mark"], HelpScreen),
        (["escape", "i"], SafetyScreen),
        (["escape", "enter"], SessionScreen),
        (["n"], SessionScreen),
        (["question_mark"], HelpScreen),
        (["escape", "q"], ChoiceScreen),
        (["s"], ChoiceScreen),
        (["k"], SummaryScreen),
        (["enter"], PickerScreen),
        (["h"], HistoryScreen),
        (["enter"], SessionDetailScreen),
        (["e"], NoteEditor),
    ]
    async with coach(services) as it:
        for keys, kind in ways:
            await it.press(*keys)
            await it.on(kind)
            if isinstance(it.screen, HistoryScreen):
                await it.until(partial(_is_read, it.screen), "the log to be read")
                await it.settle()
            for size in SIZES:
                await it.resize(*size)
                assert it.app.size == size


SMALL = [*((width, 24) for width in range(1, 31)), *((40, height) for height in range(1, 8))]
Ways = list[tuple[list[str], type[Screen[Any]]]]
WAYS: dict[str, Ways] = {
    "picker": [
        ([], PickerScreen),
        (["question_mark"], HelpScreen),
        (["escape", "i"], SafetyScreen),
        (["escape", "x"], AvoidScreen),
        (["escape", "d"], DiscomfortScreen),
        (["escape", "ctrl+p"], CommandPalette),
    ],
    "session": [
        (["enter"], SessionScreen),
        (["n"], SessionScreen),
        (["question_mark"], HelpScreen),
        (["escape", "q"], ChoiceScreen),
        (["s"], ChoiceScreen),
        (["k"], SummaryScreen),
    ],
    "history": [
        (["h"], HistoryScreen),
        (["enter"], SessionDetailScreen),
        (["e"], NoteEditor),
        (["escape", "escape", "exclamation_mark"], LogProblemsScreen),
    ],
    "settings": [
        (["comma"], SettingsScreen),
        (["down", "enter"], ModalScreen),
        (["escape", "end", "enter"], KeysScreen),
        (["down", "enter"], ModalScreen),
    ],
    "self-test": [(["t"], SelfTestScreen)],
    "builder": [(["b"], ChoiceScreen), (["c"], BuilderScreen)],
}


def laid_out(screen: Screen[Any]) -> tuple[dict[Widget, Region], set[Widget]]:
    """Where the parts of a screen stand, and all that is shown in them."""
    parts = {each: each.region for each in screen.children if each.display}
    return parts, {each for each in screen.walk_children(Widget) if each.region.area}


def written(it: Coach) -> str:
    """What a screen without room says."""
    shown = [each for each in it.screen.children if each.display]
    return " ".join(str(each.render()) for each in shown)


def _says_or_is_narrow(it: Coach) -> bool:
    return it.app.size.width < 5 or bool(written(it))


@pytest.mark.parametrize("place", WAYS)
@pytest.mark.slow
async def test_below_the_smallest_size_every_screen_only_says_so(tmp_path: Path, place: str) -> None:
    services = services_below(tmp_path)
    save_record(services.paths.sessions, a_record())
    (services.paths.sessions / "broken.toml").write_text("format = 1\n[")
    async with coach(services) as it:
        for keys, kind in WAYS[place]:
            await it.press(*keys)
            await it.on(kind)
            if isinstance(it.screen, HistoryScreen):
                await it.until(partial(_is_read, it.screen), "the log to be read")
                await it.settle()
            before, focused = laid_out(it.screen), it.screen.focused
            for width, height in SMALL:
                await it.resize(width, height)
                has_room = width >= LEAST.width and height >= LEAST.height
                if has_room:
                    assert not it.screen.query(_TooSmall)
                else:
                    # Some screens have a margin, in which nothing is written.
                    await it.until(partial(_says_or_is_narrow, it), "what a screen without room says")
                    said = written(it)
                    assert said in (*TOO_SMALL, *(TOO_SMALL[-1][:cut] for cut in range(5)))
                    assert len(said) <= width
            await it.resize(120, 40)
            assert laid_out(it.screen) == before
            assert it.screen.focused is focused


@pytest.mark.parametrize("width", range(1, 10))
async def test_no_palette_opens_where_it_has_no_room(tmp_path: Path, width: int) -> None:
    async with coach(services_below(tmp_path), size=(width, 40)) as it:
        await it.press("ctrl+p")
        assert isinstance(it.screen, PickerScreen)
        it.app.search_themes()
        await it.settle()
        assert isinstance(it.screen, PickerScreen)
        await it.resize(80, 24)
        await it.press("ctrl+p")
        await it.on(CommandPalette)


async def test_a_session_runs_on_without_room_and_hears_its_keys(tmp_path: Path) -> None:
    async with coach(services_below(tmp_path), "routine") as it:
        await it.go_to(1, 1.0)
        await it.resize(3, 24)
        assert not it.live.session.is_paused
        await it.pass_time(9.0)
        assert it.step.index == 2
        await it.press("space")
        assert it.live.session.is_paused
        await it.press("q")
        await it.on(ChoiceScreen)
        await it.resize(80, 24)
        assert it.answers() == ["go-on", "save", "discard"]
        await it.press("g")
        await it.on(SessionScreen)
        assert it.display.region.area
        assert it.shown("count")
        assert not it.screen.query(_TooSmall)


async def test_what_is_read_while_there_is_no_room_stays_hidden(tmp_path: Path) -> None:
    services = services_below(tmp_path)
    services.paths.sessions.mkdir(parents=True)
    (services.paths.sessions / "broken.toml").write_text("format = 1\n[")
    async with coach(services, size=(19, 24)) as it:
        await it.press("h")
        await it.on(HistoryScreen)
        assert isinstance(it.screen, HistoryScreen)
        await it.until(partial(_is_read, it.screen), "the log to be read")
        await it.settle()
        assert written(it) == "Too small: 20x6"
        await it.resize(80, 24)
        assert "broken.toml" in written(it)
