"""The program on a disk that takes 3 seconds: what was chosen right before leaving is there next time."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable

import pytest

from hipcoach.core.choices import Pace
from hipcoach.paths import AppPaths, user_paths
from hipcoach.storage.app_state import AppState, change_state, load_state
from tests.slow_disk import SLOW_PROGRAM

if os.name != "posix":
    pytest.skip("pseudo-terminals are POSIX's", allow_module_level=True)

from tests.terminal import PYTHON, Start, Terminal

pytestmark = pytest.mark.slow

BREAKS = (
    """
from hipcoach.ui.screens.picker import PickerScreen

def broken(self):
    raise RuntimeError("something unforeseen")

PickerScreen.action_history = broken
"""
    + SLOW_PROGRAM
)
"""The same program, whose history breaks it."""
READS_LATE = (
    """
import threading
from hipcoach.live import drafts

really = drafts.drafts

def late(services, kind):
    while services.writer.is_idle:
        threading.Event().wait(0.01)
    return really(services, kind)

drafts.drafts = late
"""
    + SLOW_PROGRAM
)
"""The same program, which reads what was not saved only when something is being written."""


@pytest.fixture
def paths() -> AppPaths:
    paths = user_paths()
    change_state(paths.memory, [], AppState(safety_read=True))
    return paths


def by_signal(number: signal.Signals) -> Callable[[Terminal], None]:
    return lambda terminal: terminal.send(number)


def quit_and(then: Callable[[Terminal], None]) -> Callable[[Terminal], None]:
    """Quit, and do something else as soon as the terminal is given back, while the disk is still busy."""

    def leave(terminal: Terminal) -> None:
        terminal.press("q")
        terminal.until(terminal.is_as_before, "the terminal to be as before")
        assert terminal.process.poll() is None
        then(terminal)

    return leave


@pytest.mark.parametrize(
    "leave",
    [
        by_signal(signal.SIGTERM),
        Terminal.hang_up,
        quit_and(by_signal(signal.SIGTERM)),
        quit_and(Terminal.hang_up),
        quit_and(by_signal(signal.SIGINT)),
    ],
    ids=["SIGTERM", "closed", "q-SIGTERM", "q-closed", "q-ctrl+c"],
)
def test_what_was_chosen_right_before_leaving_is_there(
    start: Start, paths: AppPaths, leave: Callable[[Terminal], None]
) -> None:
    terminal = start(SLOW_PROGRAM, program=PYTHON)
    terminal.shows("Positions: standing")
    terminal.press("o")
    terminal.shows("own pace")
    # The first is being written by now: this one waits for it, and then for the disk itself.
    terminal.press("f")
    terminal.shows("* Desk break")
    leave(terminal)
    assert terminal.left() == 0
    state = load_state(paths.memory)[0]
    assert state.of("desk-break").pace is Pace.OWN
    assert state.favourites == ("desk-break",)


@pytest.mark.parametrize("program", [SLOW_PROGRAM, READS_LATE], ids=["reads first", "reads late"])
def test_who_waits_is_told_why_and_can_leave_without(start: Start, paths: AppPaths, program: str) -> None:
    terminal = start(program.replace("3.0", "25.0"), program=PYTHON)
    terminal.shows("Positions: standing")
    terminal.press("o")
    terminal.shows("own pace")
    terminal.press("q")
    terminal.shows("The disk is slow")
    terminal.send(signal.SIGINT)
    assert terminal.left() == 130
    assert load_state(paths.memory)[0] == AppState(safety_read=True)
    assert "Traceback" not in terminal.text


def test_what_was_chosen_before_the_program_broke_is_there(start: Start, paths: AppPaths) -> None:
    terminal = start(BREAKS, program=PYTHON)
    terminal.shows("Positions: standing")
    terminal.press("o")
    terminal.shows("own pace")
    terminal.press("h")
    terminal.shows("Something unforeseen")
    assert terminal.left() == 1
    assert load_state(paths.memory)[0].of("desk-break").pace is Pace.OWN


def test_what_was_answered_in_plain_lines_is_there(start: Start, paths: AppPaths) -> None:
    # Slower than leaving on a signal may be otherwise.
    terminal = start(SLOW_PROGRAM.replace("3.0", "5.0"), "start", "six-drills", "--plain", program=PYTHON)
    terminal.shows("Are you ready for it?")
    terminal.press("y")
    terminal.shows("Keys: space pause")
    terminal.send(signal.SIGTERM)
    assert terminal.left() == 0
    state = load_state(paths.memory)[0]
    assert (state.of("six-drills").mastered, state.last_routine) == (True, "six-drills")
