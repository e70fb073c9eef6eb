"""How the history grows with the log: its numbers at no, a hundred, a thousand and ten thousand sessions."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.history_scale import command_seconds, measured, paths_below
from benchmarks.make_logs import make_logs
from benchmarks.table import Figure

COUNTS = (0, 100, 1_000, 10_000)
ROWS_GOAL, STREAKS_GOAL, LATER_GOAL, STATS_GOAL = 0.5, 20.0, 0.5, 0.5
"""Seconds: first rows and whole streaks of a first opening; streaks of a later one and the command, both over
an empty log."""
MEMORY_GOAL = 60.0
"""Megabytes more than with an empty log."""
YOUNG = 3.0
"""Seconds in which a file that was just written is not believed unread."""


def growth_figures(home: Path, runs: int, counts: tuple[int, ...] = COUNTS) -> Iterator[Figure]:
    """A first opening without a cache, a later one, and `hipcoach stats`, for each size."""
    homes = {count: home / f"log-{count}" for count in counts}
    for count, each in homes.items():
        make_logs(paths_below(each).sessions, count)
    time.sleep(YOUNG)
    empty: dict[str, float] = {}
    empty_stats = 0.0
    for count, each in homes.items():
        first = measured("history", each, runs, first=True)
        again = measured("history", each, runs)
        if (first["sessions"], again["sessions"]) != (count, count):
            # An empty log is fast, too.
            raise ValueError(f"made {count} sessions; the history shows {first['sessions']:.0f}")
        stats = command_seconds(each, runs, count)
        if not empty:
            empty, empty_stats = again, stats
        logs = f"{count:,} logs"
        yield Figure(f"history, {logs}: first rows, no cache", first["rows"], "s", ROWS_GOAL)
        yield Figure(f"history, {logs}: streaks, no cache", first["streaks"], "s", STREAKS_GOAL)
        goal = empty["streaks"] + LATER_GOAL
        yield Figure(f"history, {logs}: streaks, later", again["streaks"], "s", goal, empty["streaks"])
        goal = empty["memory"] + MEMORY_GOAL
        yield Figure(f"history, {logs}: memory", again["memory"], "MB", goal, empty["memory"])
        yield Figure(f"hipcoach stats, {logs}", stats, "s", empty_stats + STATS_GOAL, empty_stats)
