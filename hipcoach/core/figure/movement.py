"""A figure: its poses, and through which of them each phase of each stage goes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import cos, pi

from msgspec import Struct, field

from hipcoach.core.figure.pose import Blend, Pose
from hipcoach.core.figure.props import Prop
from hipcoach.core.figure.vector import Vec
from hipcoach.core.figure.view import View

SINK_SECONDS = 2.0
"""How long a hold takes to sink from the pose it comes from into the one that is held."""


class Support(Struct, frozen=True):
    """A point of the body that rests on something."""

    point: str
    at: Vec | None = None
    """Where, its z the height of what carries it; None where the starting pose puts it. Body units."""


class PhasePath(Struct, frozen=True):
    """One phase of a repetition: the poses it passes through evenly; it ends in the last."""

    name: str
    poses: tuple[str, ...]


class StagePath(Struct, frozen=True):
    """The way of one stage: phases that lead from the start back to it, or one held pose."""

    id: str
    start: str
    phases: tuple[PhasePath, ...] = ()
    """Empty for a hold, which stays at `start`."""
    comes_from: str = ""
    """The pose that a hold sinks out of when it begins, where it is not the one that is held."""
    round: bool = False
    """Whether the whole repetition is one closed curve without a stop, as a circle is."""
    reverse: str = ""
    """The direction, if the stage has any, in which the path is passed backwards; as for the right side."""

    def as_mirrored(self, direction: str | None) -> str | None:
        """The direction whose way becomes this one's in a mirror.

        Outward is outward on both legs, but what turns clockwise turns the other way in a mirror.
        """
        if direction is None or not self.reverse.endswith("clockwise"):
            return direction
        return None if direction == self.reverse else self.reverse

    @property
    def way(self) -> tuple[str, ...]:
        """The poses of one repetition in their order, the start first and last."""
        return (self.start, *(pose for phase in self.phases for pose in phase.poses))


class Figure(Struct, frozen=True, eq=False):
    """Everything that is needed to draw one movement. Written for the right side working."""

    id: str
    view: View
    working: tuple[str, ...]
    """The limbs in the side's colour, such as "leg.right"; none where both sides work alike."""
    anchor: Support
    pins: tuple[Support, ...]
    props: tuple[Prop, ...]
    poses: Mapping[str, Pose]
    stages: Mapping[str, StagePath]
    alternates: bool = False
    """Whether the sides take turns rep by rep: then the body mirrors and the eye stays where it is."""
    far: tuple[str, ...] | None = field(default=None)
    """The limbs in the far shade; None leaves it to the view."""

    @property
    def home(self) -> Pose:
        """The pose that decides where everything stands: the start of the first stage."""
        return self.poses[next(iter(self.stages.values())).start]


def rest_blend(figure: Figure, stage: str) -> Blend:
    """The starting pose of a stage.

    Raises:
        KeyError: the figure has no such stage.
    """
    return ((figure.poses[figure.stages[stage].start], 1.0),)


def hold_blend(figure: Figure, stage: str, seconds: float) -> Blend:
    """Which poses make up a hold that has lasted so many seconds.

    Raises:
        KeyError: the figure has no such stage.
    """
    path = figure.stages[stage]
    if not path.comes_from or seconds >= SINK_SECONDS:
        return rest_blend(figure, stage)
    way = (figure.poses[path.comes_from], figure.poses[path.start])
    return _between(way, eased(max(0.0, seconds) / SINK_SECONDS))


def phase_blend(figure: Figure, stage: str, phase: str, through: float, direction: str | None) -> Blend:
    """Which poses make up the moment when `through` (0 to 1) of a phase has passed.

    Raises:
        KeyError: the figure has no such stage, or the stage no such phase.
    """
    path = figure.stages[stage]
    names = [each.name for each in path.phases]
    if phase not in names:
        raise KeyError(phase)
    number, through = names.index(phase), min(1.0, max(0.0, through))
    if path.reverse and direction == path.reverse:
        number, through = len(names) - 1 - number, 1.0 - through
    before = sum(len(each.poses) for each in path.phases[:number])
    count = len(path.phases[number].poses)
    poses = tuple(figure.poses[name] for name in path.way)
    if path.round:
        return _round(poses[:-1], before + through * count)
    return _between(poses[before : before + count + 1], eased(through))


def blends(
    figure: Figure, stage: str, count: int, direction: str | None = None
) -> Iterator[tuple[str, Blend]]:
    """The moments of a stage in their order: `count` steps in each phase, from its start to its end.

    Each comes with a name such as "rock back 0.25".
    """
    phases = figure.stages[stage].phases
    if figure.stages[stage].comes_from:
        for number in range(count + 1):
            seconds = SINK_SECONDS * number / count
            yield f"after {seconds:.2f} s", hold_blend(figure, stage, seconds)
    elif not phases:
        yield "held", rest_blend(figure, stage)
    for phase in phases:
        for number in range(count + 1):
            through = number / count
            yield f"{phase.name} {through:.2f}", phase_blend(figure, stage, phase.name, through, direction)


def eased(through: float) -> float:
    """Slow at both ends, quick in the middle: 0 to 1 as a cubic."""
    return through * through * (3.0 - 2.0 * through)


def _between(poses: tuple[Pose, ...], through: float) -> Blend:
    """A smooth way from the first pose to the last: straight for two, a Catmull-Rom curve through more."""
    spans = len(poses) - 1
    place = min(int(through * spans), spans - 1)
    t = through * spans - place
    if spans == 1:
        return tidy((poses[0], 1.0 - t), (poses[1], t))
    one, two = poses[place], poses[place + 1]
    before = poses[max(0, place - 1)]
    after = poses[min(spans, place + 2)]
    return tidy(
        (before, ((2.0 - t) * t - 1.0) * t / 2.0),
        (one, ((3.0 * t - 5.0) * t * t + 2.0) / 2.0),
        (two, ((4.0 - 3.0 * t) * t + 1.0) * t / 2.0),
        (after, (t - 1.0) * t * t / 2.0),
    )


def _round(poses: tuple[Pose, ...], place: float) -> Blend:
    """A closed curve of sines and cosines through poses at even distances: four make a true circle."""
    count = len(poses)
    return tidy(*((pose, _share(place - number, count)) for number, pose in enumerate(poses)))


def _share(away: float, count: int) -> float:
    # The trigonometric polynomial that is 1 at one of `count` even places and 0 at the others.
    angle = 2.0 * pi * away / count
    total = 1.0 + 2.0 * sum(cos(k * angle) for k in range(1, (count - 1) // 2 + 1))
    if count % 2 == 0:
        total += cos(count // 2 * angle)
    return total / count


def tidy(*shares: tuple[Pose, float]) -> Blend:
    """A blend without poses that have no share in it."""
    return tuple((pose, weight) for pose, weight in shares if abs(weight) > 1e-9)
