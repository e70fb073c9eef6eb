"""What the session screen grants the sound device: time to open before the first cue, and an end."""

from __future__ import annotations

from pathlib import Path

from hipcoach.audio.sounds import TimedSound
from hipcoach.ui.screens.picker import PickerScreen
from tests.recording_sounds import RecordingSounds
from tests.ui.support import coach
from tests.ui.surroundings import services_below


async def test_the_first_cue_waits_for_the_device_and_the_screen_stands_meanwhile(tmp_path: Path) -> None:
    services = services_below(tmp_path)
    sounds = services.sounds
    assert isinstance(sounds, RecordingSounds)
    sounds.head_start = 1.5
    async with coach(services, "routine") as it:
        begun = it.clock.now
        before = it.shown("count"), it.shown("left"), it.shown("mode")
        assert before[0] == "8"
        await it.pass_time(1.4)
        assert (it.shown("count"), it.shown("left"), it.shown("mode")) == before
        assert it.sounds.heard() == []
        await it.pass_time(1.2)
        assert it.sounds.heard() == [TimedSound("lead-in", begun + 1.5)]
        assert it.shown("count") == "7"


async def test_a_session_can_be_paused_before_its_first_cue(tmp_path: Path) -> None:
    services = services_below(tmp_path)
    assert isinstance(services.sounds, RecordingSounds)
    services.sounds.head_start = 1.5
    async with coach(services, "routine") as it:
        await it.pass_time(0.5)
        await it.press("space")
        await it.pass_time(5.0)
        await it.press("space")
        await it.pass_time(2.0)
        assert [sound.name for sound in it.sounds.heard()] == ["paused", "resumed", "lead-in"]


async def test_the_device_is_let_go_of_when_the_session_is_left(tmp_path: Path) -> None:
    async with coach(services_below(tmp_path), "routine") as it:
        await it.pass_time(3.0)
        assert ("rest", None) not in it.sounds.calls
        await it.press("q")
        await it.press("d")
        await it.on(PickerScreen)
        assert it.sounds.calls[-1] == ("rest", None)
