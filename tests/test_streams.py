"""Where the app draws: not on what is no terminal, for a browser through pipes, and the title given back."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

if os.name != "posix":
    pytest.skip("pseudo-terminals are POSIX's", allow_module_level=True)

from hipcoach.paths import AppPaths, user_paths
from hipcoach.storage.app_state import AppState, change_state
from tests.logs import load_log
from tests.terminal import CHECKOUT, HIPCOACH, PATIENCE, PYTHON, Start, Terminal

pytestmark = pytest.mark.slow

SAVE, RESTORE = b"\x1b[22;0t", b"\x1b[23;0t"
A_REP = re.compile('"event":"beat".*"index":1,"reps":[1-9]')
"""In a journal."""
TITLE = re.compile(rb"\x1b\]2;[^\x07]*\x07|\x1b\[2[23];0t")


@pytest.fixture(autouse=True)
def paths() -> AppPaths:
    paths = user_paths()
    change_state(paths.memory, [], AppState(safety_read=True))
    return paths


@pytest.mark.parametrize(
    ("arguments", "redirected"),
    [
        ("", "2>/dev/null"),
        ("", "2>errors.txt"),
        ("", "2</dev/tty"),
        ("start", "2>&-"),
        ("start desk-break", "2>/dev/full"),
    ],
)
def test_without_the_stream_it_draws_on_it_says_so(
    start: Start, paths: AppPaths, tmp_path: Path, arguments: str, redirected: str
) -> None:
    redirected = redirected.replace("errors.txt", str(tmp_path / "errors.txt"))
    terminal = start("-c", f"{sys.executable} -m hipcoach {arguments} {redirected}", program=("sh",))
    assert terminal.left() == 2
    terminal.shows("The coach needs a terminal to draw on and to read keys from; standard error")
    assert b"\x1b" not in terminal.drawn
    assert not paths.journals.exists()


@pytest.mark.parametrize("redirected", [">/dev/null", "</dev/null", "> /dev/null 2>&1 </dev/null"])
def test_without_the_other_streams_it_says_so_too(start: Start, redirected: str) -> None:
    terminal = start("-c", f"{sys.executable} -m hipcoach {redirected}", program=("sh",))
    assert terminal.left() == 2
    if "2>" not in redirected:
        terminal.shows("The coach needs a terminal to draw on and to read keys from.")


def titles(terminal: Terminal) -> list[bytes]:
    return TITLE.findall(terminal.drawn)


def in_session(terminal: Terminal) -> Terminal:
    terminal.shows("READY")
    terminal.until(lambda: any(b"left" in each for each in titles(terminal)), "the title to say what is left")
    return terminal


def check_titles(terminal: Terminal) -> None:
    terminal.until(terminal.is_as_before, "the terminal to be as before")
    first, *between, last = titles(terminal)
    assert (first, last) == (SAVE, RESTORE)
    assert not {SAVE, RESTORE} & set(between)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_signal_leaves_the_title_that_was(start: Start, number: signal.Signals) -> None:
    terminal = in_session(start("start", "desk-break"))
    if number is signal.SIGINT:
        terminal.press("\x03")
        terminal.shows("Stop here?")
        terminal.press("s")
        terminal.shows("Nothing was done in this session.")
        terminal.press("k")
        terminal.shows("Back to the routines")
        terminal.press("\x03")
    else:
        terminal.send(number)
    assert terminal.left() == 0
    check_titles(terminal)


CRASH = """
import sys
from hipcoach.cli import main
from hipcoach.core.session import Session
from hipcoach.ui.screens.session import SessionScreen
really = SessionScreen.tick
def crash(self):
    really(self)
    if self.app.is_mounted and self._told_title:
        self.set_timer(0.1, lambda: 1 / 0)
