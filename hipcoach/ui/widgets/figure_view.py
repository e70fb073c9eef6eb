"""The figure on the screen: as large as there is room, its working limb in the side's colour."""

from __future__ import annotations

import os
import sys
from typing import ClassVar

from rich.segment import Segment
from textual.geometry import Region, Size
from textual.strip import Strip

from hipcoach.core.exercise import Side
from hipcoach.core.figure.scene import Drawing
from hipcoach.drawing.canvas import CellRow, draw
from hipcoach.drawing.characters import Characters, characters_for
from hipcoach.ui.widgets.dressed_lines import DressedLines

LEAST_WIDTH, LEAST_HEIGHT = 14, 6
"""Cells below which a figure is a blot, and nothing is drawn."""
INKS = ("ground", "prop", "far", "near", "working", "working-left", "working-right")


class FigureView(DressedLines):
    """Shows a drawing, until another or none is given with `show`. `side` chooses the colour of the
    working limb."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {f"figure--{ink}" for ink in INKS}
    DEFAULT_CSS = """
    FigureView { width: 1fr; height: 1fr; }
    FigureView > .figure--ground { color: $foreground 35%; }
    FigureView > .figure--prop { color: $foreground 55%; }
    FigureView > .figure--far { color: $foreground 45%; }
    FigureView > .figure--near { color: $foreground; }
    FigureView > .figure--working { color: $side-both; }
    FigureView > .figure--working-left { color: $side-left; }
    FigureView > .figure--working-right { color: $side-right; }
    """

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._drawing: Drawing | None = None
        self._rows: list[CellRow] = []
        self._side: Side | None = None
        self._signs_found: Characters | None = None

    @property
    def is_blank(self) -> bool:
        """Whether nothing is drawn now."""
        return not self._rows

    @property
    def side(self) -> Side | None:
        """The side in whose colour the working limb is drawn; None where there is no one side."""
        return self._side

    @side.setter
    def side(self, side: Side | None) -> None:
        if side is not self._side:
            self._side = side
            self.refresh()

    def show(self, drawing: Drawing | None) -> None:
        """Show a drawing, or nothing. Drawn anew only where a cell of it has changed."""
        if drawing == self._drawing:
            return
        self._drawing = drawing
        self._draw(self.size)

    def on_resize(self) -> None:
        """Draw it in the new size."""
        self._draw(self.size)

    def finished_line(self, y: int) -> Strip:
        """One row of cells."""
        return self.line(y, self._kept_at.width)

    def line(self, y: int, width: int) -> Strip:
        """One row of cells; as much of it as there is room for, while it has not been drawn for that yet."""
        if y >= len(self._rows):
            return Strip([Segment(" " * width, self.finished(""))], width)
        row = [Segment(run.text, self.finished(self._look(run.ink))) for run in self._rows[y]]
        return Strip(row, _width(self._rows)).adjust_cell_length(width, self.finished(""))

    def _draw(self, size: Size) -> None:
        rows: list[CellRow] = []
        if self._drawing is not None and size.width >= LEAST_WIDTH and size.height >= LEAST_HEIGHT:
            rows = draw(self._drawing, size.width, size.height, self._signs())
        before, self._rows = self._rows, rows
        if len(before) != len(rows) or (rows and _width(rows) != _width(before)):
            self.refresh()
            return
        changed = [y for y, row in enumerate(rows) if row != before[y]]
        if changed:
            self.refresh(*(Region(0, y, size.width, 1) for y in changed))

    def _signs(self) -> Characters:
        if self._signs_found is None:
            encoding = sys.__stdout__.encoding if sys.__stdout__ else "ascii"
            self._signs_found = characters_for(encoding, os.environ)
        return self._signs_found

    def _look(self, ink: str | None) -> str:
        side = f"-{self._side}" if ink == "working" and self._side is not None else ""
        return f"figure--{ink}{side}" if ink else ""


def _width(rows: list[CellRow]) -> int:
    return sum(len(run.text) for run in rows[0])
