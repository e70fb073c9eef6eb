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


@pytest.mark.parametrize(("key", "saved"), [("s", 1), ("d", 0)])
def test_a_killed_session_is_saved_or_discarded(start: Start, paths: AppPaths, key: str, saved: int) -> None:
    terminal = working(start, paths)
    terminal.send(signal.SIGKILL)
    terminal.left()
    again = start()
    again.shows("An unfinished session: Desk break")
    again.press(key)
    again.shows("Get ready, 1 s: Blink")
    again.send(signal.SIGTERM)
    assert again.left() == 0
    assert [each.routine for each in load_log(paths.sessions).records].count("desk-break") == saved


def test_safety_comes_first_and_leaving_it_starts_nothing(start: Start, paths: AppPaths) -> None:
    paths.memory.unlink()
    terminal = start()
    terminal.shows("I have read this and understand")
    terminal.press("q")
    assert terminal.left() == 0
    assert not load_state(paths.memory)[0].safety_read
    again = start()
    again.shows("I have read this and understand")
    again.press("\r")
    again.shows("Get ready")
    again.until(lambda: load_state(paths.memory)[0].safety_read, "what was read to be remembered")


def test_a_gate_is_asked_about_once(start: Start, paths: AppPaths) -> None:
    terminal = start("six-drills")
    terminal.shows("Are you ready for it?")
    terminal.press("n")
    terminal.shows("Spiderman is left out")
    terminal.until(
        lambda: load_state(paths.memory)[0].of("six-drills").mastered is False, "the answer on disk"
    )


def test_choices_hold_for_this_session_alone(paths: AppPaths) -> None:
    before = load_state(paths.memory)[0]
    done = in_pipes("six-drills", "--no-gated", "--rounds", "2", "--level", "high", typed="q\ns\nk\n")
    assert "Are you ready for it?" not in done.stdout
    assert "Spiderman is left out" in done.stdout
    choices = the_record(paths).choices
    assert (choices["rounds"], choices["level"], choices["gated"]) == (2, "high", False)
    after = load_state(paths.memory)[0]
    assert after.routines == before.routines


def in_pipes(*arguments: str, typed: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        (sys.executable, "-X", "importtime", "-m", "hipcoach", "start", *arguments, "--plain"),
        cwd=CHECKOUT,
        input=typed,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


def test_without_a_terminal_lines_are_keys_and_textual_is_not_loaded(paths: AppPaths) -> None:
    done = in_pipes("desk-break", typed="skip\nquit\nsave\nk\n")
    assert done.returncode == 0
    assert "Go: 10 reps" in done.stdout
    assert "Nothing was done in this session." in done.stdout
    assert "Nothing done: 0 of " in done.stdout
    assert the_record(paths).routine == "desk-break"
    assert "hipcoach.live.session_runner" in done.stderr
    assert "textual" not in done.stderr


def test_what_nobody_says_to_keep_is_not_kept(paths: AppPaths) -> None:
    done = in_pipes("desk-break", typed="skip\nquit\nsave\n")
    assert done.returncode == 0
    assert done.stdout.endswith("Discarded.\n")
    assert load_log(paths.sessions).records == ()
    assert journals(paths) == ""


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


def test_without_any_input_a_session_runs_through(paths: AppPaths) -> None:
    assert "Well done: 3 of 3 sets" in in_pipes(ROUTINE, typed="").stdout


def test_nothing_left_is_one_sentence(paths: AppPaths) -> None:
    done = in_pipes("hips-and-upper-back", "--avoid", "knees", typed="")
    assert done.returncode == 2
    assert "hipcoach: What you avoid (knees) is in everything" in done.stderr


def test_unknown_loads_are_said_before_a_plain_session(paths: AppPaths) -> None:
    (file,) = (paths.config / "exercises").iterdir()
    file.write_text(file.read_text().replace("loads = []\n", "", 1))
    done = in_pipes(ROUTINE, "--avoid", "knees", typed="")
    assert "Not known whether Blink loads the knees: check for yourself.\n" in done.stdout
    assert "whether Still" not in done.stdout
    assert "Well done: 3 of 3 sets" in done.stdout
