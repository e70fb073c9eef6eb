"""What the body rests on: one anchored point, and pinned hands, feet and knees that stay where they are.

A body with the joint angles of a moment is first moved as a whole until the anchor is in its place; then
every pinned or reaching arm and leg is bent anew, so that its end is where it belongs. Limbs never stretch.
"""

from __future__ import annotations

from functools import cache

from msgspec import Struct

from hipcoach.core.figure.body import Body, body_points
from hipcoach.core.figure.limb import aim, bend
from hipcoach.core.figure.movement import Figure, Support
from hipcoach.core.figure.pose import Blend, Pose, Reach, blended
from hipcoach.core.figure.skeleton import SIDES, radius
from hipcoach.core.figure.vector import ORIGIN, Mat, Vec, add, scaled, sub

CARRIED = {
    "foot": ("ankle", "heel", "toes", "tip"),
    "hand": ("wrist", "fingers"),
}
"""The points of what rests as a whole; any other point rests by itself."""


class Place(Struct, frozen=True):
    """Where a supported point stays (body units), and how its foot or hand is turned there."""

    at: Vec
    turn: Mat | None


def joint(point: str) -> str:
    """The joint that carries a supported point: a foot's is the ankle, a hand's the wrist."""
    part, _, side = point.partition(".")
    return f"{ {'foot': 'ankle', 'hand': 'wrist'}.get(part, part) }.{side}" if side else part


def lowest(body: Body, names: list[str]) -> float:
    """How high, in body units, the lowest of some points' surfaces is above the ground; negative below it."""
    return min(body.points[name][2] - radius(name) for name in names)


def supported(figure: Figure, blend: Blend, breath: float = 0.0) -> Body:
    """The body at a moment, where it rests."""
    body = body_points(blended(blend), breath)
    stays = places(figure)
    anchor = figure.anchor.point
    _turn_like(body, anchor, stays[anchor])
    body.shift(sub(stays[anchor].at, body.points[joint(anchor)]))
    pinned = {pin.point for pin in figure.pins}
    for pin in sorted(pinned, key=_legs_first):
        _pin(body, pin, stays[pin])
    _reach(body, blend)
    return body


def home_body(figure: Figure) -> Body:
    """The figure's starting pose, where it stands: it decides where all that is fixed stays."""
    return _at_home(figure)[0]


@cache
def _at_home(figure: Figure) -> tuple[Body, dict[str, Place]]:
    home = figure.home
    body = body_points(home.angles)
    if figure.anchor.at is None:
        body.shift((0.0, 0.0, -lowest(body, list(body.points))))
    else:
        body.shift(sub(figure.anchor.at, _rest(body, figure.anchor.point)))
    stays = {}
    for support in (figure.anchor, *figure.pins):
        stays[support.point] = _place(body, support)
    for support in sorted(figure.pins, key=lambda each: _legs_first(each.point)):
        _pin(body, support.point, stays[support.point])
    _reach(body, ((home, 1.0),))
    for reach in home.reaches:
        if reach.limb in stays:
            stays[reach.limb] = _place(body, Support(reach.limb))
    return body, stays


def places(figure: Figure) -> dict[str, Place]:
    """Where the figure's anchor and pins stay."""
    return _at_home(figure)[1]


def _place(body: Body, support: Support) -> Place:
    name = joint(support.point)
    part = support.point.partition(".")[0]
    turn = body.turns[name] if part in CARRIED else None
    at = body.points[name]
    if support.at is not None:
        at = add(at, sub(support.at, _rest(body, support.point)))
    return Place(at, turn)


def _rest(body: Body, point: str) -> Vec:
    """Where a supported point touches what carries it: below its joint, at its lowest."""
    part, _, side = point.partition(".")
    names = [f"{each}.{side}" for each in CARRIED[part]] if part in CARRIED else [point]
    at = body.points[joint(point)]
    return (at[0], at[1], lowest(body, names))


def _legs_first(point: str) -> bool:
    return point.startswith(("hand", "elbow"))


def _turn_like(body: Body, point: str, place: Place) -> None:
    part, _, side = point.partition(".")
    if place.turn is None:
        return
    if part == "foot":
        body.turn_foot(side, place.turn)
        body.place_foot(side)
    else:
        body.turns[f"wrist.{side}"] = place.turn
        body.place_hand(side)


def _pin(body: Body, point: str, place: Place) -> None:
    part, _, side = point.partition(".")
    if part in ("knee", "elbow"):
        aim(body, "hip" if part == "knee" else "shoulder", side, place.at)
        return
    target = place.at
    if part in ("heel", "toes"):
        target = add(target, sub(body.points[f"ankle.{side}"], body.points[f"{part}.{side}"]))
    bend(body, "shoulder" if part == "hand" else "hip", side, target, keeps=True)
    _turn_like(body, point, place)


def _reach(body: Body, blend: Blend) -> None:
    limbs = {reach.limb for pose, _ in blend for reach in pose.reaches}
    for limb in sorted(limbs, key=_legs_first):
        part, _, side = limb.partition(".")
        target = ORIGIN
        for pose, weight in blend:
            target = add(target, scaled(_goal(body, limb, pose), weight))
        bend(body, "shoulder" if part == "hand" else "hip", side, target, keeps=part == "foot")


def _goal(body: Body, limb: str, pose: Pose) -> Vec:
    """Where one pose of a blend would have a limb's end."""
    reach = next((each for each in pose.reaches if each.limb == limb), None)
    at = body.points[joint(limb)]
    if reach is None:
        return at
    return _reached(body, reach, at)


def _reached(body: Body, reach: Reach, at: Vec) -> Vec:
    if reach.point:
        return add(body.points[joint(reach.point)], reach.at)
    if reach.limb.startswith("hand"):
        return add(reach.at, (0.0, 0.0, radius("wrist")))
    return add(reach.at, sub(at, _rest(body, reach.limb)))


SUPPORTABLE = frozenset(
    {"pelvis", "waist", "chest", "head"}
    | {f"{part}.{side}" for part in ("hip", "knee", "foot", "heel", "toes") for side in SIDES}
    | {f"{part}.{side}" for part in ("shoulder", "elbow", "hand") for side in SIDES}
)
"""What an anchor may be."""
POINTS = frozenset(body_points(Pose().angles).points)
"""Every point of the body."""
PINNABLE = frozenset(
    f"{part}.{side}" for part in ("knee", "foot", "heel", "toes", "elbow", "hand") for side in SIDES
)
"""What a pin may be."""
LIMBS = frozenset(f"{part}.{side}" for part in ("hand", "foot") for side in SIDES)
"""What a pose may bring somewhere."""
