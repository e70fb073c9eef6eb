"""The sounds that need no player: the bell when a cue is due, and silence."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from hipcoach.audio.sounds import BELL_GAP, BellSounds, TimedSound

pytestmark = pytest.mark.timed

Waits = Callable[..., None]


class Bell:
    """Sounds that ring a bell, and when it rang."""

    def __init__(self) -> None:
        self.rang: list[float] = []
        self.sounds = BellSounds(lambda: self.rang.append(time.monotonic()))
        self.sounds.open()

    def schedule(self, *dues: float, name: str = "tick") -> None:
        self.sounds.schedule([TimedSound(name, due) for due in dues])


@pytest.fixture
def bell() -> Iterator[Bell]:
    bell = Bell()
    yield bell
    bell.sounds.close()


def test_the_bell_rings_when_due_but_not_too_often(bell: Bell, wait_for: Waits) -> None:
    now = time.monotonic()
    last = now + BELL_GAP + 0.2
    bell.schedule(last, *(now + 0.05 + 0.005 * index for index in range(30)))
    wait_for(lambda: len(bell.rang) == 2, "two bells")
    assert -0.001 < bell.rang[0] - (now + 0.05) < 0.2
    assert bell.rang[1] >= last - 0.001
    assert bell.sounds.status.backend == "bell"


def test_the_bell_is_silent_for_what_is_muted_cancelled_late_or_spoken(bell: Bell, wait_for: Waits) -> None:
    now = time.monotonic()
    bell.sounds.set_muted(True)
    bell.schedule(now - 9)
    bell.schedule(now)
    wait_for(lambda: time.monotonic() > now + 0.05, "the muted one to have passed")
    bell.sounds.set_muted(False)
    bell.schedule(now - 9)
    bell.schedule(now + 0.2)
    bell.sounds.cancel()
    bell.schedule(now + 0.25, name=str(Path("said.wav").absolute()))
    bell.schedule(now + 0.3)
    wait_for(lambda: bell.rang, "the last one")
    assert len(bell.rang) == 1
    assert bell.rang[0] >= now + 0.3
