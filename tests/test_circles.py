"""Which way the bundled circles turn: seen by the person, on both legs, in both directions."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from hipcoach.core.exercise import Side
from hipcoach.core.figure.drawing import Line
from hipcoach.core.figure.figure import at_phase
from hipcoach.core.figure.movement import Figure
from hipcoach.core.figure.view import VIEWS, View
from hipcoach.storage.catalog_toml import bundled_catalog
from hipcoach.storage.figures import figure_ids, load_figure

STEPS = 12
FROM_THE_SIDE = View(90.0)


def circles() -> dict[str, Figure]:
    figures = {name: load_figure(name) for name in figure_ids()}
    return {name: each for name, each in figures.items() if any(path.round for path in each.stages.values())}


def path_of_the_foot(figure: Figure, side: Side, direction: str) -> list[tuple[float, float]]:
    """Where the working foot is over one repetition, in the picture: to the right, and up."""
    ((stage, path),) = figure.stages.items()
    found = []
    for phase in path.phases:
        for number in range(STEPS):
            drawing = at_phase(figure, stage, phase.name, number / STEPS, side, direction)
            leg = [
                each for each in drawing.shapes if isinstance(each, Line) and each.part == f"leg.{side.value}"
            ]
            # A limb gets thinner towards its end: this is the tip of the foot.
            found.append(min(leg, key=lambda line: line.end_radius).end)
    return found


def turn(path: list[tuple[float, float]]) -> float:
    """The area that a closed path goes round: below zero clockwise, above it counter-clockwise."""
    following = [*path[1:], path[0]]
    return sum(x * v - u * y for (x, y), (u, v) in zip(path, following, strict=True)) / 2


def directions(name: str) -> tuple[str, str]:
    (stage,) = bundled_catalog().exercises[name].stages
    first, second = stage.directions
    return first, second


def test_there_are_circles_of_both_kinds() -> None:
    found = {name: directions(name) for name in circles()}
    assert found == {
        "forward-leg-circle": ("outward", "inward"),
        "lateral-leg-circle": ("forward", "backward"),
        "standing-leg-circle": ("clockwise", "counter-clockwise"),
    }


@pytest.mark.parametrize("view", [VIEWS["back"], None], ids=["as one sees it", "as it is drawn"])
@pytest.mark.parametrize("side", Side)
def test_clockwise_is_clockwise_on_both_legs(side: Side, view: View | None) -> None:
    figure = circles()["standing-leg-circle"]
    seen = figure if view is None else replace(figure, view=view)
    assert turn(path_of_the_foot(seen, side, "clockwise")) < -1e-3
    assert turn(path_of_the_foot(seen, side, "counter-clockwise")) > 1e-3
    cues = " ".join(bundled_catalog().exercises["standing-leg-circle"].cues)
    assert "Clockwise is as you look along the leg" in cues


@pytest.mark.parametrize(
    ("name", "view"), [("forward-leg-circle", VIEWS["back"]), ("lateral-leg-circle", FROM_THE_SIDE)]
)
def test_outward_and_forward_are_mirrored_on_the_other_leg(name: str, view: View) -> None:
    figure = replace(circles()[name], view=view)
    first, second = directions(name)
    areas = {
        (side, direction): turn(path_of_the_foot(figure, side, direction))
        for side in Side
        for direction in (first, second)
    }
    assert abs(areas[Side.RIGHT, first]) > 1e-3
    for direction in (first, second):
        assert areas[Side.LEFT, direction] == pytest.approx(-areas[Side.RIGHT, direction])
    for side in Side:
        assert areas[side, second] == pytest.approx(-areas[side, first], rel=0.05)


@pytest.mark.parametrize("side", Side)
def test_outward_starts_away_from_the_standing_leg(side: Side) -> None:
    figure = replace(circles()["forward-leg-circle"], view=VIEWS["back"])
    away = 1 if side is Side.RIGHT else -1
    for direction, sign in (("outward", away), ("inward", -away)):
        path = path_of_the_foot(figure, side, direction)
        assert (path[STEPS // 2][0] - path[0][0]) * sign > 1e-2
