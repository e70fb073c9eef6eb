"""Shapes as SVG paths: their outline, and the seam along a limb that sets it off from what lies behind it."""

from __future__ import annotations

from collections.abc import Sequence
from math import hypot, sqrt

from msgspec.structs import replace

from hipcoach.core.figure.drawing import Disc, Line, Point2, Shape
from hipcoach.drawing.joints import Spot

SEAM = 0.009
"""Body units, on each side of a limb."""
AROUND = 1.6 * SEAM
"""Body units around a joint in which there is no seam."""

Edge = tuple[Point2, Point2]


def outline(shape: Shape) -> str:
    """The path of a disc, or of a tapered line with round ends; in body units, y down."""
    if isinstance(shape, Disc):
        return _circle(shape.centre, shape.radius)
    edges = _edges(shape)
    if edges is None:
        radius, centre = max((shape.start_radius, shape.start), (shape.end_radius, shape.end))
        return _circle(centre, radius)
    (a1, a2), (b1, b2) = edges
    widens = shape.end_radius > shape.start_radius
    return (
        f"M{_at(a1)}L{_at(a2)}{_arc(shape.end_radius, b2, is_long=widens)}"
        f"L{_at(b1)}{_arc(shape.start_radius, a1, is_long=not widens)}Z"
    )


def seam(shape: Shape, joints: Sequence[Spot]) -> str:
    """The path along the edges of a shape. It leaves out what is near its ends that are joints."""
    edges = None if isinstance(shape, Disc) else _edges(shape)
    if isinstance(shape, Disc) or edges is None:
        return "" if joints else outline(shape)
    (a1, a2), (b1, b2) = edges
    length = hypot(a2[0] - a1[0], a2[1] - a1[1])
    after, before = (_reach(end, joints) / length for end in (shape.start, shape.end))
    if after + before >= 1:
        return ""
    a_first, b_first = _along(a1, a2, after), _along(b1, b2, after)
    a_last, b_last = _along(a2, a1, before), _along(b2, b1, before)
    widens = shape.end_radius > shape.start_radius
    turn = f"M{_at(b_last)}" if before else _arc(shape.end_radius, b_last, is_long=widens)
    close = "" if after else _arc(shape.start_radius, a_first, is_long=not widens)
    return f"M{_at(a_first)}L{_at(a_last)}{turn}L{_at(b_first)}{close}"


def stub(line: Line) -> Line:
    """The beginning of a line: what a seam across it must not cut off."""
    length = hypot(line.end[0] - line.start[0], line.end[1] - line.start[1])
    part = min(1.0, (line.start_radius + AROUND) / length) if length else 1.0
    radius = line.start_radius + (line.end_radius - line.start_radius) * part
    return replace(line, end=_along(line.start, line.end, part), end_radius=radius)


def _circle(centre: Point2, radius: float) -> str:
    left, right = (centre[0] - radius, centre[1]), (centre[0] + radius, centre[1])
    return f"M{_at(left)}{_arc(radius, right, is_long=True)}{_arc(radius, left, is_long=True)}Z"


def _reach(end: Point2, joints: Sequence[Spot]) -> float:
    """How far along the edges from this end there is no seam."""
    for joint in joints:
        if hypot(joint.centre[0] - end[0], joint.centre[1] - end[1]) < 1e-6:
            return sqrt((joint.radius + AROUND) ** 2 - joint.radius**2)
    return 0.0


def _edges(line: Line) -> tuple[Edge, Edge] | None:
    """The two straight edges, each from the start to the end; None where one end lies within the other."""
    across, up = line.end[0] - line.start[0], line.end[1] - line.start[1]
    length = hypot(across, up)
    if length <= abs(line.start_radius - line.end_radius) + 1e-9:
        return None
    ux, uy = across / length, up / length
    taper = (line.start_radius - line.end_radius) / length
    sideways = sqrt(1 - taper * taper)
    tangents = [(ux * taper - uy * way, uy * taper + ux * way) for way in (sideways, -sideways)]
    first, second = (
        (_off(line.start, tangent, line.start_radius), _off(line.end, tangent, line.end_radius))
        for tangent in tangents
    )
    return first, second


def _off(point: Point2, way: Point2, distance: float) -> Point2:
    return point[0] + way[0] * distance, point[1] + way[1] * distance


def _along(start: Point2, end: Point2, part: float) -> Point2:
    return start[0] + (end[0] - start[0]) * part, start[1] + (end[1] - start[1]) * part


def _at(point: Point2) -> str:
    return f"{_number(point[0])} {_number(-point[1])}"


def _arc(radius: float, to: Point2, *, is_long: bool) -> str:
    return f"A{_number(radius)} {_number(radius)} 0 {int(is_long)} 1 {_at(to)}"


def _number(value: float) -> str:
    return f"{value:.4f}".rstrip("0").rstrip(".") if abs(value) >= 5e-5 else "0"
