"""Left for right: a body mirrored in space, or a picture turned over."""

from __future__ import annotations

from msgspec.structs import replace

from hipcoach.core.figure.body import Body
from hipcoach.core.figure.drawing import Frame, Line
from hipcoach.core.figure.vector import Mat

_OTHER = {"left": "right", "right": "left"}


def swapped(name: str) -> str:
    """The name of the same thing on the other side; the trunk's points keep theirs."""
    part, _, side = name.partition(".")
    return f"{part}.{_OTHER[side]}" if side in _OTHER else name


def mirrored(body: Body) -> Body:
    """The body with its sides exchanged."""
    return Body(
        {swapped(name): (-x, y, z) for name, (x, y, z) in body.points.items()},
        {swapped(name): _mirrored_turn(turn) for name, turn in body.turns.items()},
    )


def flipped(line: Line, frame: Frame) -> Line:
    """A line of the picture turned over within its frame: what was the right limb is the left."""
    whole = frame.left + frame.right
    return replace(
        line,
        start=(whole - line.start[0], line.start[1]),
        end=(whole - line.end[0], line.end[1]),
        part=swapped(line.part),
    )


def _mirrored_turn(turn: Mat) -> Mat:
    (a, b, c), (d, e, f), (g, h, i) = turn
    return ((a, -b, -c), (-d, e, f), (-g, h, i))
