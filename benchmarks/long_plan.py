"""What a routine of ten thousand steps costs to compile and to print."""

from __future__ import annotations

import time
from collections.abc import Iterator
from statistics import median

from benchmarks.screen import HIPCOACH
from benchmarks.starting import command_seconds
from benchmarks.table import Figure
from benchmarks.user import User, long_routine
from hipcoach.core.compile import compile_plan
from hipcoach.core.plan import Plan
from hipcoach.storage.catalog import load_own

SHORT, MIDDLE, LONG = 40, 2_500, 10_000
"""Steps."""
GROWTH = 1.25
"""How much more than linear may be put down to a busy machine."""


def plan_figures(user: User, runs: int) -> Iterator[Figure]:
    """Compiling and its growth, and the whole command."""
    for steps in (SHORT, MIDDLE, LONG):
        user.add_routine(*long_routine(steps))
    catalog = load_own(user.paths.config).catalog
    plans: dict[int, Plan] = {}
    times: dict[int, list[float]] = {SHORT: [], MIDDLE: [], LONG: []}
    for _ in range(runs):
        for steps, found in times.items():
            begun = time.process_time()
            plans[steps] = compile_plan(catalog.routines[long_routine(steps)[0]], catalog)
            found.append(time.process_time() - begun)
    seconds = {steps: median(found) for steps, found in times.items()}
    each = seconds[MIDDLE] / len(plans[MIDDLE].steps)
    yield Figure(f"compile {LONG:,} steps", seconds[LONG], "s", 0.5)
    growth = seconds[LONG] / len(plans[LONG].steps) / each
    yield Figure(f"a step of {LONG:,} beside one of {MIDDLE:,}", growth, "x", GROWTH)
    whole = median(command_seconds((*HIPCOACH, "plan", long_routine(LONG)[0]), user) for _ in range(runs))
    yield Figure(f"hipcoach plan, {LONG:,} steps", whole, "s", 0.5)
