"""A moment of a movement in, a drawing out: the body and the things around it as lines on a picture."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum
from functools import cache
from itertools import chain
from math import cos, pi, radians, sin

from msgspec import Struct
from msgspec.structs import replace

from hipcoach.core.exercise import Side
from hipcoach.core.figure.body import BONES, OUT, Body, Vec, add, rotation, scaled, swapped, turned, unit
from hipcoach.core.figure.movement import LIMBS, Figure, Moment, Prop, View, blend_at, moments
from hipcoach.core.figure.support import at_home, supported

Point = tuple[float, float]
"""A place on the picture in body units: x to the right, y up."""


class Ink(StrEnum):
    """What a line belongs to, and so its shade or colour; from the weakest to the strongest."""

    GROUND = "ground"
    PROP = "prop"
    FAR = "far"
    NEAR = "near"
    WORKING = "working"


BREATH_SECONDS = 4.0
"""One breath, in and out, in a hold."""
BREATH_LIFT = 0.009
"""How far the shoulders rise in a breath, in body units: enough to be seen, little enough to be still."""
WIDENS = 0.6
"""How much the chest widens, as a share of what the shoulders rise."""

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
"""From, to and the radii there, as the picture has them. The two long bones come first."""
FLANK = 0.04
"""Half the width of the waist, to the middle of the line that draws it, in body units."""
LONG_HEAD = 0.012
"""How far the head's ends are above and below its middle, in body units: it is an oval."""
FAR_FROM = 0.04
"""A limb whose root lies so much farther away than its opposite's is a far one; in body units."""
FORWARD, HEAD_FORWARD = {Ink.NEAR: 0.04, Ink.WORKING: 0.12}, 0.15
"""How far what is near is brought forward in the order of drawing, in body units: shoulders and hips show
which limb they carry, and the head's outline is whole above the neck."""

THIN = 0.008
"""Half the thickness of the bars that things are made of, in body units."""
CHAIR_BACK = 0.26
"""How far a chair's back rises above its seat, in body units."""
FLOOR_LINE = 0.004
"""Half the thickness of the line that is the floor, in body units."""
BEHIND_ALL = 100.0
"""The floor's depth, in body units: beyond any figure."""
MAT_MARGIN = 0.06
"""How far the floor reaches beyond what touches it, where one looks down on it, in body units."""
LEAST_MAT = (0.36, 0.5)
"""How wide and how long it is at least, in body units."""
NEAR_GROUND = 0.06
"""What is no higher than this, in body units, counts as touching the floor."""
MARGIN = 0.03
"""Room round everything, in body units."""
SAMPLES = 8
"""Moments of each phase that are measured for that."""


class Line(Struct, frozen=True):
    """A round-ended line that may taper: a limb, or a thin bar of a thing. Radii in body units."""

    start: Point
    end: Point
    start_radius: float
    end_radius: float
    ink: Ink
    depth: float
    """How far from the eye, in body units; only differences mean anything."""
    part: str = ""
    """What of the body it is: trunk, head, arm.left, arm.right, leg.left or leg.right; empty for things."""


