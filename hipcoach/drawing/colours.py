"""The colours of the figure where the interface has no say: left is blue, right is orange."""

from __future__ import annotations

from hipcoach.core.exercise import Side
from hipcoach.core.figure.drawing import Ink

LEFT, RIGHT, BOTH = "#2f7df6", "#f08c00", "#3fae5a"
"""The hues of the side banner of a session, at a lightness that stands out on dark and on light."""
PAPER = "#fbfaf7"
LETTERS = "#2b303b"
FAINT_LETTERS = "#717886"
EDGE = "#e3e0d8"
"""Around a card of a sheet."""
ON_PAPER = {Ink.GROUND: "#c5c2ba", Ink.PROP: "#a08c72", Ink.FAR: "#b4bac6", Ink.NEAR: "#4a5263"}
"""For every ink but that of the working limb, whose colour the side decides."""


def working_colour(side: Side | None) -> str:
    """The colour of the working limb; None where both sides work at once."""
    if side is None:
        return BOTH
    return LEFT if side is Side.LEFT else RIGHT
