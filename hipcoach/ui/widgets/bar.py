"""A thin bar that fills from left to right; redrawn only when a cell of it changes."""

from __future__ import annotations

from rich.segment import Segment
from rich.style import Style
from textual.reactive import reactive
from textual.strip import Strip

from hipcoach.ui.widgets.dressed_lines import DressedLines

DIM = Style(dim=True)
HALVES = 2
"""A cell is filled in two halves."""


class Bar(DressedLines):
    """A bar one cell high. Set `fraction`, 0 to 1."""

    DEFAULT_CSS = """
    Bar { height: 1; width: 1fr; color: $primary; }
    """

    filled = reactive(0)
    """Half cells."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._fraction = 0.0

    @property
    def fraction(self) -> float:
        """How much of the bar is filled."""
        return self._fraction

    @fraction.setter
    def fraction(self, value: float) -> None:
        self._fraction = min(1.0, max(0.0, value))
        self.filled = round(self._fraction * self.size.width * HALVES)

    def on_resize(self) -> None:
        """Fill the same part of another width."""
        self.fraction = self._fraction

    def line(self, y: int, width: int) -> Strip:
        """The one line."""
        whole, half = divmod(min(self.filled, width * HALVES), HALVES)
        style = self.finished()
        parts = [
            Segment("━" * whole, style),
            Segment("╸" * half, style),
            Segment("─" * (width - whole - half), self.finished(more=DIM)),
        ]
        return Strip(parts, width)
