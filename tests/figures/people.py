"""Figures made by hand: a squat, a circle, a hold; nothing is read from files."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec.structs import replace

from hipcoach.core.figure.movement import Figure, Pose, Stage, View

STANDING = Pose({"shoulder.left.abduction": 8.0, "shoulder.right.abduction": 8.0})
SIDE, BACK, ABOVE = View(72.0), View(0.0), View(90.0, 90.0)


def pose(**angles: float) -> Pose:
    """Standing, but for some angles; double underscores stand for dots: `hip__right__flexion=60`."""
    named = {name.replace("__", "."): degrees for name, degrees in angles.items()}
    return replace(STANDING, angles={**STANDING.angles, **named})


def squat(**changes: Any) -> Figure:
    """Both feet stay where they are, the hips sink; then it is held, standing."""
    sunk = {"hip.{}.flexion": 85.0, "knee.{}": 75.0, "ankle.{}": 20.0}
    both = {name.format(side): degrees for name, degrees in sunk.items() for side in ("left", "right")}
    down = replace(STANDING, angles={**STANDING.angles, "pelvis.pitch": 30.0, **both})
    stages = {"squat": Stage("up", {"sink": ("down",), "rise": ("up",)}), "hold": Stage("down")}
    return replace(figure({"up": STANDING, "down": down}, stages), pins=("foot.left",), **changes)


def circle() -> Figure:
    """The right leg circles in the air; "inward" runs backwards."""
    angles = {"top": (60.0, 0.0), "out": (45.0, 15.0), "bottom": (30.0, 0.0), "in": (45.0, -15.0)}
    poses = {
        name: pose(hip__right__flexion=flexion, hip__right__abduction=abduction)
        for name, (flexion, abduction) in angles.items()
    }
    stage = Stage("top", {"down": ("out", "bottom"), "up": ("in", "top")}, round=True, reverse="inward")
    return replace(figure(poses, {"circle": stage}), anchor="foot.left")


def figure(poses: Mapping[str, Pose], stages: Mapping[str, Stage]) -> Figure:
    """A figure that stands on its right foot, and whose right leg works."""
    return Figure(1, SIDE, ("leg.right",), "foot.right", stages, poses)


def held(start: Pose, **changes: Any) -> Figure:
    """One pose, held."""
    return replace(figure({"still": start}, {"hold": Stage("still")}), **changes)
