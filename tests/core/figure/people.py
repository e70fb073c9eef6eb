"""Figures made by hand: a squat, a circle, a hold; nothing is read from files."""

from __future__ import annotations

from collections.abc import Mapping

from hipcoach.core.figure.movement import Figure, PhasePath, StagePath, Support
from hipcoach.core.figure.pose import Pose
from hipcoach.core.figure.props import Prop, PropKind
from hipcoach.core.figure.view import VIEWS, View

FLOOR = Prop(PropKind.FLOOR)
STANDING = Pose().changed({"shoulder.left.abduction": 8.0, "shoulder.right.abduction": 8.0})


def pose(**angles: float) -> Pose:
    """Standing, but for some angles; double underscores stand for dots: `hip__right__flexion=60`."""
    return STANDING.changed({name.replace("__", "."): degrees for name, degrees in angles.items()})


def squat(*, alternates: bool = False, view: View = VIEWS["side"]) -> Figure:
    """Both feet stay where they are, the hips sink; then it is held, standing."""
    both = {f"{joint}.{side}{end}": degrees for joint, end, degrees in _SUNK for side in ("left", "right")}
    return figure(
        {"up": STANDING, "down": STANDING.changed({"pelvis.pitch": 30.0, **both})},
        {
            "squat": StagePath("squat", "up", (PhasePath("sink", ("down",)), PhasePath("rise", ("up",)))),
            "hold": StagePath("hold", "down"),
        },
        pins=(Support("foot.left"),),
        alternates=alternates,
        view=view,
    )


def circle() -> Figure:
    """The right leg circles in the air; "inward" runs backwards."""
    angles = {"top": (60, 0), "out": (45, 15), "bottom": (30, 0), "in": (45, -15)}
    poses = {
        name: pose(hip__right__flexion=float(flexion), hip__right__abduction=float(abduction))
        for name, (flexion, abduction) in angles.items()
    }
    phases = (PhasePath("down", ("out", "bottom")), PhasePath("up", ("in", "top")))
    path = StagePath("circle", "top", phases, round=True, reverse="inward")
    return figure(poses, {"circle": path}, anchor=Support("foot.left"))


def figure(
    poses: Mapping[str, Pose],
    stages: Mapping[str, StagePath],
    *,
    anchor: Support | None = None,
    pins: tuple[Support, ...] = (),
    alternates: bool = False,
    view: View = VIEWS["side"],
    props: tuple[Prop, ...] = (FLOOR,),
) -> Figure:
    """A figure whose right leg works."""
    return Figure(
        id="by-hand",
        view=view,
        working=("leg.right",),
        anchor=anchor or Support("foot.right"),
        pins=pins,
        props=props,
        poses=poses,
        stages=stages,
        alternates=alternates,
    )


def standing(**changes: float) -> Figure:
    """One held pose on the right foot."""
    return figure({"still": pose(**changes)}, {"hold": StagePath("hold", "still")})


_SUNK = (("hip", ".flexion", 85.0), ("knee", "", 75.0), ("ankle", "", 20.0))
