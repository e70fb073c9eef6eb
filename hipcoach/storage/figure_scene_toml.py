"""What a figure file says of view, limbs, supports and things around, read from its tables."""

from __future__ import annotations

from hipcoach.core.figure.movement import Support
from hipcoach.core.figure.props import HEIGHTS, SIZES, Prop, PropKind
from hipcoach.core.figure.shapes import LIMBS
from hipcoach.core.figure.support import PINNABLE, POINTS
from hipcoach.core.figure.vector import ORIGIN
from hipcoach.core.figure.view import VIEWS, View
from hipcoach.storage.pose_toml import MOST, known, read_place
from hipcoach.storage.table import Table

_LIMBS = frozenset(LIMBS)


def read_view(table: Table) -> View:
    """Read from where a figure is seen: a view's name, or { turn, tilt }."""
    if isinstance(table.values.get("view"), dict):
        inner = table.table("view")
        if inner is not None:
            view = View(inner.number("turn"), inner.number("tilt", 0.0, 90.0))
            inner.finish()
            return view
    name = table.text("view")
    return VIEWS[name] if name and known(table, "view", name, VIEWS) else VIEWS["side"]


def read_limbs(table: Table, field: str) -> tuple[str, ...]:
    """Read a list of limbs, such as "leg.right"."""
    found = table.texts(field)
    return tuple(limb for limb in found if known(table, field, limb, _LIMBS))


def read_support(table: Table, field: str, points: frozenset[str]) -> Support:
    """Read one supported point: its name, or { point, at }."""
    if not isinstance(table.values.get(field), dict):
        name = table.text(field)
        return Support(name if name and known(table, field, name, points) else "pelvis")
    inner = table.table(field)
    return Support("pelvis") if inner is None else _placed(inner, points)


def _placed(table: Table, points: frozenset[str]) -> Support:
    name = table.text("point")
    support = Support(
        name if name and known(table, "point", name, points) else "pelvis",
        read_place(table, "at") if table.has("at") else None,
    )
    table.read.add("at")
    table.finish()
    return support


def read_pins(table: Table) -> tuple[Support, ...]:
    """A list of names and of tables with a point and a place."""
    found = []
    for pin in _mixed(table, "pins"):
        if isinstance(pin, Table):
            found.append(_placed(pin, PINNABLE))
        elif known(table, "pins", pin, PINNABLE):
            found.append(Support(pin))
    return tuple(found)


def read_props(table: Table) -> tuple[Prop, ...]:
    """A list of kinds and of tables that also say where and how large."""
    found = []
    for prop in _mixed(table, "props"):
        inner = Table({"kind": prop}, table.file, "props", table.problems) if isinstance(prop, str) else prop
        found.append(_prop(inner))
    return tuple(found)


def _prop(table: Table) -> Prop:
    kind = table.word("kind", PropKind)
    width, length = SIZES.get(kind, (0.0, 0.0))
    ends = table.texts("between")
    if kind is PropKind.TOWEL and len(ends) != 2:
        table.problem("between", "must be the two points of the body that the towel hangs from")
    for end in ends:
        known(table, "between", end, POINTS)
    prop = Prop(
        kind,
        at=read_place(table, "at") if table.has("at") else ORIGIN,
        height=table.number("height", HEIGHTS.get(kind, 0.0), MOST),
        width=table.number("width", width, MOST),
        length=table.number("length", length, MOST),
        facing=table.number("facing", 0.0),
        between=(ends[0], ends[1]) if len(ends) == 2 else ("pelvis", "pelvis"),
    )
    table.read.add("at")
    table.finish()
    return prop


def _mixed(table: Table, field: str) -> list[str | Table]:
    table.read.add(field)
    values = table.values.get(field, [])
    if not isinstance(values, list) or not all(isinstance(each, (str, dict)) for each in values):
        table.problem(field, "must be a list of names and tables")
        return []
    return [
        each if isinstance(each, str) else Table(each, table.file, f"{field} {number}", table.problems)
        for number, each in enumerate(values, 1)
    ]
