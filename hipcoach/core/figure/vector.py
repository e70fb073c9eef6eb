"""Vectors and rotations in space, as plain tuples: what a skeleton of twenty joints needs, and no more."""

from __future__ import annotations

from math import cos, radians, sin, sqrt

Vec = tuple[float, float, float]
"""x to the body's right, y forward, z up."""
Mat = tuple[Vec, Vec, Vec]
"""Three rows."""

ORIGIN: Vec = (0.0, 0.0, 0.0)
UPRIGHT: Mat = ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0))


def add(a: Vec, b: Vec) -> Vec:
    """Their sum."""
    return (a[0] + b[0], a[1] + b[1], a[2] + b[2])


def sub(a: Vec, b: Vec) -> Vec:
    """From `b` to `a`."""
    return (a[0] - b[0], a[1] - b[1], a[2] - b[2])


def scaled(a: Vec, factor: float) -> Vec:
    """So many times as long."""
    return (a[0] * factor, a[1] * factor, a[2] * factor)


def halfway(a: Vec, b: Vec) -> Vec:
    """The point in the middle between two."""
    return ((a[0] + b[0]) / 2, (a[1] + b[1]) / 2, (a[2] + b[2]) / 2)


def dot(a: Vec, b: Vec) -> float:
    """The scalar product."""
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]


def cross(a: Vec, b: Vec) -> Vec:
    """The vector product."""
    return (a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0])


def length(a: Vec) -> float:
    """How long it is."""
    return sqrt(dot(a, a))


def unit(a: Vec) -> Vec:
    """The same way, of length 1; upward where there is no way to speak of."""
    long = length(a)
    return scaled(a, 1.0 / long) if long > 1e-9 else UPRIGHT[2]


def across(a: Vec, axis: Vec) -> Vec:
    """The part of `a` at right angles to `axis`, which has length 1."""
    return sub(a, scaled(axis, dot(a, axis)))


def turned(m: Mat, a: Vec) -> Vec:
    """A vector given in a frame, as the world sees it."""
    x, y, z = a
    return (
        m[0][0] * x + m[0][1] * y + m[0][2] * z,
        m[1][0] * x + m[1][1] * y + m[1][2] * z,
        m[2][0] * x + m[2][1] * y + m[2][2] * z,
    )


def times(m: Mat, n: Mat) -> Mat:
    """Rotation `n` within the frame that `m` has turned."""
    (a, b, c), (d, e, f), (g, h, i) = n
    rows = [(p * a + q * d + r * g, p * b + q * e + r * h, p * c + q * f + r * i) for p, q, r in m]
    return (rows[0], rows[1], rows[2])


def turned_back(m: Mat) -> Mat:
    """The opposite rotation."""
    (a, b, c), (d, e, f), (g, h, i) = m
    return ((a, d, g), (b, e, h), (c, f, i))


def axes(x: Vec, y: Vec, z: Vec) -> Mat:
    """The frame with these axes."""
    return ((x[0], y[0], z[0]), (x[1], y[1], z[1]), (x[2], y[2], z[2]))


def column(m: Mat, number: int) -> Vec:
    """An axis of a frame: 0 its right, 1 its front, 2 its top."""
    return (m[0][number], m[1][number], m[2][number])


def rotation(about_x: float, about_y: float, about_z: float) -> Mat:
    """Turned in degrees about its own x, then about the y that this has turned, then about the new z."""
    a, b, c = radians(about_x), radians(about_y), radians(about_z)
    ca, sa, cb, sb, cc, sc = cos(a), sin(a), cos(b), sin(b), cos(c), sin(c)
    return (
        (cb * cc, -cb * sc, sb),
        (ca * sc + sa * sb * cc, ca * cc - sa * sb * sc, -sa * cb),
        (sa * sc - ca * sb * cc, sa * cc + ca * sb * sc, ca * cb),
    )
