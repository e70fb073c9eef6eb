"""The whole program in a real terminal, with real keys, real files and real signals."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from hipcoach.core.choices import Choices, Pace
from hipcoach.core.compile import compile_plan
from hipcoach.paths import AppPaths, user_paths
from hipcoach.storage.app_state import AppState, change_state
from hipcoach.storage.catalog import bundled_catalog

if os.name != "posix":
    pytest.skip("pseudo-terminals are POSIX's", allow_module_level=True)

from tests.terminal import CHECKOUT, HIPCOACH, Start, Terminal


@pytest.fixture
def paths() -> AppPaths:
    """The test's own user directories, as the program finds them."""
    return user_paths()


@pytest.fixture
def in_session(start: Start, paths: AppPaths) -> Terminal:
    """A session of desk-break in its first set, with a rep of it done."""
    change_state(paths.memory, [], AppState(safety_read=True))
    terminal = start("start", "desk-break", "--tempo", "0.25")
    terminal.shows("GET READY")
    terminal.press("n")
    work_a_second(terminal, paths)
    return terminal


def work_a_second(terminal: Terminal, paths: AppPaths) -> None:
    """Let a second of the first set go by, as the window's title shows."""
    terminal.until(lambda: '"event":"enter","index":1' in journal(paths), "the first set in the journal")
    so_far = len(terminal.drawn)
    terminal.until(lambda: len(set(LEFT.findall(terminal.drawn[so_far:]))) >= 3, "a second of work")


LEFT = re.compile(rb"\x1b\]2;((?:about )?[0-9:]+) left")
"""In the window's title."""


def journal(paths: AppPaths) -> str:
    return "".join(path.read_text(encoding="utf-8") for path in paths.journals.glob("*.jsonl"))


def history() -> list[dict[str, Any]]:
    done = subprocess.run((*HIPCOACH, "history", "--json"), cwd=CHECKOUT, capture_output=True, check=True)
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


def test_from_the_first_run_to_the_history(start: Start, paths: AppPaths) -> None:
    catalog = bundled_catalog()
    plan = compile_plan(catalog.routines["desk-break"], catalog, Choices(pace=Pace.OWN))
    terminal = start()
    terminal.shows("Before you move")
    terminal.press("\r")
    terminal.shows("Desk break")
    terminal.press("o")
    terminal.shows("about 5:03")
    terminal.press("\r")
    terminal.shows("GET READY")
    terminal.press("n")
    work_a_second(terminal, paths)
    terminal.press("\r")
    terminal.until(lambda: '"event":"enter","index":2' in journal(paths), "the switch in the journal")
    assert '"event":"attempt","index":1,"reps":10' in journal(paths)
    terminal.press("n" * (sum(not step.direct for step in plan.steps) - 2))
    terminal.shows("Less than half of the plan was done, so it does not count as a day.")
    terminal.press("\tgood\r")
    terminal.shows("not done yet")
    terminal.press("q")
    assert terminal.left() == 0
    terminal.until(terminal.is_as_before, "the terminal to be as before")

    assert len(list(paths.sessions.glob("*.toml"))) == 1
    assert journal(paths) == ""
    (session,) = history()
    assert (session["routine"], session["status"], session["counts"]) == ("desk-break", "stopped", False)
    assert 2 <= session["done_reps"] < 10, "as many as there was time for, whatever enter said"
    assert session["note"] == "good"
    assert "Traceback" not in terminal.drawn.decode(errors="replace")


@pytest.mark.parametrize("how", ["SIGTERM", "closed"])
@pytest.mark.slow
def test_what_is_ended_before_anything_was_done_is_not_kept(start: Start, paths: AppPaths, how: str) -> None:
    change_state(paths.memory, [], AppState(safety_read=True))
    terminal = start("start", "desk-break")
    terminal.shows("GET READY")
    terminal.until(lambda: '"event":"enter","index":0' in journal(paths), "the session in its journal")
    if how == "closed":
        terminal.hang_up()
    else:
        terminal.send(signal.SIGTERM)
    assert terminal.left() == 0
    assert journal(paths) == ""
    assert history() == []


