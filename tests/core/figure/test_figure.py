"""The doors: drawings of moments, their inks, frames and mirror images."""

from __future__ import annotations

import time
from collections.abc import Iterator
from itertools import pairwise

import pytest

from hipcoach.core.exercise import Side
from hipcoach.core.figure.drawing import Disc, Drawing, Ink, Line, Shape
from hipcoach.core.figure.figure import BREATH_SECONDS, at_hold, at_phase, at_start, extremes
from hipcoach.core.figure.movement import SINK_SECONDS, Figure, StagePath, Support
from hipcoach.core.figure.view import VIEWS, View
from tests.core.figure.people import circle, squat
from tests.core.figure.people import figure as by_hand

FIGURES = {
    "side": squat(),
    "back": squat(view=VIEWS["back"]),
    "above": squat(view=VIEWS["above"]),
    "tilted": squat(view=View(40.0, 20.0)),
    "alternating": squat(alternates=True, view=View(30.0)),
    "circle": circle(),
}


def moments(figure: Figure, side: Side | None) -> Iterator[Drawing]:
    for stage, path in figure.stages.items():
        yield at_start(figure, stage, side)
        for phase in path.phases:
            for number in range(8):
                yield at_phase(figure, stage, phase.name, number / 7, side)
        if not path.phases:
            yield from (at_hold(figure, stage, seconds, side) for seconds in (0.0, 1.0, 2.0))


def lines(drawing: Drawing, ink: Ink | None = None) -> list[Line]:
    found = [shape for shape in drawing.shapes if isinstance(shape, Line)]
    return [line for line in found if ink is None or line.ink is ink]


def ends(shape: Shape) -> list[tuple[float, float, float]]:
    if isinstance(shape, Disc):
        return [(*shape.centre, shape.radius)]
    return [(*shape.start, shape.start_radius), (*shape.end, shape.end_radius)]


@pytest.mark.parametrize("figure", FIGURES.values(), ids=FIGURES.keys())
def test_the_frame_is_the_same_throughout_and_holds_everything(figure: Figure) -> None:
    frames = set()
    for side in (None, Side.LEFT, Side.RIGHT):
        for drawing in moments(figure, side):
            frame = drawing.frame
            frames.add(frame)
            for shape in drawing.shapes:
                if shape.ink is Ink.GROUND:
                    continue
                for x, y, radius in ends(shape):
                    assert frame.left <= x - radius and x + radius <= frame.right
                    assert frame.bottom <= y - radius and y + radius <= frame.top
    assert len(frames) == 1
    assert 0.2 < frames.pop().height < 1.2


@pytest.mark.parametrize("figure", FIGURES.values(), ids=FIGURES.keys())
def test_what_is_nearer_is_drawn_later(figure: Figure) -> None:
    for drawing in moments(figure, None):
        assert all(before.depth >= after.depth for before, after in pairwise(drawing.shapes))


def test_far_and_near_limbs_and_the_working_one_have_their_inks() -> None:
    inks = {line.part: line.ink for line in lines(at_start(FIGURES["side"], "squat", None)) if line.part}
    assert inks == {
        "trunk": Ink.NEAR,
        "head": Ink.NEAR,
        "arm.left": Ink.FAR,
        "arm.right": Ink.NEAR,
        "leg.left": Ink.FAR,
        "leg.right": Ink.WORKING,
    }
    back = {line.part: line.ink for line in lines(at_start(FIGURES["back"], "squat", None)) if line.part}
    assert back["leg.left"] is Ink.NEAR and back["arm.left"] is Ink.NEAR


def test_the_far_limb_comes_first_and_the_working_one_last() -> None:
    parts = [line.part for line in lines(at_start(FIGURES["side"], "squat", None)) if line.part]
    order = list(dict.fromkeys(parts))
    assert order.index("leg.left") < order.index("trunk") < order.index("leg.right")
    assert order[-1] == "leg.right"
    assert len(order) == 6, "no part is interrupted by another"
    assert [part for part, after in pairwise(parts) if part != after] == order[:-1]


@pytest.mark.parametrize("name", ["side", "back", "tilted", "circle"])
def test_the_other_side_is_the_picture_turned_over(name: str) -> None:
    figure = FIGURES[name]
    for right, left in zip(moments(figure, Side.RIGHT), moments(figure, Side.LEFT), strict=True):
        middle = right.frame.left + right.frame.right
        for ours, theirs in zip(lines(right), lines(left), strict=True):
            assert theirs.start == pytest.approx((middle - ours.start[0], ours.start[1]))
            assert theirs.ink is ours.ink
        assert {line.part for line in lines(left, Ink.WORKING)} == {"leg.left"}
        assert {line.part for line in lines(right, Ink.WORKING)} == {"leg.right"}


