"""Every screen takes every size that a terminal may have, also far below what anybody would choose."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from textual.screen import Screen

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
from tests.ui.surroundings import services_below

SIZES = [(120, 40), (80, 24), (20, 5), (40, 12), (200, 60), (21, 6), (72, 18)]


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
        (["s"], SummaryScreen),
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