SessionScreen.tick = crash
sys.exit(main(["start", "desk-break"]))
"""


def test_a_crash_leaves_the_title_that_was(start: Start) -> None:
    terminal = start(CRASH, program=PYTHON)
    assert terminal.left() == 1
    check_titles(terminal)
    assert any(b"left" in each for each in titles(terminal))


class Served:
    """The program as `textual serve` runs it for a page in a browser: packets over pipes."""

    def __init__(self, *arguments: str) -> None:
        served = {
            "TEXTUAL_DRIVER": "textual.drivers.web_driver:WebDriver",
            "TEXTUAL_FPS": "60",
            "TEXTUAL_COLOR_SYSTEM": "truecolor",
            "TERM_PROGRAM": "textual",
            "TERM": "dumb",
            "COLUMNS": "120",
            "ROWS": "40",
        }
        self.process = subprocess.Popen(
            (*HIPCOACH, *arguments),
            cwd=CHECKOUT,
            env=os.environ | served,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            bufsize=0,
        )
        self.shown = bytearray()
        self.meta: list[dict[str, object]] = []
        self.greeting = b""
        self.changed = threading.Condition()
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        out = os.fdopen(os.dup(self.process.stdout.fileno()), "rb")
        with out:
            self.greeting = out.readline()
            while kind := out.read(1):
                payload = out.read(int.from_bytes(out.read(4), "big"))
                with self.changed:
                    if kind == b"D":
                        self.shown += payload
                    else:
                        self.meta.append(json.loads(payload))
                    self.changed.notify_all()

    def shows(self, words: str) -> None:
        """Wait until words have been drawn."""
        with self.changed:
            seen = self.changed.wait_for(lambda: words.encode() in self.shown, PATIENCE)
        assert seen, self.shown[-2000:]

    def send(self, kind: bytes, payload: bytes) -> None:
        """Send a packet, D for keys and M for all else."""
        assert self.process.stdin is not None
        self.process.stdin.write(kind + len(payload).to_bytes(4, "big") + payload)

    def left(self) -> tuple[int, bytes]:
        """Wait until it has ended; its exit code, and what it has printed on standard error."""
        assert self.process.stderr is not None
        code = self.process.wait(PATIENCE)
        self.reader.join(PATIENCE)
        return code, self.process.stderr.read()

    def close(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait(PATIENCE)
        for pipe in (self.process.stdin, self.process.stdout, self.process.stderr):
            if pipe is not None and not pipe.closed:
                pipe.close()


@pytest.fixture
def serve(paths: AppPaths) -> Iterator[Callable[..., Served]]:
    all_served: list[Served] = []

    def serve(*arguments: str) -> Served:
        all_served.append(Served(*arguments))
        return all_served[-1]

    yield serve
    for each in all_served:
        each.close()


def test_in_a_browser_it_opens_hears_keys_and_quits(serve: Callable[..., Served]) -> None:
    served = serve()
    served.shows("Desk break")
    assert served.greeting == b"__GANGLION__\n"
    served.send(b"M", b'{"type":"resize","width":100,"height":30}')
    served.shows("Start")
    served.send(b"D", b"q")
    assert served.left() == (0, b"")
    assert {"type": "exit"} in served.meta
    assert b"\x1b]2;" not in served.shown


def until_in_journal(paths: AppPaths, words: str) -> None:
    end = time.monotonic() + PATIENCE
    while words not in "".join(each.read_text(encoding="utf-8") for each in paths.journals.glob("*.jsonl")):
        assert time.monotonic() < end
        threading.Event().wait(0.02)


@pytest.mark.parametrize("how", ["quit", "SIGTERM", "closed"])
@pytest.mark.slow
def test_a_session_in_a_browser_is_saved_however_it_is_left(
    serve: Callable[..., Served], paths: AppPaths, how: str
) -> None:
    served = serve("start", "desk-break", "--tempo", "0.25")
    served.shows("READY")
    served.send(b"D", b"n")
    until_in_journal(paths, '"index":1,"reps"')  # the first beat of the set
    if how == "quit":
        served.send(b"M", b'{"type":"quit"}')
    elif how == "SIGTERM":
        served.process.send_signal(signal.SIGTERM)
    else:
        assert served.process.stdin is not None
        served.process.stdin.close()
    assert served.left() == (0, b"")
    assert len(load_log(paths.sessions).records) == 1
    assert list(paths.journals.glob("*.jsonl")) == []


@pytest.mark.slow
def test_what_no_disk_takes_of_a_session_in_a_browser_is_left_to_the_server(
    serve: Callable[..., Served], paths: AppPaths
) -> None:
    paths.data.mkdir(parents=True)
    paths.sessions.write_text("a file in its place")
    served = serve("start", "desk-break")
    served.shows("READY")
    served.send(b"D", b"n")
    until_in_journal(paths, '"index":1,"reps"')  # the first beat of the set
    served.send(b"M", b'{"type":"quit"}')
    code, printed = served.left()
    assert code == 0
    assert b'routine = "desk-break"' in printed
