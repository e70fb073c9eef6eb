"""Where each day stands in the calendar heatmap: a column a week, the newest at the right."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from msgspec import Struct

from hipcoach.core.history.streaks import DAY, WEEK, week_of
from hipcoach.storage.day_files import DayKind
from hipcoach.ui.widgets.day_activity import MINUTES_OF_SHADES, SHADE_SIGNS, Shade

LABEL_WIDTH = 3
"""Cells for the names of the weekdays."""
WEEK_WIDTH = 2
"""Cells a week takes."""
TODAY_WIDTH = 2
"""Cells at the right for the mark of today."""
TODAY_SIGN = "◂"
MOST_WEEKS = 53
"""A year and the week in progress."""
KIND_SIGNS = {DayKind.REST: "r", DayKind.SICK: "s", DayKind.TRAVEL: "t"}
"""What stands for a marked day without a session."""
WEEKDAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")


class HeatmapLayout(Struct, frozen=True):
    """The days of some weeks, by place."""

    rows: tuple[tuple[date | None, ...], ...]
    """Seven rows, one a weekday; None where a day is still to come."""
    weekdays: tuple[str, ...]
    """The name of each row."""
    months: tuple[tuple[int, str], ...]
    """Column and name of each month that has room for its name."""
    today_row: int


def weeks_that_fit(width: int) -> int:
    """How many weeks there is room for in `width` cells, at most a year; at least one."""
    return max(1, min(MOST_WEEKS, (width - LABEL_WIDTH - TODAY_WIDTH) // WEEK_WIDTH))


def weekday_names(first_weekday: int) -> tuple[str, ...]:
    """Two letters for each day, beginning with the one that weeks start on."""
    return WEEKDAYS[first_weekday:] + WEEKDAYS[:first_weekday]


def days_of_week(day: date, first_weekday: int) -> tuple[date, ...]:
    """The seven days of the week that `day` lies in."""
    first = week_of(day, first_weekday)
    return tuple(first + DAY * number for number in range(7))


def lay_out(today: date, first_weekday: int, weeks: int) -> HeatmapLayout:
    """Place the days of the last `weeks` weeks, the one in progress included."""
    last = week_of(today, first_weekday)
    firsts = [last - WEEK * back for back in reversed(range(weeks))]
    rows = tuple(
        tuple(day if (day := first + DAY * row) <= today else None for first in firsts) for row in range(7)
    )
    return HeatmapLayout(rows, weekday_names(first_weekday), _months(firsts), (today - last).days)


def month_line(layout: HeatmapLayout) -> str:
    """The names of the months, each above the week its first day lies in."""
    line = ""
    for column, name in layout.months:
        line = line.ljust(LABEL_WIDTH + column * WEEK_WIDTH) + name
    return line


def day_at(layout: HeatmapLayout, x: int, y: int) -> date | None:
    """The day at a place of the calendar, in cells from its upper left; None where there is none."""
    column, row = (x - LABEL_WIDTH) // WEEK_WIDTH, y - 1
    if x < LABEL_WIDTH or not 0 <= row < len(layout.rows) or column >= len(layout.rows[row]):
        return None
    return layout.rows[row][column]


def legend_lines(width: int, kinds: Collection[DayKind] = ()) -> list[str]:
    """What the signs mean, in as few lines of `width` cells as it takes; marked days of those kinds."""
    shades = (Shade.LIGHT, Shade.MEDIUM, Shade.STRONG)
    limits = [f"{SHADE_SIGNS[shade]} {limit}" for shade, limit in zip(shades, MINUTES_OF_SHADES, strict=True)]
    limits.append(f"{SHADE_SIGNS[Shade.FULL]} {MINUTES_OF_SHADES[-1]}+")
    parts = [
        f"minutes to {'  '.join(limits)}",
        f"{SHADE_SIGNS[Shade.BEGUN]} a start",
        f"{TODAY_SIGN} today",
    ]
    if kinds:
        parts.append("  ".join(f"{sign} {kind}" for kind, sign in KIND_SIGNS.items() if kind in kinds))
    lines = [parts[0]]
    for part in parts[1:]:
        joined = f"{lines[-1]}   {part}"
        if LABEL_WIDTH + len(joined) <= width:
            lines[-1] = joined
        else:
            lines.append(part)
    return lines


def _months(firsts: list[date]) -> tuple[tuple[int, str], ...]:
    """A month is named above the week its first day lies in; the oldest week's too, where there is room."""
    names: list[tuple[int, str]] = []
    for column, first in enumerate(firsts):
        end = first + WEEK - DAY
        if column == 0 or end.day <= 7:
            if names and (column - names[-1][0]) * WEEK_WIDTH < 4:
                names.pop()
            names.append((column, f"{end if end.day <= 7 else first:%b}"))
    return tuple(names)
