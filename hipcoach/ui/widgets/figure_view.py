"""The figure on the screen: as large as there is room, its working limb in the side's colour."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region, Size
from textual.strip import Strip

from hipcoach.ui.widgets.kept_lines import KeptLines, filtered

if TYPE_CHECKING:
    from hipcoach.core.figure.drawing import Drawing
    from hipcoach.drawing.cells import CellRow
    from hipcoach.drawing.signs import Signs

LEAST_WIDTH, LEAST_HEIGHT = 14, 6
"""Cells below which a figure is a blot, and nothing is drawn."""
CLASSES = {ink: f"figure--{ink}" for ink in ("ground", "prop", "far", "near", "working")}


class FigureView(KeptLines):
    """Shows a drawing, until another or none is given with `show`. The class `-side-left` or `-side-right`
    on it or around it chooses the colour of the working limb."""

    COMPONENT_CLASSES: ClassVar[set[str]] = set(CLASSES.values())
    DEFAULT_CSS = """
    FigureView { width: 1fr; height: 1fr; }
    FigureView > .figure--ground { color: $foreground 35%; }
    FigureView > .figure--prop { color: $foreground 55%; }
    FigureView > .figure--far { color: $foreground 45%; }
    FigureView > .figure--near { color: $foreground; }
    FigureView > .figure--working { color: $side-both; }
    FigureView.-side-left > .figure--working { color: $side-left; }
    FigureView.-side-right > .figure--working { color: $side-right; }
    """

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._drawing: Drawing | None = None
        self._rows: list[CellRow] = []
        self._styles: dict[str | None, Style] = {}
        self._signs_found: Signs | None = None

    @property
    def is_blank(self) -> bool:
        """Whether nothing is drawn now."""
        return not self._rows

    def show(self, drawing: Drawing | None) -> None:
        """Show a drawing, or nothing. Drawn anew only where a cell of it has changed."""
        if drawing == self._drawing:
            return
        self._drawing = drawing
        self._draw(self.size)

    def on_resize(self) -> None:
        """Draw it in the new size."""
        self._draw(self.size)

    def notify_style_update(self) -> None:
        """Another side or theme: other colours."""
        super().notify_style_update()
        self._styles = {}

    def finished_line(self, y: int) -> Strip:
        """One row of cells, in styles that are finished already."""
        width = self._kept_at.width
        if y >= len(self._rows):
            return Strip([Segment(" " * width, self._style(None))], width)
        return Strip([Segment(run.text, self._style(run.ink)) for run in self._rows[y]], width)

    def _draw(self, size: Size) -> None:
        rows: list[CellRow] = []
        if self._drawing is not None and size.width >= LEAST_WIDTH and size.height >= LEAST_HEIGHT:
            from hipcoach.drawing.canvas import draw

            rows = draw(self._drawing, size.width, size.height, self._signs())
        before, self._rows = self._rows, rows
        if len(before) != len(rows) or (rows and _width(rows) != _width(before)):
            self.refresh()
            return
        changed = [y for y, row in enumerate(rows) if row != before[y]]
        if changed:
            self.refresh(*(Region(0, y, size.width, 1) for y in changed))

    def _signs(self) -> Signs:
        if self._signs_found is None:
            from hipcoach.drawing.signs import signs_for

            encoding = sys.__stdout__.encoding if sys.__stdout__ else "ascii"
            self._signs_found = signs_for(encoding, os.environ)
        return self._signs_found

    def _style(self, ink: str | None) -> Style:
        if ink not in self._styles:
            style = self.rich_style if ink is None else self.get_component_rich_style(CLASSES[ink])
            # What lines go through changes colours by the segment: so a style needs to go through it once.
            (segment,) = filtered(self, Strip([Segment(" ", style)], 1))
            self._styles[ink] = segment.style or style
        return self._styles[ink]


def _width(rows: list[CellRow]) -> int:
    return sum(len(run.text) for run in rows[0])
