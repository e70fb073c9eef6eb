"""Keys at random, in every screen, with time passing, resizing and starting anew: the app never breaks.

HIPCOACH_TORTURE is how many tens of keys there are, up to 20,000 keys; without it 1,000, the same every time.
"""

from __future__ import annotations

import os
import random
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from textual.screen import Screen
from textual.widgets import Input

from hipcoach.core.record import Outcome, SessionRecord, counts
from hipcoach.core.stats import balance
from hipcoach.live.services import Services
from hipcoach.ui.screens.choice import ChoiceScreen
from hipcoach.ui.screens.help import HelpScreen
from hipcoach.ui.screens.history import HistoryScreen
from hipcoach.ui.screens.note_editor import NoteEditor
from hipcoach.ui.screens.picker import PickerScreen
from hipcoach.ui.screens.safety import SafetyScreen
from hipcoach.ui.screens.session import SessionScreen
from hipcoach.ui.screens.session_detail import SessionDetailScreen
from hipcoach.ui.screens.summary import SummaryScreen, headline
from tests.ui.support import Coach, coach
from tests.ui.surroundings import READ, services_below
from tests.ui.taking_in import is_over

KEYS = min(20_000, 10 * int(os.environ.get("HIPCOACH_TORTURE", "100")))
SEED = int(os.environ.get("HIPCOACH_SEED", "20261120"))
KEYS_OF_ONE_RUN = 250
"""Keys until the app is closed and opened again, as after a crash."""
ANYWHERE = [
    "escape",
    "enter",
    "tab",
    "shift+tab",
    "up",
    "down",
    "home",
    "end",
    "pageup",
    "pagedown",
    "question_mark",
]
BY_SCREEN = {
    "PickerScreen": ["enter"] * 6
    + [*"+-lowavsghi/kxef", "slash", "plus", "minus", "exclamation_mark", "shift+up", "shift+down", "ctrl+p"],
    "SessionScreen": [
        "space",
        "space",
        "enter",
        "enter",
        "n",
        "n",
        "n",
        "right",
        "p",
        "left",
        "r",
        "N",
        "h",
        "m",
        "v",
        "plus",
        "equals_sign",
        "minus",
        "minus",
        "left_square_bracket",
        "right_square_bracket",
        "q",
        "ctrl+p",
    ],
    "AvoidScreen": [*"kwdbkwdb", "space", "enter", "escape", "down"],
    "ChoiceScreen": [*"grsdlny", "enter", "escape"],
    "HelpScreen": ["escape", "q", "s", "enter", "down"],
    "HistoryScreen": ["enter", "e", "exclamation_mark", "escape", "q", "down", "up", "ctrl+p"],
    "SessionDetailScreen": ["e", "escape", "q", "down", "end", "ctrl+p"],
    "NoteEditor": ["a", "[", "]", "enter", "enter", "escape", "x", "space"],
    "SummaryScreen": ["enter", "enter", "a", "escape", "[", "y", "tab"],
    "SteadyPalette": [*"ase", *["down"] * 3, *["enter"] * 3, "up", "pagedown", "pageup", "end", "escape"],
}
"""Weighted by hand, so that much happens; all other keys of any screen come from its bindings."""
WRITTEN = [*"7 3x:.", "backspace"]
LEAVING = {"ctrl+q", "ctrl+c"}
SIZES = [(120, 40), (80, 24), (20, 5), (40, 12), (200, 60), (21, 6), (72, 18)]


@dataclass
class Seen:
    """What has come by, and what the log must therefore hold."""

    screens: set[str] = field(default_factory=set)
    keys: int = 0
    saved: dict[str, SessionRecord] = field(default_factory=dict)


async def check(it: Coach, seen: Seen) -> None:
    """What must hold at any moment."""
    log = it.log()
    assert log.problems == ()
    session = it.app.running_session
    if isinstance(it.screen, SummaryScreen):
        record = it.screen.record
        if record.id not in seen.saved:
            seen.saved[record.id] = record
            check_saved(it, record)
    if session is None and isinstance(it.screen, (PickerScreen, SummaryScreen)):
        await it.until(lambda: it.journals() == [], "the journals to be gone")
    deleted = {path.stem for path in it.services.paths.removed.rglob("*.toml")}
    assert set(seen.saved) <= {record.id for record in log.records} | deleted


