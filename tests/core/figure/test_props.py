"""The things around the figure."""

from __future__ import annotations

import pytest

from hipcoach.core.figure.drawing import Ink, Line
from hipcoach.core.figure.figure import at_start
from hipcoach.core.figure.movement import StagePath
from hipcoach.core.figure.props import Prop, PropKind, bars
from hipcoach.core.figure.support import home_body
from hipcoach.core.figure.view import VIEWS
from tests.core.figure.people import STANDING, figure, standing

BODY = home_body(standing())


def test_a_wall_and_a_post_stand_upright() -> None:
    for kind in (PropKind.WALL, PropKind.POST):
        ((start, end, _),) = bars(Prop(kind, at=(0.1, 0.3, 0.0), height=0.7), BODY)
        assert (start, end) == ((0.1, 0.3, 0.0), (0.1, 0.3, 0.7))


def test_a_chair_has_its_seat_at_its_height_and_its_back_behind() -> None:
    chair = bars(Prop(PropKind.CHAIR, height=0.25, width=0.2, length=0.2), BODY)
    top = max(end[2] for _, end, _ in chair)
    assert top > 0.45
    assert all(end[1] == pytest.approx(-0.1) for _, end, _ in chair if end[2] == top)
    assert max(end[2] + thick for _, end, thick in chair if end[1] > 0) == pytest.approx(0.25)
    assert min(end[2] - thick for _, end, thick in chair) == pytest.approx(0.0)


def test_a_chair_can_face_the_other_way() -> None:
    chair = bars(Prop(PropKind.CHAIR, height=0.25, width=0.2, length=0.2, facing=180.0), BODY)
    top = max(end[2] for _, end, _ in chair)
    assert all(end[1] == pytest.approx(0.1) for _, end, _ in chair if end[2] == top)


def test_a_surface_carries_at_its_height() -> None:
    surface = bars(Prop(PropKind.SURFACE, at=(0.0, 0.5, 0.0), height=0.5, width=0.3, length=0.3), BODY)
    assert max(end[2] + thick for _, end, thick in surface) == pytest.approx(0.5)
    assert min(start[1] for start, _, _ in surface) == pytest.approx(0.35)


def test_a_pad_lies_on_the_ground() -> None:
    for start, end, thick in bars(Prop(PropKind.PAD, width=0.1, length=0.1), BODY):
        assert start[2] == end[2] == pytest.approx(thick)


def test_a_towel_hangs_between_two_points_of_the_body() -> None:
    (one, low, _), (again, other, _) = bars(Prop(PropKind.TOWEL, between=("wrist.left", "toes.left")), BODY)
    assert (one, other) == (BODY.points["wrist.left"], BODY.points["toes.left"])
    assert low == again
    assert low[2] < (one[2] + other[2]) / 2


def test_things_are_drawn_in_their_own_ink_and_framed() -> None:
    wall = Prop(PropKind.WALL, at=(0.0, 0.8, 0.0), height=1.0)
    still = figure(
        {"still": STANDING}, {"hold": StagePath("hold", "still")}, view=VIEWS["side"], props=(wall,)
    )
    drawing = at_start(still, "hold", None)
    found = [shape for shape in drawing.shapes if isinstance(shape, Line) and shape.ink is Ink.PROP]
    assert len(found) == 1
    assert found[0].start[0] < drawing.frame.right
    assert not [shape for shape in drawing.shapes if shape.ink is Ink.GROUND]
