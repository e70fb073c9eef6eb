"""The line of keys: what fits, what changes with what may be pressed, and the mouse."""

from __future__ import annotations

from pathlib import Path

from textual.strip import Strip

from hipcoach.core.choices import Pace
from hipcoach.storage.app_state import AppState, RoutineState
from hipcoach.ui.screens.history import HistoryScreen
from hipcoach.ui.widgets.fitting_footer import FittingFooter
from tests.ui.support import Coach, coach
from tests.ui.surroundings import services_below


def line(it: Coach) -> Strip:
    footer = it.screen.query_one(FittingFooter)
    return footer.render_line(0)


async def widen(it: Coach, width: int) -> None:
    """Give the terminal a width and let the line take it in."""
    await it.resize(width, 40)
    footer = it.screen.query_one(FittingFooter)
    await it.until(lambda: footer.size.width == width, "the line to have its width")
    await it.settle()


def column(it: Coach, words: str) -> int:
    return line(it).text.index(words)


async def test_a_wide_terminal_shows_every_key_and_a_narrow_one_leaves_the_least_needed_out(
    tmp_path: Path,
) -> None:
    async with coach(services_below(tmp_path), "routine", size=(140, 40)) as it:
        for words in ("Pause", "Skip", "Back", "Restart", "Drop", "Stop", "Help"):
            assert words in line(it).text
        await widen(it, 60)
        text = line(it).text
        assert "Pause" in text
        assert "Drop" not in text
        assert "Help" in text
        assert len(text) <= 60
        await widen(it, 140)
        assert "Drop" in line(it).text


async def test_no_key_is_cut_off_at_any_width_that_holds_the_most_needed(tmp_path: Path) -> None:
    async with coach(services_below(tmp_path), "routine") as it:
        for width in (50, 64, 72, 80, 100):
            await widen(it, width)
            assert line(it).text.rstrip().endswith("q Stop"), width


async def test_the_line_follows_what_may_be_pressed(tmp_path: Path) -> None:
    choices = {"routine": RoutineState(pace=Pace.OWN)}
    services = services_below(tmp_path, state=AppState(safety_read=True, routines=choices))
    async with coach(services, "routine", size=(160, 40)) as it:
        assert "Reps done" not in line(it).text
        await it.press("n")
        assert it.step.is_open
        assert "Reps done" in line(it).text


async def test_a_click_on_a_key_presses_it(tmp_path: Path) -> None:
    async with coach(services_below(tmp_path)) as it:
        await it.pilot.click(FittingFooter, offset=(column(it, "History") + 2, 0))
        await it.on(HistoryScreen)


async def test_a_click_beside_the_keys_does_nothing(tmp_path: Path) -> None:
    async with coach(services_below(tmp_path), size=(300, 40)) as it:
        before = it.screen
        await it.pilot.click(FittingFooter, offset=(298, 0))
        await it.settle()
        assert it.screen is before


async def test_the_mouse_over_a_key_is_told_more_of_it(tmp_path: Path) -> None:
    async with coach(services_below(tmp_path)) as it:
        await it.pilot.hover(FittingFooter, offset=(column(it, "History") + 2, 0))
        assert it.screen.query_one(FittingFooter).tooltip == "Streaks and past sessions"
