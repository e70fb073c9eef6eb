"""What comes with the program beside the catalogue: the figures, the self-tests and the safety page.

A figure file is a `Figure`, its poses written shorter. A pose says how it differs from the figure's `stance`
and `base`, or from an earlier pose that it is `like`. `knee = 90` and `hip.flexion = 90` mean both sides,
`knee.right` and `hip.right.flexion` one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from msgspec import Struct, convert

from hipcoach.core.figure.body import ANGLES, OUT
from hipcoach.core.figure.movement import Degrees, Figure, Pose, Reach
from hipcoach.core.self_test import SelfTests
from hipcoach.paths import bundled
from hipcoach.storage.typed import data_file

STANCES = "stances"
"""The file of base poses, which is no figure."""

Table = dict[str, Any]


class SafetySection(Struct, frozen=True, forbid_unknown_fields=True):
    """A part of what has to be read once before anything else."""

    title: str
    lines: tuple[str, ...]


@cache
def safety_sections() -> tuple[SafetySection, ...]:
    """Return what the safety page says.

    Raises:
        DataError: its file has a problem.
        ResourceError: the bundled data is missing.
    """
    with data_file(bundled("data") / "texts" / "safety.toml") as file:
        return convert(file["section"], tuple[SafetySection, ...])


@cache
def bundled_self_tests() -> SelfTests:
    """Return the self-tests.

    Raises:
        DataError, ResourceError: as for `safety_sections`.
    """
    with data_file(bundled("data") / "texts" / "self-tests.toml") as file:
        return convert(file, SelfTests)


@cache
def figure_ids() -> tuple[str, ...]:
    """Return every exercise and self-test that has a figure.

    Raises:
        ResourceError: the bundled data is missing.
    """
    return tuple(sorted(path.stem for path in _figures().glob("*.toml") if path.stem != STANCES))


@cache
def load_figure(name: str) -> Figure:
    """Return the figure of an exercise or self-test.

    Raises:
        KeyError: there is none.
        DataError, ResourceError: as for `safety_sections`.
    """
    if name not in figure_ids():
        raise KeyError(name)
    return read_figure(_figures() / f"{name}.toml")


@cache
def stances() -> Mapping[str, Pose]:
    """Return the base poses that figures start from.

    Raises:
        DataError, ResourceError: as for `safety_sections`.
    """
    with data_file(_figures() / f"{STANCES}.toml") as file:
        return _poses(file["stances"], Pose())


def read_figure(path: Path) -> Figure:
    """Read one figure file.

    Raises:
        DataError, ResourceError: as for `safety_sections`.
    """
    with data_file(path) as file:
        base = _pose(file.pop("base", {}), stances()[file.pop("stance")])
        return convert(file | {"poses": _poses(file["poses"], base)}, Figure, from_attributes=True)


def _figures() -> Path:
    return bundled("data") / "figures"


def _poses(tables: Mapping[str, Table], base: Pose) -> dict[str, Pose]:
    poses: dict[str, Pose] = {}
    for name, table in tables.items():
        like = table.pop("like", None)
        poses[name] = _pose(table, base if like is None else poses[like])
    return poses


def _pose(table: Table, base: Pose) -> Pose:
    reach = convert(table.pop("reach", {}), dict[str, Reach])
    found = dict(base.angles)
    # What both sides have comes first, whatever order the file has.
    for name, angle in sorted(_angles(table), key=lambda each: each[0] in ANGLES):
        found |= dict.fromkeys(BOTH_SIDES[name], convert(angle, Degrees))
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
