"""A rendered track holds every sound at exactly the sample the plan has it at, and nothing else."""

from __future__ import annotations

import math
from array import array
from pathlib import Path

import pytest
from hypothesis import given, settings

from hipcoach.audio.render import PIECE, render, sounds_of
from hipcoach.audio.samples import RATE, read_wav, sound_library
from hipcoach.audio.speech import SpokenTexts
from hipcoach.core.compile import compile_plan
from hipcoach.core.cues import Cue, SoundProfile, cues_due, is_heard
from hipcoach.core.plan import Plan
from hipcoach.core.session import Session
from hipcoach.core.speech import said_after, speech_due
from hipcoach.paths import bundled
from hipcoach.storage.catalog import bundled_catalog
from tests.audio.listening import SOUNDS
from tests.core.strategies import plans
from tests.speaking import speaker


def track(
    plan: Plan,
    profile: SoundProfile = SoundProfile.ALL,
    speech: SpokenTexts | None = None,
    gain: float = 1.0,
) -> array[int]:
    samples = array("h")
    for piece in render(sounds_of(plan, profile, speech), sound_library(bundled("sounds"), gain)):
        assert len(piece) <= 2 * PIECE
        samples.frombytes(piece)
    return samples


def planned(
    plan: Plan, profile: SoundProfile = SoundProfile.ALL, speech: SpokenTexts | None = None
) -> list[tuple[int, array[int]]]:
    """First sample and samples of everything in the plan, by another way than the renderer's."""
    begin = Session.begin(plan, 0.0)
    found = [
        (round(cue.due * RATE), SOUNDS[cue.cue])
        for cue in cues_due(begin, 0.0, math.inf)
        if is_heard(cue.cue, profile)
    ]
    if speech is not None:
        found += [
            (round(said.due * RATE), read_wav(Path(speech.sound(said.text) or "")))
            for said in speech_due(begin, 0.0, math.inf, speech.say)
        ]
    return found


def mixed(sounds: list[tuple[int, array[int]]], length: int) -> array[int]:
    total = array("h", bytes(2 * length))
    for start, pcm in sounds:
        here = total[start : start + len(pcm)]
        assert len(here) == len(pcm)
        # Most sounds are alone. Never more than two at a time, so that holding the sum within 16 bits at once
        # is no difference.
        both = (
            [max(-32_768, min(32_767, one + other)) for one, other in zip(here, pcm, strict=True)]
            if any(here)
            else pcm
        )
        total[start : start + len(pcm)] = array("h", both)
    return total


@pytest.fixture(scope="module")
def desk_break() -> Plan:
    catalog = bundled_catalog()
    return compile_plan(catalog.routines["desk-break"], catalog)


def test_every_sample_is_as_planned(desk_break: Plan) -> None:
    found = track(desk_break)
    assert found == mixed(planned(desk_break), len(found))


def test_speech_is_where_the_plan_has_it(desk_break: Plan, tmp_path: Path) -> None:
    speech = speaker(tmp_path)
    found = track(desk_break, speech=speech)
    assert found == mixed(planned(desk_break, speech=speech), len(found))
    assert len(list(tmp_path.iterdir())) > 5


def test_a_voice_that_fails_leaves_the_cues_as_they_are(desk_break: Plan, tmp_path: Path) -> None:
    (tmp_path / "speech").touch()
    assert track(desk_break, speech=speaker(tmp_path / "speech")) == track(desk_break)


@settings(max_examples=25)
@given(plans())
def test_any_plan_is_rendered_as_planned(plan: Plan) -> None:
    found = track(plan)
    assert found == mixed(planned(plan), len(found))


def test_speech_begins_when_a_sound_has_ended() -> None:
    for cue in Cue:
        ends, earliest = said_after(cue)
        assert len(SOUNDS[cue]) / RATE <= ends, cue
        assert earliest <= ends
