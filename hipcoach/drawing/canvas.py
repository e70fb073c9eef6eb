"""A drawing as rows of terminal cells, at whatever size there is."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache, reduce
from itertools import groupby
from math import ceil
from operator import attrgetter, or_
from typing import NamedTuple

from hipcoach.core.figure.scene import Drawing, Frame, Ink, Line
from hipcoach.drawing.characters import BRAILLE_START, Characters
from hipcoach.drawing.dots import LIVING, Canvas

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
