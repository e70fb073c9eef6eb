"""What is handed to a canvas: the lines and discs of one moment, in body units (1 = standing height)."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

Point2 = tuple[float, float]
"""A place on the picture in body units: x to the right, y up."""


class Ink(StrEnum):
    """What a shape belongs to, and so in which shade or colour it is drawn."""

    GROUND = "ground"
    PROP = "prop"
    FAR = "far"
    NEAR = "near"
    WORKING = "working"


class Line(Struct, frozen=True):
    """A round-ended line that may taper: a limb, or a thin line of a prop. Radii in body units."""

    start: Point2
    end: Point2
    start_radius: float
    end_radius: float
    ink: Ink
    depth: float
    """How far from the eye, in body units; larger is farther."""
    part: str = ""
    """What of the body it is: trunk, head, arm.left, arm.right, leg.left or leg.right; empty for props.
    A canvas may keep a thin gap where one part passes in front of another."""


class Disc(Struct, frozen=True):
    """A filled circle. Radius and depth in body units; larger depth is farther from the eye."""

    centre: Point2
    radius: float
    ink: Ink
    depth: float
    part: str = ""


class Frame(Struct, frozen=True):
    """The part of the picture that a movement needs: the same at every moment of it and for both sides.

    In body units.
    """

    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        """Width in body units."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Height in body units."""
        return self.top - self.bottom


Shape = Line | Disc
"""What a drawing is made of."""


class Drawing(Struct, frozen=True):
    """One moment of a movement."""

    shapes: tuple[Shape, ...]
    """Ordered far to near: what comes later covers what came before."""
    frame: Frame
