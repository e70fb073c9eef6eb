"""How the shapes of a drawing hang together, so that no limb is set off from what it grows out of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from msgspec import Struct

from hipcoach.core.figure.drawing import Ink, Line, Point2, Shape

BODY = ("trunk", "head")
"""The parts that the limbs grow out of; they are never set off from each other."""
LIVING = (Ink.FAR, Ink.NEAR, Ink.WORKING)
"""The inks of the body, as opposed to things."""
SAME = 6
"""Decimals of a body unit to which two ends are the same joint."""


class Spot(Struct, frozen=True):
    """A place where one shape passes into another. Body units."""

    centre: Point2
    radius: float


class Limb(Struct, frozen=True):
    """Where an arm or a leg grows out of the body, and its two long bones by the number of their shape.

    A line of a limb leads away from the body: the root is where one starts and none ends.
    """

    root: Spot
    long_bones: frozenset[int]
    joints: tuple[Spot, ...]
    """Elbow and wrist, or knee and ankle."""


def part_of(number: int, shape: Shape) -> str:
    """The part a shape belongs to: of the body, or its ink for things; without a part it is one by itself."""
    if shape.ink not in LIVING:
        return shape.ink.value
    return shape.part or f"shape {number}"


def limbs_of(shapes: Sequence[Shape]) -> Mapping[str, Limb]:
    """The arms and legs of a drawing by their part."""
    parts: defaultdict[str, list[tuple[int, Line]]] = defaultdict(list)
    for number, shape in enumerate(shapes):
        if isinstance(shape, Line) and shape.part and shape.part not in BODY and shape.ink in LIVING:
            parts[shape.part].append((number, shape))
    found = {part: _limb(lines) for part, lines in parts.items()}
    return {part: limb for part, limb in found.items() if limb is not None}


def is_set_off(part: str, other: str) -> bool:
    """Whether there is a gap between two parts where one is in front of the other."""
    return part != other and not (part in BODY and other in BODY)


def touching(part: str, other: str, limbs: Mapping[str, Limb]) -> Spot | None:
    """Where two parts hang together: at the limb's root, if one is a limb and the other trunk or head."""
    limb = other if part in BODY else part if other in BODY else ""
    return limbs[limb].root if limb in limbs else None


def _limb(lines: list[tuple[int, Line]]) -> Limb | None:
    ends = {_key(line.end) for _, line in lines}
    first = next(((number, line) for number, line in lines if _key(line.start) not in ends), None)
    if first is None:
        return None
    number, upper = first
    middle = _key(upper.end)
    lower = [pair for pair in lines if _key(pair[1].start) == middle and pair[0] != number]
    return Limb(
        Spot(upper.start, upper.start_radius),
        frozenset((number, *(other for other, _ in lower))),
        tuple(Spot(line.end, line.end_radius) for line in (upper, *(line for _, line in lower))),
    )


def _key(point: Point2) -> tuple[float, float]:
    return round(point[0], SAME), round(point[1], SAME)
