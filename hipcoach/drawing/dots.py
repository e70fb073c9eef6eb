"""Shapes as dots: each row of dots is one integer whose lowest bit is the leftmost dot.

Dot (x, y) has its middle at the point (x, y), y counting down. A shape comes as the number of its first row
and the rows from there on, cut off at the canvas.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from math import ceil, floor, inf, sqrt
from typing import TypeAlias

Rows: TypeAlias = tuple[int, list[int]]
"""The first row's number, and the rows. Never changed in place: shapes that come again are the same."""
KNOWN = 512
"""Shapes remembered: most of a figure stands still while one limb moves."""
THIN = 1.0
"""Dots; a radius below this could slip through between the dots, so there every row keeps one."""


@lru_cache(maxsize=KNOWN)
def disc(x: float, y: float, radius: float, width: int, height: int) -> Rows:
    """A filled circle, on a canvas of `width` x `height` dots."""
    first, last = max(0, ceil(y - radius)), min(height - 1, ceil(y + radius) - 1)
    square = radius * radius
    rows = []
    for row in range(first, last + 1):
        half = sqrt(max(0.0, square - (row - y) ** 2))
        rows.append(_span(x - half, x + half, width, keep=radius < THIN))
    return first, rows


@lru_cache(maxsize=KNOWN)
def capsule(
    start: tuple[float, float],
    start_radius: float,
    end: tuple[float, float],
    end_radius: float,
    width: int,
    height: int,
) -> Rows:
    """The hull of two circles: a round-ended line that may taper, on a canvas of `width` x `height` dots."""
    (x1, y1), (x2, y2) = start, end
    r1, r2 = start_radius, end_radius
    across, down = x2 - x1, y2 - y1
    length = sqrt(across * across + down * down)
    if length <= abs(r1 - r2) + 1e-9:
        return disc(x1, y1, r1, width, height) if r1 > r2 else disc(x2, y2, r2, width, height)
    first = max(0, ceil(min(y1 - r1, y2 - r2)))
    last = min(height - 1, ceil(max(y1 + r1, y2 + r2)) - 1)
    edges = _edges(x1, y1, r1, across / length, down / length, x2, y2, r2, (r1 - r2) / length)
    (above, below, x_at, slope), (above2, below2, x_at2, slope2) = edges
    keep = r1 < THIN or r2 < THIN
    square1, square2 = r1 * r1, r2 * r2
    rows = []
    for row in range(first, last + 1):
        left, right = inf, -inf
        square = square1 - (row - y1) * (row - y1)
        if square >= 0:
            half = sqrt(square)
            left, right = x1 - half, x1 + half
        square = square2 - (row - y2) * (row - y2)
        if square >= 0:
            half = sqrt(square)
            left, right = min(left, x2 - half), max(right, x2 + half)
        if above <= row <= below:
            x = x_at + (row - above) * slope
            left, right = min(left, x), max(right, x)
        if above2 <= row <= below2:
            x = x_at2 + (row - above2) * slope2
            left, right = min(left, x), max(right, x)
        rows.append(_span(left, right, width, keep=keep) if left <= right else 0)
    return first, rows


def grown(rows: Rows, height: int) -> Rows:
    """A shape with one more dot all around it."""
    first, body = rows
    wide = [row | row << 1 | row >> 1 for row in body]
    around = [0, 0, *wide, 0, 0]
    taller = [
        above | here | below for above, here, below in zip(around, around[1:], around[2:], strict=False)
    ]
    start = first - 1
    if start < 0:
        taller, start = taller[-start:], 0
    return start, taller[: max(0, height - start)]


def together(shapes: Sequence[Rows]) -> Rows:
    """Several shapes as one."""
    if len(shapes) == 1:
        return shapes[0]
    first = min(start for start, _ in shapes)
    whole = [0] * (max(start + len(body) for start, body in shapes) - first)
    for start, body in shapes:
        for row, dots in enumerate(body, start - first):
            whole[row] |= dots
    return first, whole


def without(rows: Rows, other: Rows) -> Rows:
    """A shape less the dots of another."""
    first, body = rows[0], rows[1].copy()
    for row, dots in enumerate(other[1], other[0] - first):
        if 0 <= row < len(body):
            body[row] &= ~dots
    return first, body


def without_specks(rows: list[int]) -> list[int]:
    """Rows of dots less those that have no other beside, above, below or at a corner of them."""
    beside = [row << 1 | row >> 1 for row in rows]
    wide = [0, *(row | sides for row, sides in zip(rows, beside, strict=True)), 0]
    return [
        row and row & (sides | above | below)
        for row, sides, above, below in zip(rows, beside, wide, wide[2:], strict=False)
    ]


def _edges(
    x1: float, y1: float, r1: float, ux: float, uy: float, x2: float, y2: float, r2: float, taper: float
) -> list[tuple[float, float, float, float]]:
    """The two straight edges between the circles, each from above: first y, last y, x at the first, slope."""
    sideways = sqrt(1 - taper * taper)
    edges = []
    for way in (sideways, -sideways):
        tx, ty = ux * taper - uy * way, uy * taper + ux * way
        ax, ay, bx, by = x1 + r1 * tx, y1 + r1 * ty, x2 + r2 * tx, y2 + r2 * ty
        if ay > by:
            ax, ay, bx, by = bx, by, ax, ay
        edges.append((ay, by, ax, (bx - ax) / (by - ay) if by - ay > 1e-9 else 0.0))
    return edges


def _span(left: float, right: float, width: int, *, keep: bool) -> int:
    """The dots from `left` up to but not at `right`; with `keep` at least one."""
    begin, end = ceil(left), ceil(right)
    if begin == end and keep:
        begin = floor((left + right) / 2 + 0.5)
        end = begin + 1
    begin, end = max(0, begin), min(width, end)
    return (1 << end) - (1 << begin) if begin < end else 0
