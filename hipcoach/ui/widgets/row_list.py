"""A list of settings or keys, under headings."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType

from hipcoach.ui.widgets.steady_list import SteadyList


class RowList(SteadyList, inherit_bindings=False):
    """An option list that leaves enter to the screen, and shows the heading above its first row."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "cursor_up", "Up", id="rows.above", tooltip="The row above", show=False),
        Binding("down,j", "cursor_down", "Down", id="rows.below", tooltip="The row below", show=False),
        Binding("home", "first", "First", id="rows.first", tooltip="The first row", show=False),
        Binding("end", "last", "Last", id="rows.last", tooltip="The last row", show=False),
        Binding("pageup", "page_up", "Page up", id="rows.page_up", tooltip="A page up", show=False),
        Binding("pagedown", "page_down", "Page down", id="rows.page_down", tooltip="A page on", show=False),
    ]

    def watch_highlighted(self, highlighted: int | None) -> None:
        """Show the very top with the first row: its heading."""
        super().watch_highlighted(highlighted)
        rows = (index for index, option in enumerate(self.options) if not option.disabled)
        if highlighted is not None and highlighted == next(rows, None):
            self.scroll_home(animate=False)
