"""The real session screen with a real player that is disturbed in every way: the session goes on, nothing but
one quiet mark tells of it, and sound comes back where it can."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Protocol

import pytest
from textual.pilot import Pilot

from hipcoach.audio import player_sounds
from hipcoach.audio.backends import open_sounds
from hipcoach.audio.player_sounds import PlayerSounds, player_command
from hipcoach.audio.sounds import BellSounds, Sounds
from hipcoach.core.choices import Timings
from hipcoach.paths import bundled
from hipcoach.ui.app import HipcoachApp
from hipcoach.ui.screens.session import SessionScreen
from hipcoach.ui.widgets.one_line import OneLine
from tests.audio.processes import players
from tests.audio.sound_server import SoundServer
from tests.ui.surroundings import services_below

pytestmark = [
    pytest.mark.timed,
    pytest.mark.skipif(sys.platform == "win32", reason="signals and a shell script"),
]

PATIENCE = 15.0
SOUNDING, NO_SOUND, BELL_ONLY = "♪", "no sound", "bell only"


class Program(Protocol):
    played: list[str]


class Live:
    """A session on its screen, on the real clock."""

    def __init__(self, app: HipcoachApp, pilot: Pilot[int]) -> None:
        self.app = app
        self.pilot = pilot

    @property
    def screen(self) -> SessionScreen:
        screen = self.app.running_session
        assert screen is not None
        return screen

    async def until(self, condition: Callable[[], object], what: str) -> None:
        end = time.monotonic() + PATIENCE
        while not condition():
            assert time.monotonic() < end, f"waited in vain for {what}"
            await self.pilot.pause(0.02)

    async def marked(self, mark: str) -> None:
        title = self.screen.query_one("#title", OneLine)
        await self.until(lambda: mark in title.end, f"the mark {mark!r} in {title.end!r}")


@asynccontextmanager
async def live(sounds: Sounds, home: Path, capfd: pytest.CaptureFixture[str]) -> AsyncIterator[Live]:
    """A session with these sounds; at the end it must have gone on, with nothing on the screen beside it."""
    services = services_below(home, timings=Timings(4, 4, 4, 0))
    services.clock = time.monotonic
    services.sounds = sounds
    services.keep_awake = None
    app = HipcoachApp(services, "routine")
    async with app.run_test() as pilot:
        session = Live(app, pilot)
        await session.until(lambda: app.running_session and app.running_session.is_mounted, "the session")
        begun = session.screen.session.began
        yield session
        now, state = time.monotonic(), session.screen.session
        passed = state.plan.total_seconds - state.remaining(now)
        assert passed == pytest.approx(max(0.0, now - begun), abs=0.01)
        assert not state.is_paused
        assert not list(app._notifications)
    sounds.close()
    assert capfd.readouterr() == ("", "")


def _player(backend: str) -> list[str]:
    return player_command(backend, bundled("sounds"))


async def test_a_player_that_is_killed_is_replaced(
    program: Program,
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
) -> None:
    sounds = PlayerSounds(("system",), _player, BellSounds(lambda: None))
    async with live(sounds, tmp_path, capfd) as session:
        await session.until(lambda: "lead-in" in program.played, "the first cue")
        (first,) = players(os.getpid())
        os.kill(first, signal.SIGKILL)
        await session.until(lambda: first not in players(os.getpid()), "the end of the player")
        await session.marked(SOUNDING)
        heard = len(program.played)
        await session.until(lambda: len(program.played) > heard, "the next cue")


CRASH = """
import ctypes, os, sys, threading
os.write(2, b"ALSA lib pcm.c:2664:(snd_pcm_open_noupdate) Unknown PCM\\n" * 2000)
threading.Timer({after}, ctypes.string_at, (0,)).start()
from hipcoach.audio.player import main
main()
"""


async def test_a_player_that_prints_and_crashes_in_native_code(
    program: Program, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    rung: list[float] = []
    command = [sys.executable, "-c", CRASH.format(after=0.2), *_player("system")[-2:]]
    sounds = PlayerSounds(("system",), lambda _: command, BellSounds(lambda: rung.append(time.monotonic())))
    async with live(sounds, tmp_path, capfd) as session:
        await session.marked(NO_SOUND)
        await session.marked(BELL_ONLY)
        await session.until(lambda: rung, "the bell in place of a cue")


@pytest.mark.usefixtures("no_sound")
async def test_no_device_but_the_null_one(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    sounds = open_sounds("miniaudio", os.environ, bell=lambda: None)
    async with live(sounds, tmp_path, capfd) as session:
        await session.marked(BELL_ONLY)
        assert "miniaudio finds no sound device" in sounds.status.reason


@pytest.mark.sound_server
async def test_a_device_that_is_lost_and_comes_back(
    sound_server: SoundServer,
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(player_sounds, "RETRY", 0.2)
    sounds = open_sounds("miniaudio", os.environ, bell=lambda: None)
    async with live(sounds, tmp_path, capfd) as session:
        await session.until(lambda: sound_server.streams() == 1, "the device to be taken")
        sound_server.stop()
        await session.marked(BELL_ONLY)
        sound_server.start()
        await session.marked(SOUNDING)
        await session.until(lambda: sound_server.streams() == 1, "the device to be taken again")