class Frame(Struct, frozen=True):
    """The part of the picture that a movement needs at every moment and for both sides. In body units."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        """In body units."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """In body units."""
        return self.top - self.bottom


class Drawing(Struct, frozen=True):
    """One moment of a movement."""

    lines: tuple[Line, ...]
    """From far to near: what comes later covers what came before. The lines of a limb keep their order."""
    frame: Frame


def drawing_at(figure: Figure, moment: Moment) -> Drawing:
    """Return the figure at a moment. Cheap enough for every picture on a screen.

    Raises:
        KeyError: the figure has no such stage, or the stage no such phase.
    """
    breath = 0.0
    if moment.held is not None:
        breath = BREATH_LIFT * (1.0 - cos(2.0 * pi * moment.held / BREATH_SECONDS)) / 2.0
    lines = sorted([*_floor(figure), *_scene(figure, moment, breath)], key=_from_far_to_near)
    whole = frame(figure)
    if moment.side is Side.LEFT and not figure.alternates:
        lines = [_flipped(line, whole) for line in lines]
    return Drawing(tuple(lines), whole)


@cache
def frame(figure: Figure) -> Frame:
    """Return the part of the picture that the whole figure needs, at every moment of all its stages."""
    lines = list(_mat(figure))
    for moment in _samples(figure):
        lines += _scene(figure, moment)
    ends = [(*line.start, line.start_radius) for line in lines]
    ends += [(*line.end, line.end_radius) for line in lines]
    return Frame(
        min(x - radius for x, _, radius in ends) - MARGIN,
        min(y - radius for _, y, radius in ends) - MARGIN,
        max(x + radius for x, _, radius in ends) + MARGIN,
        max(y + radius for _, y, radius in ends) + MARGIN,
    )


def _samples(figure: Figure) -> Iterator[Moment]:
    """Yield moments of the whole movement, of both sides where the body mirrors."""
    for moment in chain.from_iterable(moments(figure, stage, SAMPLES) for stage in figure.stages):
        yield moment
        if figure.alternates:
            yield replace(moment, side=Side.LEFT)


def _body(figure: Figure, moment: Moment, breath: float = 0.0) -> Body:
    body = supported(figure, blend_at(figure, moment), breath)
    return body.mirrored() if _mirrors(figure, moment) else body


def _mirrors(figure: Figure, moment: Moment) -> bool:
    return figure.alternates and moment.side is Side.LEFT


def _from_far_to_near(line: Line) -> tuple[float, bool]:
    # Rounded, so that of two at the same distance the same one comes first at every moment.
    return -round(line.depth, 6), line.ink is Ink.WORKING


def _flipped(line: Line, whole: Frame) -> Line:
    """Return a line of the picture turned over within its frame: what was the right limb is the left."""
    ends = ((whole.left + whole.right - x, y) for x, y in (line.start, line.end))
    return replace(line, start=next(ends), end=next(ends), part=swapped(line.part))


def seen(view: View, point: Vec) -> tuple[Point, float]:
    """Return a point's place on the picture and its distance from the eye; only differences mean anything."""
    turn, tilt = radians(view.turn), radians(view.tilt)
    x, y, z = point
    away = y * cos(turn) - x * sin(turn)
    at = (x * cos(turn) + y * sin(turn), z * cos(tilt) + away * sin(tilt))
    return at, away * cos(tilt) - z * sin(tilt)


def _scene(figure: Figure, moment: Moment, breath: float = 0.0) -> list[Line]:
    """Return the lines of a body as it is seen, and of its things.

    A part has one depth, so that nothing passes between its lines.
    """
    view, body = figure.view, _body(figure, moment, breath)
    lines = _part(_trunk(body, breath * WIDENS), view, Ink.NEAR, "trunk", 0.0)
    lines += _part(_head(body), view, Ink.NEAR, "head", HEAD_FORWARD)
    working = {swapped(limb) if _mirrors(figure, moment) else limb for limb in figure.working}
    far = _far_limbs(figure)
    for limb in LIMBS:
        ink = Ink.WORKING if limb in working else Ink.FAR if limb in far else Ink.NEAR
        lines += _part(_limb(body, limb), view, ink, limb, FORWARD.get(ink, 0.0))
    for prop in figure.props:
        lines += (_bar(start, end, THIN, view, Ink.PROP) for start, end in _bars(prop))
    return lines


Bone = tuple[Vec, Vec, float, float]


def _part(bones: Iterable[Bone], view: View, ink: Ink, part: str, forward: float) -> list[Line]:
    ends = [(seen(view, start), seen(view, end), thick, thin) for start, end, thick, thin in bones]
    weighty = ends[:2]  # of a limb its long ones, without hand and foot
    depth = sum(near + far for (_, near), (_, far), _, _ in weighty) / (2 * len(weighty)) - forward
    return [Line(start, end, thick, thin, ink, depth, part) for (start, _), (end, _), thick, thin in ends]


def _limb(body: Body, limb: str) -> Iterator[Bone]:
    kind, _, side = limb.partition(".")
    for start, end, thick, thin in ARM if kind == "arm" else LEG:
        yield body.points[f"{start}.{side}"], body.points[f"{end}.{side}"], thick, thin


