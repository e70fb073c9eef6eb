"""The sessions in a table, newest first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import ClassVar

from rich.text import Text
from textual import events
from textual.binding import Binding, BindingType
from textual.widgets import DataTable

from hipcoach.core.record import Outcome, SessionRecord, SessionStatus, counts
from hipcoach.ui.plain_text import plain

_FIXED = {"Day": 11, "Time": 5, "Min": 3, "Sets": 7, "Status": 9}
_ORDER = ("Day", "Time", "Routine", "Min", "Sets", "Status", "Note")
_RIGHT = frozenset({"Min", "Sets"})
_CELL_PADDING = 2
_SHORTEST_ROUTINE = 10
_LONGEST_ROUTINE = 24
_SHORTEST_NOTE = 9


class SessionTable(DataTable[Text], inherit_bindings=False):
    """One row a session, with the cursor on whole rows; a row's key is its session's id."""

    # Without the table's own Enter, so that the screen's binding, with its id and words, acts.
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "cursor_up", "Up", show=False),
        Binding("down", "cursor_down", "Down", show=False),
        Binding("pageup", "page_up", "Page up", show=False),
        Binding("pagedown", "page_down", "Page down", show=False),
        Binding("home,ctrl+home", "scroll_top", "Newest", show=False),
        Binding("end,ctrl+end", "scroll_bottom", "Oldest", show=False),
    ]

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id, cursor_type="row")
        self._records: Sequence[SessionRecord] = ()
        self._today = date.min
        self._widths: dict[str, int] = {}

    @property
    def record_at_cursor(self) -> SessionRecord | None:
        """The session the cursor is on."""
        return self._records[self.cursor_row] if 0 <= self.cursor_row < len(self._records) else None

    def show(self, records: Sequence[SessionRecord], today: date) -> None:
        """Show these, the cursor staying on its session, or in its place where that is gone."""
        if records == self._records and today == self._today and self._widths:
            return
        before, row = self.record_at_cursor, self.cursor_row
        self._records, self._today = records, today
        if before is not None:
            row = next((number for number, each in enumerate(records) if each.id == before.id), row)
        self._fill(row)

    def on_resize(self, event: events.Resize) -> None:
        """Share the room out again where it has changed."""
        if column_widths(self._room) != self._widths:
            self._fill(self.cursor_row)

    @property
    def _room(self) -> int:
        return self.scrollable_content_region.width

    def _fill(self, row: int) -> None:
        self._widths = column_widths(self._room)
        self.clear(columns=True)
        for name, width in self._widths.items():
            self.add_column(Text(name, justify="right" if name in _RIGHT else "left"), width=width)
        good = self.app.theme_variables["success"]
        for record in self._records:
            cells = session_cells(record, self._today, good)
            self.add_row(*(cells[name] for name in self._widths), key=record.id)
        self.move_cursor(row=row, scroll=True)


def column_widths(room: int) -> dict[str, int]:
    """The width of each column, where there are `room` cells in all; routine and note share the rest.

    Where little is left, the note goes without a column.
    """
    rest = room - sum(_FIXED.values()) - _CELL_PADDING * len(_ORDER)
    if rest < _SHORTEST_ROUTINE + _SHORTEST_NOTE:
        shared = {"Routine": max(_SHORTEST_ROUTINE, rest + _CELL_PADDING)}
    else:
        routine = min(_LONGEST_ROUTINE, rest - _SHORTEST_NOTE)
        shared = {"Routine": routine, "Note": rest - routine}
    widths = {**_FIXED, **shared}
    return {name: widths[name] for name in _ORDER if name in widths}


def session_cells(record: SessionRecord, today: date, good: str) -> dict[str, Text]:
    """A session as the cells of its row; `good` is the colour of a completed one."""
    done = sum(step.outcome is Outcome.DONE for step in record.steps)
    quiet = "" if counts(record) else "dim"
    return {
        "Day": _cell(short_day(record.day, today), quiet),
        "Time": _cell(f"{record.started:%H:%M}", "dim"),
        "Routine": _cell(plain(record.title), quiet),
        "Min": _cell(minutes_cell(record.active_seconds), quiet, right=True),
        "Sets": _cell(f"{done}/{len(record.steps)}" if record.steps else "", quiet, right=True),
        "Status": _cell(record.status.value, good if record.status is SessionStatus.COMPLETED else quiet),
        "Note": _cell(plain(record.note), "italic"),
    }


def minutes_cell(seconds: float) -> str:
    """Minutes to the nearest; what is shorter than one still shows."""
    return "<1" if 0 < seconds < 60 else f"{round(seconds / 60)}"


def short_day(day: date, today: date) -> str:
    """A day in at most 11 cells: "Today", "Yesterday", "Tue  3 Nov", "13 Nov 2024"."""
    ago = (today - day).days
    if ago in (0, 1):
        return ("Today", "Yesterday")[ago]
    return (
        f"{day:%a} {day.day:>2} {day:%b}" if day.year == today.year else f"{day.day:>2} {day:%b} {day.year}"
    )


def _cell(text: str, style: str, *, right: bool = False) -> Text:
    return Text(text, style, justify="right" if right else "left", no_wrap=True, overflow="ellipsis")
