"""How the history does with ten thousand sessions: `python -m benchmarks.history_scale`.

Every number is taken in a process of its own, of the real app on real files, without a terminal; what is
later or more is so than with an empty log. Before a first opening the cache is removed, but the system still
has the files in state. Prints a table with the goal beside each number; ends with 1 where one is missed.
"""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path
from statistics import median

from msgspec import Struct

from benchmarks.make_logs import COUNT, make_logs
from hipcoach.paths import AppPaths
from hipcoach.storage.catalog import bundled_catalog
from hipcoach.storage.session_log import rewrite_session

ROOT = Path(__file__).resolve().parent.parent
BEAT = 0.002
"""Seconds between two beats of the heart in the event loop."""
PATIENCE = 120.0
"""Seconds."""
CHANGED = 10
"""Files that are changed between two openings."""


def paths_below(home: Path) -> AppPaths:
    """The directories of a user whose home this is, as `command_seconds` has them too."""
    return AppPaths(*(home / place / "hipcoach" for place in ("data", "config", "state", "cache")))


async def open_history(home: Path) -> dict[str, float]:
    """Open the app, then its history as soon as the picker is drawn; in seconds and megabytes."""
    from hipcoach.audio.sounds import Sounds
    from hipcoach.live.services import Services
    from hipcoach.storage.app_state import AppState
    from hipcoach.storage.settings import Settings
    from hipcoach.ui.app import HipcoachApp
    from hipcoach.ui.screens.history import HistoryScreen
    from hipcoach.ui.screens.picker import PickerScreen
    from hipcoach.ui.widgets.session_table import SessionTable

    services = Services(
        paths_below(home), bundled_catalog(), Settings(), AppState(safety_read=True), Sounds()
    )
    app = HipcoachApp(services)
    found: dict[str, float] = {}
    gaps: list[float] = []
    own: list[float] = []

    async def heart() -> None:
        last, worked = time.perf_counter(), time.process_time()
        while True:
            await asyncio.sleep(BEAT)
            now, work = time.perf_counter(), time.process_time()
            gaps.append(now - last - BEAT)
            own.append(min(gaps[-1], work - worked))
            last, worked = now, work

    async def until(condition: Callable[[], bool]) -> None:
        async with asyncio.timeout(PATIENCE):
            while not condition():
                await asyncio.sleep(BEAT)

    async def drawn() -> None:
        done = asyncio.Event()
        app.screen.call_after_refresh(done.set)
        async with asyncio.timeout(PATIENCE):
            await done.wait()

    async with app.run_test(size=(120, 40)):
        await until(lambda: isinstance(app.screen, PickerScreen))
        await drawn()
        beating = asyncio.create_task(heart())
        await asyncio.sleep(BEAT)
        began = time.perf_counter()
        history = HistoryScreen(services)
        await app.push_screen(history)
        await drawn()
        beats = len(gaps)
        await until(lambda: history.view is not None)
        await drawn()
        found["rows"] = time.perf_counter() - began
        await until(lambda: history.view is not None and history.view.is_whole)
        await drawn()
        found["streaks"] = time.perf_counter() - began
        found["sessions"] = len(history.view.entries) if history.view else 0
        table = history.query_one(SessionTable)
        for action in ("scroll_bottom", "page_up", "scroll_top", *["page_down"] * 20):
            await table.run_action(action)
            await asyncio.sleep(BEAT)
        # The picker's reading, and what is left to write, belong to it too.
        await until(lambda: all(each.is_finished for each in app.workers if each.group == "log"))
        beating.cancel()
    # That a screen takes its time to be set up has nothing to do with the log; see the empty one.
    found["setup"] = max(gaps[:beats])
    found["freeze"] = max(gaps[beats:])
    found["own_freeze"] = max(own[beats:])
    found["memory"] = _memory("VmRSS")
    found["peak"] = _memory("VmHWM")
    return found


def read_index(home: Path) -> dict[str, float]:
    """Read the index alone."""
    from hipcoach.storage.session_index import SessionIndex

    paths = paths_below(home)
    began = time.perf_counter()
    SessionIndex(paths.sessions, paths.session_index).read()
    return {"read": time.perf_counter() - began}


def _memory(name: str) -> float:
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) / 1000 for line in lines if line.startswith(name))


def measured(mode: str, home: Path, runs: int, *, first: bool = False) -> dict[str, float]:
    """The middle of several runs in processes of their own; of freezes the longest."""
    results = []
    for _ in range(runs):
        if first:
            shutil.rmtree(home / "cache", ignore_errors=True)
        # Our own interpreter and module.
        command = (sys.executable, "-m", "benchmarks.history_scale", "--child", mode, "--home", str(home))
        done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)  # noqa: S603
        results.append(json.loads(done.stdout))
    middle = {name: median(each[name] for each in results) for name in results[0]}
    longest = ("setup", "freeze", "own_freeze")
    return middle | {name: max(each.get(name, 0.0) for each in results) for name in longest}


