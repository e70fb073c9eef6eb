"""The bundled figures: each read from its own file, when it is asked for."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from hipcoach.core.figure.movement import Figure
from hipcoach.core.figure.pose import Pose
from hipcoach.core.figure.support import SUPPORTABLE
from hipcoach.errors import DataError
from hipcoach.resources import bundled
from hipcoach.storage.figure_scene_toml import read_limbs, read_pins, read_props, read_support, read_view
from hipcoach.storage.figure_stages_toml import read_stages
from hipcoach.storage.pose_toml import known, read_pose, read_poses
from hipcoach.storage.table import Problem, Table
from hipcoach.storage.text_file import UnreadableError, read_toml

FORMAT = 1
LARGEST_FILE = 100_000
"""Bytes; poses take a few thousand."""
STANCES = "stances"
"""The file of base poses, which is no figure."""


@cache
def figure_ids() -> tuple[str, ...]:
    """Every exercise and self-test that has a figure.

    Raises:
        ResourceError: the bundled data is missing.
    """
    found = (path.stem for path in _directory().glob("*.toml"))
    return tuple(sorted(name for name in found if name != STANCES))


@cache
def load_figure(exercise_id: str) -> Figure:
    """The figure of an exercise or self-test.

    Raises:
        KeyError: there is none.
        DataError: its file has problems (all of them in the message).
        ResourceError: the bundled data is missing.
    """
    if exercise_id not in figure_ids():
        raise KeyError(exercise_id)
    problems: list[Problem] = []
    figure = read_figure(_directory() / f"{exercise_id}.toml", problems)
    _check(problems)
    if figure is None or figure.id != exercise_id:
        raise DataError(f"{exercise_id}.toml: exercise: is not {exercise_id!r}")
    return figure


@cache
def stances() -> Mapping[str, Pose]:
    """The base poses that figures start from.

    Raises:
        DataError: their file has problems.
        ResourceError: the bundled data is missing.
    """
    problems: list[Problem] = []
    table = _table(_directory() / f"{STANCES}.toml", problems)
    poses: dict[str, Pose] = {}
    if table is not None:
        inner = table.table("stances")
        poses = {} if inner is None else read_poses(inner, lambda _: Pose())
        table.finish()
    _check(problems)
    return poses


def read_figure(path: Path, problems: list[Problem]) -> Figure | None:
    """Read one figure file and note its problems; None where it cannot be read at all.

    Raises:
        DataError, ResourceError: the bundled stances have problems or are missing.
    """
    table = _table(path, problems)
    if table is None:
        return None
    name = table.id("self_test" if table.has("self_test") else "exercise")
    stance = table.text("stance")
    base = stances().get(stance, Pose()) if known(table, "stance", stance, stances()) else Pose()
    inner = table.table("base")
    if inner is not None:
        base = read_pose(inner, base)
    inner = table.table("poses")
    poses = {} if inner is None else read_poses(inner, lambda _: base)
    figure = Figure(
        id=name,
        view=read_view(table),
        working=read_limbs(table, "working"),
        anchor=read_support(table, "anchor", SUPPORTABLE),
        pins=read_pins(table),
        props=read_props(table),
        poses=poses,
        stages=read_stages(table, poses),
        alternates=table.flag("alternates", False),
        far=read_limbs(table, "far") if table.has("far") else None,
    )
    table.read.update(("base", "far"))
    table.finish()
    return None if problems else figure


def _directory() -> Path:
    return bundled("data") / "figures"


def _check(problems: list[Problem]) -> None:
    if problems:
        raise DataError("\n".join(str(problem) for problem in problems))


def _table(path: Path, problems: list[Problem]) -> Table | None:
    try:
        values = read_toml(path, LARGEST_FILE)
    except FileNotFoundError as error:
        problems.append(Problem(path.name, "", f"cannot be read: {error.strerror}"))
        return None
    except UnreadableError as error:
        problems.append(Problem(path.name, "", error.message))
        return None
    table = Table(values, path.name, "", problems)
    if table.whole("format", 1) > FORMAT:
        table.problem("format", f"is {values['format']}; this hipcoach reads format {FORMAT}")
        return None
    return table
