"""Every set of one session in a table, planned against done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from rich.cells import cell_len
from rich.text import Text
from textual import events
from textual.binding import BindingType
from textual.widgets import DataTable

from hipcoach.ui.widgets.row_keys import ROW_KEYS
from hipcoach.ui.widgets.set_row import SetRow

_SHORTEST = {"Exercise": 12, "Outcome": 9}
_RIGHT = frozenset({"#", "Round"})
_CELL_PADDING = 2


class SetTable(DataTable[Text], inherit_bindings=False):
    """One row a set. Long texts wrap; columns that would say nothing are left out.

    `colours` says, by the word for a side or the sign of an outcome, what colour it has.
    """

    BINDINGS: ClassVar[list[BindingType]] = ROW_KEYS

    def __init__(self, rows: Sequence[SetRow], colours: Mapping[str, str], *, id: str | None = None) -> None:
        super().__init__(id=id, cursor_type="row")
        self._rows = rows
        self._colours = colours
        self._widths: dict[str, int] = {}

    def on_resize(self, event: events.Resize) -> None:
        """Share the room out again where it has changed."""
        widths = set_column_widths(self.scrollable_content_region.width, self._rows)
        if widths != self._widths:
            self._widths = widths
            self._fill(self.cursor_row)

    def _fill(self, cursor: int) -> None:
        self.clear(columns=True)
        for name, width in self._widths.items():
            self.add_column(Text(name, justify="right" if name in _RIGHT else "left"), width=width)
        for number, row in enumerate(self._rows, start=1):
            cells = self._cells(number, row)
            self.add_row(*(cells[name] for name in self._widths), height=None)
        self.move_cursor(row=cursor, scroll=True)

    def _cells(self, number: int, row: SetRow) -> dict[str, Text]:
        return {
            "#": Text(f"{number}", "dim", justify="right"),
            "Exercise": Text(row.name),
            "Side": Text(row.side, self._colours.get(row.side, "")),
            "Round": Text(row.round, justify="right"),
            "Planned": Text(row.planned),
            "Done": Text(row.done),
            "Outcome": Text(row.outcome, self._colours.get(row.outcome[:1], "")),
        }


def set_column_widths(room: int, rows: Sequence[SetRow]) -> dict[str, int]:
    """The width of each column that has something to show, in order.

    Where there are too few cells in all, exercise and outcome share what the others leave, and wrap.
    """
    texts = {
        "#": [str(len(rows))],
        "Exercise": [row.name for row in rows],
        "Side": [row.side for row in rows],
        "Round": [row.round for row in rows] if any(row.round > "1" for row in rows) else [],
        "Planned": [row.planned for row in rows],
        "Done": [row.done for row in rows],
        "Outcome": [row.outcome for row in rows],
    }
    widths = {name: max(len(name), *map(cell_len, cells)) for name, cells in texts.items() if any(cells)}
    rest = room - sum(_CELL_PADDING + (0 if name in _SHORTEST else widths[name]) for name in widths)
    if widths["Exercise"] + widths["Outcome"] > rest:
        widths["Outcome"] = max(_SHORTEST["Outcome"], min(widths["Outcome"], rest // 3))
        widths["Exercise"] = max(_SHORTEST["Exercise"], rest - widths["Outcome"])
    return widths
