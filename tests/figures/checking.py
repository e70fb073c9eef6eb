"""Whether a figure's body can be: joints within their ranges, nothing below the ground, supports in place.

Ranges are around the norms of the American Academy of Orthopaedic Surgeons. Compared with a table of them
by the publisher of Norkin & White, "Measurement of Joint Motion": shoulder (180 forward, 60 back, 180 out,
turned 90 and 70), elbow (150), forearm (80 each way) and wrist (80 and 70). Compared with what others quote:
the trunk (80 and 25, 35, 45), the ankle (20 and 50, sole 35 and 15) and the knee (135). Neck, hip and toes
are rounded from what textbooks give and were not checked against one.

They are wider than these where weight or a hand takes a joint further than it goes by itself; how much is
our own judgement. For deep squats Hemmerich and others (2006, doi:10.1002/jor.20114) measured knees of 157 on
average with the heels up, and hips of 95 with the heels down, with a standard deviation of 27. The shoulder
blade takes the arm behind the trunk to a right angle when one leans on the hands.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import acos, asin, atan2, degrees, dist

from hipcoach.core.figure.body import BONES, OUT, Axes, Body
from hipcoach.core.figure.movement import Figure, Moment, angles_of, blend_at, moments
from hipcoach.core.figure.support import at_home, joint, supported

RANGES: dict[str, tuple[float, float]] = {
    "spine.bend": (-30.0, 85.0),
    "spine.side": (-35.0, 35.0),
    "spine.turn": (-45.0, 45.0),
    "neck.bend": (-60.0, 50.0),
    "neck.side": (-45.0, 45.0),
    "neck.turn": (-80.0, 80.0),
    "shoulder.flexion": (-95.0, 185.0),
    "shoulder.abduction": (-45.0, 180.0),
    "shoulder.rotation": (-90.0, 95.0),
    "elbow": (0.0, 150.0),
    "forearm": (0.0, 180.0),
    "wrist": (-80.0, 95.0),
    "hip.flexion": (-25.0, 135.0),
    "hip.abduction": (-32.0, 60.0),
    "hip.rotation": (-47.0, 65.0),
    "knee": (0.0, 160.0),
    "ankle": (-52.0, 40.0),
    "inversion": (-22.0, 37.0),
    "toes": (-40.0, 90.0),
}
"""Degrees by angle, the same for both sides; the pelvis turns freely in space."""
TOLERANCE = 2.0
"""Degrees beyond its range that a joint may be: what nobody sees, and rounding."""
SLACK = 0.006
"""Body units (a centimetre of a person) that a point may be out of place: less than a dot of any picture."""
BALL = ("flexion", "abduction", "rotation")
CHILD_OF = {"hip": "pelvis", "shoulder": "chest"}
SINGULAR = 0.98
"""Beyond this sine of abduction, flexion and rotation are the same movement and cannot be told apart."""


def faults(figure: Figure, count: int) -> Iterator[str]:
    """Yield a sentence for everything that is wrong at `count` + 1 moments of each phase of a figure."""
    for stage in figure.stages:
        for moment in moments(figure, stage, count):
            when = f"{stage}, {moment.phase or moment.held} {moment.through:.2f}"
            yield from (f"{when}: {fault}" for fault in _faults(figure, moment))


def _faults(figure: Figure, moment: Moment) -> Iterator[str]:
    blend = blend_at(figure, moment)
    body = supported(figure, blend)
    for point, away in away_from_places(figure, body).items():
        if away > SLACK:
            yield f"{point} is {away:.3f} from its place"
    for point in BONES:
        if body.lowest(point) < -SLACK:
            yield f"{point} is {-body.lowest(point):.3f} below the ground"
    for name, degree in out_of_range(body, angles_of(blend)).items():
        yield f"{name} is {degree:.0f} degrees"


def away_from_places(figure: Figure, body: Body) -> dict[str, float]:
    """Return how far the anchor and each pinned point are from their places; body units."""
    return {point: dist(body.points[joint(point)], place.at) for point, place in at_home(figure)[1].items()}


def out_of_range(body: Body, angles: Mapping[str, float]) -> dict[str, float]:
    """Return the angles that no joint should have, by name; degrees."""
    found = joint_angles(body, angles)
    return {name: degree for name, degree in found.items() if _excess(name, degree) > TOLERANCE}


def joint_angles(body: Body, angles: Mapping[str, float]) -> dict[str, float]:
    """Return the angles that a body has, supports included; those of spine and neck are as in `angles`.

    The order of angles that a ball joint has can tell one position in two ways; the one within range counts.
    """
    written = ("spine", "neck", "forearm", "toes")
    found = {name: degree for name, degree in angles.items() if name.startswith(written)}
    turns = body.turns
    for side, out in OUT.items():
        for ball, parent in CHILD_OF.items():
            found |= _ball(f"{ball}.{side}", turns[parent].inverse().times(turns[f"{ball}.{side}"]), out)
        for hinge, upper in (("elbow", "shoulder"), ("knee", "hip"), ("wrist", "elbow")):
            cosine = turns[f"{upper}.{side}"].top.dot(turns[f"{hinge}.{side}"].top)
            found[f"{hinge}.{side}"] = degrees(acos(_limit(cosine)))
        foot = turns[f"knee.{side}"].inverse().times(turns[f"ankle.{side}"])
        found[f"ankle.{side}"] = degrees(asin(_limit(foot.front.z)))
        found[f"inversion.{side}"] = out * degrees(atan2(-foot.right.z, foot.top.z))
    return found


def _ball(name: str, own: Axes, out: float) -> dict[str, float]:
    """Return flexion, abduction and rotation of a ball joint from how its limb is turned within the trunk."""
    abduction = -out * degrees(asin(_limit(own.top.x)))
    if abs(own.top.x) > SINGULAR:
        return dict(zip((f"{name}.{angle}" for angle in BALL), (0.0, abduction, 0.0), strict=True))
    flexion = degrees(atan2(-own.top.y, own.top.z))
    turn = -out * degrees(atan2(-own.front.x, own.right.x))
    ways = [
        (flexion, abduction, turn),
        (_turned_round(flexion), -_turned_round(abduction), _turned_round(turn)),
    ]
    named = [dict(zip((f"{name}.{angle}" for angle in BALL), way, strict=True)) for way in ways]
    return min(named, key=lambda way: sum(max(0.0, _excess(angle, way[angle])) for angle in way))


def _turned_round(degree: float) -> float:
    return degree - 180.0 if degree > 0.0 else degree + 180.0


def _excess(name: str, degree: float) -> float:
    low, high = RANGES[".".join(part for part in name.split(".") if part not in OUT)]
    return max(low - degree, degree - high)


def _limit(number: float) -> float:
    return max(-1.0, min(1.0, number))