def test_from_the_back_left_is_left() -> None:
    for side, sign in ((Side.LEFT, -1), (Side.RIGHT, 1)):
        drawing = at_start(FIGURES["back"], "squat", side)
        middle = (drawing.frame.left + drawing.frame.right) / 2
        assert all((line.start[0] - middle) * sign > 0 for line in lines(drawing, Ink.WORKING))


def test_where_sides_take_turns_the_body_mirrors_and_the_eye_stays() -> None:
    figure = FIGURES["alternating"]
    right, left = (at_start(figure, "squat", side) for side in (Side.RIGHT, Side.LEFT))
    assert {line.part for line in lines(left, Ink.WORKING)} == {"leg.left"}

    def outline(drawing: Drawing) -> set[tuple[float, float]]:
        return {(round(x, 6), round(y, 6)) for line in lines(drawing) for x, y, _ in ends(line)}

    assert outline(left) == outline(right), "a pose that is the same on both sides stays as it is"


def test_no_side_is_the_figure_as_written() -> None:
    assert at_start(circle(), "circle", None).shapes == at_start(circle(), "circle", Side.RIGHT).shapes


def test_a_hold_breathes_every_four_seconds_and_begins_breathed_out() -> None:
    figure = FIGURES["side"]
    still = at_start(figure, "hold", None)
    assert at_hold(figure, "hold", 0.0, None).shapes == still.shapes

    def shoulder(seconds: float) -> float:
        return next(
            line for line in lines(at_hold(figure, "hold", seconds, None)) if line.part == "arm.right"
        ).start[1]

    heights = [shoulder(number * BREATH_SECONDS / 8) for number in range(9)]
    assert heights[:5] == sorted(heights[:5])
    assert heights[4:] == sorted(heights[4:], reverse=True)
    assert 0.004 < heights[4] - heights[0] < 0.03
    assert heights[8] == pytest.approx(heights[0])


def test_a_hold_sinks_from_the_pose_it_comes_from() -> None:
    poses = squat().poses
    hold = StagePath("hold", "down", comes_from="up")
    figure = by_hand(poses, {"hold": hold}, pins=(Support("foot.left"),))

    def head(seconds: float) -> float:
        return next(
            each for each in lines(at_hold(figure, "hold", seconds, None)) if each.part == "head"
        ).end[1]

    heights = [head(number / 8) for number in range(17)]
    assert heights[0] > heights[8] > heights[16]
    assert head(SINK_SECONDS + BREATH_SECONDS) == pytest.approx(head(SINK_SECONDS))
    assert at_start(figure, "hold", None).frame == at_hold(figure, "hold", 0.0, None).frame


def test_extremes_are_the_start_the_way_and_the_far_end() -> None:
    figure = FIGURES["side"]
    start, middle, end = extremes(figure, "squat")
    assert start == at_start(figure, "squat", None)
    assert middle == at_phase(figure, "squat", "sink", 0.5, None)
    assert end.shapes == at_phase(figure, "squat", "sink", 1.0, None).shapes
    held = extremes(figure, "hold", Side.LEFT)
    assert held == (at_start(figure, "hold", Side.LEFT),) * 3


def test_the_floor_lies_under_the_feet_across_the_picture() -> None:
    drawing = at_start(FIGURES["side"], "squat", None)
    (floor,) = lines(drawing, Ink.GROUND)
    assert (floor.start[0], floor.end[0]) == (drawing.frame.left, drawing.frame.right)
    assert floor.start[1] + floor.start_radius == pytest.approx(0.0)
    assert drawing.shapes[0] is floor


def test_looked_down_on_the_floor_has_four_edges_round_the_feet() -> None:
    drawing = at_start(FIGURES["above"], "squat", None)
    floor = lines(drawing, Ink.GROUND)
    assert len(floor) == 4
    left, right = min(line.start[0] for line in floor), max(line.start[0] for line in floor)
    feet = [x for line in lines(drawing) if line.part.startswith("leg") for x, _, _ in ends(line)]
    assert left < min(feet) and max(feet) < right


def test_a_drawing_is_cheap() -> None:
    figure = FIGURES["side"]
    at_phase(figure, "squat", "sink", 0.5, Side.LEFT)  # measures the frame
    took = []
    for number in range(50):
        before = time.process_time()
        at_phase(figure, "squat", "sink", number / 50, Side.LEFT)
        took.append(time.process_time() - before)
    assert sorted(took)[25] < 0.003, "well under a millisecond on its own; shared machines are slower"


@pytest.mark.parametrize("door", [at_start, extremes])
def test_a_stage_that_is_not_there_is_a_key_error(door: object) -> None:
    assert callable(door)
    with pytest.raises(KeyError):
        door(circle(), "jump", None)
