"""The bundled sounds: made by the script, within their limits, even, clean and told apart by ear."""

from __future__ import annotations

import importlib.util
import itertools
import math
import sys
from array import array
from pathlib import Path
from types import ModuleType

import pytest

from hipcoach.audio.samples import RATE
from hipcoach.audio.sound_table import all_sounds
from hipcoach.core.cues import Cue
from hipcoach.paths import bundled
from tests.audio.listening import SOUNDS

SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "make_sounds.py"
NAMES = sorted(SOUNDS)
LONGEST = {"count": 0.15, "tick": 0.15, "start": 0.45, "session-done": 1.6}
FULL = 32_767


@pytest.fixture(scope="module")
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_sounds", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["make_sounds"] = module
    spec.loader.exec_module(module)
    return module


def test_the_script_writes_the_bundled_files_byte_for_byte(script: ModuleType, tmp_path: Path) -> None:
    paths = script.write_sounds(tmp_path)
    assert sorted(paths) == sorted(tmp_path / path.name for path in bundled("sounds").glob("*.wav"))
    for path in paths:
        assert path.read_bytes() == (bundled("sounds") / path.name).read_bytes(), path.name


def test_the_table_and_the_files_agree() -> None:
    assert sorted(sound.name for sound in all_sounds()) == NAMES
    assert all(sound.meaning for sound in all_sounds())


def test_every_cue_has_a_sound_and_every_sound_is_a_cue() -> None:
    assert sorted(cue.value for cue in Cue) == NAMES


def test_the_page_on_sounds_says_what_the_table_says(script: ModuleType) -> None:
    page = (SCRIPT.parents[1] / "docs" / "sounds.md").read_text(encoding="utf-8")
    assert page == script.page()
    assert "| `count` | three, two, one | mallet | 659 | one note | 0.14 |" in page
    assert "| up, down, up | 0.78 |" in page


@pytest.mark.parametrize("name", NAMES)
def test_a_sound_is_short_prompt_and_free_of_clicks(name: str) -> None:
    samples = SOUNDS[name]
    peak = max(map(abs, samples))
    assert len(samples) / RATE <= LONGEST.get(name, 0.8) + 1 / RATE
    assert samples[0] == samples[-1] == 0
    assert peak <= 0.9 * FULL
    prompt = max(map(abs, samples[: round(0.002 * RATE)]))
    assert prompt > 0.2 * peak, "it must be heard within 2 ms of when it is due"
    assert abs(sum(samples)) / len(samples) < 0.001 * FULL, "no offset"
    last = samples[-round(0.003 * RATE) :]
    assert max(map(abs, last)) < 0.05 * peak, "it must fade out"


def test_all_sounds_are_about_equally_loud(script: ModuleType) -> None:
    levels = {name: 20 * math.log10(script.loudness(samples)) for name, samples in SOUNDS.items()}
    assert max(levels.values()) - min(levels.values()) < 2.0, levels


def test_no_two_sounds_look_alike_in_pitch_over_time() -> None:
    pictures = {name: _picture(samples) for name, samples in SOUNDS.items()}
    for one, other in itertools.combinations(NAMES, 2):
        assert _likeness(pictures[one], pictures[other]) < 0.85, (one, other)


def _picture(samples: array[int]) -> list[list[float]]:
    """Strength of each semitone from F4 to C7, every 50 ms."""
    thin = [sum(samples[at : at + 6]) / 6 for at in range(0, len(samples) - 6, 6)]
    rate = RATE / 6
    step = round(0.05 * rate)
    pitches = [349.23 * 2 ** (semitone / 12) for semitone in range(32)]
    return [
        [_strength(thin[at : at + step], pitch, rate) for pitch in pitches]
        for at in range(0, len(thin) - step // 2, step)
    ]


def _strength(frame: list[float], pitch: float, rate: float) -> float:
    turn = 2 * math.cos(2 * math.pi * pitch / rate)
    before = now = 0.0
    for value in frame:
        before, now = now, value + turn * now - before
    return math.sqrt(max(0.0, before**2 + now**2 - turn * before * now))


def _likeness(one: list[list[float]], other: list[list[float]]) -> float:
    """Cosine between two pictures, the shorter filled up with silence."""
    pairs = [
        (a, b)
        for left, right in itertools.zip_longest(one, other, fillvalue=[0.0] * 32)
        for a, b in zip(left, right, strict=True)
    ]
    product = sum(a * b for a, b in pairs)
    return product / math.sqrt(sum(a * a for a, _ in pairs) * sum(b * b for _, b in pairs))
