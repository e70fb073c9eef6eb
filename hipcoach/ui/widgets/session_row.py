"""A session as one row of a table: which columns fit, and what stands in them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from msgspec import Struct
from rich.cells import cell_len, set_cell_size
from textual.color import Color

from hipcoach.core.history.filter import SessionSort, SortBy
from hipcoach.core.history.record import SessionEntry, SessionStatus
from hipcoach.core.text import plain
from hipcoach.ui.themes import for_rich

RIGHT = frozenset({"Min", "Sets"})
"""Columns whose values stand at the right."""
CELL_PADDING = 2
"""Cells, half of them on each side of a value."""
_FIXED = {"Day": 11, "Time": 5, "Min": 3, "Sets": 7, "Status": 9}
_ORDER = ("Day", "Time", "Routine", "Min", "Sets", "Status", "Note")
SORTED_BY = {
    "Day": SortBy.DATE,
    "Routine": SortBy.ROUTINE,
    "Min": SortBy.MINUTES,
    "Status": SortBy.STATUS,
}
"""The columns that sessions can be sorted by."""
_GIVEN_UP = ("Time", "Sets", "Status")
"""The columns that a narrow table does without, the least needed first."""
_SHORTEST_ROUTINE = 10
_LONGEST_ROUTINE = 24
_SHORTEST_NOTE = 9
Cell = tuple[str, str]
"""A text and its style, as `rich.style.Style.parse` takes it; empty for the row's own."""


class Inks(Struct, frozen=True):
    """The colours of the table's texts, apart from the usual one."""

    good: str
    quiet: str

    @classmethod
    def of(cls, variables: Mapping[str, str]) -> Inks:
        """Take them from a theme; quiet is between foreground and background, still easy to read."""
        ends = [Color.parse(variables[name]) for name in ("background", "foreground")]
        # Between two colours that only the terminal knows nothing can be blended.
        quiet = "dim" if any(each.ansi is not None for each in ends) else ends[0].blend(ends[1], 0.65).hex
        return cls(good=for_rich(variables["success"]), quiet=quiet)


def column_widths(room: int) -> dict[str, int]:
    """The width of each column, where there are `room` cells in all; routine and note share the rest.

    Where little is left, the note goes without a column, then the time, the sets, the status.
    """
    fixed = dict(_FIXED)
    rest = room - sum(fixed.values()) - CELL_PADDING * len(_ORDER)
    if rest < _SHORTEST_ROUTINE + _SHORTEST_NOTE:
        rest += CELL_PADDING
        for name in _GIVEN_UP:
            if rest < _SHORTEST_ROUTINE:
                rest += fixed.pop(name) + CELL_PADDING
        shared = {"Routine": max(_SHORTEST_ROUTINE, rest)}
    else:
        routine = min(_LONGEST_ROUTINE, rest - _SHORTEST_NOTE)
        shared = {"Routine": routine, "Note": rest - routine}
    widths = {**fixed, **shared}
    return {name: widths[name] for name in _ORDER if name in widths}


def heading(name: str, sort: SessionSort) -> str:
    """A column's name, with an arrow where the table is sorted by it; newest first goes without saying."""
    if sort == SessionSort() or SORTED_BY.get(name) is not sort.by:
        return name
    return f"{name[:2] if name == 'Min' else name}{'▴' if sort.turned else '▾'}"


def session_cells(entry: SessionEntry, today: date, inks: Inks) -> dict[str, Cell]:
    """A session as the cells of its row, quieter where it does not count towards a streak."""
    ink = "" if entry.counts else inks.quiet
    completed = entry.status is SessionStatus.COMPLETED
    return {
        "Day": (short_day(entry.day, today), ink),
        "Time": (f"{entry.started:%H:%M}", inks.quiet),
        "Routine": (plain(entry.title), ink),
        "Min": (minutes_cell(entry.active_seconds), ink),
        "Sets": (f"{entry.done_sets}/{entry.sets}" if entry.sets else "", ink),
        "Status": (entry.status.value, inks.good if completed else ink),
        "Note": (plain(entry.note), "italic"),
    }


def row_cells(cells: Mapping[str, Cell], widths: Mapping[str, int]) -> Iterator[Cell]:
    """The cells of these columns, each cut or filled to its width, with a space on each side."""
    for name, width in widths.items():
        text, ink = cells[name]
        yield f" {fitted(text, width, right=name in RIGHT)} ", ink


def fitted(text: str, width: int, *, right: bool = False) -> str:
    """A text of just so many cells, cut with an ellipsis or filled with spaces."""
    # What is far too long is not measured to its end.
    shown = text[: width + 1]
    length = len(shown) if shown.isascii() else cell_len(shown)
    if length > width:
        return f"{set_cell_size(shown, width - 1)}…"
    room = " " * (width - length)
    return room + shown if right else shown + room


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
