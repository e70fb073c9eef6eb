"""What the body rests on, and how arms and legs bend so that their ends are where they belong.

A body with the joint angles of a moment is first moved as a whole until its anchor is in its place; then
every pinned or reaching arm and leg is bent, its end put where it belongs. Limbs never stretch.
"""

from __future__ import annotations

from functools import cache, reduce
from math import hypot, sqrt
from operator import add
from typing import NamedTuple

from msgspec.structs import replace

from hipcoach.core.figure.body import BONES, Axes, Body, Vec, body_of
from hipcoach.core.figure.movement import Blend, Figure, Pose, angles_of

CARRIED = {
    "foot": ("ankle", "heel", "toes", "tip"),
    "hand": ("wrist", "fingers"),
}
"""The points of what rests as a whole, its joint first; any other point rests by itself."""
TRACE = 1e-9
"""A weight in a blend below this is none."""
ARM, LEG = ("shoulder", "elbow", "wrist"), ("hip", "knee", "ankle")


class Place(NamedTuple):
    """Where the joint of a support stays (body units), and how it is turned there."""

    at: Vec
    turn: Axes


def joint(point: str) -> str:
    """Return the joint that carries a supported point: a foot's is the ankle, a hand's the wrist."""
    return _points(point)[0]


def supported(figure: Figure, blend: Blend, breath: float = 0.0) -> Body:
    """Return the body at a moment, where it rests."""
    body = body_of(angles_of(blend), breath)
    _settle(body, figure, at_home(figure)[1], blend)
    return body


@cache
def at_home(figure: Figure) -> tuple[Body, dict[str, Place]]:
    """Return the figure's starting pose where it stands, and where its anchor and pins stay from there on."""
    home: Blend = ((figure.home, 1.0),)
    body = body_of(angles_of(home))
    if figure.anchor_at is None:
        body.shift(Vec(0.0, 0.0, -body.lowest(*BONES)))
    else:
        body.shift(Vec(*figure.anchor_at) - _underside(body, figure.anchor))
    stays = {point: _place(body, point) for point in (figure.anchor, *figure.pins)}
    _settle(body, figure, stays, home)
    stays |= {limb: _place(body, limb) for limb in figure.home.reach if limb in stays}
    return body, stays


def _settle(body: Body, figure: Figure, stays: dict[str, Place], blend: Blend) -> None:
    """Put a body where it rests."""
    anchor, place = joint(figure.anchor), stays[figure.anchor]
    if figure.anchor.startswith(tuple(CARRIED)):
        body.place(anchor, body.points[anchor], place.turn)
    body.shift(place.at - body.points[anchor])
    for pin in figure.pins:
        _pin(body, pin, stays[pin])
    used = [(pose, weight) for pose, weight in blend if abs(weight) > TRACE]
    for limb in sorted({limb for pose, _ in used for limb in pose.reach}):  # feet, then hands, which follow
        _bend(body, limb, reduce(add, [_goal(body, limb, pose) * weight for pose, weight in used]))


def _pin(body: Body, point: str, place: Place) -> None:
    if point.startswith(("knee", "elbow")):
        _aim(body, point, place.at)
        return
    _bend(body, point, place.at)
    if point.startswith(tuple(CARRIED)):
        body.place(joint(point), body.points[joint(point)], place.turn)


def _goal(body: Body, limb: str, pose: Pose) -> Vec:
    """Return where a pose brings the end of a limb."""
    at = body.points[joint(limb)]
    reach = pose.reach.get(limb)
    if reach is None:
        return at
    if reach.point:
        return body.points[joint(reach.point)] + Vec(*reach.at)
    if limb.startswith("hand"):
        return Vec(*reach.at) + Vec(0.0, 0.0, BONES[joint(limb)].radius)
    return Vec(*reach.at) + at - _underside(body, limb)


def _place(body: Body, point: str) -> Place:
    return Place(body.points[joint(point)], body.turns[joint(point)])


def _underside(body: Body, point: str) -> Vec:
    """Return where a supported point touches what carries it: below its joint, at its lowest."""
    return replace(body.points[joint(point)], z=body.lowest(*_points(point)))


def _points(point: str) -> tuple[str, ...]:
    part, _, side = point.partition(".")
    return tuple(f"{each}.{side}" for each in CARRIED[part]) if part in CARRIED else (point,)


def _chain(point: str) -> tuple[str, str, str]:
    """Return root, middle joint and end of the limb that a point belongs to."""
    part, _, side = point.partition(".")
    root, middle, end = ARM if part in ("hand", "elbow") else LEG
    return f"{root}.{side}", f"{middle}.{side}", f"{end}.{side}"


def _bend(body: Body, point: str, target: Vec) -> None:
    """Bring a hand, a foot or a point of it to `target`, or as near as it gets with the limb stretched out.

    The knee or elbow comes out on the side where it already is. A foot stays turned as it is in space, a hand
    goes along with its forearm.
    """
    root, middle, end = _chain(point)
    start, foot, is_leg = body.points[root], body.turns[end], root.startswith("hip")
    upper, lower = (hypot(*BONES[each].offset) for each in (middle, end))
    way = target + body.points[end] - body.points[joint(point)] - start
    far = hypot(*way)
    axis = (way if far > 1e-6 else body.points[end] - start).unit()
    reach = max(abs(upper - lower) + 1e-6, min(far, upper + lower))
    along = (upper * upper - lower * lower + reach * reach) / (2.0 * reach)
    out = sqrt(max(0.0, upper * upper - along * along))
    forward = 1.0 if is_leg else -1.0  # a knee comes out to the front, an elbow to the back
    pole = (body.turns[root].front * forward).across(axis).unit()
    knee = start + axis * along + pole * out
    thigh = _axes(start - knee, pole * forward)
    top = (knee - start - axis * reach).unit()
    body.place(root, start, thigh)
    body.place(middle, body.points[middle], Axes(thigh.right, top.cross(thigh.right), top))
    if is_leg:
        body.place(end, body.points[end], foot)


def _aim(body: Body, point: str, target: Vec) -> None:
    """Point the upper bone of a limb at `target`; the rest comes along, turned as it is in space."""
    root, middle, _ = _chain(point)
    start, shin = body.points[root], body.turns[middle]
    body.place(root, start, _axes(start - target, body.turns[root].front))
    body.place(middle, body.points[middle], shin)


def _axes(up: Vec, front: Vec) -> Axes:
    """Return axes whose top is `up`, turned to the front as far as that goes."""
    top = up.unit()
    fore = front.across(top).unit()
    return Axes(fore.cross(top), fore, top)
