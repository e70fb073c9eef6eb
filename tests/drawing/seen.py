"""Reading pictures back: which dots are set, and in which ink."""

from __future__ import annotations

from collections.abc import Iterable

from hipcoach.core.figure.drawing import Ink
from hipcoach.drawing.cells import CellRow

BRAILLE_BITS = ((0x01, 0x02, 0x04, 0x40), (0x08, 0x10, 0x20, 0x80))

Dots = set[tuple[int, int]]
"""Column and row of every dot."""


def dots_in(rows: Iterable[CellRow], ink: Ink | None = None) -> Dots:
    """The dots of a picture in braille or blocks, or only those in cells of one ink."""
    found: Dots = set()
    for y, row in enumerate(rows):
        x = 0
        for text, its_ink in row:
            for sign in text:
                if ink in (None, its_ink):
                    found |= _dots_of(sign, x, y)
                x += 1
    return found


def _dots_of(sign: str, x: int, y: int) -> Dots:
    if sign in "▀▄█":
        return {(x, 2 * y + down) for down in (0, 1) if sign != "▄▀"[down]}
    bits = ord(sign) - 0x2800 if sign != " " else 0
    return {
        (2 * x + across, 4 * y + down)
        for across in (0, 1)
        for down in range(4)
        if bits & BRAILLE_BITS[across][down]
    }


def dots_of_rows(rows: Iterable[int], first: int = 0) -> Dots:
    """The dots of rows that are integers."""
    return {(x, y) for y, row in enumerate(rows, first) for x in range(row.bit_length()) if row >> x & 1}


def pieces(dots: Dots) -> int:
    """How many pieces the dots make, those that touch at a corner hanging together."""
    left, count = set(dots), 0
    while left:
        count += 1
        reached = [left.pop()]
        while reached:
            x, y = reached.pop()
            near = {(x + across, y + down) for across in (-1, 0, 1) for down in (-1, 0, 1)} & left
            left -= near
            reached += near
    return count


def width_of(rows: Iterable[CellRow]) -> set[int]:
    return {sum(len(run.text) for run in row) for row in rows}


def inks_in(rows: Iterable[CellRow]) -> set[Ink | None]:
    return {run.ink for row in rows for run in row}