def _trunk(body: Body, breath: float) -> Iterator[Bone]:
    """Yield the lines of pelvis, waist, chest, shoulders and neck. `breath` widens the chest."""
    points, full = body.points, 0.058 + breath
    collar = add(points["neck"], turned(body.turns["chest"], (0.0, 0.0, 0.012)))
    yield points["pelvis"], points["waist"], 0.058, 0.052
    yield points["waist"], points["chest"], 0.052, full
    yield points["hip.left"], points["hip.right"], 0.054, 0.054
    yield points["chest"], points["neck"], full, 0.034
    yield points["neck"], scaled(add(points["neck"], points["head"]), 0.5), 0.029, 0.026
    for side, out in OUT.items():
        flank = add(points["waist"], turned(body.turns["waist"], (out * FLANK, 0.0, 0.0)))
        yield collar, points[f"shoulder.{side}"], 0.029, 0.032
        yield points["chest"], points[f"shoulder.{side}"], 0.050, 0.030
        yield points[f"shoulder.{side}"], flank, 0.032, 0.043
        yield flank, points[f"hip.{side}"], 0.043, 0.054


def _head(body: Body) -> Iterator[Bone]:
    up = scaled(turned(body.turns["head"], unit(BONES["head"].offset)), LONG_HEAD)
    yield add(body.points["head"], scaled(up, -1.0)), add(body.points["head"], up), 0.051, 0.055


@cache
def _far_limbs(figure: Figure) -> tuple[str, ...]:
    """Return the limbs that are farther away than their opposites in the starting pose."""
    points = at_home(figure)[0].points
    roots = {limb: limb.replace("arm", "shoulder").replace("leg", "hip") for limb in LIMBS}
    away = {limb: seen(figure.view, points[root])[1] for limb, root in roots.items()}
    return tuple(limb for limb in LIMBS if away[limb] - away[swapped(limb)] > FAR_FROM)


def _bar(start: Vec, end: Vec, radius: float, view: View, ink: Ink) -> Line:
    (one, near), (other, far) = seen(view, start), seen(view, end)
    return Line(one, other, radius, radius, ink, (near + far) / 2)


def _bars(prop: Prop) -> Iterator[tuple[Vec, Vec]]:
    """Yield the bars that make up a thing, from and to."""
    if prop.kind == "post":
        yield prop.at, add(prop.at, (0.0, 0.0, prop.height))
        return
    top = _corners(prop, max(prop.height - THIN, THIN))
    yield from _edges(top)
    if prop.kind in ("chair", "surface"):
        yield from zip(top, _corners(prop, THIN), strict=True)
    if prop.kind == "chair":
        left, right = (add(corner, (0.0, 0.0, CHAIR_BACK)) for corner in top[:2])
        yield from ((top[0], left), (top[1], right), (left, right))


def _corners(prop: Prop, up: float) -> list[Vec]:
    """Return the corners of a thing at a height: back left, back right, front right, front left."""
    turn = rotation(0.0, 0.0, -prop.facing)
    x, y = prop.width / 2, prop.length / 2
    return [add(prop.at, turned(turn, (a, b, up))) for a, b in ((-x, -y), (x, -y), (x, y), (-x, y))]


def _edges(corners: list[Vec]) -> Iterator[tuple[Vec, Vec]]:
    return zip(corners, [*corners[1:], corners[0]], strict=True)


@cache
def _floor(figure: Figure) -> tuple[Line, ...]:
    """Return the floor: a line across the picture, or its rim where one looks down on it."""
    if figure.view.tilt:
        return _mat(figure)
    whole = frame(figure)
    start, end = (whole.left, -FLOOR_LINE), (whole.right, -FLOOR_LINE)
    return (Line(start, end, FLOOR_LINE, FLOOR_LINE, Ink.GROUND, BEHIND_ALL),)


@cache
def _mat(figure: Figure) -> tuple[Line, ...]:
    if not figure.view.tilt:
        return ()
    bodies = [_body(figure, moment) for moment in _samples(figure)]
    touching = [body.points[name] for body in bodies for name in BONES if body.lowest(name) < NEAR_GROUND]
    left, right = _span([x for x, _, _ in touching], LEAST_MAT[0])
    back, front = _span([y for _, y, _ in touching], LEAST_MAT[1])
    corners: list[Vec] = [(left, back, 0.0), (right, back, 0.0), (right, front, 0.0), (left, front, 0.0)]
    bars = (_bar(start, end, FLOOR_LINE, figure.view, Ink.GROUND) for start, end in _edges(corners))
    return tuple(replace(bar, depth=BEHIND_ALL) for bar in bars)


def _span(places: list[float], least: float) -> tuple[float, float]:
    low, high = min(places) - MAT_MARGIN, max(places) + MAT_MARGIN
    missing = max(0.0, least - (high - low)) / 2
    return low - missing, high + missing