@pytest.mark.parametrize(("key", "kept"), [("\r", 0), ("k", 1)])
@pytest.mark.slow
def test_skipping_to_the_end_asks_whether_to_keep_nothing(
    start: Start, paths: AppPaths, key: str, kept: int
) -> None:
    change_state(paths.memory, [], AppState(safety_read=True))
    terminal = start("start", "desk-break")
    terminal.shows("GET READY")
    terminal.press("n" * 30)
    terminal.shows("Nothing was done in this session.")
    terminal.press(key)
    terminal.until(lambda: not journal(paths), "the journal to be gone")
    if kept:
        terminal.shows("No set was done, so it does not count as a day.")
        terminal.press("\r")
    terminal.shows("not done yet")
    terminal.press("q")
    assert terminal.left() == 0
    assert [(each["status"], each["counts"]) for each in history()] == [("stopped", False)] * kept


@pytest.mark.parametrize("how", ["SIGTERM", "SIGHUP", "closed"])
@pytest.mark.slow
def test_whoever_ends_the_process_or_the_terminal_loses_nothing(
    in_session: Terminal, paths: AppPaths, how: str
) -> None:
    if how == "closed":
        in_session.hang_up()
    else:
        in_session.send(signal.Signals[how])
    assert in_session.left() == 0
    if how != "closed":
        in_session.until(in_session.is_as_before, "the terminal to be as before")
    assert journal(paths) == ""
    (session,) = history()
    assert (session["routine"], session["status"]) == ("desk-break", "stopped")


@pytest.mark.slow
def test_a_killed_session_is_offered_at_the_next_start(
    in_session: Terminal, start: Start, paths: AppPaths
) -> None:
    in_session.send(signal.SIGKILL)
    assert in_session.left() == -signal.SIGKILL
    assert history() == []
    again = start()
    again.shows("An unfinished session")
    again.press("s")
    again.until(lambda: not journal(paths), "the journal to be gone")
    again.press("q")
    assert again.left() == 0
    (session,) = history()
    assert (session["routine"], session["status"]) == ("desk-break", "stopped")


@pytest.mark.slow
def test_a_second_window_leaves_the_running_session_alone(
    in_session: Terminal, start: Start, paths: AppPaths
) -> None:
    other = start()
    other.shows("Desk break")
    other.press("q")
    assert other.left() == 0
    assert "An unfinished session" not in other.text
    in_session.press("q")
    in_session.shows("Stop here?")
    in_session.press("d")
    in_session.shows("not done yet")
    in_session.press("\x03")
    assert in_session.left() == 0
    assert journal(paths) == ""
    assert history() == []
    in_session.until(in_session.is_as_before, "the terminal to be as before")


@pytest.mark.slow
def test_the_first_key_can_be_the_last(start: Start, paths: AppPaths) -> None:
    change_state(paths.memory, [], AppState(safety_read=True))
    for keys in ("q", "\x03", "\x11"):
        terminal = start()
        terminal.shows("Six drills")
        terminal.press(keys)
        assert terminal.left() == 0
        terminal.until(terminal.is_as_before, "the terminal to be as before")


UNDER_A_PARENT = """
import pathlib, subprocess, sys
coach = subprocess.Popen([sys.executable, "-m", "hipcoach"])
pathlib.Path(sys.argv[1]).write_text(str(coach.pid))
coach.wait()
"""


@pytest.mark.parametrize("keys", ["", "\r"], ids=["before-the-first-key", "in-the-picker"])
@pytest.mark.slow
def test_nothing_goes_on_without_a_terminal_under_a_parent(keys: str, tmp_path: Path) -> None:
    number = tmp_path / "pid"
    terminal = Terminal((sys.executable, "-c", UNDER_A_PARENT, str(number)))
    try:
        terminal.shows("Before you move")
        if keys:
            terminal.press(keys)
            terminal.shows("Desk break")
        coach = int(number.read_text())
        terminal.hang_up()
        terminal.left()
        deadline = time.monotonic() + 15
        while is_alive(coach) and time.monotonic() < deadline:
            time.sleep(0.05)
        assert not is_alive(coach)
    finally:
        terminal.close()


def is_alive(process: int) -> bool:
    """Whether a process runs; one that has ended and waits for its parent does not."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


DEAF = """
import os, sys
from textual.drivers.linux_driver import LinuxDriver
LinuxDriver.disable_input = lambda self: os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
from hipcoach.cli import main
sys.exit(main())
"""
"""The program, whose terminal goes as it is left, unnoticed by the thread that reads it."""


@pytest.mark.slow
def test_nothing_goes_on_where_the_terminal_goes_while_it_is_left(paths: AppPaths) -> None:
    change_state(paths.memory, [], AppState(safety_read=True))
    terminal = Terminal((sys.executable, "-c", DEAF))
    try:
        terminal.shows("Six drills")
        terminal.press("q")
        assert terminal.left() == 0
    finally:
        terminal.close()
