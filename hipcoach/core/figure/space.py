"""Vectors and frames in space, as plain tuples: what a skeleton of twenty-five joints needs."""

from __future__ import annotations

from math import cos, hypot, radians, sin

Vec = tuple[float, float, float]
"""x to the body's right, y forward, z up."""
Axes = tuple[Vec, Vec, Vec]
"""How something is turned: its right, its front and its top, as the world sees them."""

ORIGIN: Vec = (0.0, 0.0, 0.0)
UPRIGHT: Axes = ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0))


def add(a: Vec, b: Vec) -> Vec:
    """Return their sum."""
    return (a[0] + b[0], a[1] + b[1], a[2] + b[2])


def sub(a: Vec, b: Vec) -> Vec:
    """Return the way from `b` to `a`."""
    return (a[0] - b[0], a[1] - b[1], a[2] - b[2])


def scaled(a: Vec, factor: float) -> Vec:
    """Return `a` so many times as long."""
    return (a[0] * factor, a[1] * factor, a[2] * factor)


def dot(a: Vec, b: Vec) -> float:
    """Return the scalar product."""
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]


def cross(a: Vec, b: Vec) -> Vec:
    """Return the vector product."""
    return (a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0])


def unit(a: Vec) -> Vec:
    """Return the same direction with length 1; up, where `a` has no direction."""
    length = hypot(*a)
    return scaled(a, 1.0 / length) if length > 1e-9 else UPRIGHT[2]


def across(a: Vec, axis: Vec) -> Vec:
    """Return the part of `a` at right angles to `axis`, which has length 1."""
    return sub(a, scaled(axis, dot(a, axis)))


def turned(axes: Axes, a: Vec) -> Vec:
    """Return a vector that is given within `axes` as the world sees it."""
    (a0, a1, a2), (b0, b1, b2), (c0, c1, c2) = axes
    x, y, z = a
    return (a0 * x + b0 * y + c0 * z, a1 * x + b1 * y + c1 * z, a2 * x + b2 * y + c2 * z)


def times(outer: Axes, inner: Axes) -> Axes:
    """Return the axes that are `inner` within `outer`."""
    return (turned(outer, inner[0]), turned(outer, inner[1]), turned(outer, inner[2]))


def inverse(axes: Axes) -> Axes:
    """Return the opposite turn."""
    (a, b, c), (d, e, f), (g, h, i) = axes
    return ((a, d, g), (b, e, h), (c, f, i))


def rotation(about_x: float, about_y: float, about_z: float) -> Axes:
    """Return axes turned in degrees about x, then about the y that this has turned, then the new z."""
    a, b, c = radians(about_x), radians(about_y), radians(about_z)
    ca, sa, cb, sb, cc, sc = cos(a), sin(a), cos(b), sin(b), cos(c), sin(c)
    return (
        (cb * cc, ca * sc + sa * sb * cc, sa * sc - ca * sb * cc),
        (-cb * sc, ca * cc - sa * sb * sc, sa * cc + ca * sb * sc),
        (sb, -sa * cb, ca * cb),
    )
