"""The real player process: killed, stopped, crashing, slow, orphaned. The app must not be disturbed by any
of it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Protocol

import msgspec
import pytest

from hipcoach.audio import player_sounds
from hipcoach.audio.player import Command, encode_line
from hipcoach.audio.player_sounds import PlayerSounds, player_command
from hipcoach.audio.sounds import Sounds, TimedSound
from hipcoach.paths import bundled
from tests.audio.processes import children, is_gone, players
from tests.audio.waiting import let_pass

pytestmark = [
    pytest.mark.timed,
    pytest.mark.skipif(sys.platform == "win32", reason="signals and a shell script"),
]

Waits = Callable[..., None]
PYTHON = sys.executable


class Program(Protocol):
    played: list[str]
    log: Path


def _command(backend: str) -> list[str]:
    return player_command(backend, bundled("sounds"))


@pytest.fixture
def sounds(program: Program, wait_for: Waits) -> Iterator[PlayerSounds]:
    """Sounds through a real player that plays with a stand-in program."""
    sounds = PlayerSounds(("system",), _command, Sounds())
    sounds.open()
    wait_for(lambda: sounds.status.working, "the player")
    yield sounds
    sounds.close()


def _pid() -> int:
    (pid,) = players(os.getpid())
    return pid


def _soon(name: str, seconds: float = 0.0) -> list[TimedSound]:
    return [TimedSound(name, time.monotonic() + seconds)]


def test_what_is_cancelled_or_late_or_muted_does_not_sound(
    sounds: PlayerSounds, program: Program, wait_for: Waits
) -> None:
    sounds.schedule(_soon("rest", -0.2) + _soon("halfway", 0.3))
    sounds.cancel()
    sounds.set_muted(True)
    sounds.schedule(_soon("direction", 0.05))
    deadline = time.monotonic() + 0.2
    wait_for(lambda: time.monotonic() > deadline, "the muted sound to have passed")
    sounds.set_muted(False)
    sounds.set_volume(0.5)
    sounds.schedule(_soon("start", 0.3))
    wait_for(lambda: program.played, "the last sound")
    assert program.played == ["start"]


def test_a_stopped_player_blocks_nobody_and_is_replaced(
    sounds: PlayerSounds, program: Program, wait_for: Waits, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(player_sounds, "ANSWER_TIMEOUT", 0.5)
    first = _pid()
    os.kill(first, signal.SIGSTOP)
    slowest = 0.0
    for _ in range(300):
        begun = time.perf_counter()
        sounds.schedule([TimedSound("tick", time.monotonic() + 60)] * 50)
        sounds.cancel()
        sounds.set_volume(0.7)
        slowest = max(slowest, time.perf_counter() - begun)
    sounds.schedule(_soon("start", 3))
    # Whoever waited for a stopped player would wait until it is killed.
    assert slowest < 0.5
    wait_for(lambda: not sounds.status.working, "the silence to be noticed")
    assert "did not answer" in sounds.status.reason
    assert is_gone(first)
    wait_for(lambda: program.played == ["start"], "the sound from another player")


@pytest.mark.parametrize("stopped", [False, True])
def test_closing_is_quick_and_leaves_no_orphan(sounds: PlayerSounds, stopped: bool) -> None:
    pid = _pid()
    if stopped:
        os.kill(pid, signal.SIGSTOP)
    begun = time.perf_counter()
    sounds.close()
    assert time.perf_counter() - begun < 0.9
    assert is_gone(pid)
    sounds.play("tick")
    sounds.cancel()


def test_closed_sounds_can_be_opened_again(sounds: PlayerSounds, program: Program, wait_for: Waits) -> None:
    sounds.close()
    sounds.open()
    wait_for(lambda: sounds.status.working, "the player")
    sounds.schedule(_soon("tick", 0.3))
    wait_for(lambda: program.played == ["tick"], "the sound")


def test_the_player_ends_with_its_input_and_cleans_up(
    program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    junk = b"junk\n[]\n{}\n" + encode_line(Command(0.5, (TimedSound("tick", 0.0),)))
    done = subprocess.run(_command("system"), input=junk, capture_output=True, timeout=10, check=False)
    assert done.returncode == 0
    assert done.stderr == b""
    assert b"ready" in done.stdout
    assert b"answer" in done.stdout
    assert not list(tmp_path.glob("hipcoach-*"))


def _scripted(script: str, *arguments: str) -> Callable[[str], list[str]]:
    """A Python script instead of a player."""
    return lambda _: [PYTHON, "-c", script, *arguments]


READY = """print('{"event": "ready", "text": "0"}', flush=True); """


def test_a_slow_start_gives_way_to_the_next_backend(
    program: Program, wait_for: Waits, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(player_sounds, "START_TIMEOUT", 1.0)
    commands = {"0": [PYTHON, "-c", "import sys; sys.stdin.read()"], "1": _command("system")}
    sounds = PlayerSounds(("0", "1"), commands.__getitem__, Sounds())
    sounds.open()
    assert sounds.status.starting
    sounds.schedule(_soon("start", 2.5))
    wait_for(lambda: program.played == ["start"], "the sound from the next backend")
    assert sounds.status.backend == "1"
    sounds.close()


def test_a_program_that_does_not_exist_is_no_error() -> None:
    sounds = PlayerSounds(("x",), lambda _: ["/nonexistent/player"], Sounds())
    sounds.open()
    sounds.wait_settled(5)
    assert "cannot be started" in sounds.status.reason
    sounds.close()


def test_the_player_is_light() -> None:
    heavy = "textual", "rich", "platformdirs", "asyncio"
    code = f"import sys, hipcoach.audio.player; print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run([PYTHON, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


LISTEN = (
    READY
    + """
