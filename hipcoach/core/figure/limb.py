"""Bending an arm or a leg so that its end is where it belongs: inverse kinematics of two bones."""

from __future__ import annotations

from math import sqrt

from hipcoach.core.figure.body import DOWN, Body
from hipcoach.core.figure.vector import (
    Mat,
    Vec,
    across,
    add,
    axes,
    column,
    cross,
    length,
    scaled,
    sub,
    times,
    turned_back,
    unit,
)

CHAIN = {"hip": ("knee", "ankle"), "shoulder": ("elbow", "wrist")}
"""From a limb's root: its middle joint and its end."""
FORWARD = {"hip": 1.0, "shoulder": -1.0}
"""Which way the middle joint comes out when the limb bends: a knee to the front, an elbow to the back."""


def bend(body: Body, root: str, side: str, target: Vec, *, keeps: bool) -> None:
    """Bring a limb's end to `target`, or as near as it gets when stretched out straight.

    The knee or elbow comes out on the side where it already is. `keeps`: the foot or hand stays turned as it
    is in space; otherwise it goes along with the shin or forearm.
    """
    middle, end = CHAIN[root]
    start = body.points[f"{root}.{side}"]
    upper, lower = length(DOWN[root]), length(DOWN[middle])
    way = sub(target, start)
    far = length(way)
    axis = unit(way) if far > 1e-6 else unit(sub(body.points[f"{end}.{side}"], start))
    reach = max(abs(upper - lower) + 1e-6, min(far, upper + lower))
    along = (upper * upper - lower * lower + reach * reach) / (2.0 * reach)
    out = sqrt(max(0.0, upper * upper - along * along))
    sign = FORWARD[root]
    pole = unit(across(scaled(column(body.turns[f"{root}.{side}"], 1), sign), axis))
    knee = add(start, add(scaled(axis, along), scaled(pole, out)))
    stop = add(start, scaled(axis, reach))
    body.points[f"{middle}.{side}"], body.points[f"{end}.{side}"] = knee, stop
    thigh = _frame(sub(start, knee), scaled(pole, sign))
    hinge = column(thigh, 0)
    top = unit(sub(knee, stop))
    _follow(body, root, side, thigh, axes(hinge, cross(top, hinge), top), keeps=keeps)


def aim(body: Body, root: str, side: str, target: Vec) -> None:
    """Point the upper bone of a limb at `target`; the rest goes along, turned as it is in space."""
    middle, end = CHAIN[root]
    start = body.points[f"{root}.{side}"]
    bone = length(DOWN[root])
    knee = add(start, scaled(unit(sub(target, start)), bone))
    moved = sub(knee, body.points[f"{middle}.{side}"])
    body.points[f"{middle}.{side}"] = knee
    body.points[f"{end}.{side}"] = add(body.points[f"{end}.{side}"], moved)
    upper = _frame(sub(start, knee), column(body.turns[f"{root}.{side}"], 1))
    _follow(body, root, side, upper, body.turns[f"{middle}.{side}"], keeps=True)


def _frame(up: Vec, front: Vec) -> Mat:
    top = unit(up)
    fore = unit(across(front, top))
    return axes(cross(fore, top), fore, top)


def _follow(body: Body, root: str, side: str, upper: Mat, lower: Mat, *, keeps: bool) -> None:
    middle, end = CHAIN[root]
    turns = body.turns
    if not keeps:
        ours = times(turned_back(turns[f"{middle}.{side}"]), turns[f"{end}.{side}"])
        turns[f"{end}.{side}"] = times(lower, ours)
    turns[f"{root}.{side}"], turns[f"{middle}.{side}"] = upper, lower
    if root == "hip":
        body.place_foot(side)
    else:
        body.place_hand(side)
