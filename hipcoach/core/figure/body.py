"""The skeleton, and from joint angles to a body in space: forward kinematics.

Everything is in body units, 1 = standing height. Lengths after Drillis & Contini as in Winter,
"Biomechanics and Motor Control of Human Movement" (shoulder .818, hip .530, knee .285 and ankle .039 above
the ground; upper arm .186, forearm .146, hand .108, foot .152); several others quote these numbers from
there, the book itself was not at hand. What they do not give (where the spine bends, how far the joint
centres lie inside the shoulders and hips, how thick a limb is) is ours, to look like a person.

Angles are in degrees and anatomical. All zero is standing upright, feet parallel, arms hanging with the palms
forward. What goes to the right, forward, outward or up is positive:

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

from collections import defaultdict
from collections.abc import Iterator, Mapping
from math import cos, hypot, radians, sin
from typing import NamedTuple

from msgspec import Struct

Vec = tuple[float, float, float]
"""x to the body's right, y forward, z up."""
Axes = tuple[Vec, Vec, Vec]
"""How something is turned: its right, its front and its top, as the world sees them."""

X, Y, Z = range(3)
ORIGIN: Vec = (0.0, 0.0, 0.0)
UPRIGHT: Axes = ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0))


def add(a: Vec, b: Vec) -> Vec:
    """Return their sum."""
    return (a[0] + b[0], a[1] + b[1], a[2] + b[2])


def sub(a: Vec, b: Vec) -> Vec:
    """Return the way from `b` to `a`."""
    return (a[0] - b[0], a[1] - b[1], a[2] - b[2])


def scaled(a: Vec, factor: float) -> Vec:
    """Return `a` so many times as long."""
    return (a[0] * factor, a[1] * factor, a[2] * factor)


def dot(a: Vec, b: Vec) -> float:
    """Return the scalar product."""
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]


def cross(a: Vec, b: Vec) -> Vec:
    """Return the vector product."""
    return (a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0])


def unit(a: Vec) -> Vec:
    """Return the same direction with length 1; up, where `a` has no direction."""
    length = hypot(*a)
    return scaled(a, 1.0 / length) if length > 1e-9 else UPRIGHT[2]


def across(a: Vec, axis: Vec) -> Vec:
    """Return the part of `a` at right angles to `axis`, which has length 1."""
    return sub(a, scaled(axis, dot(a, axis)))


def turned(axes: Axes, a: Vec) -> Vec:
    """Return a vector that is given within `axes` as the world sees it."""
    (a0, a1, a2), (b0, b1, b2), (c0, c1, c2) = axes
    x, y, z = a
    return (a0 * x + b0 * y + c0 * z, a1 * x + b1 * y + c1 * z, a2 * x + b2 * y + c2 * z)


def times(outer: Axes, inner: Axes) -> Axes:
    """Return the axes that are `inner` within `outer`."""
    return (turned(outer, inner[0]), turned(outer, inner[1]), turned(outer, inner[2]))


def inverse(axes: Axes) -> Axes:
    """Return the opposite turn."""
    (a, b, c), (d, e, f), (g, h, i) = axes
    return ((a, d, g), (b, e, h), (c, f, i))


def about(axis: int, angle: float) -> Axes:
    """Return axes turned about one of them: the right (0), the front (1) or the top (2); in degrees."""
    c, s = cos(radians(angle)), sin(radians(angle))
    if axis == X:
        return ((1.0, 0.0, 0.0), (0.0, c, s), (0.0, -s, c))
    if axis == Y:
        return ((c, 0.0, -s), (0.0, 1.0, 0.0), (s, 0.0, c))
    return ((c, s, 0.0), (-s, c, 0.0), (0.0, 0.0, 1.0))


OUT = {"left": -1.0, "right": 1.0}
"""Which way is outward along x."""
_OTHER = {"left": "right", "right": "left"}


class Bone(NamedTuple):
    """How a point of the body hangs on another."""

    start: str
    offset: Vec
    """From there to the point, as the start is turned."""
    radius: float
    """Half the thickness of the body at the point: a point on the ground is this high above it."""


TRUNK = {
    "pelvis": Bone("", ORIGIN, 0.060),
    "waist": Bone("pelvis", (0.0, 0.0, 0.085), 0.053),
    "chest": Bone("waist", (0.0, 0.0, 0.105), 0.060),
    "neck": Bone("chest", (0.0, 0.0, 0.112), 0.030),
    "head": Bone("neck", (0.0, 0.006, 0.103), 0.058),
}
LIMBS = {
    "shoulder": Bone("chest", (0.100, 0.0, 0.098), 0.036),
    "elbow": Bone("shoulder", (0.0, 0.0, -0.186), 0.026),
    "wrist": Bone("elbow", (0.0, 0.0, -0.146), 0.019),
    "fingers": Bone("wrist", (0.0, 0.0, -0.092), 0.012),
    "hip": Bone("pelvis", (0.053, 0.0, 0.0), 0.056),
    "knee": Bone("hip", (0.0, 0.0, -0.245), 0.038),
    "ankle": Bone("knee", (0.0, 0.0, -0.246), 0.024),
    "heel": Bone("ankle", (0.0, -0.030, -0.021), 0.018),
    "toes": Bone("ankle", (0.0, 0.066, -0.025), 0.014),
    "tip": Bone("toes", (0.0, 0.029, -0.003), 0.011),
}
"""Of the right side; "toes" is the ball of the foot, where they bend."""