import sys
with open(sys.argv[1], "ab") as heard:
    for line in sys.stdin.buffer:
        heard.write(line)
        heard.flush()
"""
)


def test_a_new_player_is_told_what_is_to_come_and_the_volume(tmp_path: Path, wait_for: Waits) -> None:
    told = tmp_path / "told"
    told.touch()

    def commands() -> list[Command]:
        return [msgspec.json.decode(line, type=Command) for line in told.read_bytes().splitlines()]

    sounds = PlayerSounds(("0",), _scripted(LISTEN, str(told)), Sounds())
    sounds.open()
    wait_for(commands, "the player")
    sounds.schedule(_soon("taken back", 60))
    sounds.cancel()
    sounds.schedule(_soon("past", 0.05) + _soon("coming", 60))
    sounds.set_volume(0.5)
    wait_for(lambda: len(commands()) == 5, "the commands")
    assert [[sound.name for sound in each.sounds] for each in commands()] == [
        [],
        ["taken back"],
        [],
        ["past", "coming"],
        [],
    ]
    assert [each.cancel for each in commands()] == [False, False, True, False, False]
    let_pass(0.7)
    os.kill(children(os.getpid())[0], signal.SIGKILL)
    wait_for(lambda: len(commands()) == 6, "the new player to be told")
    last = commands()[-1]
    assert ([sound.name for sound in last.sounds], last.gain) == (["coming"], 0.25)
    sounds.close()


def test_a_player_ends_when_nothing_more_will_come_and_comes_back(
    sounds: PlayerSounds, program: Program, wait_for: Waits, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(player_sounds, "LINGER", 0.5)
    sounds.schedule(_soon("switch", 0.7))
    sounds.rest()
    sounds.rest()
    wait_for(lambda: not players(os.getpid()), "the player to end")
    assert program.played == ["switch"]
    assert sounds.status.working
    for _ in range(2):
        program.log.write_text("")
        sounds.schedule(_soon("tick", 3))
        wait_for(lambda: program.played == ["tick"], "a sound of another player")
        sounds.rest()
        wait_for(lambda: not players(os.getpid()), "the player to end again")
    assert sounds.status.working
