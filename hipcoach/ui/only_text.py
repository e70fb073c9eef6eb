"""The last gate before the terminal: whatever a file, a path or a name holds, only text is drawn."""

from __future__ import annotations

from rich.cells import get_character_cell_size

JOINERS = frozenset("\u200c\u200d")
"""They are not printed themselves but join the signs beside them, as in many scripts and emoji."""


def only_text(text: str) -> str:
    """Return the text with a blank of the same width for every character that is not printed: what could
    steer the terminal or turn its text around."""
    if text.isprintable():
        return text
    return "".join(
        sign if sign.isprintable() or sign in JOINERS else " " * get_character_cell_size(sign)
        for sign in text
    )
