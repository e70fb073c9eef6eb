"""A pose: every joint's angles in degrees, in anatomical words.

All zero is standing upright, feet parallel, arms hanging with the palms forward. Signs: what goes to the
right, forward, outward or up is positive:

- pelvis: pitch forward, roll to the right (right side lower), turn to the right about the trunk's own length,
  heading to the right about the vertical (after all the others);
- spine, neck: bend forward, side to the right, turn to the right; the spine's is shared by waist and chest;
- shoulder: flexion (arm forward, 180 overhead), abduction (away from the body), rotation (outward);
- elbow: flexion; forearm: pronation (90 palm to the thigh, 180 palm back); wrist: extension;
- hip: flexion, abduction, rotation (outward); knee: flexion; ankle: dorsiflexion; inversion: sole inward;
  toes: extension (up).

Shoulder and hip turn in the order of Grood & Suntay (1983): flexion about the trunk's own axis, abduction out
of the plane of that flexion, rotation about the limb's length.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import Struct

from hipcoach.core.figure.skeleton import SIDES
from hipcoach.core.figure.vector import ORIGIN, Vec

TRUNK: Mapping[str, tuple[str, ...]] = {
    "pelvis": ("pitch", "roll", "turn", "heading"),
    "spine": ("bend", "side", "turn"),
    "neck": ("bend", "side", "turn"),
}
BALLS: Mapping[str, tuple[str, ...]] = {
    "shoulder": ("flexion", "abduction", "rotation"),
    "hip": ("flexion", "abduction", "rotation"),
}
"""Joints of both sides that turn every way."""
HINGES = ("elbow", "forearm", "wrist", "knee", "ankle", "inversion", "toes")
"""Joints of both sides with one angle."""

ANGLES: tuple[str, ...] = (
    *(f"{joint}.{angle}" for joint, angles in TRUNK.items() for angle in angles),
    *(f"{joint}.{side}.{angle}" for joint, angles in BALLS.items() for side in SIDES for angle in angles),
    *(f"{joint}.{side}" for joint in HINGES for side in SIDES),
)
"""The name of every angle; a pose has one number for each, in this order."""
_PLACE = {name: number for number, name in enumerate(ANGLES)}


class Reach(Struct, frozen=True):
    """Where a pose brings a hand or a foot, whatever its joints would make of it."""

    limb: str
    """hand.left, hand.right, foot.left or foot.right."""
    point: str = ""
    """The point of the body it goes to (and follows); empty for a place in the world."""
    at: Vec = ORIGIN
    """The place in the world, its z the height of what carries it; or how far from the body's point.
    In body units."""


class Pose(Struct, frozen=True):
    """The angles of all joints, and what hands and feet reach for."""

    angles: tuple[float, ...] = (0.0,) * len(ANGLES)
    """Degrees, in the order of ANGLES."""
    reaches: tuple[Reach, ...] = ()

    def angle(self, name: str) -> float:
        """One angle in degrees, such as "hip.left.flexion" or "knee.right"."""
        return self.angles[_PLACE[name]]

    def changed(self, angles: Mapping[str, float], reaches: Iterable[Reach] = ()) -> Pose:
        """This pose with some angles (degrees) and reaches set anew."""
        numbers = list(self.angles)
        for name, degrees in angles.items():
            numbers[_PLACE[name]] = degrees
        reach = {each.limb: each for each in (*self.reaches, *reaches)}
        return Pose(tuple(numbers), tuple(reach.values()))


Blend = tuple[tuple[Pose, float], ...]
"""Poses and how much of each: weights that add up to 1."""


def blended(blend: Blend) -> tuple[float, ...]:
    """The angles of a blend, in degrees."""
    if len(blend) == 1:
        return blend[0][0].angles
    if len(blend) == 2:
        (one, share), (other, rest) = blend
        return tuple(a * share + b * rest for a, b in zip(one.angles, other.angles, strict=True))
    return tuple(
        sum(angle * weight for angle, (_, weight) in zip(row, blend, strict=True))
        for row in zip(*(pose.angles for pose, _ in blend), strict=True)
    )
