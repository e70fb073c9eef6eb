"""Big letters and digits, drawn with half blocks: what can be read from two metres, in any size that fits.

A glyph is 5 dots high, and mostly 3 wide; a cell shows two dots one above the other.
"""

from __future__ import annotations

import re

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Size
from textual.reactive import reactive
from textual.strip import Strip

from hipcoach.ui.widgets.dressed_lines import DressedLines

BOLD = Style(bold=True)
GLYPH_HEIGHT = 5
"""Dots."""

# Each glyph row by row, "#" for a dot; drawn for this program.
_GLYPHS = {
    "0": "### #.# #.# #.# ###",
    "1": ".#. ##. .#. .#. ###",
    "2": "### ..# ### #.. ###",
    "3": "### ..# .## ..# ###",
    "4": "#.# #.# ### ..# ..#",
    "5": "### #.. ### ..# ###",
    "6": "### #.. ### #.# ###",
    "7": "### ..# ..# .#. .#.",
    "8": "### #.# ### #.# ###",
    "9": "### #.# ### ..# ###",
    ":": ". # . # .",
    "/": "..# ..# .#. #.. #..",
    "-": "... ... ### ... ...",
    "+": "... .#. ### .#. ...",
    ".": ". . . . #",
    ",": ".. .. .. .# #.",
    "<": "..# .#. #.. .#. ..#",
    ">": "#.. .#. ..# .#. #..",
    "'": "# # . . .",
    " ": ".. .. .. .. ..",
    "A": ".#. #.# ### #.# #.#",
    "B": "###. #..# ###. #..# ###.",
    "C": "### #.. #.. #.. ###",
    "D": "##. #.# #.# #.# ##.",
    "E": "### #.. ##. #.. ###",
    "F": "### #.. ##. #.. #..",
    "G": "### #.. #.# #.# ###",
    "H": "#.# #.# ### #.# #.#",
    "I": "### .#. .#. .#. ###",
    "J": "..# ..# ..# #.# ###",
    "K": "#.# #.# ##. #.# #.#",
    "L": "#.. #.. #.. #.. ###",
    "M": "#...# ##.## #.#.# #...# #...#",
    "N": "#..# ##.# #.## #..# #..#",
    "O": "### #.# #.# #.# ###",
    "P": "### #.# ### #.. #..",
    "Q": "### #.# #.# ### ..#",
    "R": "### #.# ##. #.# #.#",
    "S": "### #.. ### ..# ###",
    "T": "### .#. .#. .#. .#.",
    "U": "#.# #.# #.# #.# ###",
    "V": "#.# #.# #.# #.# .#.",
    "W": "#...# #...# #.#.# ##.## #...#",
    "X": "#.# #.# .#. #.# #.#",
    "Y": "#.# #.# .#. .#. .#.",
    "Z": "### ..# .#. #.. ###",
}


def dot_rows(text: str, scale: int = 1) -> list[str]:
    """The dots of a text, "#" and ".", each drawn `scale` wide and high; unknown signs are left blank.

    From two dots a stroke on, upright strokes take a dot of the gap to their right for every two: from afar,
    strokes as wide as the gaps between them run into one another.
    """
    rows = [""] * GLYPH_HEIGHT
    for number, sign in enumerate(text.upper()):
        glyph = _GLYPHS.get(sign, _GLYPHS[" "]).split(" ")
        gap = "." if number else ""
        rows = [row + gap + part for row, part in zip(rows, glyph, strict=True)]
    more = scale // 2
    wide = [_bolder("".join(dot * scale for dot in row) + "." * more, more) for row in rows]
    return [row for row in wide for _ in range(scale)]


def _bolder(row: str, by: int) -> str:
    """A row of dots in which each stroke goes on for some dots more."""
    return re.sub(r"#+\.*", lambda found: found[0].replace("." * by, "#" * by, 1), row) if by else row


def cell_rows(text: str, scale: int = 1) -> list[str]:
    """The text in half blocks: two rows of dots in each row of cells."""
    rows = dot_rows(text, scale)
    if len(rows) % 2:
        rows.append("." * len(rows[0]))
    signs = {"..": " ", "#.": "▀", ".#": "▄", "##": "█"}
    return [
        "".join(signs[above + below] for above, below in zip(top, bottom, strict=True))
        for top, bottom in zip(rows[::2], rows[1::2], strict=True)
    ]


def largest_scale(text: str, width: int, height: int, most: int) -> int:
    """The largest scale at which the text fits into `width` x `height` cells; 0 if none does."""
    dots = len(dot_rows(text)[0])
    for scale in range(most, 0, -1):
        if dots * scale + scale // 2 <= width and -(-GLYPH_HEIGHT * scale // 2) <= height:
            return scale
    return 0


class PixelText(DressedLines):
    """A text as large as fits, or as a plain bold line where not even the smallest size does."""

    DEFAULT_CSS = """
    PixelText { height: 3; width: 1fr; content-align: center middle; }
    """

    text = reactive("")

    def __init__(
        self,
        text: str = "",
        *,
        most: int = 9,
        free: int = 0,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self.most = most
        """The largest scale to use."""
        self.free = free
        """Rows kept free above and below: letters as high as their ground run into what is around it."""
        self._drawn_for: tuple[str, Size, int] | None = None
        self._rows: list[str] = []
        self.set_reactive(PixelText.text, text)

    def rows(self, size: Size) -> list[str]:
        """The rows of cells to show in an area of this size, not yet centred."""
        wanted = self.text, size, self.most
        if self._drawn_for != wanted:
            self._drawn_for = wanted
            scale = largest_scale(self.text, size.width, size.height - 2 * self.free, self.most)
            self._rows = cell_rows(self.text, scale) if scale else [self.text[: size.width]]
        return self._rows

    def line(self, y: int, width: int) -> Strip:
        """One line of the widget, its text in the middle."""
        height = self._kept_at.height
        rows = self.rows(self._kept_at)
        place = y - (height - len(rows)) // 2
        row = rows[place].center(width) if 0 <= place < len(rows) else " " * width
        return Strip([Segment(row, self.finished(more=BOLD))], width)
