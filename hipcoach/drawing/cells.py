"""From layers of dots to rows of terminal cells: what sign stands in each cell, and in which ink."""

from __future__ import annotations

from codecs import charmap_decode
from collections.abc import Mapping
from itertools import groupby
from typing import NamedTuple, TypeAlias

from hipcoach.core.figure.drawing import Ink
from hipcoach.drawing.signs import BRAILLE_START, Signs


class Run(NamedTuple):
    """Neighbouring cells of one ink; None for blank cells."""

    text: str
    ink: Ink | None


CellRow: TypeAlias = tuple[Run, ...]
"""One row of cells, from the left; all rows of a picture are equally wide."""
Layers: TypeAlias = Mapping[Ink, list[int]]
"""For each ink its rows of dots, each an integer whose lowest bit is the leftmost dot."""

DOTS = {Signs.BRAILLE: (2, 4), Signs.BLOCKS: (1, 2), Signs.ASCII: (2, 4)}
"""Dots in a cell, across and down. In plain characters the dots choose the sign."""
_INKS = tuple(Ink)
"""From the weakest to the strongest: a cell takes the strongest ink in it."""
_BLOCKS = " ▀▄█"
_SOLID = {Ink.FAR: ".", Ink.NEAR: "o", Ink.WORKING: "#"}


def cell_rows(layers: Layers, columns: int, signs: Signs) -> list[CellRow]:
    """The cells of a picture whose layers are as many dots wide and high as its cells have."""
    across, down = DOTS[signs]
    size = -(-columns * across // 8)
    height = len(next(iter(layers.values())))
    everything = [0] * height
    for rows in layers.values():
        everything = [a | b for a, b in zip(everything, rows, strict=True)]
    used = [(rows, _SPREAD_INK[across][rank]) for rank, (_, rows) in enumerate(layers.items()) if any(rows)]
    tables = _TABLES[signs]
    found: list[CellRow] = []
    for top in range(0, height, down):
        shape = inks = 0
        for row, spread in zip(everything[top : top + down], _SPREAD_DOTS[across], strict=True):
            if row:
                shape |= _spread(row, size, spread)
        if not shape:
            found.append((Run(" " * columns, None),))
            continue
        for rows, spread in used:
            together = 0
            for row in rows[top : top + down]:
                together |= row
            if together:
                inks |= _spread(together, size, spread)
        length = size * 8 // across
        cells = shape.to_bytes(length, "little")[:columns]
        found.append(_runs(cells, inks.to_bytes(length, "little")[:columns].translate(_STRONGEST), tables))
    return found


def _runs(cells: bytes, inks: bytes, tables: tuple[str, ...]) -> CellRow:
    runs, start = [], 0
    for rank, same in groupby(inks):
        end = start + len(list(same))
        text = charmap_decode(cells[start:end], "strict", tables[rank])[0]
        runs.append(Run(text, _INKS[rank - 1] if rank else None))
        start = end
    return tuple(runs)


def _spread(row: int, size: int, spread: list[bytes]) -> int:
    return int.from_bytes(b"".join([spread[byte] for byte in row.to_bytes(size, "little")]), "little")


def _spread_table(across: int, values: tuple[int, ...]) -> list[bytes]:
    """For eight dots in a byte, one byte for each cell: the value of the dots that are set in it."""
    cells = range(8 // across)
    mask = (1 << across) - 1
    return [bytes(values[byte >> across * cell & mask] for cell in cells) for byte in range(256)]


def _ascii_table(ink: Ink | None) -> str:
    return "".join(_ascii_sign(dots, ink) for dots in range(256))


def _ascii_sign(dots: int, ink: Ink | None) -> str:
    """Thin lines keep their direction; of a limb, a cell with a single dot is left out."""
    if ink in _SOLID:
        return _SOLID[ink] if dots.bit_count() > 1 else " "
    left, right = dots & 0b01000111, dots & 0b10111000
    if not dots:
        return " "
    if not left or not right:
        return "|" if dots.bit_count() > 1 else "."
    lower, upper = dots & 0b11100100, dots & 0b00011011
    if lower and upper:
        return "+"
    return "_" if lower else "-"


_STRONGEST = bytes(value.bit_length() for value in range(256))
_SPREAD_DOTS = {
    1: [_spread_table(1, (0, value)) for value in (1, 2)],
    2: [
        _spread_table(2, (0, left, right, left | right))
        for left, right in ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))
    ],
}
_SPREAD_INK = {
    across: [_spread_table(across, (0,) + (1 << rank,) * (2**across - 1)) for rank in range(len(_INKS))]
    for across in (1, 2)
}
_BRAILLE = " " + "".join(chr(BRAILLE_START + dots) for dots in range(1, 256))
_TABLES = {
    Signs.BRAILLE: (_BRAILLE,) * (len(_INKS) + 1),
    Signs.BLOCKS: (_BLOCKS.ljust(256),) * (len(_INKS) + 1),
    Signs.ASCII: tuple(_ascii_table(ink) for ink in (None, *_INKS)),
}
