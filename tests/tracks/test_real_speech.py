"""Real utterances of espeak-ng, in the track where the plan has them."""

from __future__ import annotations

import math
import os
import shutil
import time
from array import array
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from hipcoach.audio.render import render, sounds_of
from hipcoach.audio.samples import RATE, read_wav, sound_library
from hipcoach.audio.speech import SpokenTexts, find_synthesizer
from hipcoach.core.compile import compile_plan
from hipcoach.core.cues import SoundProfile
from hipcoach.core.plan import Plan
from hipcoach.core.session import Session
from hipcoach.core.speech import speech_due
from hipcoach.paths import bundled
from hipcoach.storage.atomic import write_atomically
from hipcoach.storage.catalog import bundled_catalog

pytestmark = [pytest.mark.speech, pytest.mark.slow]

FASTER = 50
"""Times real time that a track is made in, at the least."""


@pytest.fixture
def speech(tmp_path: Path) -> Iterator[SpokenTexts]:
    if shutil.which("espeak-ng") is None:
        reason = "espeak-ng is not installed: nothing here can speak"
        if os.environ.get("HIPCOACH_REQUIRE_SOUND") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    synthesizer = find_synthesizer("en", 175)
    assert synthesizer is not None
    speech = SpokenTexts(synthesizer, tmp_path / "speech", partial(write_atomically, replace=True))
    yield speech
    speech.close()


def plan_of(routine: str) -> Plan:
    catalog = bundled_catalog()
    return compile_plan(catalog.routines[routine], catalog)


def track(plan: Plan, speech: SpokenTexts | None) -> array[int]:
    samples = array("h")
    for piece in render(sounds_of(plan, SoundProfile.ALL, speech), sound_library(bundled("sounds"))):
        samples.frombytes(piece)
    return samples


@pytest.mark.parametrize("routine", ["desk-break", "six-drills", "leg-circuit"])
def test_utterances_are_in_the_track_where_the_plan_has_them(
    routine: str, speech: SpokenTexts, capsys: pytest.CaptureFixture[str]
) -> None:
    plan = plan_of(routine)
    plain = track(plan, None)
    begun = time.process_time()
    spoken = track(plan, speech)
    took = time.process_time() - begun
    plain.frombytes(bytes(2 * (len(spoken) - len(plain))))
    utterances = list(speech_due(Session.begin(plan, 0.0), 0.0, math.inf, speech.say))
    assert len(utterances) >= 10
    at = 0
    for said in utterances:
        pcm = read_wav(Path(speech.sound(said.text) or ""))
        start = round(said.due * RATE)
        assert spoken[at:start] == plain[at:start]
        over = plain[start : start + len(pcm)]
        assert spoken[start : start + len(pcm)] == array(
            "h", [one + other for one, other in zip(pcm, over, strict=True)]
        )
        at = start + len(pcm)
    assert spoken[at:] == plain[at:]
    seconds = len(spoken) / RATE
    with capsys.disabled():
        print(f"\n{routine}: {seconds:.0f} s with {len(utterances)} utterances in {took:.2f} s")
    assert seconds / took > FASTER


def test_what_belongs_to_a_session_is_said(speech: SpokenTexts) -> None:
    begin = Session.begin(plan_of("six-drills"), 0.0)
    texts = [said.text for said in speech_due(begin, 0.0, math.inf, speech.say)]
    assert "Hip flexor stretch, right side, 30 seconds. Half-kneeling." in texts
    assert {"Switch, left side.", "Left side.", "Halfway.", "Done."} <= set(texts)


def test_a_longer_text_takes_longer_and_a_faster_voice_less_long(speech: SpokenTexts, tmp_path: Path) -> None:
    fast = find_synthesizer("en", 300)
    assert fast is not None
    quick = SpokenTexts(fast, tmp_path / "fast", partial(write_atomically, replace=True))
    text = "Figure four, right side, 30 seconds."
    assert (speech.say("Done.") or 9) < (quick.say(text) or 0) < (speech.say(text) or 0)


def test_a_voice_that_does_not_exist_is_said(speech: SpokenTexts, tmp_path: Path) -> None:
    nobody = find_synthesizer("qqq", 175)
    assert nobody is not None
    broken = SpokenTexts(nobody, tmp_path / "nobody", partial(write_atomically, replace=True))
    assert broken.say("Done.") is None
    assert "voice does not exist" in broken.problem
