"""`hipcoach start --plain` in a real terminal and in pipes, with real keys, real files and real signals."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

import pytest

if os.name != "posix":
    pytest.skip("pseudo-terminals are POSIX's", allow_module_level=True)

from hipcoach.core.history.record import Outcome, SessionRecord, SessionStatus
from hipcoach.paths import AppPaths, user_paths
from hipcoach.storage.app_state import load_state
from tests.logs import load_log
from tests.terminal import CHECKOUT, Start, Terminal
from tests.torture.short_session import ROUTINE, prepare


@pytest.fixture
def paths() -> AppPaths:
    paths = user_paths()
    prepare(paths)
    return paths


@pytest.fixture
def start(start: Start, paths: AppPaths) -> Start:
    """Start a plain session."""

    def plain(routine: str = ROUTINE, *more: str) -> Terminal:
        return start("start", routine, "--plain", *more)

    return plain


def the_record(paths: AppPaths) -> SessionRecord:
    log = load_log(paths.sessions)
    assert log.problems == ()
    (record,) = log.records
    return record


def journals(paths: AppPaths) -> str:
    return "".join(path.read_text(encoding="utf-8") for path in paths.journals.glob("*.jsonl"))


def working(start: Start, paths: AppPaths) -> Terminal:
    """A long session in its first set, with a rep of it done."""
    terminal = start("desk-break", "--tempo", "0.25", "--count", "1")
    terminal.shows("Get ready")
    terminal.press("n")
    terminal.shows("Go: 10 reps")
    terminal.shows("1 of 10.")
    return terminal


def test_a_session_from_beginning_to_end(start: Start, paths: AppPaths) -> None:
    terminal = start()
    terminal.shows("Get ready, 1 s: Blink")
    assert terminal.left() == 0
    drawn = terminal.drawn.decode()
    assert "Well done: 3 of 3 sets done" in drawn
    assert "\x1b" not in drawn, "neither colour nor cursor movement"
    assert terminal.has_its_modes_back()
    record = the_record(paths)
    assert [step.outcome for step in record.steps] == [Outcome.DONE] * 3
    assert record.choices["pace"] == "paced"
    assert load_state(paths.memory)[0].last_routine == ROUTINE


def test_pause_skip_and_stop_by_key(start: Start, paths: AppPaths) -> None:
    terminal = working(start, paths)
    terminal.press(" ")
    terminal.shows("Paused. Space goes on.")
    terminal.press(" ")
    terminal.shows("Going on in 3 seconds.")
    terminal.press("\x1b[C")
    terminal.shows("Switch sides. Go: 10 reps, left side")
    terminal.press("p")
    terminal.shows("Get ready")
    terminal.press("q")
    terminal.shows("Stop here?")
    terminal.press("g")
    terminal.shows("Going on.")
    terminal.send(signal.SIGINT)
    terminal.shows("Stop here?")
    terminal.send(signal.SIGINT)
    assert terminal.left() == 0
    assert terminal.has_its_modes_back()
    assert the_record(paths).status is SessionStatus.STOPPED


@pytest.mark.parametrize("how", ["SIGTERM", "SIGHUP", "closed"])
def test_whoever_ends_the_process_or_the_terminal_loses_nothing(
    start: Start, paths: AppPaths, how: str
) -> None:
    terminal = working(start, paths)
    if how == "closed":
        terminal.hang_up()
    else:
        terminal.send(signal.Signals[how])
    assert terminal.left() == 0
    assert the_record(paths).status is SessionStatus.STOPPED
    assert journals(paths) == ""


def test_a_killed_session_is_asked_about_and_goes_on(start: Start, paths: AppPaths) -> None:
    terminal = working(start, paths)
    terminal.send(signal.SIGKILL)
    terminal.left()
    assert load_log(paths.sessions).records == ()
    again = start(ROUTINE, "--count", "1")
    again.shows("An unfinished session: Desk break")
    again.press("r")
    again.shows("Get ready")
    again.press("n")
    again.shows("1 of 10.")
    again.press("q")
    again.shows("Stop here?")
    again.press("s")
    assert again.left() == 0
    assert the_record(paths).routine == "desk-break"


def test_without_a_terminal_textual_is_not_loaded(paths: AppPaths) -> None:
    done = subprocess.run(
        (sys.executable, "-X", "importtime", "-m", "hipcoach", "start", "desk-break", "--plain"),
        cwd=CHECKOUT,
        input="skip\nquit\nsave\nk\n",
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert done.returncode == 0
    assert the_record(paths).routine == "desk-break"
    assert "hipcoach.live.session_runner" in done.stderr
    assert "textual" not in done.stderr


def test_ctrl_c_before_anything_was_done_leaves_nothing(start: Start, paths: AppPaths) -> None:
    terminal = start("desk-break")
    terminal.shows("Get ready")
    terminal.send(signal.SIGINT)
    terminal.shows("Stop here?")
    terminal.press("s")
    terminal.shows("Nothing was done in this session.")
    terminal.send(signal.SIGINT)
    assert terminal.left() == 0
    assert "Discarded." in terminal.drawn.decode()
    assert load_log(paths.sessions).records == ()
    assert journals(paths) == ""
