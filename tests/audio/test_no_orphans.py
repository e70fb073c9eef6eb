"""The real app in a terminal of its own: whatever way it ends, its player ends with it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event, Thread

import pytest

from hipcoach.paths import user_paths
from hipcoach.storage.app_state import AppState, change_state
from tests.audio.processes import children, is_gone
from tests.audio.waiting import let_pass, wait_for

if sys.platform == "win32":
    pytest.skip("signals and a terminal of its own", allow_module_level=True)

ROOT = Path(__file__).parents[2]
# A new session's leader takes the terminal that it is given for its own.
IN_TERMINAL = """
import fcntl, os, sys, termios
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
os.execv(sys.executable, [sys.executable, "-m", "hipcoach", "start", "desk-break"])
"""


class Terminal:
    """The app in a session, in a terminal that shows nobody anything."""

    def __init__(self) -> None:
        self._master, slave = os.openpty()
        self.app = subprocess.Popen(
            [sys.executable, "-c", IN_TERMINAL],
            cwd=ROOT,
            stdin=slave,
            stdout=slave,
            stderr=slave,
            start_new_session=True,
        )
        os.close(slave)
        self._closed = Event()
        Thread(target=self._read, daemon=True).start()
        try:
            wait_for(lambda: children(self.app.pid), "the player")
        except BaseException:
            self.app.kill()
            raise
        (self.player,) = children(self.app.pid)

    def press(self, key: bytes) -> None:
        os.write(self._master, key)

    def close(self) -> None:
        if not self._closed.is_set():
            self._closed.set()
            os.close(self._master)

    def _read(self) -> None:
        while not self._closed.is_set():
            try:
                os.read(self._master, 1 << 16)
            except OSError:
                return


@pytest.fixture
def terminal(home: Path, program: object) -> Iterator[Terminal]:
    paths = user_paths()
    change_state(paths.memory, [], AppState(safety_read=True))
    paths.settings.parent.mkdir(parents=True, exist_ok=True)
    paths.settings.write_text('[audio]\nbackend = "system"\n')
    terminal = Terminal()
    yield terminal
    terminal.app.kill()
    terminal.app.wait(5)
    terminal.close()


def _quit(terminal: Terminal) -> None:
    """Stop the session, discard it, and leave the picker; each key until it has been taken."""
    for key in (b"q", b"d", b"\x11") * 100:
        if terminal.app.poll() is not None:
            return
        terminal.press(key)
        let_pass(0.1)


def _kill(terminal: Terminal) -> None:
    terminal.app.kill()


def _close(terminal: Terminal) -> None:
    # The kernel sends SIGHUP to whoever the terminal belonged to.
    terminal.close()


def _terminate(terminal: Terminal) -> None:
    terminal.app.send_signal(signal.SIGTERM)


@pytest.mark.parametrize("end", [_kill, _close])
def test_no_player_is_left(terminal: Terminal, end: Callable[[Terminal], None]) -> None:
    assert not is_gone(terminal.player)
    end(terminal)
    wait_for(lambda: terminal.app.poll() is not None, "the app to end")
    wait_for(lambda: is_gone(terminal.player), "the player to end")


@pytest.mark.parametrize("end", [_quit, _terminate])
def test_a_player_that_was_killed_leaves_no_files(
    terminal: Terminal, tmp_path: Path, end: Callable[[Terminal], None]
) -> None:
    def directories() -> list[Path]:
        return list(tmp_path.glob("hipcoach-*"))

    wait_for(directories, "the first player's files")
    os.kill(terminal.player, signal.SIGKILL)
    wait_for(lambda: is_gone(terminal.player), "the player to end")
    wait_for(lambda: children(terminal.app.pid), "another player")
    wait_for(lambda: directories() and str(terminal.player) not in str(directories()), "only its files")
    # And the one that is there at the end, which cannot end by itself.
    (player,) = children(terminal.app.pid)
    os.kill(player, signal.SIGSTOP)
    end(terminal)
    wait_for(lambda: terminal.app.poll() is not None, "the app to end")
    assert directories() == []
