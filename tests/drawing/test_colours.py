from __future__ import annotations

from colorsys import rgb_to_hls

import pytest

from hipcoach.core.exercise import Side
from hipcoach.drawing.colours import ON_PAPER, PAPER, working_colour
from hipcoach.ui.themes import meanings


def hue(colour: str) -> float:
    return rgb_to_hls(*(int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)))[0] * 360


@pytest.mark.parametrize(("side", "name"), [(Side.LEFT, "left"), (Side.RIGHT, "right"), (None, "both")])
def test_the_sides_have_the_hues_of_the_session(side: Side | None, name: str) -> None:
    assert hue(working_colour(side)) == pytest.approx(hue(meanings(dark=True)[f"side-{name}"]), abs=12)


def test_every_colour_is_another() -> None:
    colours = [PAPER, *ON_PAPER.values(), *(working_colour(side) for side in (*Side, None))]
    assert len(set(colours)) == len(colours)
