"""Bars and sparklines from block characters: eighths of a cell, so that small differences still show."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

UPWARDS = " ▁▂▃▄▅▆▇█"
SIDEWAYS = " ▏▎▍▌▋▊▉█"
EIGHTHS = 8


def eighths(value: float, top: float, cells: int) -> int:
    """The height or length of a bar in eighths of a cell; what is more than nothing shows as one at least."""
    if value <= 0 or top <= 0:
        return 0
    return max(1, min(cells * EIGHTHS, round(value / top * cells * EIGHTHS)))


def upright(filled: int, row: int) -> str:
    """One cell of an upright bar; row 0 is the lowest."""
    return UPWARDS[max(0, min(EIGHTHS, filled - row * EIGHTHS))]


def sideways(value: float, top: float, cells: int) -> str:
    """A bar that lies, without trailing space."""
    whole, part = divmod(eighths(value, top, cells), EIGHTHS)
    return SIDEWAYS[-1] * whole + SIDEWAYS[part].strip()


def sparkline(values: Sequence[float]) -> str:
    """One cell a value, from nothing to the largest; nothing at all is a dot."""
    top = max(values, default=0)
    return "".join(UPWARDS[eighths(value, top, 1)] if value > 0 else "·" for value in values)


def round_top(value: float) -> float:
    """The end of an axis that has room for a value, as people would choose it: 40, 150, 200."""
    if value <= 0:
        return 1.0
    power = 1.0
    while power * 10 <= value:
        power *= 10
    for step in (1, 1.5, 2, 3, 4, 5, 6, 8, 10):
        if value <= step * power:
            return step * power
    return ceil(value / power) * power
