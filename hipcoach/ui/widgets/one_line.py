"""One line of text, cut off with an ellipsis where it is too long, and perhaps another at its end."""

from __future__ import annotations

from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from textual.content import Content
from textual.strip import Strip

from hipcoach.ui.widgets.dressed_lines import DressedLines

GAP = 1
"""Cells at least between a text and what stands at the end."""


class OneLine(DressedLines):
    """As wide as there is room, whatever it says: a change moves nothing else. Give it a text with `show`."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"one-line--end"}
    DEFAULT_CSS = """
    OneLine { height: 1; width: 1fr; }
    """

    def __init__(self, *, centred: bool = False, id: str | None = None) -> None:
        super().__init__(id=id)
        self.centred = centred
        self.text = ""
        self.end = ""
        """What stands at the end of the line and is never cut off for the text."""

    def show(self, text: str, end: str = "") -> None:
        """Say this from now on."""
        if (text, end) != (self.text, self.end):
            self.text, self.end = text, end
            self.refresh()

    def line(self, y: int, width: int) -> Strip:
        """The one line."""
        end = fitted(self.end, width)
        taken = cell_len(end) + GAP if end else 0
        room = max(0, width - taken)
        text = fitted(self.text, room)
        spare = room - cell_len(text)
        before = spare // 2 if self.centred else 0
        own = self.finished()
        if not end:
            return Strip([Segment(" " * before + text + " " * (spare - before), own)], width)
        gap = " " * (width - room - cell_len(end))
        parts = [Segment(" " * before + text + " " * (spare - before) + gap, own)]
        return Strip([*parts, Segment(end, self.finished("one-line--end"))], width)


def fitted(text: str, width: int) -> str:
    """As much of a text as fits into `width` cells, with an ellipsis where something is missing."""
    if cell_len(text) <= width:
        return text
    return Content(text).truncate(width, ellipsis=True).plain if width > 0 else ""
