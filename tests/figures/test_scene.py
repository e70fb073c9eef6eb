"""Drawings of moments: what always holds of them. How they look is kept in pictures."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import pytest
from msgspec.structs import replace

from hipcoach.core.exercise import Side
from hipcoach.core.figure.movement import SINK_SECONDS, Figure, Moment, Prop, Stage, View, moments
from hipcoach.core.figure.scene import BREATH_SECONDS, Drawing, Ink, drawing_at
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


@pytest.mark.parametrize("name", FIGURES)
def test_the_frame_is_the_same_throughout_and_holds_everything_far_to_near(name: str) -> None:
    frames = set()
    for side in (None, *Side):
        for drawing in drawings(FIGURES[name], side):
            frame = drawing.frame
            frames.add(frame)
            for line in drawing.lines:
                for end in (line.start, line.end):
                    if line.ink is not Ink.GROUND:
                        assert frame.left <= end.x - end.radius and end.x + end.radius <= frame.right
                        assert frame.bottom <= end.y - end.radius and end.y + end.radius <= frame.top
            assert all(before.depth + 1e-5 >= after.depth for before, after in pairwise(drawing.lines))
            parts = [line.part for line in drawing.lines if line.part]
            order = list(dict.fromkeys(parts))
            assert [part for part, after in pairwise(parts) if part != after] == order[:-1], "interrupted"
            working = {line.part for line in drawing.lines if line.ink is Ink.WORKING}
            assert working == {f"leg.{side or Side.RIGHT}"}
            assert drawing.lines[0].ink is Ink.GROUND
    assert len(frames) == 1
    assert 0.2 < frames.pop().height < 1.2


@pytest.mark.parametrize("name", ["side", "back", "tilted", "circle"])
def test_the_other_side_is_the_picture_turned_over(name: str) -> None:
    both = (drawings(FIGURES[name], side) for side in (Side.RIGHT, Side.LEFT))
    for right, left in zip(*both, strict=True):
        middle = right.frame.left + right.frame.right
        for ours, theirs in zip(right.lines, left.lines, strict=True):
            assert theirs.start.x == pytest.approx(middle - ours.start.x)
            assert (theirs.start.y, theirs.start.radius) == (ours.start.y, ours.start.radius)
            assert theirs.ink is ours.ink


def test_from_the_back_left_is_left() -> None:
    for side, sign in ((Side.LEFT, -1), (Side.RIGHT, 1)):
        drawing = drawing_at(FIGURES["back"], replace(START, side=side))
        middle = (drawing.frame.left + drawing.frame.right) / 2
        working = [line for line in drawing.lines if line.ink is Ink.WORKING]
        assert all((line.start.x - middle) * sign > 0 for line in working)


def test_where_sides_take_turns_the_body_mirrors_and_the_eye_stays() -> None:
    def outline(side: Side) -> set[tuple[float, float]]:
        lines = drawing_at(FIGURES["alternating"], replace(START, side=side)).lines
        return {(round(end.x, 6), round(end.y, 6)) for line in lines for end in (line.start, line.end)}

    assert outline(Side.LEFT) == outline(Side.RIGHT), "a pose that is the same on both sides stays as it is"


def test_a_hold_breathes_every_four_seconds_and_begins_breathed_out() -> None:
    def shoulder(seconds: float) -> float:
        drawing = drawing_at(FIGURES["side"], replace(HOLD, held=seconds))
        return next(line for line in drawing.lines if line.part == "arm.right").start.y

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
        return next(line for line in drawing.lines if line.part == "head").end.y

    assert head(0.0) > head(SINK_SECONDS / 2) > head(SINK_SECONDS)
    assert head(SINK_SECONDS + BREATH_SECONDS) == pytest.approx(head(SINK_SECONDS))


@pytest.mark.parametrize(("kind", "bars"), [("post", 1), ("pad", 4), ("surface", 8), ("chair", 11)])
def test_things_stand_on_the_ground_as_high_as_they_should(kind: str, bars: int) -> None:
    thing = Prop(kind, (0.0, 0.8, 0.0), 0.4, 0.2, 0.2, 180.0)  # type: ignore[arg-type]  # one of the kinds
    drawing = drawing_at(held(STANDING, view=View(90.0), props=(thing,)), HOLD)
    ends = [end for line in drawing.lines if line.ink is Ink.PROP for end in (line.start, line.end)]
    assert len(ends) == 2 * bars
    assert min(end.y for end in ends) < 0.01 or kind == "pad"
    assert max(end.y for end in ends) == pytest.approx({"post": 0.4, "chair": 0.652}.get(kind, 0.392))
    assert max(end.x for end in ends) < drawing.frame.right
    assert all(end.x == pytest.approx(0.9) for end in ends if end.y > 0.6), "a back is behind its chair"
