"""A drawing as rows of terminal cells, at whatever size there is."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from math import ceil

from hipcoach.core.figure.drawing import Drawing, Frame, Ink, Shape
from hipcoach.drawing.cells import DOTS, CellRow, cell_rows
from hipcoach.drawing.dots import Rows, grown, together, without, without_specks
from hipcoach.drawing.joints import LIVING, Limb, Spot, is_set_off, limbs_of, part_of, touching
from hipcoach.drawing.place import Place
from hipcoach.drawing.signs import Signs

GAP_FROM = 40.0
"""Dots for the standing height of the figure, from which on a limb is set off from what is behind it."""


def draw(drawing: Drawing, columns: int, rows: int, signs: Signs = Signs.BRAILLE) -> list[CellRow]:
    """Draw into `columns` x `rows` cells: the frame as large as fits, in the middle, a cell being twice as
    high as it is wide. The same frame gives the same scale.

    Returns:
        As many rows as asked for, each as many cells wide as asked for; none where there is no room.
    """
    if columns < 1 or rows < 1:
        return []
    across, down = DOTS[signs]
    picture = _Picture(drawing, Place(drawing.frame, columns * across, rows * down))
    return cell_rows(picture.by_ink(), columns, signs)


def fitting(frame: Frame, columns: int, rows: int) -> tuple[int, int]:
    """The columns and rows, at most so many, that a frame needs to be drawn as large as fits."""
    width, height = frame.width or 1, frame.height or 1
    scale = min(columns / width, 2 * rows / height)
    return max(1, min(columns, ceil(width * scale))), max(1, min(rows, ceil(height * scale / 2)))


class _Picture:
    """The dots of each part of a drawing, as far as it is seen."""

    def __init__(self, drawing: Drawing, place: Place) -> None:
        self._place = place
        self._has_gaps = place.scale >= GAP_FROM
        self._limbs = limbs_of(drawing.shapes) if self._has_gaps else {}
        self._parts: dict[str, list[int]] = {}
        self._inks: dict[str, Ink] = {}
        numbered = enumerate(drawing.shapes)
        for part, batch in groupby(numbered, key=lambda pair: part_of(*pair)):
            self._paint(part, list(batch))

    def by_ink(self) -> dict[Ink, list[int]]:
        """The dots of each ink, from the weakest ink to the strongest."""
        found = {ink: [0] * self._place.height for ink in Ink}
        for part, rows in self._parts.items():
            ink = self._inks[part]
            seen = without_specks(rows) if self._has_gaps and ink in LIVING else rows
            found[ink] = [a | b for a, b in zip(found[ink], seen, strict=True)]
        return found

    def _paint(self, part: str, batch: Sequence[tuple[int, Shape]]) -> None:
        """Draw neighbouring shapes of one part over what is there."""
        ink = batch[0][1].ink
        dots = [(number, self._place.rows(shape)) for number, shape in batch]
        if ink in LIVING:
            self._cover(part, together([rows for _, rows in dots]))
        layer = self._parts.setdefault(part, [0] * self._place.height)
        self._inks[part] = ink
        limb = self._limbs.get(part)
        for number, rows in dots:
            if limb is not None and number in limb.long_bones:
                self._crease(layer, rows, limb)
            for row, those in enumerate(rows[1], rows[0]):
                layer[row] |= those

    def _cover(self, part: str, rows: Rows) -> None:
        """Take from the other parts of the body what is behind these dots and, in a gap, around them."""
        around = grown(rows, self._place.height) if self._has_gaps else rows
        for other, layer in self._parts.items():
            if self._inks[other] not in LIVING or not is_set_off(part, other):
                continue
            spot = touching(part, other, self._limbs) if self._has_gaps else None
            _clear(layer, around if spot is None else self._but_at(spot, around))
            if spot is not None:
                _clear(layer, rows)

    def _crease(self, layer: list[int], rows: Rows, limb: Limb) -> None:
        """Set a thigh off from its shin, or an upper arm from its forearm, but at their joints."""
        around = grown(rows, self._place.height)
        for joint in limb.joints:
            around = self._but_at(joint, around)
        _clear(layer, around)

    def _but_at(self, spot: Spot, rows: Rows) -> Rows:
        return without(rows, self._place.spot(spot))


def _clear(layer: list[int], rows: Rows) -> None:
    for row, dots in enumerate(rows[1], rows[0]):
        if layer[row]:
            layer[row] &= ~dots
