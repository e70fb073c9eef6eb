"""Text from files is shown as text, in the real program in a real terminal, and by every command."""

from __future__ import annotations

import os
import subprocess

import pytest

if os.name != "posix":
    pytest.skip("pseudo-terminals are POSIX's", allow_module_level=True)

from hipcoach.paths import AppPaths, user_paths
from tests.nasty import RAW, make_nasty
from tests.terminal import CHECKOUT, HIPCOACH, Start, Terminal


@pytest.fixture
def paths() -> AppPaths:
    paths = user_paths()
    make_nasty(paths)
    return paths


@pytest.fixture
def terminal(start: Start, paths: AppPaths) -> Terminal:
    return start()


def test_nothing_from_a_file_steers_the_terminal(terminal: Terminal) -> None:
    terminal.shows("An unfinished session")
    terminal.shows("[@click=app.quit]click[/]")
    terminal.press("r")
    terminal.shows("NEXT")
    terminal.press("n")
    terminal.shows("GO")
    terminal.press("?")
    terminal.shows("Sounds")
    terminal.press("q")
    terminal.shows("PAUSED")
    terminal.press("q")
    terminal.shows("Stop here?")
    terminal.press("s")
    terminal.shows("Back to the routines")
    terminal.press("\r")
    terminal.shows("Desk break")
    terminal.press("h")
    terminal.shows("to look at")
    terminal.press("!")
    terminal.shows("Session files to look at")
    terminal.press("q")
    terminal.shows("Routine")
    terminal.press("\r")
    terminal.shows("sets done")
    terminal.press("e")
    terminal.shows("enter saves")
    terminal.press("\r")
    terminal.shows("Edit note")
    terminal.press("\x03")
    assert terminal.left() == 0
    terminal.until(terminal.is_as_before, "the terminal to be as before")
    assert [raw for raw in RAW if raw in terminal.drawn] == []


@pytest.mark.parametrize(
    "command",
    [
        "history",
        "history --csv",
        "history --json",
        "stats",
        "routines",
        "routines --json",
        "exercises",
        "plan marked",
        "plan marked --json",
        "doctor",
        "paths",
        "check {routines}",
        "plan {nasty}",
        "start {nasty}",
    ],
)
def test_no_command_prints_what_could_steer_a_terminal(paths: AppPaths, command: str) -> None:
    nasty = "\x1b]0;STEERED\x07\u202e[red]"
    arguments = [each.format(routines=paths.config / "routines", nasty=nasty) for each in command.split()]
    done = subprocess.run(
        (*HIPCOACH, *arguments),
        cwd=CHECKOUT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=60,
        check=False,
    )
    printed = done.stdout + done.stderr
    assert printed
    assert [raw for raw in (*RAW, b"\x1b") if raw in printed] == []
    assert b"Traceback" not in printed
