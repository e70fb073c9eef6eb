from __future__ import annotations

from hipcoach.audio.api import SilentSounds, Sounds
from hipcoach.audio.late_sounds import LateSounds


class Counting:
    def __init__(self) -> None:
        self.times = 0

    def __call__(self) -> Sounds:
        self.times += 1
        return SilentSounds("for a test")


def test_nothing_is_chosen_where_nothing_sounds() -> None:
    choose = Counting()
    sounds = LateSounds(choose)
    sounds.cancel()
    sounds.rest()
    sounds.close()
    assert choose.times == 0


def test_the_choice_is_made_once() -> None:
    choose = Counting()
    sounds = LateSounds(choose)
    sounds.open()
    sounds.set_volume(0.5)
    sounds.set_muted(True)
    sounds.play("tick")
    assert sounds.status.reason == "for a test"
    assert sounds.head_start == 0.0
    sounds.close()
    assert choose.times == 1
