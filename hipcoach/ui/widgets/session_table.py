"""The sessions in a table, newest first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from rich.text import Text
from textual import events
from textual.binding import Binding, BindingType
from textual.color import Color
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


@dataclass(frozen=True, slots=True)
class Inks:
    """The colours of the table's texts, apart from the usual one."""

    good: str
    quiet: str

    @classmethod
    def of(cls, variables: Mapping[str, str]) -> Inks:
        """Take them from a theme; quiet is between foreground and background, still easy to read."""
        quiet = Color.parse(variables["background"]).blend(Color.parse(variables["foreground"]), 0.65)
        return cls(good=variables["success"], quiet=quiet.hex)


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
        inks = Inks.of(self.app.theme_variables)
        for record in self._records:
            cells = session_cells(record, self._today, inks)
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


def session_cells(record: SessionRecord, today: date, inks: Inks) -> dict[str, Text]:
    """A session as the cells of its row, quieter where it does not count towards a streak."""
    done = sum(step.outcome is Outcome.DONE for step in record.steps)
    ink = "" if counts(record) else inks.quiet
    completed = record.status is SessionStatus.COMPLETED
    return {
        "Day": _cell(short_day(record.day, today), ink),
        "Time": _cell(f"{record.started:%H:%M}", inks.quiet),
        "Routine": _cell(plain(record.title), ink),
        "Min": _cell(minutes_cell(record.active_seconds), ink, right=True),
        "Sets": _cell(f"{done}/{len(record.steps)}" if record.steps else "", ink, right=True),
        "Status": _cell(record.status.value, inks.good if completed else ink),
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
