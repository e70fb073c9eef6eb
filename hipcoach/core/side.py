"""The sides of the body."""

from __future__ import annotations

from enum import StrEnum


class Side(StrEnum):
    """One side of the body; what it means for a drill is the exercise's `side_means`."""

    LEFT = "left"
    RIGHT = "right"

    @property
    def other(self) -> Side:
        """The opposite side."""
        return Side.LEFT if self is Side.RIGHT else Side.RIGHT
