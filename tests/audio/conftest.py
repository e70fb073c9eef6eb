"""A private sound server that records what would be heard, and a stand-in for the system's own player."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from hipcoach.audio import player_sounds, sounds, stream
from tests.audio.sound_server import SoundServer, require_server
from tests.audio.waiting import wait_for

LATE = 0.5
"""Seconds; a busy machine may be later than a cue can be of use."""


@pytest.fixture(autouse=True)
def late_is_late_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have nothing dropped because this process was held up; the player's own process drops as it does."""
    for module in (sounds, stream, player_sounds):
        monkeypatch.setattr(module, "LATE", LATE)


@pytest.fixture(name="wait_for")
def _wait_for() -> Callable[..., None]:
    return wait_for


@pytest.fixture
def sound_server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SoundServer]:
    require_server()
    server = SoundServer(tmp_path / "server")
    for name, value in server.own.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("PULSE_SERVER", raising=False)
    yield server
    server.stop()


@pytest.fixture
def no_sound(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine without a sound server and without a card."""
    for name in ("XDG_RUNTIME_DIR", "HOME"):
        monkeypatch.setenv(name, str(tmp_path))
    # Nothing listens at the address, so neither library finds a server, and none is started for it.
    monkeypatch.setenv("PULSE_SERVER", f"unix:{tmp_path}/none")


class FakeProgram:
    """Stands in for the system's sound player: notes the names of the files it is told to play."""

    def __init__(self, directory: Path) -> None:
        self.log = directory / "played.txt"
        self.log.touch()
        program = directory / "pw-cat"
        program.write_text(f'#!/bin/sh\nfor last; do :; done\necho "$last" >> {self.log}\n')
        program.chmod(0o755)

    @property
    def played(self) -> list[str]:
        stems = [Path(line).stem.rsplit("-", 1) for line in self.log.read_text().splitlines()]
        return [stem[0] for stem in stems if stem[0]]


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FakeProgram:
    if sys.platform == "win32":
        pytest.skip("the stand-in is a shell script")
    directory = tmp_path / "bin"
    directory.mkdir()
    monkeypatch.setenv("PATH", str(directory))
    # A player that is killed cannot remove its temporary files.
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    return FakeProgram(directory)