def command_seconds(home: Path, runs: int, sessions: float) -> float:
    """How long `hipcoach stats` takes over so many sessions, from its start to its end."""
    places = {"DATA": "data", "CONFIG": "config", "STATE": "state", "CACHE": "cache"}
    places_of_user = {f"XDG_{name}_HOME": str(home / place) for name, place in places.items()}
    times = []
    for _ in range(runs):
        began = time.perf_counter()
        done = subprocess.run(
            (sys.executable, "-m", "hipcoach", "stats", "--json"),
            env={**os.environ, **places_of_user},
            cwd=ROOT,
            capture_output=True,
            check=True,
        )
        times.append(time.perf_counter() - began)
        if json.loads(done.stdout)["sessions"] != sessions:
            raise ValueError("hipcoach stats has looked elsewhere")
    return median(times)


class Row(Struct, frozen=True):
    """One number of the table."""

    what: str
    found: float
    unit: str
    goal: float | None = None

    @property
    def is_missed(self) -> bool:
        """Whether it is more than it should be."""
        return self.goal is not None and self.found > self.goal

    def __str__(self) -> str:
        goal = "" if self.goal is None else f"{self.goal:9.2f}  {'MISSED' if self.is_missed else 'ok'}"
        return f"{self.what:58} {self.found:9.3f} {self.unit:3} {goal}".rstrip()


def table_of(home: Path, runs: int) -> list[Row]:
    """Measure everything on the log below `home`."""
    empty = home.parent / "nothing"
    empty.mkdir(exist_ok=True)
    nothing = measured("history", empty, runs)
    first = measured("history", home, runs, first=True)
    again = measured("history", home, runs)
    unchanged = measured("index", home, runs)["read"]
    paths = paths_below(home)
    for name in sorted(paths.sessions.iterdir())[:CHANGED]:
        rewrite_session(paths.sessions, name.stem, {"note": f"changed at {time.time_ns()}"})
    time.sleep(3)  # files that young are not kept, and would be read once more
    changed = measured("index", home, 1)["read"]
    return [
        Row("empty log: history shown after", nothing["rows"], "s"),
        Row("empty log: longest freeze, setting the screen up", 1000 * nothing["setup"], "ms"),
        Row("empty log: longest freeze", 1000 * nothing["freeze"], "ms"),
        Row("empty log: longest freeze, own computing alone", 1000 * nothing["own_freeze"], "ms"),
        Row("empty log: memory", nothing["memory"], "MB"),
        Row("opened first: first rows after", first["rows"], "s", 0.5),
        Row("opened first: streaks after", first["streaks"], "s", 20.0),
        Row("opened first: longest freeze, setting the screen up", 1000 * first["setup"], "ms"),
        Row("opened first: longest freeze", 1000 * first["freeze"], "ms", 50),
        Row("opened first: longest freeze, own computing alone", 1000 * first["own_freeze"], "ms", 50),
        Row("opened first: state, more than empty", first["memory"] - nothing["memory"], "MB", 60),
        Row("opened first: peak state, more than empty", first["peak"] - nothing["peak"], "MB", 60),
        Row("opened again: rows, later than empty", again["rows"] - nothing["rows"], "s", 0.5),
        Row("opened again: streaks, later than empty", again["streaks"] - nothing["rows"], "s", 0.5),
        Row("opened again: longest freeze, setting the screen up", 1000 * again["setup"], "ms"),
        Row("opened again: longest freeze", 1000 * again["freeze"], "ms", 50),
        Row("opened again: longest freeze, own computing alone", 1000 * again["own_freeze"], "ms", 50),
        Row("opened again: state, more than empty", again["memory"] - nothing["memory"], "MB", 60),
        Row("index alone, nothing changed", unchanged, "s"),
        Row(f"index alone, {CHANGED} files changed", changed, "s"),
        Row("hipcoach stats, opened again", command_seconds(home, runs, again["sessions"]), "s", 1.0),
        Row("hipcoach stats, empty log", command_seconds(empty, runs, 0), "s"),
    ]


def main() -> int:
    """Measure, and print the table; or be one of the processes that are measured."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=COUNT)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--child", choices=("history", "index"))
    parser.add_argument("--home", type=Path)
    options = parser.parse_args()
    if options.child == "history":
        print(json.dumps(asyncio.run(open_history(options.home))))
        return 0
    if options.child == "index":
        print(json.dumps(read_index(options.home)))
        return 0
    with tempfile.TemporaryDirectory(prefix="hipcoach-scale-") as directory:
        home = Path(directory) / "home"
        sessions = paths_below(home).sessions
        size = make_logs(sessions, options.count)
        print(f"{options.count} sessions, {size / 1e6:.1f} MB; middle of {options.runs} runs")
        time.sleep(3)
        rows = table_of(home, options.runs)
    print(f"{'':58} {'found':>9}     {'goal':>9}")
    print(*rows, sep="\n")
    return int(any(row.is_missed for row in rows))


if __name__ == "__main__":
    sys.exit(main())
