"""The figure on the screens: it does what the session does, and a few reps in the picker's preview."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from hipcoach.core.figure.scene import Ink
from hipcoach.drawing.canvas import CellRow
from hipcoach.live.services import Services
from hipcoach.storage.app_state import AppState
from hipcoach.storage.settings import LookSettings
from hipcoach.ui.screens.picker import PickerScreen
from hipcoach.ui.screens.safety import SafetyScreen
from hipcoach.ui.widgets.figure_player import FigurePlayer
from hipcoach.ui.widgets.figure_view import FigureView
from hipcoach.ui.widgets.movement_view import MovementView
from tests.ui.support import Coach, coach
from tests.ui.surroundings import real_catalog, services_below

SWING = 8.0
"""Seconds until the first set of the desk break starts: the lead-in."""


def with_routines(home: Path, *, less_motion: bool = False) -> Services:
    services = services_below(home, catalog=real_catalog())
    services.settings = replace(services.settings, look=LookSettings(less_motion=less_motion))
    return services


def picture(it: Coach) -> list[CellRow]:
    return list(it.live.query_one(FigureView)._rows)


async def a_figure(it: Coach) -> None:
    """Wait until the figures are read, and one is shown."""

    def shown() -> bool:
        it.live.tick()
        return not it.live.query_one(FigureView).is_blank

    await it.until(shown, "the figure")
    await it.settle()


async def test_in_a_session_it_moves_with_the_rep_and_stands_still_when_paused(tmp_path: Path) -> None:
    async with coach(with_routines(tmp_path), "desk-break") as it:
        await a_figure(it)
        waiting = picture(it)
        await it.pass_time(3.0)
        assert picture(it) == waiting
        await it.go_to(1)
        await it.settle()
        start, rep = picture(it), it.step.rep_seconds
        await it.pass_time(rep / 2)
        assert picture(it) != start
        await it.pass_time(rep / 2)
        assert picture(it) == start
        await it.pass_time(rep / 4)
        await it.press("space")
        still = picture(it)
        await it.pass_time(2.0)
        assert picture(it) == still


async def test_the_working_leg_has_the_colour_of_the_side(tmp_path: Path) -> None:
    async with coach(with_routines(tmp_path), "desk-break") as it:
        await a_figure(it)
        view = it.live.query_one(FigureView)
        colours = []
        for index in (1, 3):
            await it.go_to(index, 1.0)
            assert any(run.ink is Ink.WORKING for row in picture(it) for run in row)
            assert view.side is not None
            colours.append(view.get_component_rich_style(f"figure--working-{view.side}").color)
            assert it.step.side is not None
            named = it.app.theme_variables[f"side-{it.step.side.value}"]
            assert colours[-1] is not None
            assert str(colours[-1].triplet.hex if colours[-1].triplet else "") == named
        assert colours[0] != colours[1]


async def test_the_other_side_is_the_mirror_image(tmp_path: Path) -> None:
    def filled(rows: list[CellRow], ink: Ink) -> list[int]:
        """In which columns the cells of an ink are."""
        found: list[int] = []
        for row in rows:
            place = 0
            for run in row:
                found += range(place, place + len(run.text)) if run.ink is ink else []
                place += len(run.text)
        return found

    async with coach(with_routines(tmp_path), "desk-break") as it:
        await a_figure(it)
        await it.go_to(1, 0.1)
        right = filled(picture(it), Ink.WORKING)
        await it.go_to(3, 0.1)
        left = filled(picture(it), Ink.WORKING)
        width = it.live.query_one(FigureView).size.width
        assert sum(right) / len(right) > sum(left) / len(left)
        assert abs(sum(right) / len(right) + sum(left) / len(left) - (width - 1)) < 2


async def test_with_less_motion_it_has_two_pictures(tmp_path: Path) -> None:
    async with coach(with_routines(tmp_path, less_motion=True), "desk-break") as it:
        await a_figure(it)
        await it.go_to(1)
        seen = []
        for _ in range(12):
            await it.pass_time(0.5)
            seen.append(tuple(picture(it)))
        assert len(set(seen)) == 2


async def test_an_exercise_without_a_figure_leaves_its_room_to_the_words(tmp_path: Path) -> None:
    async with coach(services_below(tmp_path), "routine") as it:
        await it.go_to(1, 1.0)
        await it.settle()
        assert not it.live.query_one(FigureView).region
        assert it.display.query_one("#coaching").region


@pytest.mark.parametrize("size", [(80, 24), (20, 6)])
async def test_small_terminals_keep_count_and_side(tmp_path: Path, size: tuple[int, int]) -> None:
    async with coach(with_routines(tmp_path), "desk-break", size=size) as it:
        await it.go_to(1, 1.0)
        await it.settle()
        assert it.display.query_one("#count").region
        assert it.display.query_one("#side").region


def preview(it: Coach) -> MovementView:
    return it.picker.query_one(MovementView)


async def test_the_preview_plays_a_few_reps_and_rests(tmp_path: Path) -> None:
    async with coach(with_routines(tmp_path)) as it:
        view = preview(it).player
        await it.until(lambda: not view.is_blank, "the figure")
        at_rest = list(view._rows)
        it.clock.advance(2.5)
        view.look()
        assert view._rows != at_rest
        assert view.is_playing
        it.clock.advance(60.0)
        view.look()
        assert not view.is_playing
        assert view._rows == at_rest


async def test_keys_go_through_the_exercises_of_the_routine(tmp_path: Path) -> None:
    async with coach(with_routines(tmp_path)) as it:
        movement = preview(it)
        routine = it.picker.highlighted
        assert routine is not None
        names = [exercise.name for exercise in real_catalog().exercises_of(routine)]
        seen = []
        for _ in names:
            assert movement.exercise is not None
            seen.append(movement.exercise.name)
            await it.press("n")
        assert seen == names
        await it.press("p")
        assert movement.exercise is not None
        assert movement.exercise.name == names[-1]


async def test_in_a_low_terminal_the_figure_takes_the_previews_place_on_demand(tmp_path: Path) -> None:
    async with coach(with_routines(tmp_path), size=(80, 24)) as it:
        movement = preview(it)
        assert not movement.region
        assert not movement.player.is_playing
        await it.press("n")
        await it.until(lambda: movement.region and not movement.player.is_blank, "the figure")
        assert not it.picker.query_one("#right").region
        await it.press("escape")
        await it.until(lambda: not movement.region, "the preview to come back")
        assert it.picker.query_one("#right").region
        assert not movement.player.is_playing


async def test_nothing_moves_behind_another_screen(tmp_path: Path) -> None:
    async with coach(with_routines(tmp_path)) as it:
        movement = preview(it)
        await it.until(lambda: not movement.player.is_blank, "the figure")
        await it.press("h")
        await it.until(lambda: not movement.player.is_playing, "it to rest")


@pytest.mark.parametrize("size", [(120, 40), (80, 24)])
async def test_every_line_of_words_is_drawn_beside_the_figure(tmp_path: Path, size: tuple[int, int]) -> None:
    async with coach(with_routines(tmp_path), "desk-break", size=size) as it:
        await a_figure(it)
        await it.go_to(1, 1.0)
        await it.settle()
        strips = it.live._compositor.render_strips()
        drawn = "\n".join(strip.text for strip in strips)
        for words in ("Desk break", "Knee straight", "Breathe in", "of 10 reps"):
            assert words in drawn


async def test_the_pickers_figure_begins_after_what_covered_it_from_the_first(tmp_path: Path) -> None:
    """As the safety page does at the very first start, before the figure has been read."""
    services = services_below(tmp_path, catalog=real_catalog(), state=AppState())
    async with coach(services, on=SafetyScreen) as it:
        assert not any(player.is_playing for player in it.picker.query(FigurePlayer))
        await it.press("enter")
        await it.on(PickerScreen)
        await it.until(
            lambda: [player for player in it.picker.query(FigurePlayer) if player._showing is not None],
            "the figure to be shown",
        )
