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
from msgspec.structs import replace

X, Y, Z = range(3)


class Vec(Struct, frozen=True, gc=False):
    """A place, or a way from one to another: x to the body's right, y forward, z up."""

    x: float
    y: float
    z: float

    def __iter__(self) -> Iterator[float]:
        return iter((self.x, self.y, self.z))

    def __add__(self, other: Vec) -> Vec:
        return Vec(self.x + other.x, self.y + other.y, self.z + other.z)

    def __sub__(self, other: Vec) -> Vec:
        return Vec(self.x - other.x, self.y - other.y, self.z - other.z)

    def __mul__(self, factor: float) -> Vec:
        return Vec(self.x * factor, self.y * factor, self.z * factor)

    def dot(self, other: Vec) -> float:
        """Return the scalar product."""
        return self.x * other.x + self.y * other.y + self.z * other.z

    def cross(self, other: Vec) -> Vec:
        """Return the vector product."""
        return Vec(
            self.y * other.z - self.z * other.y,
            self.z * other.x - self.x * other.z,
            self.x * other.y - self.y * other.x,
        )

    def unit(self) -> Vec:
        """Return the same direction with length 1; up, where there is no direction."""
        length = hypot(self.x, self.y, self.z)
        return self * (1.0 / length) if length > 1e-9 else Vec(0.0, 0.0, 1.0)

    def across(self, axis: Vec) -> Vec:
        """Return the part at right angles to `axis`, which has length 1."""
        return self - axis * self.dot(axis)


ORIGIN = Vec(0.0, 0.0, 0.0)


class Axes(Struct, frozen=True, gc=False):
    """How something is turned: its right, its front and its top, as the world sees them."""

    right: Vec
    front: Vec
    top: Vec

    def of(self, a: Vec) -> Vec:
        """Return as the world sees it what is given within these axes."""
        right, front, top = self.right, self.front, self.top
        return Vec(
            right.x * a.x + front.x * a.y + top.x * a.z,
            right.y * a.x + front.y * a.y + top.y * a.z,
            right.z * a.x + front.z * a.y + top.z * a.z,
        )

    def times(self, inner: Axes) -> Axes:
        """Return the axes that are `inner` within these."""
        return Axes(self.of(inner.right), self.of(inner.front), self.of(inner.top))

    def inverse(self) -> Axes:
        """Return the opposite turn."""
        a, b, c = self.right, self.front, self.top
        return Axes(Vec(a.x, b.x, c.x), Vec(a.y, b.y, c.y), Vec(a.z, b.z, c.z))


UPRIGHT = Axes(Vec(1.0, 0.0, 0.0), Vec(0.0, 1.0, 0.0), Vec(0.0, 0.0, 1.0))


def about(axis: int, angle: float) -> Axes:
    """Return axes turned about one of them, in degrees."""
    c, s = cos(radians(angle)), sin(radians(angle))
    if axis == X:
        return Axes(Vec(1.0, 0.0, 0.0), Vec(0.0, c, s), Vec(0.0, -s, c))
    if axis == Y:
        return Axes(Vec(c, 0.0, -s), Vec(0.0, 1.0, 0.0), Vec(s, 0.0, c))
    return Axes(Vec(c, s, 0.0), Vec(-s, c, 0.0), Vec(0.0, 0.0, 1.0))


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
    "waist": Bone("pelvis", Vec(0.0, 0.0, 0.085), 0.053),
    "chest": Bone("waist", Vec(0.0, 0.0, 0.105), 0.060),
    "neck": Bone("chest", Vec(0.0, 0.0, 0.112), 0.030),
    "head": Bone("neck", Vec(0.0, 0.006, 0.103), 0.058),
}
LIMBS = {
    "shoulder": Bone("chest", Vec(0.100, 0.0, 0.098), 0.036),
    "elbow": Bone("shoulder", Vec(0.0, 0.0, -0.186), 0.026),
    "wrist": Bone("elbow", Vec(0.0, 0.0, -0.146), 0.019),
    "fingers": Bone("wrist", Vec(0.0, 0.0, -0.092), 0.012),
    "hip": Bone("pelvis", Vec(0.053, 0.0, 0.0), 0.056),
    "knee": Bone("hip", Vec(0.0, 0.0, -0.245), 0.038),
    "ankle": Bone("knee", Vec(0.0, 0.0, -0.246), 0.024),
    "heel": Bone("ankle", Vec(0.0, -0.030, -0.021), 0.018),
    "toes": Bone("ankle", Vec(0.0, 0.066, -0.025), 0.014),
    "tip": Bone("toes", Vec(0.0, 0.029, -0.003), 0.011),
}
"""Of the right side; "toes" is the ball of the foot, where they bend."""


def _of_side(bone: Bone, side: str) -> Bone:
    start = bone.start if bone.start in TRUNK else f"{bone.start}.{side}"
    return Bone(start, replace(bone.offset, x=OUT[side] * bone.offset.x), bone.radius)


BONES: dict[str, Bone] = TRUNK | {
    f"{part}.{side}": _of_side(bone, side) for side in OUT for part, bone in LIMBS.items()
}
"""Every point of the body, each after the one it hangs on."""
CHILDREN = {point: [child for child, bone in BONES.items() if bone.start == point] for point in BONES}

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
        self.points = {name: point + way for name, point in self.points.items()}

    def place(self, point: str, at: Vec, turn: Axes) -> None:
        """Put a point somewhere, turned so; everything that hangs on it comes along."""
        change = turn.times(self.turns[point].inverse())
        self.points[point], self.turns[point] = at, turn
        for child in CHILDREN[point]:
            self.place(child, at + turn.of(BONES[child].offset), change.times(self.turns[child]))

    def lowest(self, *names: str) -> float:
        """Return how high the lowest surface of some points is above the ground; negative below it."""
        return min(self.points[name].z - BONES[name].radius for name in names)

    def mirrored(self) -> Body:
        """Return the body with its sides exchanged."""
        return Body(
            {swapped(name): replace(point, x=-point.x) for name, point in self.points.items()},
            {swapped(name): _mirrored(axes) for name, axes in self.turns.items()},
        )


def _mirrored(axes: Axes) -> Axes:
    (_, b, c), (d, *front), (g, *top) = axes.right, axes.front, axes.top
    return Axes(Vec(axes.right.x, -b, -c), Vec(-d, *front), Vec(-g, *top))


def body_of(angles: Mapping[str, float], breath: float = 0.0) -> Body:
    """Return the body with these angles, the others 0, the middle of its hips at the origin.

    `breath` lifts the shoulders, in body units.
    """
    at = defaultdict(float, angles)
    body = Body({"": ORIGIN}, {"": UPRIGHT})
    for point, (start, offset, _) in BONES.items():
        if breath and point.startswith("shoulder"):
            offset += Vec(0.0, 0.0, breath)
        turn = body.turns[start]
        body.points[point] = body.points[start] + turn.of(offset)
        for name, axis, factor in TURNS[point]:
            if at[name]:
                turn = turn.times(about(axis, factor * at[name]))
        body.turns[point] = turn
    del body.points[""], body.turns[""]
    return body
