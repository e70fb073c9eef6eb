"""The inks of the figure in a terminal's own colours, or in bold and faint where no colour is wanted."""

from __future__ import annotations

from collections.abc import Mapping

from hipcoach.core.exercise import Side
from hipcoach.core.figure.drawing import Ink
from hipcoach.drawing.cells import CellRow
from hipcoach.drawing.colours import working_colour

RESET = "\x1b[0m"
_SIDES_OF_256 = {Side.LEFT: 33, Side.RIGHT: 214, None: 114}
_SIDES_OF_16 = {Side.LEFT: 94, Side.RIGHT: 33, None: 92}
_FAINT = {Ink.FAR: "90", Ink.PROP: "90", Ink.GROUND: "90"}
_FAINT_OF_256 = {Ink.FAR: "38;5;245", Ink.PROP: "38;5;242", Ink.GROUND: "38;5;240"}
_UNCOLOURED = {Ink.WORKING: "1", Ink.FAR: "2", Ink.PROP: "2", Ink.GROUND: "2"}


class InkStyles:
    """Turns rows of cells into text for a terminal that knows so many colours."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        """Find out from NO_COLOR, COLORTERM and TERM what there is."""
        self._is_plain = bool(environ.get("NO_COLOR"))
        self._has_all = environ.get("COLORTERM", "").lower() in ("truecolor", "24bit")
        self._has_256 = self._has_all or "256color" in environ.get("TERM", "")

    def row(self, row: CellRow, side: Side | None) -> str:
        """One row, its styles ended, without the blanks at its end."""
        runs = list(row)
        while runs and runs[-1].ink is None:
            runs.pop()
        return "".join(self._run(text, ink, side) for text, ink in runs)

    def _run(self, text: str, ink: Ink | None, side: Side | None) -> str:
        style = "" if ink is None else self._style(ink, side)
        return f"\x1b[{style}m{text}{RESET}" if style else text

    def _style(self, ink: Ink, side: Side | None) -> str:
        if self._is_plain:
            return _UNCOLOURED.get(ink, "")
        if ink is not Ink.WORKING:
            # The near limbs are as the terminal writes anyway, which stands out on light and on dark.
            return (_FAINT_OF_256 if self._has_256 else _FAINT).get(ink, "")
        if self._has_all:
            colour = working_colour(side).removeprefix("#")
            return "38;2;" + ";".join(str(int(colour[place : place + 2], 16)) for place in (0, 2, 4))
        return f"38;5;{_SIDES_OF_256[side]}" if self._has_256 else str(_SIDES_OF_16[side])


def plain_row(row: CellRow) -> str:
    """One row as text alone, without the blanks at its end."""
    return "".join(run.text for run in row).rstrip()
