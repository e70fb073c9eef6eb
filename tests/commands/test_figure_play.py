"""The figure in motion: in a real terminal, and line by line."""

from __future__ import annotations

import os
import re
import signal
import sys
import termios
from itertools import count

import pytest

if os.name != "posix":
    pytest.skip("pseudo-terminals are POSIX's", allow_module_level=True)


from hipcoach.commands.figure import play
from hipcoach.core.figure.acting import showing_of
from hipcoach.drawing.characters import Characters
from hipcoach.storage.bundled import load_figure
from hipcoach.storage.catalog import bundled_catalog
from tests.screen_modes import left_on
from tests.terminal import Start, Terminal

NAME = "quadruped-rockback"
HIDE_CURSOR = "\x1b[?25l"


@pytest.fixture
def start(start: Start) -> Start:
    """Start the command in a terminal of some size."""

    def figure(*arguments: str, size: tuple[int, int] = (80, 30)) -> Terminal:
        return start("figure", *arguments, size=size)

    return figure


def is_as_before(terminal: Terminal) -> bool:
    return left_on(terminal.drawn) == [] and termios.tcgetattr(terminal._slave) == terminal._before


@pytest.mark.parametrize("key", ["q", "\x03", signal.SIGTERM])
def test_it_moves_until_it_is_ended_and_leaves_the_terminal_as_it_was(
    start: Start, key: str | signal.Signals
) -> None:
    terminal = start(NAME)
    terminal.shows("get ready")
    assert "(q ends it)" in terminal.text
    assert HIDE_CURSOR.encode() in terminal.drawn
    terminal.press("x\x1b[A \x1a")  # which change nothing
    terminal.shows("rock back")
    if isinstance(key, signal.Signals):
        terminal.send(key)
    else:
        terminal.press(key)
    assert terminal.left() == (0 if isinstance(key, str) else 128 + key)
    terminal.until(lambda: is_as_before(terminal), "the terminal to be as before")
    assert b"Traceback" not in terminal.drawn


def test_a_closed_terminal_ends_it(start: Start) -> None:
    terminal = start(NAME)
    terminal.shows("get ready")
    terminal.hang_up()
    assert terminal.left() != 0


@pytest.mark.parametrize("size", [(20, 8), (3, 2)])
def test_a_small_terminal_gets_what_fits(
    start: Start, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    terminal = start(NAME, size=size)
    terminal.until(lambda: terminal.drawn.count(b"\x1b[2K") > 2 * size[1], "a second picture")
    terminal.press("q")
    assert terminal.left() == 0
    text = re.sub(rb"\x1b\[[0-9;?]*[A-Za-z]", b"", terminal.drawn).decode()
    assert max(map(len, re.split("[\r\n]", text))) <= size[0]
    assert set(re.findall(rb"\x1b\[([0-9;]*)m", terminal.drawn)) <= {b"0", b"1", b"2"}


def test_a_terminal_that_knows_no_sequences_gets_text(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "dumb")
    terminal = start(NAME)
    assert terminal.left() == 0
    assert b"\x1b" not in terminal.drawn
    assert "middle" in terminal.text


def test_once_ends_by_itself_and_without_keys_ctrl_c_does(
    start: Start, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    showing = showing_of(bundled_catalog().exercises[NAME], load_figure(NAME))
    assert showing is not None
    seconds = count(0, 0.4)
    play(showing, Characters.BLOCKS, once=True, clock=lambda: next(seconds))
    drawn = capsys.readouterr().out
    assert "come forward" in drawn
    assert "ends it" not in drawn
    reading, writing = os.pipe()
    os.write(writing, b"q\n")
    os.close(writing)
    with os.fdopen(reading) as lines:
        monkeypatch.setattr(sys, "stdin", lines)
        play(showing, Characters.BLOCKS, once=False)
    assert "(ctrl+c ends it)" in capsys.readouterr().out
