"""Where a drawing lies on a canvas of dots, and its shapes as rows of dots there."""

from __future__ import annotations

from hipcoach.core.figure.drawing import Disc, Frame, Point2, Shape
from hipcoach.drawing.dots import Rows, capsule, disc
from hipcoach.drawing.joints import LIVING, Spot

THINNEST = 0.5
"""Dots, a radius: nothing is thinner than one dot."""
SMALLEST_DISC = 0.8
"""Dots, a radius."""
THIN = 0.012
"""Body units; a line of a thing up to this radius stays one dot wide at any size."""
NUDGE = 1e-3
"""Dots; so that what lies just between two dots falls to the same one however its place was worked out."""
AROUND = 1.5
"""Dots around a joint in which nothing is set off: the gap and half a dot."""


class Place:
    """From body units to dots: the whole frame in the middle of a canvas, as large as it fits."""

    def __init__(self, frame: Frame, width: int, height: int) -> None:
        """Take a frame to a canvas of `width` x `height` dots, as wide as they are high."""
        self.width, self.height = width, height
        self.scale = min(max(1, width - 1) / (frame.width or 1), max(1, height - 1) / (frame.height or 1))
        """Dots of a body unit."""
        self._left = (width - 1) / 2 + NUDGE - (frame.left + frame.right) / 2 * self.scale
        self._top = (height - 1) / 2 + NUDGE + (frame.bottom + frame.top) / 2 * self.scale

    def rows(self, shape: Shape) -> Rows:
        """The dots of a shape."""
        if isinstance(shape, Disc):
            return self._disc(shape.centre, max(SMALLEST_DISC, shape.radius * self.scale))
        if shape.ink not in LIVING and shape.start_radius <= THIN and shape.end_radius <= THIN:
            first = last = THINNEST
        else:
            first = max(THINNEST, shape.start_radius * self.scale)
            last = max(THINNEST, shape.end_radius * self.scale)
        return capsule(self._at(shape.start), first, self._at(shape.end), last, self.width, self.height)

    def spot(self, spot: Spot) -> Rows:
        """The dots around a joint in which nothing is set off."""
        return self._disc(spot.centre, max(THINNEST, spot.radius * self.scale) + AROUND)

    def _disc(self, centre: Point2, radius: float) -> Rows:
        x, y = self._at(centre)
        return disc(x, y, radius, self.width, self.height)

    def _at(self, point: Point2) -> Point2:
        # Rounded: what stands still is then the very same from picture to picture, and known.
        return round(self._left + point[0] * self.scale, 4), round(self._top - point[1] * self.scale, 4)
