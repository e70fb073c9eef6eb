"""How long a start takes: the app to its list on the screen, and the commands that print and leave."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from statistics import median

from benchmarks.bare import READY
from benchmarks.screen import BARE, HIPCOACH, ROOT, Screen
from benchmarks.table import Figure
from benchmarks.user import User

COMMANDS = (("plan", "leg-circuit"), ("routines",), ("stats",))
LIST = ("Leg circuit", "Desk break", "Nine drills", "Six drills", "Hips and upper back", "Four movements")
"""The picker's list is there when all of these are."""
REST = ("Positions: standing", "Settings")
"""The rest is there when the end of the first routine's preview and the keys are."""
COMMAND_GOAL = 120.0
"""Milliseconds."""


def launches(user: User, runs: int) -> tuple[list[float], list[float], list[float]]:
    """Seconds from launch, in turn: of the bare app to its label, of the coach to its list, and to the rest.

    As on any day but the first: the coach has been run once and left by its key.
    """
    _run_once(user)
    bare, lists, wholes = [], [], []
    for _ in range(runs):
        bare.append(_until(BARE, user, (READY,)))
        with Screen(HIPCOACH, user) as screen:
            lists.append(screen.see(*LIST) - screen.begun)
            wholes.append(screen.see(*REST) - screen.begun)
    return bare, lists, wholes


def _until(command: Sequence[str], user: User, words: tuple[str, ...]) -> float:
    with Screen(command, user) as screen:
        return screen.see(*words) - screen.begun


def _run_once(user: User) -> None:
    with Screen(HIPCOACH, user) as screen:
        screen.see(*LIST, *REST)
        screen.press("q")
        screen.drain_to_the_end()


def command_seconds(command: Sequence[str], user: User) -> float:
    """How long a whole process takes."""
    begun = time.perf_counter()
    subprocess.run(command, cwd=ROOT, env=user.environ, capture_output=True, check=True)  # noqa: S603  of ours
    return time.perf_counter() - begun


def start_figures(user: User, runs: int) -> Iterator[Figure]:
    """Launch, and the commands."""
    bare, lists, wholes = launches(user, runs)
    floor = 1000 * median(bare)
    yield Figure("launch to the picker's list", 1000 * median(lists), "ms", 1.5 * floor, floor)
    yield Figure("launch to its preview and keys", 1000 * median(wholes), "ms", None, floor)
    times: dict[tuple[str, ...], list[float]] = {command: [] for command in COMMANDS}
    nothing = []
    for _ in range(runs):
        nothing.append(command_seconds((sys.executable, "-c", "pass"), user))
        for command, found in times.items():
            found.append(command_seconds((*HIPCOACH, *command), user))
    for command, found in times.items():
        name = f"hipcoach {' '.join(command)}"
        yield Figure(name, 1000 * median(found), "ms", COMMAND_GOAL, 1000 * median(nothing))
    loaded = sum(_loads_textual(command, user) for command in COMMANDS)
    yield Figure("commands of these that load Textual", loaded, "", 0)


def _loads_textual(command: tuple[str, ...], user: User) -> bool:
    code = (
        "import sys\nfrom hipcoach.cli import main\n"
        f"main({list(command)!r})\nsys.exit(9 if 'textual' in sys.modules else 0)"
    )
    done = subprocess.run(  # noqa: S603  our own code
        (sys.executable, "-c", code), cwd=ROOT, env=user.environ, capture_output=True, check=False
    )
    return done.returncode != 0
