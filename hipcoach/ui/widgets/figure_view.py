"""The figure on the screen: as large as there is room, its working limb in the side's colour."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region, Size
from textual.strip import Strip
from textual.widget import Widget

if TYPE_CHECKING:
    from hipcoach.core.figure.drawing import Drawing
    from hipcoach.drawing.cells import CellRow

LEAST_WIDTH, LEAST_HEIGHT = 14, 6
"""Cells below which a figure is a blot, and nothing is drawn."""
CLASSES = {ink: f"figure--{ink}" for ink in ("ground", "prop", "far", "near", "working")}


class FigureView(Widget):
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

    @property
    def is_blank(self) -> bool:
        """Whether nothing is drawn now."""
        return not self._rows

    def show(self, drawing: Drawing | None) -> None:
        """Show a drawing, or nothing. Drawn anew only where a cell of it has changed."""
        if drawing is self._drawing:
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

    def render_line(self, y: int) -> Strip:
        """One row of cells."""
        if y >= len(self._rows):
            return Strip.blank(self.size.width, self.rich_style)
        segments = [Segment(run.text, self._style(run.ink)) for run in self._rows[y]]
        return Strip(segments, self.size.width)

    def _draw(self, size: Size) -> None:
        rows: list[CellRow] = []
        if self._drawing is not None and size.width >= LEAST_WIDTH and size.height >= LEAST_HEIGHT:
            from hipcoach.drawing.canvas import draw
            from hipcoach.drawing.signs import signs_for

            signs = signs_for(sys.__stdout__.encoding if sys.__stdout__ else "ascii", os.environ)
            rows = draw(self._drawing, size.width, size.height, signs)
        before, self._rows = self._rows, rows
        if len(before) != len(rows):
            self.refresh()
        elif changed := [y for y, row in enumerate(rows) if row != before[y]]:
            self.refresh(*(Region(0, y, size.width, 1) for y in changed))

    def _style(self, ink: str | None) -> Style:
        if ink not in self._styles:
            self._styles[ink] = (
                self.rich_style if ink is None else self.get_component_rich_style(CLASSES[ink])
            )
        return self._styles[ink]
