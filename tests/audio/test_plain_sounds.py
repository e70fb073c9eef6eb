"""The sounds that need no player: the bell, silence, and the ones for tests."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from hipcoach.audio.bell_sounds import BELL_GAP, BellSounds
from hipcoach.audio.sounds import SilentSounds, Sounds, TimedSound
from tests.recording_sounds import RecordingSounds

pytestmark = pytest.mark.timed

Waits = Callable[..., None]


def test_the_bell_rings_when_due_but_not_too_often(wait_for: Waits) -> None:
    rung: list[float] = []
    sounds = BellSounds(lambda: rung.append(time.monotonic()))
    sounds.open()
    now = time.monotonic()
    sounds.schedule([TimedSound("tick", now + 0.01 * index) for index in range(30)])
    sounds.schedule([TimedSound("switch", now + BELL_GAP + 0.1)])
    wait_for(lambda: len(rung) == 2, "two bells")
    sounds.close()
    assert rung[1] - rung[0] >= BELL_GAP
    assert sounds.status.backend == "bell"


def test_a_muted_or_cancelled_bell_is_silent(wait_for: Waits) -> None:
    rung: list[float] = []
    sounds = BellSounds(lambda: rung.append(time.monotonic()))
    sounds.open()
    now = time.monotonic()
    sounds.set_muted(True)
    sounds.schedule([TimedSound("muted", now)])
    wait_for(lambda: time.monotonic() > now + 0.05, "the muted one to have passed")
    sounds.set_muted(False)
    sounds.schedule([TimedSound("cancelled", now + 0.2)])
    sounds.cancel()
    sounds.schedule([TimedSound("heard", now + 0.3)])
    wait_for(lambda: rung, "the last one")
    sounds.close()
    assert len(rung) == 1
    assert rung[0] >= now + 0.3


def test_a_bell_does_not_ring_for_what_is_spoken(wait_for: Waits) -> None:
    rung: list[float] = []
    sounds = BellSounds(lambda: rung.append(time.monotonic()))
    sounds.open()
    now = time.monotonic()
    sounds.schedule([TimedSound(str(Path("said.wav").absolute()), now), TimedSound("tick", now + 0.1)])
    wait_for(lambda: rung, "the cue")
    sounds.close()
    assert len(rung) == 1
    assert rung[0] >= now + 0.1


def test_a_closed_bell_takes_calls() -> None:
    sounds = BellSounds(lambda: None)
    sounds.play("start")
    sounds.cancel()
    sounds.close()


def test_silence_takes_everything_and_says_why() -> None:
    sounds: Sounds = SilentSounds("No reason.")
    sounds.open()
    sounds.schedule([TimedSound("tick", 1.0)])
    sounds.play("tick")
    sounds.set_volume(0.3)
    sounds.set_muted(True)
    sounds.cancel()
    sounds.rest()
    sounds.close()
    assert sounds.head_start == 0
    assert not sounds.status.working
    assert sounds.status.reason == "No reason."


def test_the_recording_tells_what_would_have_been_heard() -> None:
    now = [0.0]
    recording = RecordingSounds(lambda: now[0])
    sounds: Sounds = recording
    sounds.open()
    sounds.schedule([TimedSound("start", 1.0), TimedSound("tick", 2.0), TimedSound("tick", 4.0)])
    now[0] = 2.5
    sounds.cancel()
    sounds.play("paused")
    now[0] = 9.0
    assert [sound.name for sound in recording.heard()] == ["start", "tick", "paused"]
    assert [sound.name for sound in recording.heard(1.5)] == ["start"]
    sounds.close()
    assert not recording.opened
