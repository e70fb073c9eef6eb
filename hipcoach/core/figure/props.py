"""Things that a movement needs: floor, wall, chair, surface, post, pad, towel, as thin bars in space."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from hipcoach.core.figure.body import Body
from hipcoach.core.figure.vector import ORIGIN, Vec, add, halfway, rotation, turned

Bar = tuple[Vec, Vec, float]
"""From, to, half its thickness; in body units."""

THIN = 0.008
"""Half the thickness of a thin bar, in body units."""
BACK = 0.26
"""How far a chair's back rises above its seat, in body units."""
SAG = 0.03
"""How far a towel hangs through in its middle, in body units."""


class PropKind(StrEnum):
    """What there can be."""

    FLOOR = "floor"
    WALL = "wall"
    CHAIR = "chair"
    SURFACE = "surface"
    POST = "post"
    PAD = "pad"
    TOWEL = "towel"


HEIGHTS = {PropKind.WALL: 1.0, PropKind.CHAIR: 0.225, PropKind.SURFACE: 0.5, PropKind.POST: 0.5}
"""A wall's, a chair's seat's, a surface's (near hip height) and a post's, where none is given."""
SIZES = {PropKind.CHAIR: (0.24, 0.24), PropKind.SURFACE: (0.3, 0.3), PropKind.PAD: (0.14, 0.14)}
"""Width (across) and length (forward), where none is given."""


class Prop(Struct, frozen=True):
    """One thing, in body units."""

    kind: PropKind
    at: Vec = ORIGIN
    """The middle of its footprint on the ground."""
    height: float = 0.0
    width: float = 0.0
    length: float = 0.0
    facing: float = 0.0
    """Where its front is: 0 ahead, 90 to the right; degrees."""
    between: tuple[str, str] = ("", "")
    """The two points of the body that a towel hangs from."""


def bars(prop: Prop, body: Body) -> tuple[Bar, ...]:
    """The bars that make up a thing. The floor has none: it is as wide as the picture."""
    if prop.kind is PropKind.TOWEL:
        return _towel(body.points[prop.between[0]], body.points[prop.between[1]])
    if prop.kind in (PropKind.WALL, PropKind.POST):
        thick = THIN * 1.5 if prop.kind is PropKind.WALL else THIN
        return ((prop.at, add(prop.at, (0.0, 0.0, prop.height)), thick),)
    if prop.kind is PropKind.PAD:
        return tuple((start, end, THIN) for start, end in _edges(_corners(prop, THIN)))
    if prop.kind in (PropKind.CHAIR, PropKind.SURFACE):
        return _furniture(prop)
    return ()


def _furniture(prop: Prop) -> tuple[Bar, ...]:
    top = _corners(prop, prop.height - THIN)
    feet = _corners(prop, THIN)
    lines = [*_edges(top), *zip(top, feet, strict=True)]
    if prop.kind is PropKind.CHAIR:
        left, right = (add(corner, (0.0, 0.0, BACK)) for corner in top[:2])
        lines += [(top[0], left), (top[1], right), (left, right)]
    return tuple((start, end, THIN) for start, end in lines)


def _corners(prop: Prop, up: float) -> list[Vec]:
    """Back left, back right, front right, front left."""
    turn = rotation(0.0, 0.0, -prop.facing)
    x, y = prop.width / 2, prop.length / 2
    return [add(prop.at, turned(turn, (a, b, up))) for a, b in ((-x, -y), (x, -y), (x, y), (-x, y))]


def _edges(corners: list[Vec]) -> list[tuple[Vec, Vec]]:
    return list(zip(corners, [*corners[1:], corners[0]], strict=True))


def _towel(start: Vec, end: Vec) -> tuple[Bar, ...]:
    middle = add(halfway(start, end), (0.0, 0.0, -SAG))
    return ((start, middle, THIN), (middle, end, THIN))
