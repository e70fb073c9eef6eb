from __future__ import annotations

from math import hypot, pi

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hipcoach.drawing.dots import capsule, disc, grown, together, without, without_specks
from tests.drawing.seen import dots_of_rows, pieces

SIZE = 60
PLACES = st.floats(-10, 70)
RADII = st.floats(0.5, 12)


def apart(
    point: tuple[float, float], start: tuple[float, float], r1: float, end: tuple[float, float], r2: float
) -> float:
    """How far a point is outside of the hull of two circles, roughly: the nearest of many circles between."""
    return min(
        hypot(
            point[0] - start[0] - (end[0] - start[0]) * part, point[1] - start[1] - (end[1] - start[1]) * part
        )
        - r1
        - (r2 - r1) * part
        for part in (number / 200 for number in range(201))
    )


@given(st.tuples(PLACES, PLACES), RADII, st.tuples(PLACES, PLACES), RADII)
def test_a_capsule_is_the_hull_of_two_circles(
    start: tuple[float, float], r1: float, end: tuple[float, float], r2: float
) -> None:
    first, body = capsule(start, r1, end, r2, SIZE, SIZE)
    dots = dots_of_rows(body, first)
    assert all(0 <= x < SIZE and 0 <= y < SIZE for x, y in dots)
    for x in range(0, SIZE, 3):
        for y in range(0, SIZE, 3):
            distance = apart((x, y), start, r1, end, r2)
            if distance < -0.1 or distance > 0.6:
                assert ((x, y) in dots) == (distance < 0), (x, y, distance)


@given(st.tuples(st.floats(5, 55), st.floats(5, 55)), st.tuples(st.floats(5, 55), st.floats(5, 55)))
def test_the_thinnest_line_has_no_holes(start: tuple[float, float], end: tuple[float, float]) -> None:
    first, body = capsule(start, 0.5, end, 0.5, SIZE, SIZE)
    dots = dots_of_rows(body, first)
    assert pieces(dots) <= 1
    length = max(abs(start[0] - end[0]), abs(start[1] - end[1]))
    assert length - 1 <= len(dots) <= 2.5 * length + 3


@pytest.mark.parametrize("height", [10.0, 10.25, 10.5, 10.75])
def test_a_level_thin_line_is_one_dot_high(height: float) -> None:
    _, body = capsule((3.0, height), 0.5, (40.0, height), 0.5, SIZE, SIZE)
    assert len([row for row in body if row]) == 1


def test_a_disc_is_round() -> None:
    first, body = disc(30.3, 30.3, 12, SIZE, SIZE)
    dots = dots_of_rows(body, first)
    assert len(dots) == pytest.approx(pi * 144, rel=0.04)
    assert {x for x, _ in dots} == {y for _, y in dots} == set(range(19, 43))


def test_what_lies_beside_the_canvas_is_cut_off() -> None:
    assert disc(-30, 30, 12, SIZE, SIZE)[1].count(0) == 24
    assert disc(30, -30, 12, SIZE, SIZE)[1] == []
    assert capsule((30, 70), 2, (30, 90), 2, SIZE, SIZE)[1] == []


def test_one_end_within_the_other_is_the_larger_disc() -> None:
    assert capsule((30, 30), 10, (32, 30), 3, SIZE, SIZE) == disc(30, 30, 10, SIZE, SIZE)
    assert capsule((32, 30), 3, (30, 30), 10, SIZE, SIZE) == disc(30, 30, 10, SIZE, SIZE)


def test_growing_adds_a_dot_all_around() -> None:
    assert grown((1, [0b0100]), 9) == (0, [0b1110, 0b1110, 0b1110])
    assert grown((0, [0b0100]), 9) == (0, [0b1110, 0b1110])
    assert grown((8, [0b0100]), 9) == (7, [0b1110, 0b1110])
    assert grown((0, []), 9)[1] in ([], [0])


def test_shapes_are_put_together_and_taken_apart() -> None:
    assert together([(2, [1, 1]), (0, [2]), (3, [4])]) == (0, [2, 0, 1, 5])
    assert without((1, [7, 7, 7]), (0, [1, 1, 2])) == (1, [6, 5, 7])
    assert without((1, [7]), (5, [7])) == (1, [7])


def test_specks_go_and_corners_stay() -> None:
    assert without_specks([0b10000001, 0, 0b1000, 0b10000]) == [0, 0, 0b1000, 0b10000]
    assert without_specks([0b11, 0]) == [0b11, 0]
    assert without_specks([]) == []
