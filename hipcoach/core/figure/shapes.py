"""From a body in space to shapes on the picture: every part a few tapered lines, far ones first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from hipcoach.core.figure.body import Body
from hipcoach.core.figure.drawing import Ink, Line
from hipcoach.core.figure.skeleton import HEAD, SIDES
from hipcoach.core.figure.vector import Vec, add, halfway, turned, unit
from hipcoach.core.figure.view import Lens

ARM = (
    ("shoulder", "elbow", 0.036, 0.027),
    ("elbow", "wrist", 0.028, 0.019),
    ("wrist", "fingers", 0.019, 0.013),
)
LEG = (
    ("hip", "knee", 0.051, 0.037),
    ("knee", "ankle", 0.038, 0.023),
    ("ankle", "heel", 0.023, 0.018),
    ("ankle", "toes", 0.022, 0.014),
    ("heel", "toes", 0.017, 0.014),
    ("toes", "tip", 0.014, 0.011),
)
"""From, to and the radii there, as the picture has them."""
FLANK = 0.04
"""Half the width of the waist, to the middle of the line that draws it."""
LONG_HEAD = 0.012
"""How far the head's ends are above and below its middle, in body units: it is an oval."""
FORWARD = {Ink.NEAR: 0.04, Ink.WORKING: 0.12}
"""How far limbs are brought forward in the order of drawing, in body units."""
HEAD_FORWARD = 0.15
"""The same for the head, so that its outline is whole above the neck."""
WEIGHTY = 2
"""How many of a part's lines say how far away it is: a limb's long ones, without hand and foot."""
LIMBS = tuple(f"{limb}.{side}" for limb in ("arm", "leg") for side in SIDES)

Bone = tuple[Vec, Vec, float, float]


def limb_bones(body: Body, limb: str) -> Iterator[Bone]:
    """The lines of an arm or a leg, such as "arm.left"."""
    kind, _, side = limb.partition(".")
    points = body.points
    for start, end, thick, thin in ARM if kind == "arm" else LEG:
        yield points[f"{start}.{side}"], points[f"{end}.{side}"], thick, thin


def trunk_bones(body: Body, breath: float) -> Iterator[Bone]:
    """The lines of pelvis, waist, chest, shoulders and neck. `breath` widens the chest, in body units."""
    points = body.points
    full = 0.058 + breath
    collar = add(points["neck"], turned(body.turns["chest"], (0.0, 0.0, 0.012)))
    yield points["pelvis"], points["waist"], 0.058, 0.052
    yield points["waist"], points["chest"], 0.052, full
    yield points["hip.left"], points["hip.right"], 0.054, 0.054
    yield points["chest"], points["neck"], full, 0.034
    yield points["neck"], halfway(points["neck"], points["head"]), 0.029, 0.026
    for side, out in (("left", -FLANK), ("right", FLANK)):
        flank = add(points["waist"], turned(body.turns["waist"], (out, 0.0, 0.0)))
        yield collar, points[f"shoulder.{side}"], 0.029, 0.032
        yield points["chest"], points[f"shoulder.{side}"], 0.050, 0.030
        yield points[f"shoulder.{side}"], flank, 0.032, 0.043
        yield flank, points[f"hip.{side}"], 0.043, 0.054


def head_bones(body: Body) -> Iterator[Bone]:
    """The lines of the head, an oval."""
    middle = body.points["head"]
    x, y, z = (part * LONG_HEAD for part in turned(body.turns["head"], unit(HEAD)))
    yield add(middle, (-x, -y, -z)), add(middle, (x, y, z)), 0.051, 0.055


def body_lines(body: Body, lens: Lens, inks: Mapping[str, Ink], breath: float = 0.0) -> list[Line]:
    """Every line of a body as it is seen. `inks` gives the limbs' inks; trunk and head are near.

    A part has one depth, so that nothing passes between its lines, and what is near or works is brought a
    little forward: shoulders and hips show which limb they carry.
    """
    found = _part(trunk_bones(body, breath), lens, Ink.NEAR, "trunk", 0.0)
    found += _part(head_bones(body), lens, Ink.NEAR, "head", HEAD_FORWARD)
    for limb in LIMBS:
        ink = inks[limb]
        found += _part(limb_bones(body, limb), lens, ink, limb, FORWARD.get(ink, 0.0))
    return found


def far_to_near(lines: Iterable[Line]) -> list[Line]:
    """In the order of drawing: the farthest first; at the same distance the working limb last."""
    return sorted(lines, key=lambda line: (-line.depth, line.ink is Ink.WORKING))


def _part(bones: Iterable[Bone], lens: Lens, ink: Ink, part: str, forward: float) -> list[Line]:
    seen = [(lens.seen(bone[0]), lens.seen(bone[1]), bone[2], bone[3]) for bone in bones]
    weighty = seen[:WEIGHTY]
    depth = sum(near + far for (_, near), (_, far), _, _ in weighty) / (2 * len(weighty)) - forward
    return [Line(start, end, thick, thin, ink, depth, part) for (start, _), (end, _), thick, thin in seen]
