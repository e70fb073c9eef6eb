"""Every screen takes every size that a terminal may have, also far below what anybody would choose."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

import pytest
from textual.containers import VerticalScroll
from textual.screen import Screen

from hipcoach.storage.memory import Memory
from hipcoach.ui.screens.builder import BuilderScreen
from hipcoach.ui.screens.choice import ChoiceScreen
from hipcoach.ui.screens.help import HelpScreen
from hipcoach.ui.screens.history import HistoryScreen
from hipcoach.ui.screens.note_editor import NoteEditor
from hipcoach.ui.screens.picker import PickerScreen
from hipcoach.ui.screens.safety import SafetyScreen
from hipcoach.ui.screens.session import SessionScreen
from hipcoach.ui.screens.session_detail import SessionDetailScreen
from hipcoach.ui.screens.summary import SummaryScreen
from tests.ui.support import coach
from tests.ui.surroundings import real_catalog, services_below

SIZES = [(120, 40), (80, 24), (20, 5), (40, 12), (200, 60), (21, 6), (72, 18)]


@pytest.mark.parametrize("size", [(80, 24), (60, 20)])
async def test_no_words_touch_a_scrollbar(tmp_path: Path, size: tuple[int, int]) -> None:
    remembered = Memory(safety_read=True, last_routine="nine-drills")
    services = services_below(tmp_path, catalog=real_catalog(), memory=remembered)
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
    return history.view is not None


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
