"""Drawings of moments: their inks and order, frames, mirror images, breath, and the things around."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import pytest
from msgspec.structs import replace

from hipcoach.core.exercise import Side
from hipcoach.core.figure.movement import SINK_SECONDS, Figure, Moment, Prop, Stage, View, moments
from hipcoach.core.figure.scene import BREATH_SECONDS, Drawing, Ink, Line, drawing_at
from tests.figures.people import ABOVE, BACK, STANDING, circle, figure, held, squat

START, HOLD = Moment("squat"), Moment("hold", held=0.0)
FIGURES = {
    "side": squat(),
    "back": squat(view=BACK),
    "above": squat(view=ABOVE),
    "tilted": squat(view=View(40.0, 20.0)),
    "alternating": squat(alternates=True, view=View(30.0)),
    "circle": circle(),
}


def drawings(figure: Figure, side: Side | None) -> Iterator[Drawing]:
    for stage in figure.stages:
        for moment in moments(figure, stage, 7):
            yield drawing_at(figure, replace(moment, side=side))


def lines(drawing: Drawing, ink: Ink) -> list[Line]:
    return [line for line in drawing.lines if line.ink is ink]


@pytest.mark.parametrize("name", FIGURES)
def test_the_frame_is_the_same_throughout_and_holds_everything_far_to_near(name: str) -> None:
    frames = set()
    for side in (None, *Side):
        for drawing in drawings(FIGURES[name], side):
            frame = drawing.frame
            frames.add(frame)
            for line in drawing.lines:
                for (x, y), radius in ((line.start, line.start_radius), (line.end, line.end_radius)):
                    if line.ink is not Ink.GROUND:
                        assert frame.left <= x - radius and x + radius <= frame.right
                        assert frame.bottom <= y - radius and y + radius <= frame.top
            assert all(before.depth + 1e-5 >= after.depth for before, after in pairwise(drawing.lines))
    assert len(frames) == 1
    assert 0.2 < frames.pop().height < 1.2


def test_far_and_near_limbs_and_the_working_one_have_their_inks() -> None:
    drawing = drawing_at(FIGURES["side"], START)
    inks = {line.part: line.ink for line in drawing.lines if line.part}
    far, near = dict.fromkeys(("leg.left", "arm.left"), Ink.FAR), ("trunk", "head", "arm.right")
    assert inks == {**far, **dict.fromkeys(near, Ink.NEAR), "leg.right": Ink.WORKING}
    back = {line.part: line.ink for line in drawing_at(FIGURES["back"], START).lines if line.part}
    assert back["leg.left"] is back["arm.left"] is Ink.NEAR
    parts = [line.part for line in drawing.lines if line.part]
    order = list(dict.fromkeys(parts))
    assert order.index("leg.left") < order.index("trunk") < order.index("leg.right") == 5
    assert [part for part, after in pairwise(parts) if part != after] == order[:-1], "no part is interrupted"


@pytest.mark.parametrize("name", ["side", "back", "tilted", "circle"])
def test_the_other_side_is_the_picture_turned_over(name: str) -> None:
    both = (drawings(FIGURES[name], side) for side in (Side.RIGHT, Side.LEFT))
    for right, left in zip(*both, strict=True):
        middle = right.frame.left + right.frame.right
        for ours, theirs in zip(right.lines, left.lines, strict=True):
            assert theirs.start == pytest.approx((middle - ours.start[0], ours.start[1]))
            assert theirs.ink is ours.ink
        assert {line.part for line in lines(left, Ink.WORKING)} == {"leg.left"}
        assert {line.part for line in lines(right, Ink.WORKING)} == {"leg.right"}


def test_from_the_back_left_is_left() -> None:
    for side, sign in ((Side.LEFT, -1), (Side.RIGHT, 1)):
        drawing = drawing_at(FIGURES["back"], replace(START, side=side))
        middle = (drawing.frame.left + drawing.frame.right) / 2
        assert all((line.start[0] - middle) * sign > 0 for line in lines(drawing, Ink.WORKING))


def test_where_sides_take_turns_the_body_mirrors_and_the_eye_stays() -> None:
    right, left = (drawing_at(FIGURES["alternating"], replace(START, side=side)) for side in Side)
    right, left = left, right
    assert {line.part for line in lines(left, Ink.WORKING)} == {"leg.left"}

    def outline(drawing: Drawing) -> set[tuple[float, float]]:
        return {(round(x, 6), round(y, 6)) for line in drawing.lines for x, y in (line.start, line.end)}

    assert outline(left) == outline(right), "a pose that is the same on both sides stays as it is"


def test_a_hold_breathes_every_four_seconds_and_begins_breathed_out() -> None:
    def shoulder(seconds: float) -> float:
        drawing = drawing_at(FIGURES["side"], replace(HOLD, held=seconds))
        return next(line for line in drawing.lines if line.part == "arm.right").start[1]

    assert drawing_at(FIGURES["side"], HOLD) == drawing_at(FIGURES["side"], Moment("hold"))
    heights = [shoulder(number * BREATH_SECONDS / 8) for number in range(9)]
    assert heights[:5] == sorted(heights[:5])
    assert heights[4:] == sorted(heights[4:], reverse=True)
    assert 0.004 < heights[4] - heights[0] < 0.03
    assert heights[8] == pytest.approx(heights[0])


def test_a_hold_sinks_from_the_pose_it_comes_from() -> None:
    stage = Stage("down", comes_from="up")
    sinking = replace(figure(squat().poses, {"hold": stage}), pins=("foot.left",))

    def head(seconds: float) -> float:
        drawing = drawing_at(sinking, replace(HOLD, held=seconds))
        return next(line for line in drawing.lines if line.part == "head").end[1]

    assert head(0.0) > head(SINK_SECONDS / 2) > head(SINK_SECONDS)
    assert head(SINK_SECONDS + BREATH_SECONDS) == pytest.approx(head(SINK_SECONDS))


def test_the_floor_lies_under_the_feet_across_the_picture() -> None:
    drawing = drawing_at(FIGURES["side"], START)
    (floor,) = lines(drawing, Ink.GROUND)
    assert (floor.start[0], floor.end[0]) == (drawing.frame.left, drawing.frame.right)
    assert floor.start[1] + floor.start_radius == pytest.approx(0.0)
    assert drawing.lines[0] is floor


def test_looked_down_on_the_floor_has_four_edges_round_the_feet() -> None:
    drawing = drawing_at(FIGURES["above"], START)
    floor = [line.start[0] for line in lines(drawing, Ink.GROUND)]
    feet = [line.end[0] for line in drawing.lines if line.part.startswith("leg")]
    assert len(floor) == 4
    assert min(floor) < min(feet) and max(feet) < max(floor)


@pytest.mark.parametrize(("kind", "bars"), [("post", 1), ("pad", 4), ("surface", 8), ("chair", 11)])
def test_things_stand_on_the_ground_as_high_as_they_should(kind: str, bars: int) -> None:
    thing = Prop(kind, (0.0, 0.8, 0.0), 0.4, 0.2, 0.2)  # type: ignore[arg-type]  # one of the kinds
    drawing = drawing_at(held(STANDING, view=View(90.0), props=(thing,)), HOLD)
    found = lines(drawing, Ink.PROP)
    assert len(found) == bars
    heights = [y for line in found for _, y in (line.start, line.end)]
    assert min(heights) < 0.01 or kind == "pad"
    assert max(heights) == pytest.approx({"post": 0.4, "chair": 0.652}.get(kind, 0.392))
    assert max(x for line in found for x, _ in (line.start, line.end)) < drawing.frame.right


def test_a_chair_can_face_the_other_way() -> None:
    for facing, place in ((0.0, 0.7), (180.0, 0.9)):
        thing = Prop("chair", (0.0, 0.8, 0.0), 0.4, 0.2, 0.2, facing)
        drawing = drawing_at(held(STANDING, view=View(90.0), props=(thing,)), HOLD)
        back = [line for line in lines(drawing, Ink.PROP) if max(line.start[1], line.end[1]) > 0.6]
        assert len(back) == 3
        assert all(line.end[0] == pytest.approx(place) for line in back)
