"""Minutes and days of each week as bars, one above the other, with the goals as lines."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from hipcoach.ui.charts.blocks import eighths, round_top, upright
from hipcoach.ui.charts.line import GOOD, LOUD, QUIET, Line, Piece, joined
from hipcoach.ui.history_weeks import WeekTotal

AXIS = 5
"""Cells for the numbers at the left."""
NARROWEST, WIDEST = 3, 6
"""Cells of a week, the gap after its bar included."""
GAP = 1
DAYS_IN_WEEK = 7
DAY_ROWS = 4
"""Seven days in half cells."""
FRAME = 4
"""Lines beside those of the bars: two headings, the months, the mark."""
FEWEST_ROWS = 3
MARK = "▲"


def weeks_shown(width: int) -> int:
    """How many weeks there is room for in `width` cells."""
    return max(1, (width - AXIS) // NARROWEST)


def week_width(width: int, weeks: int) -> int:
    """Cells of a week, where so many are shown in `width` cells."""
    return max(NARROWEST, min(WIDEST, (width - AXIS) // max(1, weeks)))


def week_chart(
    weeks: Sequence[WeekTotal],
    size: tuple[int, int],
    goal_days: int,
    goal_minutes: int = 0,
    marked: int | None = None,
) -> list[Line]:
    """Draw the last weeks that fit.

    Args:
        weeks: oldest first.
        size: width and height in cells.
        goal_days: days a week that are the goal.
        goal_minutes: minutes a week that are the goal; 0 where there is none.
        marked: the place in `weeks` of the one that is marked.
    """
    width, height = size
    shown = weeks[-weeks_shown(width) :]
    mark = None if marked is None else marked - (len(weeks) - len(shown))
    wide = week_width(width, len(shown))
    rows = max(FEWEST_ROWS, height - FRAME - DAY_ROWS)
    rows -= rows % 2 if rows > FEWEST_ROWS else 0
    goal = f" · line: {goal_minutes} min, your goal" if goal_minutes else ""
    lines = [_heading(f"Minutes a week{goal}")]
    lines += _minute_bars(shown, rows, wide, (goal_minutes, goal_days), mark)
    lines.append(_months(shown, wide))
    lines.append(_heading(f"Days a week · line: {goal_days}, your goal"))
    lines += _day_bars(shown, wide, goal_days, mark)
    lines.append(_mark(shown, wide, mark))
    return lines


def _minute_bars(
    weeks: Sequence[WeekTotal], rows: int, wide: int, goals: tuple[int, int], mark: int | None
) -> list[Line]:
    goal, goal_days = goals
    top = round_top(max(goal, *(each.minutes for each in weeks)))
    filled = [eighths(each.minutes, top, rows) for each in weeks]
    styles = _styles(weeks, goal_days, mark)
    lines = []
    for row in reversed(range(rows)):
        # Half of it stands beside the row that ends there, where there is such a row.
        is_half = rows % 2 == 0 and row == rows // 2 - 1
        number = top if row == rows - 1 else top / 2 if is_half else None
        line = _goal_sign(goal / top * rows, row) if goal else ""
        cells = [upright(each, row) for each in filled]
        lines.append(_row("" if number is None else f"{number:.0f}", cells, styles, line, wide))
    return lines


def _day_bars(weeks: Sequence[WeekTotal], wide: int, goal: int, mark: int | None) -> list[Line]:
    styles = _styles(weeks, goal, mark)
    lines = []
    for row in reversed(range(DAY_ROWS)):
        # Two days a cell: the lower half is day 2 * row + 1, the upper the one after.
        cells = [
            "█" if each.days > 2 * row + 1 else "▄" if each.days == 2 * row + 1 else " " for each in weeks
        ]
        line = _goal_sign(goal / 2, row)
        number = f"{goal}" if line else f"{DAYS_IN_WEEK}" if row == DAY_ROWS - 1 else ""
        lines.append(_row(number, cells, styles, line, wide))
    return lines


def _goal_sign(height: float, row: int) -> str:
    """The sign of a goal's line in a row, where it runs through it; `height` in rows from the ground."""
    if row != ceil(height) - 1:
        return ""
    within = height - row
    return "▁" if within <= 1 / 3 else "╌" if within <= 2 / 3 else "▔"


def _styles(weeks: Sequence[WeekTotal], goal_days: int, mark: int | None) -> list[str]:
    return [
        LOUD if number == mark else GOOD if each.days >= goal_days else "$success 60%"
        for number, each in enumerate(weeks)
    ]


def _row(number: str, cells: Sequence[str], styles: Sequence[str], line: str, wide: int) -> Line:
    bar = wide - GAP
    pieces: list[Piece] = [(number.rjust(AXIS - 1) + " ", QUIET)]
    for cell, style in zip(cells, styles, strict=True):
        if cell == " " and line:
            pieces.append((line * bar, QUIET))
        else:
            pieces.append((cell * bar, style))
        pieces.append((line * GAP or " " * GAP, QUIET))
    return joined(pieces)


def _months(weeks: Sequence[WeekTotal], wide: int) -> Line:
    text = ""
    for number, week in enumerate(weeks):
        # A month is named below the week its first day lies in; the oldest week's where there is room.
        if week.last.day > DAYS_IN_WEEK and number:
            continue
        place = AXIS + number * wide
        if number and place <= len(text):
            text = ""  # the oldest week's month ends at once
        text = text.ljust(place) + f"{week.last:%b}"
    return ((text, QUIET),)


def _mark(weeks: Sequence[WeekTotal], wide: int, mark: int | None) -> Line:
    if mark is None or not 0 <= mark < len(weeks):
        return ((" ", ""),)
    return ((" " * (AXIS + mark * wide) + MARK * (wide - GAP), LOUD),)


def _heading(text: str) -> Line:
    return ((text, "bold"),)
