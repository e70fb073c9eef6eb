"""Every way out of a running session leads past the same question."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.command import CommandPalette
from textual.widgets import OptionList

from hipcoach.core.history.record import Outcome, SessionStatus
from hipcoach.ui.screens.choice import ChoiceScreen
from hipcoach.ui.screens.help import HelpScreen
from hipcoach.ui.screens.picker import PickerScreen
from hipcoach.ui.screens.session import SessionScreen
from hipcoach.ui.screens.summary import SummaryScreen
from tests.ui.support import Coach, coach
from tests.ui.surroundings import services_below

WAYS_OUT = ("q", "escape", "ctrl+q", "ctrl+c")


async def quit_by_palette(it: Coach) -> None:
    await it.press("ctrl+p")
    await it.on(CommandPalette)
    await it.press(*"quit")
    results = it.screen.query(OptionList).first()
    # Before all letters have arrived, another command may come first.
    await it.until(lambda: [str(each.prompt) for each in results.options][:1] == ["Quit\nLeave hipcoach"])
    await it.press("enter")
    await it.until(lambda: not isinstance(it.screen, CommandPalette))


async def test_every_way_out_asks_and_pauses(tmp_path: Path) -> None:
    async with coach(services_below(tmp_path), "routine") as it:
        await it.go_to(1, 3.0)
        for way in WAYS_OUT:
            await it.press(way)
            await it.on(ChoiceScreen)
            assert it.answers() == ["go-on", "save", "discard"]
            assert it.live.session.is_paused
            await it.press("g")
            await it.on(SessionScreen)
            assert not it.live.session.is_paused
            assert it.step.index == 1


async def test_the_palettes_quit_asks_too(tmp_path: Path) -> None:
    async with coach(services_below(tmp_path), "routine") as it:
        await it.go_to(1, 3.0)
        await quit_by_palette(it)
        await it.on(ChoiceScreen)
        assert it.answers() == ["go-on", "save", "discard"]
        assert it.live.session.is_paused
        await it.press("s")
        await it.on(SummaryScreen)


async def test_a_session_waits_under_the_palette(tmp_path: Path) -> None:
    async with coach(services_below(tmp_path), "routine") as it:
        await it.go_to(9, 3.0)
        await it.press("ctrl+p")
        await it.on(CommandPalette)
        await it.pass_time(60)
        assert it.live.session.is_paused
        await it.press("escape")
        await it.on(SessionScreen)
        assert it.step.index == 9


async def test_go_on_after_stopping_while_paused_stays_paused(tmp_path: Path) -> None:
    async with coach(services_below(tmp_path), "routine") as it:
        await it.press("space", "q", "escape")
        await it.on(SessionScreen)
        assert it.live.session.is_paused


@pytest.mark.parametrize("again", WAYS_OUT[2:])
async def test_asking_twice_asks_once_and_takes_the_answer(tmp_path: Path, again: str) -> None:
    async with coach(services_below(tmp_path), "routine") as it:
        await it.go_to(1, 3.0)
        await it.press("q", again)
        await it.on(ChoiceScreen)
        assert sum(isinstance(each, ChoiceScreen) for each in it.app.screen_stack) == 1
        await it.press("s")
        await it.on(SummaryScreen)
        assert len(it.log().records) == 1


async def test_save_and_stop_keeps_what_was_done(tmp_path: Path) -> None:
    async with coach(services_below(tmp_path), "routine") as it:
        await it.go_to(3, 5.0)
        await it.press("q", "s")
        await it.on(SummaryScreen)
        (record,) = it.log().records
        assert record.status is SessionStatus.STOPPED
        assert [step.outcome for step in record.steps] == [
            Outcome.DONE,
            Outcome.PARTIAL,
            Outcome.LEFT,
            Outcome.LEFT,
        ]
        assert (record.steps[1].done_reps, record.steps[1].done_seconds) == (2, 5.0)
        assert record.active_seconds == 26.0
        assert it.journals() == []
        await it.press("enter")
        await it.on(PickerScreen)


async def test_discard_leaves_nothing(tmp_path: Path) -> None:
    async with coach(services_below(tmp_path), "routine") as it:
        await it.go_to(3, 5.0)
        await it.press("q", "d")
        await it.on(PickerScreen)
        assert it.log().records == ()
        assert list(it.services.paths.journals.iterdir()) == []


@pytest.mark.parametrize("answer", ["s", "d"])
async def test_leaving_from_the_help(tmp_path: Path, answer: str) -> None:
    async with coach(services_below(tmp_path), "routine") as it:
        await it.go_to(1, 3.0)
        await it.press("question_mark", "ctrl+q")
        await it.on(ChoiceScreen)
        await it.press("g")
        await it.on(HelpScreen)
        await it.press("ctrl+q")
        await it.on(ChoiceScreen)
        await it.press(answer)
        await it.on(SummaryScreen if answer == "s" else PickerScreen)
        stack = [type(each) for each in it.app.screen_stack]
        assert SessionScreen not in stack
        assert HelpScreen not in stack
        assert len(it.log().records) == (answer == "s")


async def test_being_ended_from_outside_saves_without_asking(tmp_path: Path) -> None:
    async with coach(services_below(tmp_path), "routine") as it:
        await it.go_to(3, 5.0)
        it.app.stop_now()
        assert it.app.return_value == 0
    (record,) = it.log().records
    assert record.status is SessionStatus.STOPPED
    assert record.steps[1].done_reps == 2
    assert it.journals() == []
    assert it.sounds.scheduled == []


async def test_being_ended_from_outside_while_asked(tmp_path: Path) -> None:
    async with coach(services_below(tmp_path), "routine") as it:
        await it.go_to(3, 5.0)
        await it.press("q")
        await it.on(ChoiceScreen)
        it.app.stop_now()
    assert len(it.log().records) == 1


async def test_being_ended_from_outside_in_the_picker(tmp_path: Path) -> None:
    async with coach(services_below(tmp_path)) as it:
        it.app.stop_now()
        assert it.app.return_value == 0


async def test_being_ended_after_a_stall_counts_only_what_was_seen(tmp_path: Path) -> None:
    async with coach(services_below(tmp_path), "routine") as it:
        await it.go_to(1, 5.0)
        it.clock.advance(3600)
        it.app.stop_now()
    (record,) = it.log().records
    assert record.active_seconds == 13.0
    assert [step.outcome for step in record.steps][1:] == [Outcome.LEFT] * 3
