"""In the picker an exercise without a figure, such as one's own, leaves its room to the preview."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from hipcoach.core.catalog import Catalog
from hipcoach.ui.widgets.movement_view import MovementView
from tests.ui.support import Coach, coach
from tests.ui.surroundings import real_catalog, services_below
from tests.ui.test_picker_choices import on_routine

SIZES = [(120, 40), (80, 24)]


def movement(it: Coach) -> MovementView:
    return it.picker.query_one(MovementView)


def bare(it: Coach) -> bool:
    """Whether the preview has all the room, and no key offers a figure."""
    keys = {each.binding.action for each in it.picker.active_bindings.values()}
    return (
        not movement(it).region and bool(it.picker.query_one("#right").region) and "movement(1)" not in keys
    )


@pytest.mark.parametrize("size", SIZES)
async def test_where_nothing_has_a_figure_there_is_no_room_for_one(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    # The catalogue of the tests is made up: nothing in it has a figure.
    async with coach(services_below(tmp_path), size=size) as it:
        assert bare(it)
        await it.press("n")
        assert bare(it)


def changed(exercise: str) -> Catalog:
    """The real catalogue, with an exercise whose stage somebody gave another name."""
    catalog = real_catalog()
    was = catalog.exercises[exercise]
    mine = replace(was, stages=tuple(replace(each, id="of-my-own") for each in was.stages))
    return replace(catalog, exercises={**catalog.exercises, exercise: mine})


async def test_a_figure_that_does_not_go_with_ones_own_exercise_is_passed_over(tmp_path: Path) -> None:
    services = on_routine(tmp_path, "desk-break")
    names = [each.id for each in services.catalog.exercises_of(services.catalog.routines["desk-break"])]
    services.catalog = changed(names[0])
    async with coach(services) as it:
        await it.until(lambda: movement(it).exercise and movement(it).exercise.id == names[1])  # type: ignore[union-attr]  # it is there
        await it.until(lambda: not movement(it).player.is_blank, "the figure")


@pytest.mark.parametrize("size", SIZES)
async def test_one_routine_with_figures_and_one_without(tmp_path: Path, size: tuple[int, int]) -> None:
    services = on_routine(tmp_path, "desk-break")
    catalog = services.catalog
    desk = catalog.routines["desk-break"]
    item = replace(next(iter(desk.items)), exercise="mine")
    mine = replace(catalog.exercises[desk.items[0].exercise], id="mine", name="Mine")
    own = replace(desk, id="own", title="Own", blocks=(replace(desk.blocks[0], items=(item,)),))
    services.catalog = replace(
        catalog,
        routines={"own": own, **catalog.routines},
        exercises={**catalog.exercises, "mine": mine},
    )
    async with coach(services, size=size) as it:
        await it.press("n")
        assert movement(it).region
        await it.press("home")
        assert bare(it)
        await it.press("down")
        assert it.picker.highlighted is not None
        assert movement(it).region or it.picker.query_one("#right").region
        assert not bare(it)
