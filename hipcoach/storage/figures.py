"""The bundled figures: each read from its own file, when it is asked for.

A figure file says where the figure is seen from, what the body rests on, its poses, and through which of them
each phase of each stage goes. `knee = 90` and `hip.flexion = 90` mean both sides, `knee.right` and
`hip.right.flexion` one; a pose starts from the figure's stance and base, or from an earlier one (`like`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal

from msgspec import Meta, MsgspecError, Struct, convert, field

from hipcoach.core.figure.movement import Figure, PhasePath, StagePath, Support
from hipcoach.core.figure.pose import ANGLES, Pose, Reach
from hipcoach.core.figure.props import HEIGHTS, SIZES, Prop, PropKind
from hipcoach.core.figure.shapes import LIMBS as BODY_LIMBS
from hipcoach.core.figure.skeleton import SIDES
from hipcoach.core.figure.support import LIMBS, PINNABLE, POINTS, SUPPORTABLE
from hipcoach.core.figure.vector import ORIGIN
from hipcoach.core.figure.view import VIEWS, View
from hipcoach.core.near import nearest
from hipcoach.errors import DataError
from hipcoach.paths import bundled
from hipcoach.storage.text_file import UnreadableError, read_toml

LARGEST_FILE = 100_000
"""Bytes; poses take a few thousand."""
STANCES = "stances"
"""The file of base poses, which is no figure."""
MOST_DEGREES = 360.0

Degrees = Annotated[float, Meta(ge=-MOST_DEGREES, le=MOST_DEGREES)]
Length = Annotated[float, Meta(ge=-10, le=10)]
"""Body units; no place is farther away."""
Place = tuple[Length, Length, Length]
PoseTable = dict[str, Any]
"""Joints and their degrees, `like` and `reach`."""


class _Table(Struct, frozen=True, forbid_unknown_fields=True):
    """A table without any other fields than its own."""


class _View(_Table, frozen=True):
    turn: Degrees
    tilt: Annotated[float, Meta(ge=-90, le=90)] = 0.0


class _Support(_Table, frozen=True):
    point: str
    at: Place | None = None


class _Prop(_Table, frozen=True):
    kind: PropKind
    at: Place = ORIGIN
    height: Length | None = None
    width: Length | None = None
    length: Length | None = None
    facing: Degrees = 0.0
    between: tuple[str, str] | None = None


class _Reach(_Table, frozen=True):
    point: str
    offset: Place = ORIGIN


class _Stage(_Table, frozen=True):
    """Either `start` and `phases`, or the pose that is `held`."""

    start: str = ""
    phases: dict[str, str | Annotated[list[str], Meta(min_length=1)]] = {}
    round: bool = False
    reverse: str = ""
    held: str = ""
    comes_from: str = field(name="from", default="")


class _FigureFile(_Table, frozen=True):
    format: Literal[1]
    view: str | _View
    working: tuple[str, ...]
    anchor: str | _Support
    stance: str
    stages: Annotated[dict[str, _Stage], Meta(min_length=1)]
    exercise: str = ""
    self_test: str = ""
    props: tuple[PropKind | _Prop, ...] = ()
    pins: tuple[str | _Support, ...] = ()
    base: PoseTable = {}
    poses: dict[str, PoseTable] = {}
    alternates: bool = False
    far: tuple[str, ...] | None = None


class _StancesFile(_Table, frozen=True):
    format: Literal[1]
    stances: dict[str, PoseTable]


@cache
def figure_ids() -> tuple[str, ...]:
    """Return every exercise and self-test that has a figure.

    Raises:
        ResourceError: the bundled data is missing.
    """
    found = (path.stem for path in _directory().glob("*.toml"))
    return tuple(sorted(name for name in found if name != STANCES))


@cache
def load_figure(exercise_id: str) -> Figure:
    """Return the figure of an exercise or self-test.

    Raises:
        KeyError: there is none.
        DataError: its file has a problem.
        ResourceError: the bundled data is missing.
    """
    if exercise_id not in figure_ids():
        raise KeyError(exercise_id)
    figure = read_figure(_directory() / f"{exercise_id}.toml")
    if figure.id != exercise_id:
        raise DataError(f"{exercise_id}.toml: exercise: is not {exercise_id!r}")
    return figure


@cache
def stances() -> Mapping[str, Pose]:
    """Return the base poses that figures start from.

    Raises:
        DataError: their file has a problem.
        ResourceError: the bundled data is missing.
    """
    path = _directory() / f"{STANCES}.toml"
    try:
        return _poses(convert(_read(path), _StancesFile).stances, Pose())
    except (MsgspecError, ValueError) as error:
        raise DataError(f"{path.name}: {error}") from error


def read_figure(path: Path) -> Figure:
    """Read one figure file.

    Raises:
        DataError: it has a problem; the message names the file and the place.
        ResourceError: the bundled stances are missing.
    """
    try:
        return _figure(convert(_read(path), _FigureFile))
    except (MsgspecError, ValueError) as error:
        raise DataError(f"{path.name}: {error}") from error


def _directory() -> Path:
    return bundled("data") / "figures"


def _read(path: Path) -> dict[str, Any]:
    try:
        return read_toml(path, LARGEST_FILE)
    except FileNotFoundError as error:
        raise DataError(f"{path.name}: cannot be read: {error.strerror}") from error
    except UnreadableError as error:
        raise DataError(f"{path.name}: {error.message}") from error


def _figure(file: _FigureFile) -> Figure:
    base = _pose(file.base, stances()[_known("stance", file.stance, stances())], {}, "base")
    poses = _poses(file.poses, base)
    if not (name := file.exercise or file.self_test):
        raise ValueError("exercise: is missing")
    return Figure(
        id=name,
        view=_view(file.view),
        working=tuple(_known("working", limb, BODY_LIMBS) for limb in file.working),
        anchor=_support("anchor", file.anchor, SUPPORTABLE),
        pins=tuple(_support("pins", pin, PINNABLE) for pin in file.pins),
        props=tuple(_prop(each) for each in file.props),
        poses=poses,
        stages={name: _stage(name, each, poses) for name, each in file.stages.items()},
        alternates=file.alternates,
        far=None if file.far is None else tuple(_known("far", limb, BODY_LIMBS) for limb in file.far),
    )


def _known(place: str, name: str, names: Collection[str]) -> str:
    """Return a name that is known.

    Raises:
        ValueError: it is not; the message says where it stands, and names the nearest.
    """
    if name in names:
        return name
    near = nearest(name, names)
    hint = f"did you mean {near!r}?" if near else f"known: {', '.join(sorted(names))}"
    raise ValueError(f"{place}: {name!r} is not known here: {hint}")


def _view(view: str | _View) -> View:
    return View(view.turn, view.tilt) if isinstance(view, _View) else VIEWS[_known("view", view, VIEWS)]


def _support(place: str, support: str | _Support, points: Collection[str]) -> Support:
    if isinstance(support, str):
        return Support(_known(place, support, points))
    return Support(_known(place, support.point, points), support.at)


def _prop(given: PropKind | _Prop) -> Prop:
    prop = given if isinstance(given, _Prop) else _Prop(given)
    if prop.kind is PropKind.TOWEL and prop.between is None:
        raise ValueError("props: between: must be the two points of the body that the towel hangs from")
    width, length = SIZES.get(prop.kind, (0.0, 0.0))
    one, other = prop.between or ("pelvis", "pelvis")
    return Prop(
        prop.kind,
        at=prop.at,
        height=HEIGHTS.get(prop.kind, 0.0) if prop.height is None else prop.height,
        width=width if prop.width is None else prop.width,
        length=length if prop.length is None else prop.length,
        facing=prop.facing,
        between=(_known("props: between", one, POINTS), _known("props: between", other, POINTS)),
    )


def _stage(name: str, stage: _Stage, poses: Mapping[str, Pose]) -> StagePath:
    place = f"stages.{name}"
    if stage.held:
        if stage.comes_from:
            _known(f"{place}.from", stage.comes_from, poses)
        return StagePath(name, _known(f"{place}.held", stage.held, poses), comes_from=stage.comes_from)
    start = _known(f"{place}.start", stage.start, poses)
    phases = []
    for phase, way in stage.phases.items():
        passed = [way] if isinstance(way, str) else way
        names = tuple(_known(f"{place}.phases.{phase}", pose, poses) for pose in passed)
        phases.append(PhasePath(phase, names))
    if not phases:
        raise ValueError(f"{place}: phases: is missing: give the stage's phases, or the pose that is held")
    if phases[-1].poses[-1] != start:
        raise ValueError(
            f"{place}.phases.{phases[-1].name}: must end in {start!r}, where a repetition starts and ends"
        )
    return StagePath(name, start, tuple(phases), round=stage.round, reverse=stage.reverse)


def _poses(tables: Mapping[str, PoseTable], base: Pose) -> dict[str, Pose]:
    poses: dict[str, Pose] = {}
    for name, table in tables.items():
        poses[name] = _pose(table, base, poses, f"poses.{name}")
    return poses


def _pose(table: PoseTable, base: Pose, earlier: Mapping[str, Pose], place: str) -> Pose:
    joints = dict(table)
    like, reach = joints.pop("like", None), joints.pop("reach", {})
    if like is not None:
        base = earlier[_known(f"{place}.like", str(like), earlier)]
    angles: dict[str, float] = {}
    # What both sides have comes first, whatever order the file has.
    for name, degrees in sorted(_degrees(joints, ""), key=lambda given: given[0] in ANGLES):
        if isinstance(degrees, bool) or not isinstance(degrees, int | float):
            raise ValueError(f"{place}.{name}: must be a number (is {degrees!r})")
        if not -MOST_DEGREES <= degrees <= MOST_DEGREES:
            raise ValueError(f"{place}.{name}: must be from -{MOST_DEGREES:g} to {MOST_DEGREES:g}")
        sides = BOTH_SIDES[_known(place, name, BOTH_SIDES)]
        angles |= dict.fromkeys(sides, float(degrees))
    return base.changed(angles, _reaches(reach, f"{place}.reach"))


def _degrees(table: Mapping[str, Any], prefix: str) -> Iterator[tuple[str, Any]]:
    """Every angle of a table by its whole name, such as "hip.right.flexion"."""
    for name, value in table.items():
        if isinstance(value, dict):
            yield from _degrees(value, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", value


def _reaches(table: Any, place: str) -> list[Reach]:
    found = []
    for limb, goal in convert(table, dict[str, str | Place | _Reach]).items():
        _known(place, limb, LIMBS)
        if isinstance(goal, tuple):
            found.append(Reach(limb, "", goal))
        elif isinstance(goal, str):
            found.append(Reach(limb, _known(f"{place}.{limb}", goal, SUPPORTABLE)))
        else:
            found.append(Reach(limb, _known(f"{place}.{limb}", goal.point, SUPPORTABLE), goal.offset))
    return found


def _names() -> dict[str, list[str]]:
    """The angles that each name in a file stands for: itself, or without its side those of both."""
    names = {angle: [angle] for angle in ANGLES}
    for angle in ANGLES:
        parts = angle.split(".")
        without = ".".join(part for part in parts if part not in SIDES)
        if without != angle:
            names.setdefault(without, []).append(angle)
    return names


BOTH_SIDES = _names()
