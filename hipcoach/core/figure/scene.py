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
from hipcoach.core.figure.body import BONES, OUT, Body, Vec, Z, about, swapped
from hipcoach.core.figure.movement import LIMBS, Figure, Moment, Prop, View, blend_at, moments
from hipcoach.core.figure.support import at_home, supported


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


class Disc(Struct, frozen=True, gc=False):
    """An end of a line on the picture. In body units."""

    x: float
    """To the right."""
    y: float
    """Up."""
    radius: float
    """Half the thickness of the line there."""


class Line(Struct, frozen=True):
    """A round-ended line that may taper: a limb, or a thin bar of a thing."""

    start: Disc
    end: Disc
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
    whole, floor = setting(figure)
    lines = sorted([*floor, *_scene(figure, moment, breath)], key=_from_far_to_near)
    if moment.side is Side.LEFT and not figure.alternates:
        lines = [replace(line, part=swapped(line.part)) for line in turned_over(lines, whole, -1.0)]
    return Drawing(tuple(lines), whole)


def turned_over(lines: Iterable[Line], frame: Frame, share: float) -> Iterator[Line]:
    """Yield lines as they are seen while the picture turns over within its frame, at `share` of its width:
    1 as it was, 0 from the edge, -1 with right and left exchanged."""
    middle = (frame.left + frame.right) / 2
    for line in lines:
        start, end = (replace(each, x=middle + (each.x - middle) * share) for each in (line.start, line.end))
        yield replace(line, start=start, end=end)


@cache
def setting(figure: Figure) -> tuple[Frame, tuple[Line, ...]]:
    """Return the part of the picture that a figure needs at every moment of all its stages, and the floor: a
    line across it, or the rim of a mat where one looks down on it."""
    samples = list(_samples(figure))
    floor = _mat(figure, [_body(figure, moment) for moment in samples]) if figure.view.tilt else []
    lines = chain(floor, *(_scene(figure, moment) for moment in samples))
    ends = [end for line in lines for end in (line.start, line.end)]
    frame = Frame(
        min(end.x - end.radius for end in ends) - MARGIN,
        min(end.y - end.radius for end in ends) - MARGIN,
        max(end.x + end.radius for end in ends) + MARGIN,
        max(end.y + end.radius for end in ends) + MARGIN,
    )
    if not floor:
        start, end = (Disc(x, -FLOOR_LINE, FLOOR_LINE) for x in (frame.left, frame.right))
        floor = [Line(start, end, Ink.GROUND, BEHIND_ALL)]
    return frame, tuple(floor)


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


def seen(view: View, point: Vec) -> Vec:
    """Return a point's place on the picture, x to the right and y up, and its distance from the eye, of which
    only differences mean anything."""
    turn, tilt = radians(view.turn), radians(view.tilt)
    across = point.x * cos(turn) + point.y * sin(turn)
    away = point.y * cos(turn) - point.x * sin(turn)
    return Vec(across, point.z * cos(tilt) + away * sin(tilt), away * cos(tilt) - point.z * sin(tilt))


def _scene(figure: Figure, moment: Moment, breath: float = 0.0) -> Iterator[Line]:
    """Yield the lines of a body as it is seen, and of its things.

    A part has one depth, so that nothing passes between its lines.
    """
    view, body = figure.view, _body(figure, moment, breath)
    yield from _part(_trunk(body, breath * WIDENS), view, Ink.NEAR, "trunk")
    yield from _part(_head(body), view, Ink.NEAR, "head", HEAD_FORWARD)
    working = {swapped(limb) if _mirrors(figure, moment) else limb for limb in figure.working}
    far = _far_limbs(figure)
    for limb in LIMBS:
        ink = Ink.WORKING if limb in working else Ink.FAR if limb in far else Ink.NEAR
        yield from _part(_limb(body, limb), view, ink, limb, FORWARD.get(ink, 0.0))
    for prop in figure.props:
        for start, end in _bars(prop):
            yield from _part([(start, end, THIN, THIN)], view, Ink.PROP)


Bone = tuple[Vec, Vec, float, float]
"""From, to and the radii there."""


def _part(
    bones: Iterable[Bone], view: View, ink: Ink, part: str = "", forward: float = 0.0
) -> Iterator[Line]:
    ends = [(seen(view, start), seen(view, end), thick, thin) for start, end, thick, thin in bones]
    weighty = ends[:2]  # of a limb its long ones, without hand and foot
    depth = sum(start.z + end.z for start, end, _, _ in weighty) / (2 * len(weighty)) - forward
    for start, end, thick, thin in ends:
        yield Line(Disc(start.x, start.y, thick), Disc(end.x, end.y, thin), ink, depth, part)


