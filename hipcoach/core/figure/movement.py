"""A figure: its poses, and through which of them each phase of each stage goes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import cos, pi
from typing import Annotated, Literal

from msgspec import Meta, Struct, field

from hipcoach.core.exercise import Side
from hipcoach.core.figure.body import ANGLES, BONES, OUT

SINK_SECONDS = 2.0
"""How long a hold takes to sink from the pose it comes from into the one that is held."""

Degrees = Annotated[float, Meta(ge=-360, le=360)]
Length = Annotated[float, Meta(ge=-10, le=10)]
"""Body units, 1 = standing height; no place is farther away."""
Place = tuple[Length, Length, Length]
"""To the body's right, forward and up from between its feet."""

LIMBS = tuple(f"{limb}.{side}" for limb in ("arm", "leg") for side in OUT)
ENDS = tuple(f"{end}.{side}" for end in ("hand", "foot") for side in OUT)
"""What a pose may bring somewhere."""
PINS = tuple(f"{part}.{side}" for part in ("knee", "foot", "heel", "toes", "elbow", "hand") for side in OUT)
SUPPORTS = (*BONES, *ENDS)
"""What may rest on something: a point of the body, or a hand or foot as a whole."""


class View(Struct, frozen=True, forbid_unknown_fields=True):
    """An eye far away."""

    turn: Degrees
    """Where the eye goes round the body: 0 behind it, 90 at its right, 180 in front."""
    tilt: Annotated[float, Meta(ge=-90, le=90)] = 0.0
    """How far it looks down, in degrees: 0 level, 90 from above."""


class Prop(Struct, frozen=True, forbid_unknown_fields=True):
    """A thing that the movement needs. Sizes in body units."""

    kind: Literal["chair", "surface", "post", "pad"]
    at: Place
    """The middle of its footprint on the ground."""
    height: Length = 0.0
    width: Length = 0.0
    length: Length = 0.0
    facing: Degrees = 0.0
    """Where its front is: 0 ahead, 90 to the right."""


class Reach(Struct, frozen=True, forbid_unknown_fields=True):
    """Where a pose brings a hand or a foot, whatever its joints would make of it."""

    at: Place = (0.0, 0.0, 0.0)
    """A place in the world, its height that of what carries the hand or foot; or how far from `point`."""
    point: str = ""
    """The point of the body that it goes to and follows."""


class Pose(Struct, frozen=True):
    """Angles of joints, those not named being 0, and what hands and feet reach for."""

    angles: Mapping[str, Degrees] = {}
    reach: Mapping[str, Reach] = {}


class Stage(Struct, frozen=True, forbid_unknown_fields=True):
    """The way of one stage: phases that lead from the start back to it. Without phases the start is held."""

    start: str
    phases: Mapping[str, Annotated[tuple[str, ...], Meta(min_length=1)]] = {}
    """The poses that each phase passes through evenly; it ends in its last."""
    comes_from: str = field(name="from", default="")
    """The pose that a hold sinks out of when it begins, where it is not the one that is held."""
    round: bool = False
    """Whether the whole repetition is one closed curve without a stop, as a circle is."""
    reverse: str = ""
    """The direction in which what is round is passed backwards; as for the right side."""

    @property
    def way(self) -> tuple[str, ...]:
        """The poses of one repetition in their order, the start first and last."""
        return (self.start, *(pose for poses in self.phases.values() for pose in poses))


class Figure(Struct, frozen=True, eq=False, forbid_unknown_fields=True):
    """Everything that is needed to draw one movement. Written for the right side working."""

    format: Literal[1]
    view: View
    working: tuple[str, ...]
    """The limbs in the side's colour, such as "leg.right"; none where both sides work alike."""
    anchor: str
    """What rests and moves the body with it: a point such as "knee.left", or "foot.left" as a whole."""
    stages: Annotated[Mapping[str, Stage], Meta(min_length=1)]
    poses: Mapping[str, Pose]
    anchor_at: Place | None = None
    """Where the anchor rests; None where the starting pose has it when its lowest point is on the ground."""
    pins: tuple[str, ...] = ()
    """What else stays where the starting pose has it."""
    props: tuple[Prop, ...] = ()
    alternates: bool = False
    """Whether the sides take turns rep by rep: then the body mirrors and the eye stays where it is."""

    @property
    def home(self) -> Pose:
        """The pose that decides where everything stands: the start of the first stage."""
        return self.poses[next(iter(self.stages.values())).start]

    def knows(self, stage: str, phases: set[str]) -> bool:
        """Return whether it has a stage and its phases, which a user's own exercise may have changed."""
        return stage in self.stages and phases <= self.stages[stage].phases.keys()


