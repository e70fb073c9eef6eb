from __future__ import annotations

from itertools import product

import pytest

from hipcoach.core.figure.drawing import Disc, Drawing, Frame, Ink, Line
from hipcoach.drawing.canvas import draw, fitting
from hipcoach.drawing.signs import Signs
from tests.drawing import people
from tests.drawing.seen import dots_in, inks_in, pieces, width_of

SIZES = ((1, 1), (24, 10), (31, 17), (50, 25), (100, 40))
SQUARE = Frame(-0.5, -0.5, 0.5, 0.5)


@pytest.mark.parametrize(("name", "signs", "size"), [*product(people.ALL, Signs, SIZES)])
def test_a_picture_is_as_large_as_asked_for(name: str, signs: Signs, size: tuple[int, int]) -> None:
    rows = draw(people.ALL[name](), *size, signs)
    assert len(rows) == size[1]
    assert width_of(rows) == {size[0]}
    assert all(
        (run.ink is None) == (not run.text.strip()) for row in rows for run in row if signs is not Signs.ASCII
    )


@pytest.mark.parametrize("size", [(0, 5), (5, 0), (-1, 5)])
def test_no_room_is_no_picture(size: tuple[int, int]) -> None:
    assert draw(people.swinging(), *size) == []


@pytest.mark.parametrize("signs", [Signs.BRAILLE, Signs.BLOCKS])
@pytest.mark.parametrize("size", [(60, 20), (30, 40)])
def test_a_disc_is_round_and_in_the_middle(signs: Signs, size: tuple[int, int]) -> None:
    drawing = Drawing((Disc((0.0, 0.0), 0.5, Ink.NEAR, 0.0),), SQUARE)
    dots = dots_in(draw(drawing, *size, signs))
    across, down = (2, 4) if signs is Signs.BRAILLE else (1, 2)
    xs, ys = {x for x, _ in dots}, {y for _, y in dots}
    assert abs(len(xs) - len(ys)) <= 1
    assert max(len(xs), len(ys)) in range(
        min(size[0] * across, size[1] * down) - 2, min(size[0] * across, size[1] * down) + 1
    )
    assert abs(min(xs) + max(xs) - (size[0] * across - 1)) <= 1
    assert abs(min(ys) + max(ys) - (size[1] * down - 1)) <= 1


def test_the_frame_alone_decides_the_scale() -> None:
    one = Drawing((Disc((0.0, 0.0), 0.1, Ink.NEAR, 0.0),), SQUARE)
    two = Drawing((Disc((0.2, 0.3), 0.1, Ink.NEAR, 0.0), Disc((0.0, 0.0), 0.1, Ink.NEAR, 0.0)), SQUARE)
    assert dots_in(draw(one, 40, 20)) < dots_in(draw(two, 40, 20))


def test_everything_within_the_frame_is_seen() -> None:
    edges = ((-0.5, -0.5), (0.5, -0.5), (0.5, 0.5), (-0.5, 0.5))
    lines = [
        Line(a, b, 0.0, 0.0, Ink.GROUND, 0.0) for a, b in zip(edges, (*edges[1:], edges[0]), strict=True)
    ]
    for size, signs in product(SIZES[1:], (Signs.BRAILLE, Signs.BLOCKS)):
        dots = dots_in(draw(Drawing(tuple(lines), SQUARE), size[0], size[1], signs))
        xs, ys = [x for x, _ in dots], [y for _, y in dots]
        assert max(xs) - min(xs) == max(ys) - min(ys) >= min(size) - 2
        assert len(dots) == 4 * (max(xs) - min(xs))


@pytest.mark.parametrize("size", SIZES[1:])
def test_a_thing_s_line_stays_one_dot_wide(size: tuple[int, int]) -> None:
    line = Line((0.0, -0.4), (0.0, 0.4), 0.01, 0.01, Ink.PROP, 0.0)
    dots = dots_in(draw(Drawing((line,), SQUARE), *size))
    assert len({x for x, _ in dots}) == 1


