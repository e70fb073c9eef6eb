"""A session told in words: what is handed over when, and that speech never touches the sounds."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from msgspec.structs import replace

from hipcoach.audio.sounds import TimedSound
from hipcoach.audio.speech import SpokenTexts
from hipcoach.core.cues import cues_due
from hipcoach.core.session import Session
from hipcoach.core.speech import speech_due
from hipcoach.live.services import Services
from hipcoach.storage.app_state import AppState, RoutineState
from hipcoach.storage.settings import SpeechSettings
from tests.speaking import FakeSynthesizer, speaker
from tests.ui.support import Coach, coach
from tests.ui.surroundings import READ, services_below

PATIENCE = 20.0


def speaking(
    tmp_path: Path, fake: FakeSynthesizer | None = None, *, on: bool = True, state: AppState = READ
) -> Services:
    services = services_below(tmp_path, state=state)
    services.settings = replace(services.settings, speech=SpeechSettings(on=on))
    services.speech = speaker(services.paths.speech, fake)
    return services


def speech_of(it: Coach) -> SpokenTexts:
    assert it.services.speech is not None
    return it.services.speech


async def ready(it: Coach) -> None:
    """Wait until everything asked for is said."""
    await it.until(lambda: speech_of(it).wait(0), "what is to be said")


async def pass_time(it: Coach, seconds: float) -> None:
    """Let time go by, with what is said always ready in time."""
    end = it.clock.now + seconds
    while it.clock.now < end - 1e-9 and it.app.running_session is not None:
        await ready(it)
        await it.pass_time(min(0.5, end - it.clock.now))


def spoken(it: Coach) -> list[TimedSound]:
    return [sound for sound in it.sounds.heard() if sound.is_file]


def sounded(it: Coach) -> list[TimedSound]:
    return [sound for sound in it.sounds.heard() if not sound.is_file]


def scheduled(it: Coach, *, files: bool) -> list[TimedSound]:
    return [sound for sound in it.sounds.scheduled if sound.is_file is files]


async def test_a_whole_session_is_told_as_planned_and_sounds_as_without(tmp_path: Path) -> None:
    async with coach(speaking(tmp_path), "routine") as it:
        speech, begun = speech_of(it), Session.begin(it.live.session.plan, it.clock.now)
        length = begun.plan.total_seconds
        await pass_time(it, length + 1)
        it.clock.advance(5)
        assert sounded(it) == [
            TimedSound(cue.cue.value, cue.due) for cue in cues_due(begun, 0.0, begun.began + 1e4)
        ]
        expected = [
            TimedSound(speech.sound(said.text) or "", said.due)
            for said in speech_due(begun, 0.0, math.inf, speech.say)
        ]
        assert len(expected) == 8
        assert spoken(it) == expected


async def test_what_is_not_ready_is_not_said_and_delays_nothing(tmp_path: Path) -> None:
    fake = FakeSynthesizer()
    fake.free.clear()
    async with coach(speaking(tmp_path, fake), "routine") as it:
        begun = Session.begin(it.live.session.plan, it.clock.now)
        await it.pass_time(20)
        assert spoken(it) == []
        cues = cues_due(begun, 0.0, it.clock.now + 1e-9)
        assert sounded(it) == [TimedSound(cue.cue.value, cue.due) for cue in cues]
        fake.free.set()
        await pass_time(it, 20)
        assert spoken(it)


async def test_nothing_is_said_twice(tmp_path: Path) -> None:
    async with coach(speaking(tmp_path), "routine") as it:
        await pass_time(it, 30)
        for _ in range(5):
            it.live.tick()
        dues = [sound.due for sound in (*spoken(it), *scheduled(it, files=True))]
        assert len(dues) == len(set(dues)) == 3


async def test_v_switches_speech_at_once_and_is_remembered(tmp_path: Path) -> None:
    async with coach(speaking(tmp_path, on=False), "routine") as it:
        assert "voice" not in it.shown("left")
        await it.press("v")
        assert "♪ 80% · voice" in it.shown("left")
        assert it.services.state.speech is True
        await pass_time(it, 0.5)
        (first,) = (*spoken(it), *scheduled(it, files=True))
        assert first.due == 1000.8
        before = scheduled(it, files=False)
        await it.press("v")
        assert "voice" not in it.shown("left")
        await it.pass_time(0.3)
        assert scheduled(it, files=True) == []
        assert scheduled(it, files=False) == before
        assert it.services.state.speech is False
    again = services_below(tmp_path, state=None)
    assert again.state.speech is False


async def test_without_sound_it_is_said_that_the_voice_is_on_or_off(tmp_path: Path) -> None:
    async with coach(speaking(tmp_path, on=False), "routine") as it:
        await it.press("m", "v")
        assert "muted" in it.shown("left")
        assert any("It is heard once there is sound." in each for each in it.notices())
        await it.press("v")
        assert any("It stays silent" in each for each in it.notices())


async def test_switching_speech_off_cuts_no_sound_short(tmp_path: Path) -> None:
    async with coach(speaking(tmp_path), "routine") as it:
        begun = Session.begin(it.live.session.plan, it.clock.now)
        # The lead-in sounds for 0.6 s from 1000; what belongs to it begins at 1000.8.
        await ready(it)
        it.live.tick()
        it.clock.advance(0.3)
        it.sounds.calls.clear()
        await it.press("v")
        assert ("cancel", None) not in it.sounds.calls
        it.clock.advance(0.51)
        it.live.tick()
        assert ("cancel", None) in it.sounds.calls
        assert scheduled(it, files=True) == []
        await it.pass_time(20)
        cues = cues_due(begun, 0.0, it.clock.now + 1e-9)
        assert sounded(it) == [TimedSound(cue.cue.value, cue.due) for cue in cues]


async def test_speech_switched_off_and_on_again_is_not_doubled(tmp_path: Path) -> None:
    async with coach(speaking(tmp_path), "routine") as it:
        await ready(it)
        it.live.tick()
        it.clock.advance(0.3)
        await it.press("v", "v")
        await pass_time(it, 10)
        assert len(spoken(it)) == 1


async def test_a_command_takes_back_what_was_to_be_said_too(tmp_path: Path) -> None:
    async with coach(speaking(tmp_path), "routine") as it:
        await ready(it)
        it.live.tick()
        assert scheduled(it, files=True)
        await it.press("space")
        assert scheduled(it, files=True) == []
        await pass_time(it, 10)
        assert spoken(it) == []
        await it.press("space")
        await pass_time(it, 3)
        (again,) = spoken(it)
        assert again.due > 1010


async def test_after_a_skip_the_next_lead_in_is_told(tmp_path: Path) -> None:
    async with coach(speaking(tmp_path), "routine") as it:
        await it.go_to(1, 1.0)
        await it.press("n")
        await pass_time(it, 1.0)
        speech = speech_of(it)
        assert [sound.name for sound in (*spoken(it), *scheduled(it, files=True))][-1:] == [
            speech.sound("Switch, left side.")
        ]


async def test_without_anything_that_speaks_v_says_so(tmp_path: Path) -> None:
    services = services_below(tmp_path)
    services.settings = replace(services.settings, speech=SpeechSettings(on=True))
    async with coach(services, "routine") as it:
        assert "voice" not in it.shown("left")
        await it.press("v")
        assert any("Nothing here can speak" in notice for notice in it.notices())
        assert services.state.speech is None
        begun = Session.begin(it.live.session.plan, 1000.0)
        await it.pass_time(30)
        cues = cues_due(begun, 0.0, it.clock.now + 1e-9)
        assert it.sounds.heard() == [TimedSound(cue.cue.value, cue.due) for cue in cues]


@pytest.mark.parametrize(
    ("setting", "last", "own", "expected"),
    [
        (True, None, None, True),
        (True, False, None, False),
        (False, False, True, True),
    ],
)
async def test_the_routines_own_choice_goes_before_the_last_and_that_before_the_setting(
    tmp_path: Path, setting: bool, last: bool | None, own: bool | None, expected: bool
) -> None:
    state = AppState(safety_read=True, speech=last, routines={"routine": RoutineState(speech=own)})
    services = speaking(tmp_path, on=setting, state=state)
    async with coach(services, "routine") as it:
        assert it.live.runner.is_speaking is expected
        await it.press("v")
        assert it.live.runner.is_speaking is not expected
        assert services.listening_for("routine").speech is not expected
        assert services.state.speech is not expected


async def test_a_voice_that_does_not_work_is_told_once(tmp_path: Path) -> None:
    fake = FakeSynthesizer()
    fake.broken = True
    async with coach(speaking(tmp_path, fake), "routine") as it:
        await pass_time(it, 3)
        assert it.notices().count("fake is broken.") == 1
        await pass_time(it, 3)
        assert it.notices().count("fake is broken.") == 1
        assert spoken(it) == []
