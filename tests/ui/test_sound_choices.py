"""Sounds by choice: the profile and speech of a routine in the picker, and the sounds of the help page."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace
from textual.widgets import OptionList

from hipcoach.audio.sounds import TimedSound
from hipcoach.core.cues import Cue, SoundProfile, cues_due, is_heard
from hipcoach.core.session import Session
from hipcoach.storage.settings import AudioSettings, SpeechSettings
from hipcoach.ui.screens.help import HelpScreen
from hipcoach.ui.screens.session import SessionScreen
from tests.speaking import FakeSynthesizer, speaker
from tests.ui.support import Coach, coach
from tests.ui.surroundings import services_below
from tests.ui.test_picker import preview


async def test_a_routine_is_heard_sparse_by_choice_and_remembers_it(tmp_path: Path) -> None:
    async with coach(services_below(tmp_path)) as it:
        assert "a all sounds" in preview(it)
        await it.press("a")
        assert "a sparse" in preview(it)
        assert it.services.state.of("routine").profile is SoundProfile.SPARSE
    async with coach(services_below(tmp_path, state=None)) as it:
        assert "a sparse" in preview(it)
        await it.press("enter")
        await it.on(SessionScreen)
        begun = Session.begin(it.live.session.plan, it.clock.now)
        await it.pass_time(50)
        cues = list(cues_due(begun, 0.0, it.clock.now + 1e-9))
        heard = [cue for cue in cues if is_heard(cue.cue, SoundProfile.SPARSE)]
        assert len(heard) < len(cues)
        assert it.sounds.heard() == [TimedSound(cue.cue.value, cue.due) for cue in heard]


async def test_what_is_not_heard_is_still_shown(tmp_path: Path) -> None:
    services = services_below(tmp_path)
    services.settings = replace(services.settings, audio=AudioSettings(profile=SoundProfile.SPARSE))
    async with coach(services, "routine") as it:
        await it.go_to(6, 10.0)
        assert Cue.HALFWAY.value not in [sound.name for sound in it.sounds.heard()]
        assert it.shown("cue-word") == "HALFWAY"


async def test_the_setting_holds_where_nothing_was_chosen(tmp_path: Path) -> None:
    services = services_below(tmp_path)
    services.settings = replace(services.settings, audio=AudioSettings(profile=SoundProfile.SPARSE))
    async with coach(services) as it:
        assert "a sparse" in preview(it)
        await it.press("a")
        assert "a all sounds" in preview(it)
        assert services.state.of("short").profile is None


async def test_speech_is_chosen_for_a_routine_and_its_first_words_are_got_ready(tmp_path: Path) -> None:
    fake = FakeSynthesizer()
    services = services_below(tmp_path)
    services.speech = speaker(services.paths.speech, fake)
    async with coach(services) as it:
        assert "voice" not in preview(it)
        assert fake.given == []
        await it.press("v")
        assert "a all sounds, voice" in preview(it)
        assert services.state.of("routine").speech is True
        await it.until(lambda: fake.given, "the first words")
        assert fake.given[0] == "Clam, right side, 4 reps."
        assert services.speech.wait(20)
        assert len(fake.given) <= 4
        assert services.state.of("short").speech is None


async def test_without_anything_that_speaks_the_picker_does_not_offer_it(tmp_path: Path) -> None:
    services = services_below(tmp_path)
    services.settings = replace(services.settings, speech=SpeechSettings(on=False))
    async with coach(services) as it:
        await it.press("v")
        assert services.state.of("routine").speech is None


async def play(it: Coach, *keys: str) -> None:
    await it.press("question_mark")
    await it.on(HelpScreen)
    await it.press("s", *keys, "enter")


@pytest.mark.parametrize("cue", [Cue.LEAD_IN, Cue.COUNT, Cue.TICK])
async def test_in_a_session_each_sound_of_the_help_is_heard_at_once(tmp_path: Path, cue: Cue) -> None:
    async with coach(services_below(tmp_path), "routine") as it:
        place = list(Cue).index(cue)
        await it.press("question_mark")
        await it.on(HelpScreen)
        names = [option.id for option in it.screen.query_one("#sounds", OptionList).options]
        assert set(names) == set(Cue)
        place = names.index(cue.value)
        await it.press("s", *["down"] * place, "enter")
        assert it.sounds.calls[-1] == ("play", cue.value)
        await it.press("escape")
        assert it.live.session.is_paused


async def test_in_the_picker_sound_is_opened_for_it_and_let_go_of(tmp_path: Path) -> None:
    async with coach(services_below(tmp_path)) as it:
        it.sounds.head_start = 1.5
        await it.press("question_mark")
        await it.on(HelpScreen)
        assert not it.sounds.opened
        await it.press("s", "enter", "down", "enter")
        assert it.sounds.opened
        assert it.sounds.volume == 0.8
        # The device needs its time; of what is asked for meanwhile, the last is heard.
        assert it.sounds.scheduled == [TimedSound("count", it.clock.now + 1.5)]
        it.clock.advance(2)
        await it.press("enter")
        assert it.sounds.calls[-1] == ("play", "count")
        await it.press("escape")
        await it.until(lambda: it.sounds.calls[-1] == ("rest", None), "the device to be let go of")


async def test_looking_at_the_help_opens_nothing(tmp_path: Path) -> None:
    async with coach(services_below(tmp_path)) as it:
        await it.press("question_mark")
        await it.on(HelpScreen)
        await it.press("escape")
        await it.settle()
        assert it.sounds.calls == []
