"""What holds for every test: no real home directory, no surroundings of the developer, no chance."""

from __future__ import annotations

import gc
import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from tests.terminal import Terminal

settings.register_profile("ci", derandomize=True, deadline=None)
settings.register_profile("explore", max_examples=2000, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))

OF_THE_DEVELOPER = (
    "SSH_CONNECTION",
    "SSH_CLIENT",
    "SSH_TTY",
    "NO_COLOR",
    "FORCE_COLOR",
    "CLICOLOR",
    "CLICOLOR_FORCE",
    "COLUMNS",
    "LINES",
    "COLORTERM",
    "PYTHONPATH",
    "PYTHONIOENCODING",
    "PYTHONSAFEPATH",
    "TEXTUAL",
    "TEXTUAL_THEME",
    "TEXTUAL_ANIMATIONS",
)


OBJECTS_A_COLLECTION = 50_000
"""How many more objects there are before those that nobody needs are looked for."""


def pytest_configure() -> None:
    """Hear ctrl+c wherever the tests were begun, and look for garbage less often: a quarter of all time."""
    # Begun in the background by a shell, tests and all that they start would not hear ctrl+c.
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    gc.set_threshold(OBJECTS_A_COLLECTION)


def pytest_collection_finish() -> None:
    """Do not look for garbage among what is loaded by now."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home directory of the test's own, also for the processes it starts."""
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("USERPROFILE", str(home))
    for name, below in (
        ("XDG_DATA_HOME", ".local/share"),
        ("XDG_CONFIG_HOME", ".config"),
        ("XDG_STATE_HOME", ".local/state"),
        ("XDG_CACHE_HOME", ".cache"),
    ):
        monkeypatch.setenv(name, str(home / below))
    for name in OF_THE_DEVELOPER:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    return home


@pytest.fixture
def start(home: Path) -> Iterator[Callable[..., Terminal]]:
    """Start hipcoach, or another program, in a terminal of its own; all of them are closed at the end."""
    from tests.terminal import HIPCOACH, Terminal  # which only POSIX has

    terminals: list[Terminal] = []

    def start(
        *arguments: str, program: tuple[str, ...] = HIPCOACH, size: tuple[int, int] = (120, 40)
    ) -> Terminal:
        terminals.append(Terminal((*program, *arguments), size))
        return terminals[-1]

    yield start
    for terminal in terminals:
        terminal.close()
