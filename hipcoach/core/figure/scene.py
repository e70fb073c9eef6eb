"""Everything of one moment as lines on the picture: the body in its inks, and the things around it."""

from __future__ import annotations

from functools import cache

from hipcoach.core.exercise import Side
from hipcoach.core.figure.body import Body
from hipcoach.core.figure.drawing import Ink, Line
from hipcoach.core.figure.mirror import swapped
from hipcoach.core.figure.movement import Figure
from hipcoach.core.figure.props import bars
from hipcoach.core.figure.shapes import LIMBS, body_lines
from hipcoach.core.figure.support import home_body
from hipcoach.core.figure.vector import Vec
from hipcoach.core.figure.view import Lens

FAR_FROM = 0.04
"""A limb whose root lies so much farther away than its opposite's is a far one; in body units."""
WIDENS = 0.6
"""How much the chest widens, as a share of what the shoulders rise."""


def scene_lines(figure: Figure, body: Body, breath: float = 0.0, *, is_mirrored: bool = False) -> list[Line]:
    """The lines of a body that the figure's view sees, and of its things, in no order.

    `breath` is how far the shoulders have risen, in body units.
    """
    lens = figure.view.lens()
    inks = _inks(figure, is_mirrored)
    lines = body_lines(body, lens, inks, breath * WIDENS)
    for prop in figure.props:
        lines += (bar_line(start, end, radius, lens, Ink.PROP) for start, end, radius in bars(prop, body))
    return lines


def bar_line(start: Vec, end: Vec, radius: float, lens: Lens, ink: Ink) -> Line:
    """A bar in space as it is seen."""
    (one, near), (other, far) = lens.seen(start), lens.seen(end)
    return Line(one, other, radius, radius, ink, (near + far) / 2)


@cache
def _inks(figure: Figure, is_mirrored: bool) -> dict[str, Ink]:
    working = {swapped(limb) if is_mirrored else limb for limb in figure.working}
    far = figure.far if figure.far is not None else _far_limbs(figure)
    return {limb: Ink.WORKING if limb in working else Ink.FAR if limb in far else Ink.NEAR for limb in LIMBS}


def _far_limbs(figure: Figure) -> tuple[str, ...]:
    """The limbs that are farther away than their opposites in the starting pose; they are so throughout."""
    lens, points = figure.view.lens(), home_body(figure).points
    found = []
    for limb in LIMBS:
        kind, _, side = limb.partition(".")
        root = "shoulder" if kind == "arm" else "hip"
        ours, theirs = (lens.seen(points[f"{root}.{each}"])[1] for each in (side, Side(side).other))
        if ours - theirs > FAR_FROM:
            found.append(limb)
    return tuple(found)
