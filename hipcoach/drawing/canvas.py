"""A drawing as rows of terminal cells, at whatever size there is.

The lines become dots: one integer for a whole canvas, a bit for each dot. Dot (x, y) has its middle at the
point (x, y), y counting down, and is bit `y * stride + x`. Each row has one bit more than dots, which stays
empty, so that what is beside the edge of one row is not in the next one.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache, reduce
from itertools import groupby
from math import ceil, floor, hypot, sqrt
from operator import attrgetter, or_
from typing import NamedTuple

from msgspec.structs import replace

from hipcoach.core.figure.scene import Disc, Drawing, Frame, Ink, Line
from hipcoach.drawing.characters import BRAILLE_START, Characters

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
GAP_FROM = 40.0
"""Dots for the standing height of the figure, from which on a limb is set off from what is behind it."""
AROUND_JOINTS = 1.5
"""Dots around a joint in which nothing is set off: the gap and half a dot."""
BODY = ("trunk", "head")
"""The parts that the limbs grow out of; they are never set off from each other."""

DOTS = {Characters.BRAILLE: (2, 4), Characters.BLOCKS: (1, 2), Characters.ASCII: (2, 4)}
"""Dots in a cell, across and down."""
BRAILLE_BITS = (0x01, 0x08, 0x02, 0x10, 0x04, 0x20, 0x40, 0x80)
SOLID = {Ink.FAR: ".", Ink.NEAR: "o", Ink.WORKING: "#"}
"""How limbs are filled in plain characters."""
INKS = (None, *Ink)


class Run(NamedTuple):
    """Neighbouring cells of one ink; None for blank cells."""

    text: str
    ink: Ink | None


CellRow = tuple[Run, ...]
"""One row of cells, from the left; all rows of a picture are equally wide."""


def draw(
    drawing: Drawing, columns: int, rows: int, characters: Characters = Characters.BRAILLE
) -> list[CellRow]:
    """Draw into `columns` x `rows` cells: the frame as large as fits, in the middle, a cell being twice as
    high as it is wide. The same frame gives the same scale.

    Returns:
        As many rows as asked for, each as many cells wide as asked for; none where there is no room.
    """
    if columns < 1 or rows < 1:
        return []
    across, down = DOTS[characters]
    canvas = Canvas(drawing.frame, columns * across, rows * down)
    layers = _layers(drawing, canvas)
    # A hexadecimal digit for each dot: the number of the strongest ink there, from 1, or 0 for none.
    numbers = seen = 0
    for number, ink in reversed(list(enumerate(Ink, 1))):
        numbers += number * int(f"{layers[ink] & ~seen:b}", 16)
        seen |= layers[ink]
    digits = f"{numbers:0{canvas.stride * canvas.height}x}"[::-1]
    return [_cell_row(digits, canvas, top, characters) for top in range(0, canvas.height, down)]


def fitting(frame: Frame, columns: int, rows: int) -> tuple[int, int]:
    """Return the columns and rows, at most so many, that a frame needs to be drawn as large as fits."""
    scale = min(columns / frame.width, 2 * rows / frame.height)
    return min(columns, ceil(frame.width * scale)), min(rows, ceil(frame.height * scale / 2))


def _layers(drawing: Drawing, canvas: Canvas) -> dict[Ink, int]:
    """Return the dots of each ink: of the body only what is seen, of things everything."""
    has_gaps = canvas.scale >= GAP_FROM
    parts: dict[str, int] = {}
    roots: dict[str, int] = {}
    inks: dict[str, Ink] = {}
    for part, batch in groupby(drawing.lines, key=lambda line: line.part or line.ink.value):
        lines = list(batch)
        inks[part] = lines[0].ink
        dots = [canvas.line(line) for line in lines]
        if inks[part] not in LIVING:
            parts[part] = reduce(or_, dots, parts.get(part, 0))
            continue
        whole = reduce(or_, dots)
        around = canvas.around(whole) if has_gaps else whole
        if has_gaps and part not in BODY:
            roots[part] = canvas.disc(lines[0].start, AROUND_JOINTS)
        for other in parts:
            if inks[other] in LIVING and not (part in BODY and other in BODY):
                limb = other if part in BODY else part if other in BODY else ""
                parts[other] &= ~(around & ~roots.get(limb, 0) | whole)
        parts[part] = _creased(lines, dots, canvas) if part in roots else whole
    layers = dict.fromkeys(Ink, 0)
    for part, seen in parts.items():
        layers[inks[part]] |= canvas.without_specks(seen) if has_gaps and inks[part] in LIVING else seen
    return layers


def _creased(lines: Sequence[Line], dots: Sequence[int], canvas: Canvas) -> int:
    """Return the dots of a limb whose long bones are set off from each other, but at their joints."""
    joints = [canvas.disc(line.end, AROUND_JOINTS) for line in lines[:2]]
    layer = 0
    for number, bone in enumerate(dots):
        if number < 2:
            layer &= ~(canvas.around(bone) & ~reduce(or_, joints))
        layer |= bone
    return layer


def _cell_row(digits: str, canvas: Canvas, top: int, characters: Characters) -> CellRow:
    across, down = DOTS[characters]
    rows = [digits[row * canvas.stride :][: canvas.width] for row in range(top, top + down)]
    dots = [row[first::across] for row in rows for first in range(across)]
    cells = [_cell(characters, *each) for each in zip(*dots, strict=True)]
    runs = groupby(cells, key=attrgetter("ink"))
    return tuple(Run("".join([cell.text for cell in same]), ink) for ink, same in runs)


@lru_cache(maxsize=4096)
def _cell(characters: Characters, *dots: str) -> Run:
    """Return the cell with these dots, row by row, each the number of its ink; "0" is no dot."""
    is_set = [dot != "0" for dot in dots]
    ink = INKS[int(max(dots))]
    if not any(is_set):
        text = " "
    elif characters is Characters.BRAILLE:
        text = chr(BRAILLE_START + sum(bit for bit, dot in zip(BRAILLE_BITS, is_set, strict=True) if dot))
    elif characters is Characters.BLOCKS:
        text = "█" if all(is_set) else "▀" if is_set[0] else "▄"
    elif ink in SOLID:
        text = SOLID[ink] if sum(is_set) > 1 else " "  # a single dot of a limb is left out
    else:
        text = _thin(is_set)
    return Run(text, ink)


def _thin(dots: Sequence[bool]) -> str:
    """Return the character that keeps the direction of a thin line."""
    if not (any(dots[0::2]) and any(dots[1::2])):
        return "|" if sum(dots) > 1 else "."
    if any(dots[:4]) and any(dots[4:]):
        return "+"
    return "-" if any(dots[:4]) else "_"


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
        start, end = (self._at(replace(each, radius=0.0) if is_thin else each) for each in ends)
        return _capsule(start, end, self.width, self.height)

    def disc(self, disc: Disc, more: float) -> int:
        """Return the dots of a disc with `more` dots around it."""
        at = self._at(disc)
        wide = replace(at, radius=at.radius + more)
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
    shown = (start, end) if edges else (larger(start, end),)
    discs = [(disc.x, disc.y, disc.radius) for disc in shown]
    keep = min(radius for _, _, radius in discs) < KEPT_BELOW
    first = max(0, min(ceil(y - radius) for _, y, radius in discs))
    last = min(height, max(ceil(y + radius) for _, y, radius in discs))
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
    r1, r2 = start.radius, end.radius
    across, down = end.x - start.x, end.y - start.y
    length = hypot(across, down)
    if length <= abs(r1 - r2) + 1e-9:
        return []
    ux, uy, taper = across / length, down / length, (r1 - r2) / length
    sideways = sqrt(1 - taper * taper)
    ways = [(ux * taper - uy * way, uy * taper + ux * way) for way in (sideways, -sideways)]
    return [((start.x + r1 * x, start.y + r1 * y), (end.x + r2 * x, end.y + r2 * y)) for x, y in ways]


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
