"""How long a key takes to change the screen of a live session, in a real pseudo-terminal."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from statistics import median

from benchmarks.bare import READY
from benchmarks.screen import BARE, HIPCOACH, Screen
from benchmarks.table import Figure
from benchmarks.user import User, long_routine

GOAL, WORST_GOAL = 20.0, 60.0
"""Milliseconds."""
GAP = (0.02, 0.12)
"""Seconds between a change and the next key, at random, so that the keys fall anywhere between two ticks."""
SEED = 8
ENTERED = 1.5
"""Seconds until a session that has just begun has read its figures."""
LONG = 10_000
"""Steps."""


def delays(screen: Screen, keys: Sequence[tuple[str, str]], presses: int) -> list[float]:
    """Milliseconds from each key to the word that it brings; the keys are pressed in turn."""
    chance = random.Random(SEED)  # noqa: S311  nothing secret
    found = []
    for number in range(presses):
        key, word = keys[number % len(keys)]
        screen.drain(chance.uniform(*GAP))
        pressed = screen.press(key)
        found.append(1000 * (screen.see(word) - pressed))
    return found


def bare_delays(user: User, presses: int) -> list[float]:
    """The same of the bare app, which changes a label."""
    with Screen((*BARE, "keys"), user) as screen:
        screen.see(READY)
        return delays(screen, ((" ", "PAUSED"), (" ", "GOING")), presses)


def session_delays(user: User, routine: str, presses: int) -> dict[str, list[float]]:
    """Of pausing and going on, and of skipping and going back, in a set of a routine."""
    user.forget_sessions()
    with Screen((*HIPCOACH, "start", routine), user) as screen:
        screen.see("READY")
        screen.press("n")
        screen.see("GO")
        screen.drain(ENTERED)
        return {
            "pause": delays(screen, ((" ", "PAUSED"), (" ", "until you go on")), presses),
            "skip": delays(screen, (("p", "GET READY"), ("n", "reps")), presses),
        }


def key_figures(user: User, presses: int) -> Iterator[Figure]:
    """Median and worst, of a usual routine and of one with ten thousand steps."""
    name, text = long_routine(LONG)
    user.add_routine(name, text)
    bare = bare_delays(user, presses)
    for routine, told, times in (("leg-circuit", "", presses), (name, f", {LONG:,} steps", presses // 2)):
        for key, found in session_delays(user, routine, times).items():
            what = f"{key} to changed screen{told}"
            yield Figure(f"{what}: median", median(found), "ms", GOAL, median(bare))
            yield Figure(f"{what}: worst of {times}", max(found), "ms", WORST_GOAL, max(bare))
