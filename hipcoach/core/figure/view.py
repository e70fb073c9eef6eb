"""From where the figure is seen, and what that makes of a point in space."""

from __future__ import annotations

from math import cos, radians, sin

from msgspec import Struct

from hipcoach.core.figure.drawing import Point2
from hipcoach.core.figure.vector import Vec


class View(Struct, frozen=True):
    """An eye far away. Degrees."""

    turn: float
    """Where the eye goes round the body: 0 behind it, 90 at its right, 180 in front."""
    tilt: float = 0.0
    """How far it looks down: 0 level, 90 from above."""

    def lens(self) -> Lens:
        """What projects points for this view."""
        turn, tilt = radians(self.turn), radians(self.tilt)
        return Lens(cos(turn), sin(turn), cos(tilt), sin(tilt))


class Lens(Struct, frozen=True):
    """A view with its sines and cosines worked out."""

    turn_cos: float
    turn_sin: float
    tilt_cos: float
    tilt_sin: float

    def seen(self, point: Vec) -> tuple[Point2, float]:
        """A point's place on the picture and its distance from the eye (only differences mean anything)."""
        x, y, z = point
        away = y * self.turn_cos - x * self.turn_sin
        across = x * self.turn_cos + y * self.turn_sin
        return (
            (across, z * self.tilt_cos + away * self.tilt_sin),
            away * self.tilt_cos - z * self.tilt_sin,
        )


VIEWS = {
    "side": View(72.0),
    "back": View(0.0),
    "front": View(180.0),
    "above": View(90.0, 90.0),
}
"""Views with a name. "above" has the body's front to the right."""
