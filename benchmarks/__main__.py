"""Measure everything and print the table: `python -m benchmarks`; parts by name; `--short` for some of it.

Ends with 1 where a goal is missed. Short, only gross regressions count: there is much room above each goal.
"""

from __future__ import annotations

import compileall
import os
import platform
import sys
import tempfile
import time
from argparse import ArgumentParser
from datetime import datetime
from pathlib import Path

from rich import box
from rich.console import Console
from rich.table import Table

from benchmarks.rows import PARTS, SHORT, Effort, Row
from benchmarks.terminal import ROOT, User

WHOLE, QUICK = Effort(runs=12, presses=200, seconds=30), Effort(runs=3, presses=20, seconds=5)
ROOM = 8
"""How many times its goal a figure may be where only gross regressions count, on machines of any speed."""


def table_of(rows: list[Row], room: float) -> Table:
    """Return the table, in Markdown."""
    table = Table("what", "found", "floor", "ratio", "goal", "", "why", box=box.MARKDOWN)
    for row in rows:
        goal = row.goal / room if row.more_is_better else row.goal * room
        table.add_row(
            row.what,
            f"{number(row.found)} {row.unit}",
            f"{number(row.floor)} {row.unit}" if row.floor else "",
            f"{row.found / row.floor:.2f}" if row.floor else "",
            f"{'>=' if row.more_is_better else '<='} {number(goal)} {row.unit}",
            "MISSED" if row.is_missed(room) else "ok",
            row.why,
        )
    return table


def number(value: float) -> str:
    """Return a number with three figures that say something."""
    return f"{value:.0f}" if value >= 100 else f"{value:.3g}"


def main() -> int:
    """Measure what was asked for."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"of {', '.join(PARTS)}; all without")
    parser.add_argument("--short", action="store_true", help="the quick ones, with much room: for CI")
    options = parser.parse_args()
    if unknown := set(options.parts) - set(PARTS):
        parser.error(f"there is no part {', '.join(sorted(unknown))}; there are: {', '.join(PARTS)}")
    begun = time.monotonic()
    # As it is installed: otherwise what is measured after a change is the compiler, and always so where the
    # environment forbids Python to keep what it has compiled.
    compileall.compile_dir(ROOT / "hipcoach", quiet=1)
    effort, room = (QUICK, ROOM) if options.short else (WHOLE, 1)
    rows: list[Row] = []
    for name in options.parts or (SHORT if options.short else PARTS):
        print(f"{name} ...", file=sys.stderr, flush=True)
        with tempfile.TemporaryDirectory(prefix="hipcoach-bench-") as directory:
            rows += PARTS[name](User.settle(Path(directory) / "user"), effort)
    machine = f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, {platform.platform()}"
    print(f"{datetime.now().astimezone():%Y-%m-%d}, {machine}, ")
    print(f"Python {platform.python_version()}; {time.monotonic() - begun:.0f} s")
    Console(width=200).print(table_of(rows, room))
    return int(any(row.is_missed(room) for row in rows))


if __name__ == "__main__":
    sys.exit(main())
