"""Measure everything and print the table: `python -m benchmarks`; parts by name, `--short` for a few ratios.

Ends with 1 where a goal is missed. Short, only gross regressions count: ratios to the floor, with much room.
"""

from __future__ import annotations

import compileall
import os
import platform
import sys
import tempfile
import time
from argparse import ArgumentParser
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from pathlib import Path

from benchmarks.growth import growth_figures
from benchmarks.keys import key_figures
from benchmarks.long_plan import plan_figures
from benchmarks.rendering import render_figures
from benchmarks.running import idle_figures, memory_figures, player_figures, processor_figures
from benchmarks.screen import ROOT
from benchmarks.short import short_figures
from benchmarks.starting import start_figures
from benchmarks.table import Figure, lines_of
from benchmarks.user import User


def memory_and_player(user: User) -> Iterator[Figure]:
    """Memory, and the session that sounds, beside the same floor."""
    figures = list(memory_figures(user, runs=3))
    yield from figures
    yield from player_figures(user, figures[0].floor or 0.0, seconds=8, windows=3)


PARTS: Mapping[str, Callable[[User], Iterator[Figure]]] = {
    "start": lambda user: start_figures(user, runs=12),
    "keys": lambda user: key_figures(user, presses=200),
    "processor": lambda user: processor_figures(user, user.home, seconds=10, windows=3),
    "idle": lambda user: idle_figures(user, seconds=10, windows=3),
    "memory": memory_and_player,
    "plan": lambda user: plan_figures(user, runs=3),
    "history": lambda user: growth_figures(user.home, runs=1),
    "render": lambda user: render_figures(user, runs=3),
}


def main() -> int:
    """Measure what was asked for."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"of {', '.join(PARTS)}; all without")
    parser.add_argument("--short", action="store_true", help="a few ratios, with much room: for CI")
    options = parser.parse_args()
    if unknown := set(options.parts) - set(PARTS):
        parser.error(f"there is no part {', '.join(sorted(unknown))}; there are: {', '.join(PARTS)}")
    begun = time.monotonic()
    # As it is installed: otherwise what is measured after a change is the compiler, and always so where the
    # environment forbids Python to keep what it has compiled.
    compileall.compile_dir(ROOT / "hipcoach", quiet=1)
    figures: list[Figure] = []
    parts = {"short": short_figures} if options.short else {n: PARTS[n] for n in options.parts or PARTS}
    for name, measure in parts.items():
        print(f"{name} ...", file=sys.stderr, flush=True)
        with tempfile.TemporaryDirectory(prefix="hipcoach-bench-") as directory:
            figures += measure(User.settle(Path(directory) / "user"))
    machine = f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, {platform.platform()}"
    print(f"{datetime.now().astimezone():%Y-%m-%d}, {machine}, ")
    print(f"Python {platform.python_version()}; {time.monotonic() - begun:.0f} s\n")
    print(*lines_of(figures), sep="\n")
    return int(any(each.is_missed for each in figures))


if __name__ == "__main__":
    sys.exit(main())