def _of_side(bone: Bone, side: str) -> Bone:
    start = bone.start if bone.start in TRUNK else f"{bone.start}.{side}"
    x, y, z = bone.offset
    return Bone(start, (OUT[side] * x, y, z), bone.radius)


BONES: dict[str, Bone] = TRUNK | {
    f"{part}.{side}": _of_side(bone, side) for side in OUT for part, bone in LIMBS.items()
}
"""Every point of the body, each after the one it hangs on."""
CHILDREN = {point: [child for child, bone in BONES.items() if bone.start == point] for point in BONES}

BALL = ("flexion", "abduction", "rotation")
SPINE = {"spine.bend": (X, -0.5), "spine.side": (Y, 0.5), "spine.turn": (Z, -0.5)}
JOINTS: dict[str, dict[str, tuple[int, float]]] = {
    "pelvis": {
        "pelvis.heading": (Z, -1),
        "pelvis.pitch": (X, -1),
        "pelvis.roll": (Y, 1),
        "pelvis.turn": (Z, -1),
    },
    "waist": SPINE,
    "chest": SPINE,
    "neck": {"neck.bend": (X, -1), "neck.side": (Y, 1), "neck.turn": (Z, -1)},
    "shoulder": {
        "shoulder.flexion": (X, 1),
        "shoulder.abduction": (Y, -1),
        "shoulder.rotation": (Z, -1),
    },
    "elbow": {"elbow": (X, 1)},
    "wrist": {"forearm": (Z, 1), "wrist": (X, -1)},
    "hip": {"hip.flexion": (X, 1), "hip.abduction": (Y, -1), "hip.rotation": (Z, -1)},
    "knee": {"knee": (X, -1)},
    "ankle": {"ankle": (X, 1), "inversion": (Y, 1)},
    "toes": {"toes": (X, 1)},
}
"""The angles at a point, one after the other: about which axis each turns what hangs there, and which way.
Of limbs that of the right side."""


def _turns(point: str) -> Iterator[tuple[str, int, float]]:
    part, _, side = point.partition(".")
    for name, (axis, factor) in JOINTS.get(part, {}).items():
        joint, dot_, angle = name.partition(".")
        sided = f"{joint}.{side}{dot_}{angle}" if side else name
        yield sided, axis, factor if axis == X else factor * OUT.get(side, 1.0)


TURNS = {point: list(_turns(point)) for point in BONES}
"""`JOINTS` of both sides."""
ANGLES = tuple(dict.fromkeys(name for turns in TURNS.values() for name, _, _ in turns))
"""The name of every angle."""


def swapped(name: str) -> str:
    """Return the name of the same thing on the other side; the trunk's points keep theirs."""
    part, _, side = name.partition(".")
    return f"{part}.{_OTHER[side]}" if side else name


class Body(Struct):
    """Where the points of a body are, and how what hangs on each is turned: at "hip.left" the thigh."""

    points: dict[str, Vec]
    turns: dict[str, Axes]

    def shift(self, way: Vec) -> None:
        """Move the whole body."""
        self.points = {name: add(point, way) for name, point in self.points.items()}

    def place(self, point: str, at: Vec, turn: Axes) -> None:
        """Put a point somewhere, turned so; everything that hangs on it comes along."""
        change = times(turn, inverse(self.turns[point]))
        self.points[point], self.turns[point] = at, turn
        for child in CHILDREN[point]:
            there = add(at, turned(turn, BONES[child].offset))
            self.place(child, there, times(change, self.turns[child]))

    def lowest(self, *names: str) -> float:
        """Return how high the lowest surface of some points is above the ground; negative below it."""
        return min(self.points[name][2] - BONES[name].radius for name in names)

    def mirrored(self) -> Body:
        """Return the body with its sides exchanged."""
        return Body(
            {swapped(name): (-x, y, z) for name, (x, y, z) in self.points.items()},
            {
                swapped(name): ((a, -b, -c), (-d, e, f), (-g, h, i))
                for name, ((a, b, c), (d, e, f), (g, h, i)) in self.turns.items()
            },
        )


def body_of(angles: Mapping[str, float], breath: float = 0.0) -> Body:
    """Return the body with these angles, the others 0, the middle of its hips at the origin.

    `breath` lifts the shoulders, in body units.
    """
    at = defaultdict(float, angles)
    body = Body({"": ORIGIN}, {"": UPRIGHT})
    for point, (start, offset, _) in BONES.items():
        if breath and point.startswith("shoulder"):
            offset = add(offset, (0.0, 0.0, breath))
        body.points[point] = add(body.points[start], turned(body.turns[start], offset))
        body.turns[point] = times(body.turns[start], _own_turn(point, at))
    del body.points[""], body.turns[""]
    return body


def _own_turn(point: str, at: Mapping[str, float]) -> Axes:
    """Return how a point turns what hangs on it, within what it hangs on itself."""
    turn = UPRIGHT
    for name, axis, factor in TURNS[point]:
        if at[name]:
            turn = times(turn, about(axis, factor * at[name]))
    return turn
