"""Lines of a drawing as dots: one integer for a whole canvas, a bit for each dot.

Dot (x, y) has its middle at the point (x, y), y counting down, and is bit `y * stride + x`. Each row has one
bit more than dots, which stays empty, so that what is beside the edge of one row is not in the next one.
"""

from __future__ import annotations

from functools import lru_cache
from math import ceil, floor, hypot, sqrt
from operator import attrgetter

from hipcoach.core.figure.scene import Disc, Frame, Ink, Line

LIVING = (Ink.FAR, Ink.NEAR, Ink.WORKING)
"""The inks of the body, as opposed to things."""
THINNEST = 0.5
"""Dots, a radius: nothing is thinner than one dot."""
THIN_BAR = 0.012
"""Body units; a bar of a thing up to this radius stays one dot wide at any size."""
KEPT_BELOW = 1.0
"""Dots; a radius below this could slip through between the dots, so there every row keeps one."""
NUDGE = 1e-3
"""Dots; so that what lies just between two dots falls to the same one however its place was worked out."""
KNOWN = 512
"""Lines remembered: most of a figure stands still while one limb moves."""


class Canvas:
    """From body units to dots: a whole frame in the middle of a canvas, as large as it fits."""

    def __init__(self, frame: Frame, width: int, height: int) -> None:
        """Take a frame to a canvas of `width` x `height` dots, as wide as they are high."""
        self.width, self.height, self.stride = width, height, width + 1
        self.scale = min(max(1, width - 1) / frame.width, max(1, height - 1) / frame.height)
        """Dots of a body unit."""
        self._left = (width - 1) / 2 + NUDGE - (frame.left + frame.right) / 2 * self.scale
        self._top = (height - 1) / 2 + NUDGE + (frame.bottom + frame.top) / 2 * self.scale

    def line(self, line: Line) -> int:
        """Return the dots of a line."""
        ends = line.start, line.end
        is_thin = line.ink not in LIVING and max(end.radius for end in ends) <= THIN_BAR
        start, end = (self._at(each._replace(radius=0.0) if is_thin else each) for each in ends)
        return _capsule(start, end, self.width, self.height)

    def disc(self, disc: Disc, more: float) -> int:
        """Return the dots of a disc with `more` dots around it."""
        x, y, radius = self._at(disc)
        wide = Disc(x, y, radius + more)
        return _capsule(wide, wide, self.width, self.height)

    def around(self, dots: int) -> int:
        """Return dots with one more all around them. It may reach over the edge, where no others are."""
        wide = dots | dots << 1 | dots >> 1
        return wide | wide << self.stride | wide >> self.stride

    def without_specks(self, dots: int) -> int:
        """Return dots less those that have no other beside, above, below or at a corner of them."""
        beside = dots << 1 | dots >> 1
        wide = dots | beside
        return dots & (beside | wide << self.stride | wide >> self.stride)

    def _at(self, disc: Disc) -> Disc:
        # Rounded: what stands still is then the very same from picture to picture, and known.
        x, y = round(self._left + disc.x * self.scale, 4), round(self._top - disc.y * self.scale, 4)
        return Disc(x, y, max(THINNEST, disc.radius * self.scale))


Point = tuple[float, float]
Edge = tuple[float, float, float, float]
"""One of the two straight edges of a line, from above: first y, last y, x at the first, x for each y."""


@lru_cache(maxsize=KNOWN)
def _capsule(start: Disc, end: Disc, width: int, height: int) -> int:
    """Return the dots of the hull of two discs: a round-ended line that may taper."""
    edges = [_edge(one, other) for one, other in tangents(start, end)]
    discs = (start, end) if edges else (larger(start, end),)
    keep = min(disc.radius for disc in discs) < KEPT_BELOW
    first = max(0, min(ceil(disc.y - disc.radius) for disc in discs))
    last = min(height, max(ceil(disc.y + disc.radius) for disc in discs))
    dots = 0
    for row in reversed(range(first, last)):
        outline = [x + (row - above) * slope for above, below, x, slope in edges if above <= row <= below]
        for x, y, radius in discs:
            square = radius * radius - (row - y) * (row - y)
            if square >= 0:
                outline += (x - sqrt(square), x + sqrt(square))
        dots <<= width + 1
        if outline:
            dots |= _span(min(outline), max(outline), width, keep=keep)
    return dots << first * (width + 1)


def larger(start: Disc, end: Disc) -> Disc:
    """Return the disc that holds the other, where they have no tangents."""
    return max(start, end, key=attrgetter("radius"))


def tangents(start: Disc, end: Disc) -> list[tuple[Point, Point]]:
    """Return the two straight edges of the hull of two discs; none where one lies within the other."""
    (x1, y1, r1), (x2, y2, r2) = start, end
    across, down = x2 - x1, y2 - y1
    length = hypot(across, down)
    if length <= abs(r1 - r2) + 1e-9:
        return []
    ux, uy, taper = across / length, down / length, (r1 - r2) / length
    sideways = sqrt(1 - taper * taper)
    ways = [(ux * taper - uy * way, uy * taper + ux * way) for way in (sideways, -sideways)]
    return [((x1 + r1 * x, y1 + r1 * y), (x2 + r2 * x, y2 + r2 * y)) for x, y in ways]


def _edge(one: Point, other: Point) -> Edge:
    (ax, ay), (bx, by) = sorted((one, other), key=lambda point: point[1])
    return ay, by, ax, (bx - ax) / (by - ay) if by - ay > 1e-9 else 0.0


def _span(left: float, right: float, width: int, *, keep: bool) -> int:
    """Return the dots from `left` up to but not at `right`; with `keep` at least one."""
    begin, end = ceil(left), ceil(right)
    if begin == end and keep:
        begin = floor((left + right) / 2 + 0.5)
        end = begin + 1
    begin, end = max(0, begin), min(width, end)
    return (1 << end) - (1 << begin) if begin < end else 0
