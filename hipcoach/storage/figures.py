"""The bundled figures: each read from its own file when it is asked for.

A figure file is a `Figure`, its poses written shorter. A pose says how it differs from the figure's `stance`
and `base`, or from an earlier pose that it is `like`. `knee = 90` and `hip.flexion = 90` mean both sides,
`knee.right` and `hip.right.flexion` one.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from msgspec import MsgspecError, Struct, convert

from hipcoach.core.figure.body import ANGLES, OUT
from hipcoach.core.figure.movement import ENDS, LIMBS, PINS, SUPPORTS, Degrees, Figure, Pose, Reach
from hipcoach.core.text import nearest
from hipcoach.errors import DataError
from hipcoach.paths import bundled
from hipcoach.storage.text_file import UnreadableError, parse_toml, read_text
from hipcoach.storage.typed import line_of, lines_of

LARGEST_FILE = 100_000
"""Bytes; poses take a few thousand."""
STANCES = "stances"
"""The file of base poses, which is no figure."""

Table = dict[str, Any]


class _Poses(Struct):
    """The part of a file that is written shorter."""

    stance: str = ""
    base: Table = {}
    poses: dict[str, Table] = {}


@cache
def figure_ids() -> tuple[str, ...]:
    """Return every exercise and self-test that has a figure.

    Raises:
        ResourceError: the bundled data is missing.
    """
    return tuple(sorted(path.stem for path in _directory().glob("*.toml") if path.stem != STANCES))


@cache
def load_figure(name: str) -> Figure:
    """Return the figure of an exercise or self-test.

    Raises:
        KeyError: there is none.
        DataError: its file has a problem.
        ResourceError: the bundled data is missing.
    """
    if name not in figure_ids():
        raise KeyError(name)
    return read_figure(_directory() / f"{name}.toml")


@cache
def stances() -> Mapping[str, Pose]:
    """Return the base poses that figures start from.

    Raises:
        DataError: their file has a problem.
        ResourceError: the bundled data is missing.
    """
    with _file(_directory() / f"{STANCES}.toml") as file:
        return _poses(convert(file["stances"], dict[str, Table]), Pose())


def read_figure(path: Path) -> Figure:
    """Read one figure file.

    Raises:
        DataError: it has a problem; the message names the file, the line and the place.
        ResourceError: the bundled stances are missing.
    """
    with _file(path) as file:
        written = convert({name: file.pop(name) for name in _Poses.__struct_fields__ if name in file}, _Poses)
        _check("stance", [written.stance], stances())
        base = _pose("base", written.base, stances()[written.stance])
        figure = convert(file | {"poses": _poses(written.poses, base)}, Figure, from_attributes=True)
        _check_names(figure)
        return figure


def _directory() -> Path:
    return bundled("data") / "figures"


@contextmanager
def _file(path: Path) -> Iterator[Table]:
    """Read a file, and name it with the line where what is made of it meets a problem."""
    text = ""
    try:
        text = read_text(path, LARGEST_FILE)
        yield parse_toml(text)
    except (UnreadableError, OSError, MsgspecError, ValueError) as error:
        place = re.search(r"^[\w.-]+(?=: )|(?<=`\$)\S+(?=`)", str(error))
        steps = re.findall(r"[\w-]+", place[0] if place else "")
        line = line_of(tuple(int(each) if each.isdigit() else each for each in steps), lines_of(text))
        raise DataError(f"{path.name}{f':{line}' if line else ''}: {error}") from error


def _poses(tables: Mapping[str, Table], base: Pose) -> dict[str, Pose]:
    poses: dict[str, Pose] = {}
    for name, table in tables.items():
        like = table.pop("like", None)
        if like is not None:
            _check(f"poses.{name}.like", [like], poses)
        poses[name] = _pose(f"poses.{name}", table, poses.get(like, base))
    return poses


def _pose(place: str, table: Table, base: Pose) -> Pose:
    reach = convert(table.pop("reach", {}), dict[str, Reach])
    angles = dict(_angles(table))
    _check(place, angles, BOTH_SIDES)
    found = dict(base.angles)
    # What both sides have comes first, whatever order the file has.
    for name in sorted(angles, key=lambda name: name in ANGLES):
        try:
            found |= dict.fromkeys(BOTH_SIDES[name], convert(angles[name], Degrees))
        except MsgspecError as error:
            raise ValueError(f"{place}.{name}: {error}") from error
    return Pose(found, {**base.reach, **reach})


def _angles(table: Table, prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Yield every angle of a table by its whole name, such as "hip.right.flexion"."""
    for name, value in table.items():
        if isinstance(value, dict):
            yield from _angles(value, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", value


def _sideless(angle: str) -> str:
    return ".".join(part for part in angle.split(".") if part not in OUT)


BOTH_SIDES = {
    name: [angle for angle in ANGLES if name in (angle, _sideless(angle))]
    for each in ANGLES
    for name in (each, _sideless(each))
}
"""The angles that each name in a file stands for: itself, or without its side those of both."""


def _check_names(figure: Figure) -> None:
    """Raise ValueError where a figure names what there is not, or a repetition does not come back."""
    _check("working", figure.working, LIMBS)
    _check("anchor", [figure.anchor], SUPPORTS)
    _check("pins", figure.pins, PINS)
    for name, pose in figure.poses.items():
        _check(f"poses.{name}.reach", pose.reach, ENDS)
        _check(f"poses.{name}.reach", filter(None, (each.point for each in pose.reach.values())), SUPPORTS)
    for name, stage in figure.stages.items():
        _check(f"stages.{name}", (*stage.way, stage.comes_from or stage.start), figure.poses)
        if stage.way[-1] != stage.start:
            raise ValueError(f"stages.{name}: the last phase must end in {stage.start!r}, where a rep starts")


def _check(place: str, names: Iterable[str], known: Collection[str]) -> None:
    """Raise ValueError for a name that is not known, with its place and the nearest that is."""
    for name in names:
        if name not in known:
            near = nearest(name, known)
            hint = f"did you mean {near!r}?" if near else f"known: {', '.join(sorted(known))}"
            raise ValueError(f"{place}: {name!r} is not known here: {hint}")
