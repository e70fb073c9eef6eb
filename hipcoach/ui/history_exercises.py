"""What the history says of one exercise: its row in the list, and the lines beside it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from hipcoach.core.history.streaks import ExerciseHistory
from hipcoach.core.text import plain
from hipcoach.ui.charts.blocks import sparkline
from hipcoach.ui.charts.line import GOOD, QUIET, Line
from hipcoach.ui.charts.side_bars import side_bars
from hipcoach.ui.format import count_text, day_text

TIMES = 6
LAST = 14
SHORTEST_NAME = 10


def exercise_row(each: ExerciseHistory, width: int, today: date) -> Line:
    """Name, how often and when last, in `width` cells."""
    name_room = max(SHORTEST_NAME, width - TIMES - LAST)
    name = plain(each.name)
    if len(name) > name_room - 1:
        name = name[: name_room - 2] + "…"
    last = day_text(each.last, today).removeprefix("on ")
    return ((name.ljust(name_room), ""), (f"{each.times:,}×".rjust(TIMES), ""), (last.rjust(LAST), QUIET))


def exercise_lines(each: ExerciseHistory, width: int, today: date) -> list[Line]:
    """How often, last and first time; what the last times came to; left and right."""
    often = count_text(each.times, "session")
    since = "" if each.times == 1 else f" · first {day_text(each.first, today)}"
    lines: list[Line] = [
        ((plain(each.name), "bold $primary"),),
        ((f"{often} · last {day_text(each.last, today)}{since}", ""),),
    ]
    doses = each.doses[-max(1, width) :]
    lines += _dose("Reps of the best set", [float(dose.reps) for dose in doses], "")
    lines += _dose("Longest hold", [dose.hold for dose in doses], " s")
    bars = side_bars(each.balance, width)
    return [*lines, *([((" ", ""),)] if bars else []), *bars]


def _dose(name: str, values: Sequence[float], unit: str) -> list[Line]:
    done = [value for value in values if value > 0]
    if not done:
        return []
    low, high = min(done), max(done)
    if len(done) == 1:
        return [((name, "bold"), (f"   {high:.0f}{unit}", QUIET))]
    if round(low) == round(high):
        return [((name, "bold"), (f"   always {high:.0f}{unit} · {len(values)} times", QUIET))]
    said = f"   {low:.0f} to {high:.0f}{unit}, last {done[-1]:.0f}{unit} · {len(values)} times"
    return [((name, "bold"), (said, QUIET)), ((sparkline(values), GOOD),)]
