"""What a routine of ten thousand steps costs: to compile, to look at ten times a second, to write down."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from statistics import median

from msgspec.structs import replace

from benchmarks.screen import HIPCOACH
from benchmarks.starting import command_seconds
from benchmarks.table import Figure
from benchmarks.user import User, long_routine
from hipcoach.core.compile import compile_plan
from hipcoach.core.due import cues_due
from hipcoach.core.plan import Plan
from hipcoach.core.session import Session
from hipcoach.storage.user_catalog import load_own
from hipcoach.ui.session_view import view_of

SHORT, MIDDLE, LONG = 40, 2_500, 10_000
"""Steps."""
LOOKS = 300
GROWTH = 1.25
"""How much more than linear may be put down to a busy machine."""
SAME = 2.0
"""How many times as long counts as as fast, in microseconds on a busy machine."""


def plan_figures(user: User, runs: int) -> Iterator[Figure]:
    """Compiling and its growth, the whole command, a look at the clock, a line of the journal."""
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
    for what, look in (
        ("a look", _look),
        ("a look, one drill dropped", _look_dropped),
        ("a step ends", _end),
    ):
        floor, found_ = _microseconds(look, plans[SHORT]), _microseconds(look, plans[LONG])
        yield Figure(f"{what}, {LONG:,} steps beside {SHORT}", found_, "us", SAME * floor, floor)


def _microseconds(look: Callable[[Session, float], object], plan: Plan) -> float:
    # In the middle of a set: what is looked at is the same in a short plan and in a long one.
    step = next(step for step in plan.steps[len(plan.steps) // 2 :] if step.is_work)
    now = step.start + step.seconds / 2
    session = Session.begin(plan, 0.0).advance(now)
    look(session, now)
    rounds = []
    for _ in range(5):
        begun = time.process_time()
        for _ in range(LOOKS):
            look(session, now)
        rounds.append(1e6 * (time.process_time() - begun) / LOOKS)
    return median(rounds)


def _look(session: Session, now: float) -> object:
    """What a tick asks of the session."""
    return list(cues_due(session, now, now + 2.0)), session.advance(now), view_of(session, now)


def _look_dropped(session: Session, now: float) -> object:
    return _look(replace(session, dropped=frozenset({-1})), now)


def _end(session: Session, now: float) -> object:
    """A step ends, and what is new is looked for as the journal does."""
    ended = session.ended_step(now)
    return ended.attempts[len(session.attempts) :]
