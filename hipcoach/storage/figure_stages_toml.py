"""What a figure file says of its stages: the poses that each phase passes through."""

from __future__ import annotations

from collections.abc import Mapping

from hipcoach.core.figure.movement import PhasePath, StagePath
from hipcoach.core.figure.pose import Pose
from hipcoach.storage.pose_toml import known
from hipcoach.storage.table import Table


def read_stages(table: Table, poses: Mapping[str, Pose]) -> dict[str, StagePath]:
    """Read the way of every stage through poses that are known by now."""
    whole = table.table("stages")
    stages: dict[str, StagePath] = {}
    for name in {} if whole is None else whole.values:
        inner = whole.table(name) if whole is not None else None
        if inner is not None:
            stages[name] = _stage(inner, name, poses)
    if not stages:
        table.problem("stages", "is missing or empty")
    return stages


def _stage(table: Table, name: str, poses: Mapping[str, Pose]) -> StagePath:
    if table.has("held"):
        held = table.text("held")
        known(table, "held", held, poses)
        comes_from = table.text("from", "")
        if comes_from:
            known(table, "from", comes_from, poses)
        table.finish()
        return StagePath(name, held, comes_from=comes_from)
    start = table.text("start")
    known(table, "start", start, poses)
    phases = []
    inner = table.table("phases")
    for phase in () if inner is None else inner.values:
        value = inner.values[phase] if inner is not None else ""
        names = tuple(value) if isinstance(value, list) else (value,)
        if names and all(isinstance(each, str) and known(table, phase, each, poses) for each in names):
            phases.append(PhasePath(phase, names))
        else:
            table.problem(phase, "must be the name of a pose, or a list of them")
    if not phases:
        table.problem("phases", "is missing: give the stage's phases, or the pose that is held")
    elif phases[-1].poses[-1] != start:
        table.problem(phases[-1].name, f"must end in {start!r}, where a repetition starts and ends")
    path = StagePath(
        name, start, tuple(phases), round=table.flag("round", False), reverse=table.text("reverse", "")
    )
    table.finish()
    return path
