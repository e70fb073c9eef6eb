"""Whether a body can be: joints within their ranges, nothing below the ground, supports where they belong."""

from __future__ import annotations

from collections.abc import Iterator
from math import acos, asin, atan2, degrees

from hipcoach.core.figure.body import Body
from hipcoach.core.figure.movement import Figure, blends
from hipcoach.core.figure.pose import ANGLES, Blend, blended
from hipcoach.core.figure.ranges import RANGES, TOLERANCE
from hipcoach.core.figure.skeleton import SIDES, radius
from hipcoach.core.figure.support import joint, places, supported
from hipcoach.core.figure.vector import Mat, column, dot, length, sub, times, turned_back

SLACK = 0.006
"""Body units (a centimetre of a person) that a point may be out of place: less than a dot of any picture."""
CHILD_OF = {"hip": "pelvis", "shoulder": "chest"}
SINGULAR = 0.98
"""Beyond this sine of abduction, flexion and rotation are the same movement and cannot be told apart."""


def frames(
    figure: Figure, stage: str, count: int, direction: str | None = None
) -> Iterator[tuple[str, Body]]:
    """The body at `count` + 1 moments of each phase of a stage, each with its name."""
    for name, blend in blends(figure, stage, count, direction):
        yield name, supported(figure, blend)


def below_ground(body: Body, tolerance: float = SLACK) -> dict[str, float]:
    """How far each point's surface is under the ground, where it is; body units."""
    depths = {name: radius(name) - point[2] for name, point in body.points.items()}
    return {name: depth for name, depth in depths.items() if depth > tolerance}


def support_errors(figure: Figure, body: Body) -> dict[str, float]:
    """How far the anchor and each pinned point are from their places; body units."""
    return {
        point: length(sub(body.points[joint(point)], place.at)) for point, place in places(figure).items()
    }


def joint_angles(body: Body, angles: tuple[float, ...]) -> dict[str, float]:
    """The angles that a body's joints really have, supports included; the spine's and neck's are `angles`'.

    The order of angles that a ball joint has can tell one position in two ways; the one within range counts.
    """
    found = {
        name: degree
        for name, degree in zip(ANGLES, angles, strict=True)
        if name.startswith(("spine", "neck", "forearm", "toes"))
    }
    turns = body.turns
    for side, out in (("left", -1.0), ("right", 1.0)):
        for ball, parent in CHILD_OF.items():
            own = times(turned_back(turns[parent]), turns[f"{ball}.{side}"])
            found |= {f"{ball}.{side}.{angle}": degree for angle, degree in _ball(ball, own, out).items()}
        found[f"elbow.{side}"] = _between(turns[f"shoulder.{side}"], turns[f"elbow.{side}"])
        found[f"knee.{side}"] = _between(turns[f"hip.{side}"], turns[f"knee.{side}"])
        foot = times(turned_back(turns[f"knee.{side}"]), turns[f"ankle.{side}"])
        found[f"ankle.{side}"] = degrees(asin(_limit(foot[2][1])))
        found[f"inversion.{side}"] = out * degrees(atan2(-foot[2][0], foot[2][2]))
        hand = dot(column(turns[f"elbow.{side}"], 2), column(turns[f"wrist.{side}"], 2))
        found[f"wrist.{side}"] = degrees(acos(_limit(hand)))
    return found


def out_of_range(body: Body, angles: tuple[float, ...]) -> dict[str, float]:
    """The angles that no joint should have, by name; degrees."""
    found = joint_angles(body, angles)
    return {name: degree for name, degree in found.items() if _excess(name, degree) > TOLERANCE}


def faults(figure: Figure, stage: str, count: int = 8) -> Iterator[str]:
    """A sentence for everything that is wrong at a moment of a stage."""
    for name, blend in blends(figure, stage, count):
        yield from (f"{stage}, {name}: {fault}" for fault in moment_faults(figure, blend))


def moment_faults(figure: Figure, blend: Blend) -> Iterator[str]:
    """What is wrong at one moment."""
    body = supported(figure, blend)
    for point, away in support_errors(figure, body).items():
        if away > SLACK:
            yield f"{point} is {away:.3f} from its place"
    for point, depth in below_ground(body).items():
        yield f"{point} is {depth:.3f} below the ground"
    for joint_name, degree in out_of_range(body, blended(blend)).items():
        yield f"{joint_name} is {degree:.0f} degrees"


def _excess(name: str, degree: float) -> float:
    low, high = RANGES[_kind(name)]
    return max(low - degree, degree - high)


def _kind(name: str) -> str:
    return ".".join(part for part in name.split(".") if part not in SIDES)


def _ball(ball: str, own: Mat, out: float) -> dict[str, float]:
    """Flexion, abduction and rotation of a ball joint from how its limb is turned within the trunk."""
    sine = _limit(own[0][2])
    if abs(sine) > SINGULAR:
        return {"flexion": 0.0, "abduction": -out * degrees(asin(sine)), "rotation": 0.0}
    flexion = degrees(atan2(-own[1][2], own[2][2]))
    abduction = -out * degrees(asin(sine))
    turn = -out * degrees(atan2(-own[0][1], own[0][0]))
    one = {"flexion": flexion, "abduction": abduction, "rotation": turn}
    other = {
        "flexion": flexion - 180.0 if flexion > 0.0 else flexion + 180.0,
        "abduction": 180.0 - abduction if abduction > 0.0 else -180.0 - abduction,
        "rotation": turn - 180.0 if turn > 0.0 else turn + 180.0,
    }
    return min(one, other, key=lambda way: sum(max(0.0, _excess(f"{ball}.{key}", way[key])) for key in way))


def _between(upper: Mat, lower: Mat) -> float:
    """How far a hinge is bent."""
    return degrees(acos(_limit(dot(column(upper, 2), column(lower, 2)))))


def _limit(number: float) -> float:
    return max(-1.0, min(1.0, number))
