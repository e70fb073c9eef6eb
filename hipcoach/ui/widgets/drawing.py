"""Draws what a function makes of the room there is: lines of a chart, wrapped where they are prose."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from hipcoach.ui.charts.line import Line

Draw = Callable[[int, int], Sequence[Line]]
"""Gives lines for a width and a height, in cells."""


def content_of(lines: Sequence[Line]) -> Content:
    """Lines as Textual draws them."""
    return Content("\n").join([Content.assemble(*line) for line in lines])


class Drawing(Widget):
    """As high as what is drawn. The height that the function is given is that of the screen."""

    DEFAULT_CSS = """
    Drawing { height: auto; width: 1fr; }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._draw: Draw | None = None
        self._drawn: tuple[int, int, Content] | None = None

    def show(self, draw: Draw | None) -> None:
        """Draw this from now on."""
        self._draw, self._drawn = draw, None
        self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as it takes."""
        return self._content(width, viewport.height).get_height({}, width)

    def render(self) -> Content:
        """Draw it."""
        return self._content(self.size.width, self.app.size.height)

    def _content(self, width: int, height: int) -> Content:
        if self._drawn is None or self._drawn[:2] != (width, height):
            drawn = content_of(self._draw(width, height)) if self._draw and width > 0 else Content("")
            self._drawn = (width, height, drawn)
        return self._drawn[2]
