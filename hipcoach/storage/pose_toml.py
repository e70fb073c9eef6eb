"""One pose, read from its TOML table: the joints that differ from the pose it starts from."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from hipcoach.core.figure.pose import BALLS, HINGES, TRUNK, Pose, Reach
from hipcoach.core.figure.skeleton import SIDES
from hipcoach.core.figure.support import LIMBS, SUPPORTABLE
from hipcoach.core.figure.vector import ORIGIN, Vec
from hipcoach.core.near import nearest
from hipcoach.storage.table import Table

MOST = 10.0
"""Body units; no place is farther away."""


def read_pose(table: Table, base: Pose) -> Pose:
    """Read a pose that differs from `base` in what the table says.

    `knee = 90` and `hip.flexion = 90` mean both sides, `knee.right` and `hip.right.flexion` one.
    """
    angles: dict[str, float] = {}
    for joint, names in TRUNK.items():
        if (inner := table.table(joint)) is not None:
            _angles(inner, joint, names, angles)
            inner.finish()
    for joint, names in BALLS.items():
        if (inner := table.table(joint)) is not None:
            _ball(inner, joint, names, angles)
    for joint in HINGES:
        _hinge(table, joint, angles)
    reaches: list[Reach] = []
    inner = table.table("reach")
    if inner is not None:
        reaches = [_reach(inner, limb) for limb in inner.values if known(inner, limb, limb, LIMBS)]
        inner.read.update(inner.values)
    table.finish()
    return base.changed(angles, reaches)


def read_poses(table: Table, base: Callable[[Table], Pose]) -> dict[str, Pose]:
    """Read a table of poses: each starts from an earlier one that `like` names, or from what `base` gives."""
    poses: dict[str, Pose] = {}
    for name in table.values:
        inner = table.table(name)
        if inner is not None:
            poses[name] = read_pose(inner, _like(inner, poses) or base(inner))
    return poses


def known(table: Table, field: str, name: str, names: frozenset[str] | Mapping[str, object]) -> bool:
    """Whether a name is one of those known; if not, that is a problem."""
    if name in names:
        return True
    near = nearest(name, names)
    hint = f"did you mean {near!r}?" if near else f"known: {', '.join(sorted(names))}"
    table.problem(field, f"{name!r} is not known here: {hint}")
    return False


def read_place(table: Table, field: str) -> Vec:
    """A point in space: [x, y, z] in body units."""
    x, y, z = table.numbers(field, 3, MOST)
    return (x, y, z)


def _like(table: Table, poses: Mapping[str, Pose]) -> Pose | None:
    if not table.has("like"):
        return None
    name = table.text("like")
    return poses[name] if known(table, "like", name, poses) else None


def _angles(table: Table, joint: str, names: tuple[str, ...], angles: dict[str, float]) -> None:
    for name in names:
        table.read.add(name)
        if table.has(name):
            angles[f"{joint}.{name}"] = table.number(name)


def _ball(table: Table, joint: str, names: tuple[str, ...], angles: dict[str, float]) -> None:
    for side in SIDES:
        _angles(table, f"{joint}.{side}", names, angles)
    for side in SIDES:
        inner = table.table(side)
        if inner is not None:
            _angles(inner, f"{joint}.{side}", names, angles)
            inner.finish()
    table.finish()


def _hinge(table: Table, joint: str, angles: dict[str, float]) -> None:
    table.read.add(joint)
    if isinstance(table.values.get(joint), dict):
        inner = table.table(joint)
        if inner is not None:
            _angles(inner, joint, SIDES, angles)
            inner.finish()
    elif table.has(joint):
        degrees = table.number(joint)
        angles |= {f"{joint}.{side}": degrees for side in SIDES}


def _reach(table: Table, limb: str) -> Reach:
    value = table.values[limb]
    if isinstance(value, str):
        known(table, limb, value, SUPPORTABLE)
        return Reach(limb, value)
    if isinstance(value, list):
        return Reach(limb, "", read_place(table, limb))
    inner = table.table(limb)
    if inner is None:
        return Reach(limb)
    point = inner.text("point")
    known(inner, "point", point, SUPPORTABLE)
    at = read_place(inner, "offset") if inner.has("offset") else ORIGIN
    inner.read.add("offset")
    inner.finish()
    return Reach(limb, point, at)
