"""Left against right: a bar for each, with its number, and what the difference comes to."""

from __future__ import annotations

from hipcoach.core.exercise import Side
from hipcoach.core.history.record import Balance
from hipcoach.ui.charts.blocks import sideways
from hipcoach.ui.charts.line import QUIET, Line, Piece

NAME = 7
"""Cells for "Reps" and "Holds"."""
SIDE = 6
NUMBER = 12
WORDS = 20
"""Cells for the difference, where there is room for it beside the bars."""
LONGEST_BAR = 40
SHORTEST_BAR = 4
ENOUGH = 12
"""Cells of a bar beside which words are worth their room."""
COLOURS = {Side.LEFT: "$side-left", Side.RIGHT: "$side-right"}


def side_bars(balance: Balance, width: int) -> list[Line]:
    """Two lines for reps and two for holds; none of them where there is nothing of it."""
    room = width - NAME - SIDE - NUMBER
    room = max(SHORTEST_BAR, min(LONGEST_BAR, room - WORDS if room >= WORDS + ENOUGH else room))
    lines: list[Line] = []
    for name, values in (
        ("Reps", {side: float(balance.reps[side]) for side in Side}),
        ("Holds", balance.hold_seconds),
    ):
        top = max(values.values())
        if top < 1:
            continue
        for side in Side:
            said = f"{values[side]:,.0f}" if name == "Reps" else seconds_words(values[side])
            bar = sideways(values[side], top, room)
            pieces: list[Piece] = [
                ((name if side is Side.LEFT else "").ljust(NAME), "bold"),
                (side.value.ljust(SIDE), COLOURS[side]),
                (bar, COLOURS[side]),
                (f" {said}", ""),
            ]
            if side is Side.RIGHT:
                words = f"  {difference_words(values)}"
                used = NAME + SIDE + len(bar) + len(said) + 1
                pieces.append((words if used + len(words) <= width else "", QUIET))
            lines.append(tuple(pieces))
    return lines


def difference_words(values: dict[Side, float]) -> str:
    """How much more one side has than the other: "even", "left 4 % more", "only left"."""
    more = Side.LEFT if values[Side.LEFT] >= values[Side.RIGHT] else Side.RIGHT
    less = more.other
    if not values[less]:
        return f"only {more.value}"
    percent = round(100 * (values[more] / values[less] - 1))
    return f"{more.value} {percent} % more" if percent else "even"


def seconds_words(seconds: float) -> str:
    """Seconds held, as people say it: "45 s", "12 min", "3 h 20 min"."""
    if seconds < 60:
        return f"{seconds:.0f} s"
    hours, minutes = divmod(round(seconds / 60), 60)
    if not hours:
        return f"{minutes} min"
    return f"{hours} h {minutes} min" if minutes else f"{hours} h"
