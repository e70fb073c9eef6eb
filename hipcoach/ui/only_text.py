"""The last gate before the terminal: whatever a file, a path or a name holds, only text is drawn."""

from __future__ import annotations

from rich.cells import get_character_cell_size
from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

JOINERS = frozenset("\u200c\u200d")
"""They are not printed themselves but join the signs beside them, as in many scripts and emoji."""


class OnlyText(LineFilter):
    """Takes out of every line what could steer the terminal or turn its text around, keeping its width."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The segments of a line, of text alone."""
        if all(segment.text.isprintable() for segment in segments):
            return segments
        return [Segment(only_text(text), style, control) for text, style, control in segments]


def only_text(text: str) -> str:
    """The text with a blank of the same width for every sign that is not printed."""
    return "".join(
        sign if sign.isprintable() or sign in JOINERS else " " * get_character_cell_size(sign)
        for sign in text
    )
