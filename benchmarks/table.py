"""The table of figures: what was measured, its floor in the same run, and its goal."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct


class Figure(Struct, frozen=True):
    """One line. `floor` is what the least app that does the same needs, where there is one."""

    what: str
    found: float
    unit: str
    goal: float | None = None
    """The most it may be; the least, where `more_is_better`."""
    floor: float | None = None
    more_is_better: bool = False

    @property
    def ratio(self) -> float | None:
        """How many times the floor it is."""
        return self.found / self.floor if self.floor else None

    @property
    def is_missed(self) -> bool:
        """Whether it is not what it should be."""
        if self.goal is None:
            return False
        return self.found < self.goal if self.more_is_better else self.found > self.goal


def lines_of(figures: Iterable[Figure]) -> list[str]:
    """The table in Markdown, which reads well as it is."""
    rows = [("what", "found", "floor", "ratio", "goal", "")]
    for each in figures:
        sign = ">=" if each.more_is_better else "<="
        verdict = "" if each.goal is None else "MISSED" if each.is_missed else "ok"
        rows.append(
            (
                each.what,
                f"{number(each.found)} {each.unit}",
                "" if each.floor is None else f"{number(each.floor)} {each.unit}",
                "" if each.ratio is None else f"{each.ratio:.2f}",
                "" if each.goal is None else f"{sign} {number(each.goal)} {each.unit}",
                verdict,
            )
        )
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |"
        for row in rows
    ]
    return [lines[0], "|" + "|".join("-" * (width + 2) for width in widths) + "|", *lines[1:]]


def number(value: float) -> str:
    """A number with three figures that say something."""
    if value >= 100:
        return f"{value:.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}"