def test_a_limb_is_as_thick_as_the_size_allows_and_never_thinner_than_a_dot() -> None:
    def thickness(size: tuple[int, int], signs: Signs = Signs.BRAILLE) -> int:
        line = Line((0.0, -0.4), (0.0, 0.4), 0.03, 0.03, Ink.NEAR, 0.0, "leg.left")
        return len({x for x, _ in dots_in(draw(Drawing((line,), SQUARE), *size, signs))})

    for columns in (4, 12, 24, 50, 100):
        assert abs(thickness((columns, columns // 2)) - max(1.0, 2 * columns * 0.06)) < 1
    assert thickness((16, 8), Signs.BLOCKS) == 1


def test_crossing_limbs_are_told_apart() -> None:
    rows = draw(people.crossing(), 50, 25)
    assert pieces(dots_in(rows)) == 3
    assert pieces(dots_in(rows, Ink.FAR)) == 2


def test_small_limbs_lose_nothing_to_a_gap() -> None:
    assert pieces(dots_in(draw(people.crossing(), 16, 8))) == 1


def test_limbs_hang_on_the_body() -> None:
    assert pieces(dots_in(draw(people.facing(), 60, 25)) - _floor(60, 25)) == 1
    assert pieces(dots_in(draw(people.facing(), 100, 40)) - _floor(100, 40)) == 1


def _floor(columns: int, rows: int) -> set[tuple[int, int]]:
    return dots_in(draw(Drawing((people.floor(),), people.FRAME), columns, rows))


def test_a_folded_leg_has_a_crease() -> None:
    thigh = Line((-0.2, 0.0), (0.2, 0.0), 0.06, 0.05, Ink.NEAR, 0.0, "leg.left")
    shin = Line((0.2, 0.0), (-0.2, -0.09), 0.05, 0.04, Ink.NEAR, -0.1, "leg.left")
    folded = dots_in(draw(Drawing((thigh, shin), SQUARE), 60, 30))
    straight = dots_in(draw(Drawing((thigh,), SQUARE), 60, 30)) | dots_in(
        draw(Drawing((shin,), SQUARE), 60, 30)
    )
    assert 20 < len(straight - folded) < 80
    assert pieces(folded) == 1


def test_trunk_and_head_are_one() -> None:
    drawing = people.swinging()
    body = Drawing(tuple(each for each in drawing.shapes if each.part in ("trunk", "head")), drawing.frame)
    assert pieces(dots_in(draw(body, 80, 40))) == 1


@pytest.mark.parametrize(
    ("behind", "in_front", "wins"),
    [
        (Ink.WORKING, Ink.NEAR, Ink.WORKING),
        (Ink.NEAR, Ink.FAR, Ink.NEAR),
        (Ink.FAR, Ink.PROP, Ink.FAR),
        (Ink.FAR, Ink.GROUND, Ink.FAR),
    ],
)
def test_the_stronger_ink_takes_the_cell(behind: Ink, in_front: Ink, wins: Ink) -> None:
    shapes = (
        Disc((-0.25, 0.0), 0.2, behind, 0.1, "leg.left"),
        Disc((0.25, 0.0), 0.2, in_front, 0.0, "leg.right"),
    )
    (row,) = draw(Drawing(shapes, SQUARE), 1, 1)
    assert row[0].ink is wins


def test_every_ink_is_seen() -> None:
    for signs in Signs:
        assert inks_in(draw(people.swinging(), 50, 25, signs)) == {None, *Ink}


def test_plain_characters_tell_the_inks_apart() -> None:
    text = "".join(run.text for row in draw(people.swinging(), 50, 25, Signs.ASCII) for run in row)
    assert text.isascii()
    assert set("#o.|") <= set(text)
    assert set("-_") & set(text)


def test_room_is_taken_only_as_needed() -> None:
    assert fitting(Frame(0.0, 0.0, 2.0, 0.5), 60, 40) == (60, 8)
    assert fitting(Frame(0.0, 0.0, 0.5, 1.0), 60, 20) == (20, 20)
    assert fitting(Frame(0.0, 0.0, 0.0, 0.0), 24, 10) == (20, 10)
    assert fitting(SQUARE, 1, 1) == (1, 1)
