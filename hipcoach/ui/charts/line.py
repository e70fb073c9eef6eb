"""A line of a chart: pieces of text, each with the name of its style."""

from __future__ import annotations

from collections.abc import Iterable

Piece = tuple[str, str]
"""Text, and its style in Textual's words, such as "bold $success"; an empty style is the usual one."""
Line = tuple[Piece, ...]

QUIET = "$foreground 60%"
FAINT = "$foreground 35%"
GOOD = "$success"
LOUD = "bold $accent"


def joined(pieces: Iterable[Piece]) -> Line:
    """A line in which neighbours of one style are one piece; blank space has any style."""
    found: list[Piece] = []
    for text, style in pieces:
        if found and (found[-1][1] == style or text.isspace()):
            found[-1] = (found[-1][0] + text, found[-1][1])
        elif text:
            found.append((text, style))
    return tuple(found)