class Moment(Struct, frozen=True):
    """What the figure does at one moment: it moves in a phase, holds, or else waits in the starting pose."""

    stage: str
    side: Side | None = None
    """The side that works; None where both do, which is drawn as the right."""
    direction: str | None = None
    phase: str = ""
    through: float = 0.0
    """How much of the phase has passed, 0 to 1."""
    held: float | None = None
    """How many seconds the hold has lasted."""


Blend = tuple[tuple[Pose, float], ...]
"""Poses and how much of each: weights that add up to 1."""


def blend_at(figure: Figure, moment: Moment) -> Blend:
    """Return which poses make up a moment.

    Raises:
        KeyError: the figure has no such stage, or the stage no such phase.
    """
    stage = figure.stages[moment.stage]
    if moment.phase:
        return _in_phase(figure, stage, moment)
    start = figure.poses[stage.start]
    if moment.held is None or not stage.comes_from:
        return ((start, 1.0),)
    sunk = min(1.0, max(0.0, moment.held) / SINK_SECONDS)
    return _between((figure.poses[stage.comes_from], start), _eased(sunk))


def angles_of(blend: Blend) -> dict[str, float]:
    """Return the angles of a blend, in degrees."""
    return {name: sum(pose.angles.get(name, 0.0) * weight for pose, weight in blend) for name in ANGLES}


def moments(figure: Figure, stage: str, count: int, direction: str | None = None) -> Iterator[Moment]:
    """Yield the moments of a stage in their order: `count` steps in each phase, from its start to its end."""
    if not figure.stages[stage].phases:
        for number in range(count + 1):
            yield Moment(stage, held=SINK_SECONDS * number / count)
    for phase in figure.stages[stage].phases:
        for number in range(count + 1):
            yield Moment(stage, direction=direction, phase=phase, through=number / count)


def _in_phase(figure: Figure, stage: Stage, moment: Moment) -> Blend:
    count, through = len(stage.phases[moment.phase]), min(1.0, max(0.0, moment.through))
    names = list(stage.phases)
    before = sum(len(stage.phases[name]) for name in names[: names.index(moment.phase)])
    poses = [figure.poses[name] for name in stage.way]
    if stage.round:
        place = before + through * count
        return _round(poses[:-1], -place if _runs_backwards(stage, moment) else place)
    return _between(poses[before : before + count + 1], _eased(through))


def _runs_backwards(stage: Stage, moment: Moment) -> bool:
    if moment.direction is None:
        return False
    # Outward is outward on both legs, but what turns clockwise turns the other way in a mirror.
    is_other = moment.side is Side.LEFT and stage.reverse.endswith("clockwise")
    return (moment.direction == stage.reverse) is not is_other


def _eased(through: float) -> float:
    """Slow at both ends, quick in the middle: 0 to 1 as a cubic."""
    return through * through * (3.0 - 2.0 * through)


def _between(poses: Sequence[Pose], through: float) -> Blend:
    """Return a smooth way from the first pose to the last: straight for two, a Catmull-Rom curve for more."""
    spans = len(poses) - 1
    place = min(int(through * spans), spans - 1)
    t = through * spans - place
    if spans == 1:
        return ((poses[0], 1.0 - t), (poses[1], t))
    return (
        (poses[max(0, place - 1)], ((2.0 - t) * t - 1.0) * t / 2.0),
        (poses[place], ((3.0 * t - 5.0) * t * t + 2.0) / 2.0),
        (poses[place + 1], ((4.0 - 3.0 * t) * t + 1.0) * t / 2.0),
        (poses[min(spans, place + 2)], (t - 1.0) * t * t / 2.0),
    )


def _round(poses: Sequence[Pose], place: float) -> Blend:
    """Return a closed curve of sines and cosines through poses at even distances: four make a true circle."""
    return tuple((pose, _share(place - number, len(poses))) for number, pose in enumerate(poses))


def _share(away: float, count: int) -> float:
    # The trigonometric polynomial that is 1 at one of `count` even places and 0 at the others.
    angle = 2.0 * pi * away / count
    total = 1.0 + 2.0 * sum(cos(k * angle) for k in range(1, (count - 1) // 2 + 1))
    if count % 2 == 0:
        total += cos(count // 2 * angle)
    return total / count
