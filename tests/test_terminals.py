"""The whole program in all kinds of terminals: small, poor, without colours, without UTF-8, and broken."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import termios
import time
from pathlib import Path

import pytest

if os.name != "posix":
    pytest.skip("pseudo-terminals are POSIX's", allow_module_level=True)

from hipcoach.paths import AppPaths, user_paths
from hipcoach.storage.app_state import AppState, change_state
from tests.logs import load_log
from tests.screen_modes import left_on
from tests.terminal import CHECKOUT, HIPCOACH, Start, Terminal

pytestmark = pytest.mark.slow

RESIZES = 20
COLOUR = b"\x1b[38;"


@pytest.fixture(autouse=True)
def paths() -> AppPaths:
    paths = user_paths()
    change_state(paths.memory, [], AppState(safety_read=True))
    return paths


def resize(terminal: Terminal, columns: int, rows: int) -> None:
    termios.tcsetwinsize(terminal._slave, (rows, columns))
    terminal.send(signal.SIGWINCH)


def do_a_bit(terminal: Terminal, paths: AppPaths) -> None:
    """Skip to the first set, stop before a rep is done, keep that and leave."""
    terminal.shows("READY")
    terminal.press("n")
    terminal.shows("GO")
    terminal.press("q")
    terminal.shows("Stop here?")
    terminal.press("s")
    terminal.shows("Nothing was done")
    terminal.press("k")
    terminal.shows("Back to the routines")
    terminal.press("\r")
    terminal.shows("Start")
    terminal.press("\x03")
    assert terminal.left() == 0
    check_end(terminal)
    assert len(load_log(paths.sessions).records) == 1


def pause(terminal: Terminal, seconds: float) -> None:
    end = time.monotonic() + seconds
    terminal.until(lambda: time.monotonic() > end, "a moment")


def check_end(terminal: Terminal) -> None:
    terminal.until(terminal.is_as_before, "the terminal to be as before")
    assert left_on(terminal.drawn) == []
    assert b"Traceback" not in terminal.drawn


@pytest.mark.parametrize(
    "environ",
    [
        {"TERM": "xterm-256color", "COLORTERM": "truecolor"},
        {"TERM": "xterm"},
        {"TERM": "linux"},
        {"TERM": "screen"},
        {"NO_COLOR": "1"},
        {"TERM": None},
        {"TERM": "no-such-terminal"},
        {"TEXTUAL_THEME": "textual-light"},
        {
            "TEXTUAL_DRIVER": "nope",
            "TEXTUAL_THEME": "nope",
            "TEXTUAL_PRESS": "q,nope",
            "TEXTUAL_LOG": "/proc/x",
        },
        {"TEXTUAL_COLOR_SYSTEM": "nope", "TEXTUAL_ANIMATIONS": "nope", "TEXTUAL_FPS": "1" + "0" * 400},
        {"ESCDELAY": "1" + "0" * 400, "TEXTUAL_SCREENSHOT": "0", "TEXTUAL_SCREENSHOT_LOCATION": "/proc/x"},
        {"TEXTUAL_DIM_FACTOR": "1" + "0" * 400, "TEXTUAL_FILTERS": "nope", "TEXTUAL_DEBUG": "1"},
        {"LANG": "C", "LC_ALL": "C", "PYTHONUTF8": "0"},
        {"LANG": "C", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"LANG": "C", "LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"},
        {"PYTHONIOENCODING": "latin-1"},
    ],
    ids=lambda environ: ",".join(f"{name}={value}"[:40] for name, value in environ.items()),
)
def test_a_session_in_this_terminal(
    start: Start, paths: AppPaths, monkeypatch: pytest.MonkeyPatch, environ: dict[str, str | None]
) -> None:
    for name, value in environ.items():
        monkeypatch.delenv(name, raising=False) if value is None else monkeypatch.setenv(name, value)
    terminal = start("start", "desk-break")
    do_a_bit(terminal, paths)
    if "NO_COLOR" in environ:
        shown = set(terminal.drawn.split(COLOUR)[1:])
        for colour in shown:
            if colour.startswith(b"2;"):
                red, green, blue = colour.split(b"m")[0].split(b";")[1:4]
                assert red == green == blue
    if environ.get("PYTHONIOENCODING") == "ascii" or "PYTHONCOERCECLOCALE" in environ:
        assert terminal.drawn.isascii()


@pytest.mark.parametrize("term", ["dumb", "unknown"])
def test_a_terminal_that_knows_no_sequences_gets_a_sentence(
    start: Start, monkeypatch: pytest.MonkeyPatch, term: str
) -> None:
    monkeypatch.setenv("TERM", term)
    terminal = start()
    assert terminal.left() == 2
    terminal.shows("set TERM")
    assert b"\x1b" not in terminal.drawn
    assert len(terminal.drawn.splitlines()) == 1


def test_without_utf_8_the_doctor_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONIOENCODING", "ascii")
    done = subprocess.run((*HIPCOACH, "doctor"), cwd=CHECKOUT, capture_output=True, timeout=60, check=True)
    assert b"LANG=C.UTF-8" in done.stdout
    assert done.stdout.isascii()


def test_resizing_at_any_moment_does_no_harm(start: Start, paths: AppPaths) -> None:
    chance = random.Random(5)
    terminal = start("start", "desk-break")
    terminal.shows("READY")
    for _ in range(RESIZES):
        resize(terminal, chance.choice([2, 5, 20, 21, 40, 79, 80, 120]), chance.choice([5, 6, 12, 24, 40]))
        terminal.press(chance.choice("nnp+-r m?q"))
        pause(terminal, chance.random() / 10)
        terminal.press("g")
    resize(terminal, 120, 40)
    terminal.send(signal.SIGTERM)
    assert terminal.left() == 0
    check_end(terminal)
    assert load_log(paths.sessions).problems == ()


@pytest.mark.parametrize("size", [(20, 5), (1, 1), (0, 0), (3, 24), (6, 40), (40, 10), (400, 120)], ids=str)
def test_started_in_a_terminal_of_any_size(start: Start, paths: AppPaths, size: tuple[int, int]) -> None:
    terminal = start("start", "desk-break", size=size)
    terminal.until(lambda: list(paths.journals.glob("*.jsonl")), "the session to have begun")
    terminal.send(signal.SIGTERM)
    assert terminal.left() == 0
    check_end(terminal)


CRASH = """
import sys
from hipcoach.cli import main
from hipcoach.ui.screens.{module} import {screen}
def crash(*_):
    knee = "the user's knee"
    raise ZeroDivisionError("made for a test")
{screen}.{method} = crash
sys.exit(main({arguments!r}))
"""


@pytest.mark.parametrize(
    ("module", "screen", "method", "arguments"),
    [
        ("session", "SessionScreen", "tick", ["start", "desk-break"]),
        ("session", "SessionScreen", "compose", ["start", "desk-break"]),
        ("picker", "PickerScreen", "on_mount", []),
        ("picker", "PickerScreen", "_load_log", []),
    ],
)
def test_after_a_crash_of_our_own_the_terminal_is_as_it_was(
    start: Start, paths: AppPaths, module: str, screen: str, method: str, arguments: list[str]
) -> None:
    code = CRASH.format(module=module, screen=screen, method=method, arguments=arguments)
    terminal = start(program=(sys.executable, "-c", code))
    assert terminal.left() == 1
    check_end(terminal)
    assert str(paths.error_log).encode() in terminal.drawn.replace(b"\r\n", b"")
    written = paths.error_log.read_text(encoding="utf-8")
    assert "ZeroDivisionError: made for a test" in written
    assert "the user's knee" not in written.replace('knee = "the user\'s knee"', "")


@pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not here; CI installs it")
def test_inside_tmux(paths: AppPaths, tmp_path: Path) -> None:
    socket = tmp_path / "tmux"

    def tmux(*arguments: str) -> str:
        command = ("tmux", "-S", str(socket), "-f", "/dev/null", *arguments)
        return subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, check=True).stdout

    def until(words: str) -> None:
        deadline = time.monotonic() + 30
        while words not in (shown := tmux("capture-pane", "-p", "-t", "it")):
            assert time.monotonic() < deadline, shown

    tmux("new-session", "-d", "-s", "it", "-x", "100", "-y", "30", "env", "PS1=ready> ", "sh")
    try:
        tmux("send-keys", "-t", "it", f"{sys.executable} -m hipcoach start desk-break", "Enter")
        until("GET READY")
        tmux("resize-window", "-t", "it", "-x", "20", "-y", "5")
        tmux("resize-window", "-t", "it", "-x", "90", "-y", "30")
        tmux("send-keys", "-t", "it", "q")
        until("Stop here?")
        tmux("send-keys", "-t", "it", "s")
        until("Nothing was done")
        tmux("send-keys", "-t", "it", "k")
        until("Back to the routines")
        tmux("send-keys", "-t", "it", "C-c")
        until("ready>")
        assert "Stop here?" not in tmux("capture-pane", "-p", "-t", "it")
        assert tmux(
            "display-message", "-p", "-t", "it", "#{alternate_on} #{cursor_flag} #{mouse_any_flag}"
        ) == ("0 1 0\n")
    finally:
        tmux("kill-server")
    assert len(load_log(paths.sessions).records) == 1
