"""The sessions in a table that draws only what is in sight, so that ten thousand rows cost what ten do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import BindingType
from textual.cache import LRUCache
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from hipcoach.core.history.filter import SessionSort, SortBy
from hipcoach.core.history.record import SessionEntry
from hipcoach.ui.widgets.row_keys import ROW_KEYS
from hipcoach.ui.widgets.session_row import (
    CELL_PADDING,
    SORTED_BY,
    Cell,
    Inks,
    column_widths,
    heading,
    row_cells,
    session_cells,
)

KEPT_LINES = 256
"""Drawn rows that are kept: a few screens of them."""


class SessionTable(ScrollView, can_focus=True, inherit_bindings=False):
    """One row a session, in the order they are given, under a heading that stays; the cursor is on a row."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "session-table--header",
        "session-table--cursor",
        "session-table--hover",
    }
    DEFAULT_CSS = """
    SessionTable {
        overflow-x: hidden;
        & > .session-table--header { background: $panel; text-style: bold; }
        & > .session-table--cursor { background: $block-cursor-blurred-background; }
        & > .session-table--hover { background: $block-hover-background; }
    }
    """
    # Without an Enter of its own, so that the screen's binding, with its id and words, acts.
    BINDINGS: ClassVar[list[BindingType]] = ROW_KEYS
    header_height = 1
    """Lines."""

    @dataclass
    class Selected(Message):
        """A click on the row under the cursor."""

        table: SessionTable
        entry: SessionEntry

        @property
        def control(self) -> SessionTable:
            """The table that was clicked."""
            return self.table

    @dataclass
    class HeadingClicked(Message):
        """A click on the name of a column that the table can be sorted by."""

        by: SortBy

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._sort = SessionSort()
        self._entries: Sequence[SessionEntry] = ()
        self._today = date.min
        self._row = 0
        self._hovered: int | None = None
        self._widths: dict[str, int] = {}
        self._inks: Inks | None = None
        self._lines: LRUCache[tuple[int, bool, bool], Strip] = LRUCache(KEPT_LINES)

    @property
    def entries(self) -> Sequence[SessionEntry]:
        """What is shown, from the top."""
        return self._entries

    @property
    def row_count(self) -> int:
        """How many sessions are shown."""
        return len(self._entries)

    @property
    def cursor(self) -> SessionEntry | None:
        """The session the cursor is on; None where there are none."""
        return self._entries[self._row] if self._entries else None

    @property
    def cursor_row(self) -> int:
        """The number of the cursor's row, from 0."""
        return self._row

    def show(self, entries: Sequence[SessionEntry], today: date) -> None:
        """Show these, the cursor staying on its session, or in its place where that is gone."""
        if today == self._today and entries == self._entries:
            return
        before, row = self.cursor, self._row
        self._entries, self._today = entries, today
        if before is not None:
            row = next((number for number, each in enumerate(entries) if each.id == before.id), row)
        moved = row - self._row
        self._row = max(0, min(row, len(entries) - 1))
        self._hovered = None
        self._lay_out()
        # What is in sight stays where it was while sessions arrive above it.
        if moved and self.scroll_offset.y:
            self.scroll_to(y=self.scroll_offset.y + moved, animate=False, force=True)
        self._show_cursor()

    def show_sort(self, sort: SessionSort) -> None:
        """Mark the column that the sessions are sorted by."""
        self._sort = sort
        self.refresh()

    def move_to(self, session: str) -> None:
        """Put the cursor on a session, where it is shown."""
        row = next((number for number, each in enumerate(self._entries) if each.id == session), self._row)
        self.move_cursor(row)

    def move_cursor(self, row: int) -> None:
        """Put the cursor on a row, or on the nearest there is."""
        self._row = max(0, min(row, len(self._entries) - 1))
        self._show_cursor()
        self.refresh()

    def cells_at(self, row: int) -> list[str]:
        """What stands in a row, whether it is in sight or not."""
        cells = session_cells(self._entries[row], self._today, self._colours)
        return [cells[name][0] for name in self._widths]

    def render_line(self, y: int) -> Strip:
        """Draw one line of what is in sight."""
        width = self.size.width
        if y < self.header_height:
            return self._header(width)
        row = y - self.header_height + self.scroll_offset.y
        if row >= len(self._entries):
            return Strip.blank(width, self.rich_style)
        key = (row, row == self._row, row == self._hovered)
        line = self._lines.get(key)
        if line is None:
            line = self._lines[key] = self._draw(row, width)
        return line

    def notify_style_update(self) -> None:
        """Another theme, or another place in the focus: draw everything anew."""
        super().notify_style_update()
        self._inks = None
        self._lines.clear()

    def on_resize(self) -> None:
        """Share the room out again."""
        self._lay_out()
        self._show_cursor()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Mark the row under the mouse."""
        self._hover(self._row_at(event.y))

    def on_leave(self) -> None:
        """The mouse has gone."""
        self._hover(None)

    def on_click(self, event: events.Click) -> None:
        """Move the cursor to a row; where it is there already, that row is chosen."""
        row = self._row_at(event.y)
        if event.y < self.header_height:
            self._click_heading(event.x)
        if row is None:
            return
        event.stop()
        if row == self._row:
            self.post_message(self.Selected(self, self._entries[row]))
        self.move_cursor(row)

    def action_cursor_up(self) -> None:
        """One row up."""
        self._step(-1)

    def action_cursor_down(self) -> None:
        """One row down."""
        self._step(1)

    def action_page_up(self) -> None:
        """As many rows up as are in sight."""
        self._step(-self._rows_in_sight)

    def action_page_down(self) -> None:
        """As many rows down as are in sight."""
        self._step(self._rows_in_sight)

    def action_scroll_top(self) -> None:
        """To the first row."""
        self._step(-len(self._entries))

    def action_scroll_bottom(self) -> None:
        """To the last row."""
        self._step(len(self._entries))

    @property
    def _rows_in_sight(self) -> int:
        return max(1, self.scrollable_content_region.height - self.header_height)

    @property
    def _colours(self) -> Inks:
        if self._inks is None:
            self._inks = Inks.of(self.app.theme_variables)
        return self._inks

    def _step(self, rows: int) -> None:
        self._hovered = None
        self.move_cursor(self._row + rows)

    def _hover(self, row: int | None) -> None:
        if row != self._hovered:
            self._hovered = row
            self.refresh()

    def _row_at(self, y: int) -> int | None:
        """The row at a line of what is in sight."""
        row = y - self.header_height + self.scroll_offset.y
        return row if y >= self.header_height and row < len(self._entries) else None

    def _lay_out(self) -> None:
        room = self.scrollable_content_region.width
        self._widths = column_widths(room)
        self._lines.clear()
        self.virtual_size = Size(room, len(self._entries) + self.header_height)
        self.refresh()

    def _show_cursor(self) -> None:
        top, rows = self.scroll_offset.y, self._rows_in_sight
        wanted = max(self._row - rows + 1, min(top, self._row))
        if wanted != top:
            self.scroll_to(y=wanted, animate=False, force=True)

    def _header(self, width: int) -> Strip:
        names = {name: (heading(name, self._sort), "") for name in self._widths}
        return self._strip(names, self.get_component_rich_style("session-table--header"), width)

    def _click_heading(self, x: int) -> None:
        end = 0
        for name, width in self._widths.items():
            end += width + CELL_PADDING
            if x < end:
                if name in SORTED_BY:
                    self.post_message(self.HeadingClicked(SORTED_BY[name]))
                return

    def _draw(self, row: int, width: int) -> Strip:
        cells = session_cells(self._entries[row], self._today, self._colours)
        if row == self._row:
            style = self.get_component_rich_style("session-table--cursor")
            # The cursor's ink goes over those of the cells, which were chosen for another ground.
            return self._strip(cells, style, width, Style.from_color(style.color, style.bgcolor))
        hovered = row == self._hovered
        style = self.get_component_rich_style("session-table--hover") if hovered else self.rich_style
        return self._strip(cells, style, width)

    def _strip(self, cells: Mapping[str, Cell], style: Style, width: int, over: Style | None = None) -> Strip:
        segments = [
            Segment(text, style + Style.parse(ink) + over if ink else style)
            for text, ink in row_cells(cells, self._widths)
        ]
        return Strip(segments).adjust_cell_length(width, style).simplify()