def _limb(body: Body, limb: str) -> Iterator[Bone]:
    kind, _, side = limb.partition(".")
    for start, end, thick, thin in ARM if kind == "arm" else LEG:
        yield body.points[f"{start}.{side}"], body.points[f"{end}.{side}"], thick, thin


def _trunk(body: Body, breath: float) -> Iterator[Bone]:
    """Yield the lines of pelvis, waist, chest, shoulders and neck. `breath` widens the chest."""
    points, full = body.points, 0.058 + breath
    collar = points["neck"] + body.turns["chest"].top * 0.012
    yield points["pelvis"], points["waist"], 0.058, 0.052
    yield points["waist"], points["chest"], 0.052, full
    yield points["hip.left"], points["hip.right"], 0.054, 0.054
    yield points["chest"], points["neck"], full, 0.034
    yield points["neck"], (points["neck"] + points["head"]) * 0.5, 0.029, 0.026
    for side, out in OUT.items():
        flank = points["waist"] + body.turns["waist"].right * (out * FLANK)
        yield collar, points[f"shoulder.{side}"], 0.029, 0.032
        yield points["chest"], points[f"shoulder.{side}"], 0.050, 0.030
        yield points[f"shoulder.{side}"], flank, 0.032, 0.043
        yield flank, points[f"hip.{side}"], 0.043, 0.054


def _head(body: Body) -> Iterator[Bone]:
    head, up = body.points["head"], body.turns["head"].of(BONES["head"].offset.unit()) * LONG_HEAD
    yield head - up, head + up, 0.051, 0.055


@cache
def _far_limbs(figure: Figure) -> tuple[str, ...]:
    """Return the limbs that are farther away than their opposites in the starting pose."""
    points = at_home(figure)[0].points
    roots = {limb: limb.replace("arm", "shoulder").replace("leg", "hip") for limb in LIMBS}
    away = {limb: seen(figure.view, points[root]).z for limb, root in roots.items()}
    return tuple(limb for limb in LIMBS if away[limb] - away[swapped(limb)] > FAR_FROM)


def _bars(prop: Prop) -> Iterator[tuple[Vec, Vec]]:
    """Yield the bars that make up a thing, from and to."""
    if prop.kind == "post":
        yield Vec(*prop.at), Vec(*prop.at) + Vec(0.0, 0.0, prop.height)
        return
    top = _corners(prop, max(prop.height - THIN, THIN))
    yield from _edges(top)
    if prop.kind in ("chair", "surface"):
        yield from zip(top, _corners(prop, THIN), strict=True)
    if prop.kind == "chair":
        left, right = (corner + Vec(0.0, 0.0, CHAIR_BACK) for corner in top[:2])
        yield from ((top[0], left), (top[1], right), (left, right))


def _corners(prop: Prop, up: float) -> list[Vec]:
    """Return the corners of a thing at a height: back left, back right, front right, front left."""
    turn = about(Z, -prop.facing)
    x, y = prop.width / 2, prop.length / 2
    return [Vec(*prop.at) + turn.of(Vec(a, b, up)) for a, b in ((-x, -y), (x, -y), (x, y), (-x, y))]


def _edges(corners: list[Vec]) -> Iterator[tuple[Vec, Vec]]:
    return zip(corners, [*corners[1:], corners[0]], strict=True)


def _mat(figure: Figure, bodies: Iterable[Body]) -> list[Line]:
    """Return the rim of the floor that bodies touch."""
    touching = [body.points[name] for body in bodies for name in BONES if body.lowest(name) < NEAR_GROUND]
    left, right = _span([point.x for point in touching], LEAST_MAT[0])
    back, front = _span([point.y for point in touching], LEAST_MAT[1])
    corners = [Vec(x, y, 0.0) for x, y in ((left, back), (right, back), (right, front), (left, front))]
    bones = ((start, end, FLOOR_LINE, FLOOR_LINE) for start, end in _edges(corners))
    return list(_part(bones, figure.view, Ink.GROUND, forward=-BEHIND_ALL))


def _span(places: list[float], least: float) -> tuple[float, float]:
    low, high = min(places) - MAT_MARGIN, max(places) + MAT_MARGIN
    missing = max(0.0, least - (high - low)) / 2
    return low - missing, high + missing