def check_saved(it: Coach, record: SessionRecord) -> None:
    """The sums agree between what the session came to, its summary, its file, and the history's figures."""
    (logged,) = [each for each in it.log().records if each.id == record.id]
    assert [(step.exercise, step.outcome, step.done_reps) for step in logged.steps] == [
        (step.exercise, step.outcome, step.done_reps) for step in record.steps
    ]
    assert abs(logged.active_seconds - record.active_seconds) < 0.001
    assert all(isinstance(step.outcome, Outcome) for step in record.steps)
    outcomes = {outcome: sum(step.outcome is outcome for step in record.steps) for outcome in Outcome}
    assert sum(outcomes.values()) == len(record.steps)
    text = headline(record).plain
    assert f"{len(record.steps)} set" in text
    if outcomes[Outcome.DONE]:
        assert f"{outcomes[Outcome.DONE]} done" in text
    if reps := sum(step.done_reps for step in record.steps):
        assert f"{reps} rep" in text
    sides = balance([logged])
    assert sum(sides.reps.values()) <= sum(step.done_reps for step in logged.steps)
    stats = it.services.stats(it.services.load_log())
    assert stats.sessions == len(it.log().records)
    assert abs(stats.minutes * 60 - sum(each.active_seconds for each in it.log().records)) < 0.01
    assert stats.week_days == len({each.day for each in it.log().records if counts(each)})


def next_key(chance: random.Random, it: Coach) -> str:
    """A key that does something here, mostly."""
    name = type(it.screen).__name__
    chosen = chance.random()
    if chosen < 0.1:
        key = chance.choice(ANYWHERE)
    elif name in BY_SCREEN and chosen < 0.8:
        key = chance.choice(BY_SCREEN[name])
    elif chosen < 0.95:
        key = chance.choice(sorted({*it.screen.active_bindings} - LEAVING))
    else:
        key = chance.choice(WRITTEN)
    # Leaving is tried at the end of each run.
    return "n" if name == "PickerScreen" and key == "q" and not isinstance(it.app.focused, Input) else key


async def press_keys(it: Coach, chance: random.Random, seen: Seen, keys: int) -> None:
    for _ in range(keys):
        if is_over(it.app):  # by the palette
            return
        seen.screens.add(type(it.screen).__name__)
        chosen = chance.random()
        if chosen < 0.12 and it.app.running_session is not None:
            await it.pass_time(chance.choice([0.1, 1.0, 5.0, 20.0]))
        elif chosen < 0.13:
            it.clock.advance(chance.choice([0.5, 3.0, 600.0]))  # a stall, or a sleep
        elif chosen < 0.16:
            await it.resize(*chance.choice(SIZES))
        seen.keys += 1
        await it.press(next_key(chance, it))
        if chance.random() < 0.2 or isinstance(it.screen, SummaryScreen):
            await check(it, seen)


async def leave(it: Coach, seen: Seen) -> None:
    """End the process as a closed terminal does: what is running is saved."""
    running = it.app.running_session
    if running is not None:
        running.save_and_stop()
        assert running.conductor.logbook.header.id in [record.id for record in it.log().records]
    await it.until(lambda: it.journals() == [], "the journals to be gone")
    assert it.log().problems == ()


async def test_no_key_in_any_screen_does_harm(tmp_path: Path) -> None:
    chance = random.Random(SEED)
    seen = Seen()
    while seen.keys < KEYS:
        services: Services = services_below(tmp_path, memory=READ if not seen.keys else None)
        async with coach(services, size=chance.choice(SIZES)) as it:
            await press_keys(it, chance, seen, min(KEYS_OF_ONE_RUN, KEYS - seen.keys))
            await leave(it, seen)
    assert {"PickerScreen", "SessionScreen", "ChoiceScreen", "HelpScreen", "SummaryScreen"} <= seen.screens
    assert seen.saved


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
