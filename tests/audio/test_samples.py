"""Samples: read and written, and mixed each at its place, whatever the pieces that are rendered."""

from __future__ import annotations

import math
import wave
from array import array
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hipcoach.audio.samples import FADE, RATE, Mixer, gain_of, read_wav, sound_library, wav_bytes
from hipcoach.errors import ResourceError


def _pcm(*values: int) -> array[int]:
    return array("h", values)


def _rendered(mixer: Mixer, start: int, count: int) -> list[int]:
    return list(array("h", mixer.render(start, count)))


def test_a_library_has_bundled_sounds_and_files_at_its_gain(tmp_path: Path) -> None:
    bundled = tmp_path / "bundled"
    bundled.mkdir()
    (bundled / "tick.wav").write_bytes(wav_bytes(_pcm(0, 2, -2, 32_766, -32_768)))
    (tmp_path / "said.wav").write_bytes(wav_bytes(_pcm(100, -4)))
    library = sound_library(bundled, gain=0.5)
    assert library("tick") == _pcm(0, 1, -1, 16_383, -16_384)
    assert library(str(tmp_path / "said.wav")) == _pcm(50, -2)


def test_a_missing_broken_or_different_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "broken.wav").write_bytes(b"RIFF")
    with wave.open(str(tmp_path / "stereo.wav"), "wb") as file:
        file.setnchannels(2)
        file.setsampwidth(2)
        file.setframerate(44_100)
    library = sound_library(tmp_path)
    for name, what in (("gone", "cannot be read"), ("broken", "cannot be read"), ("stereo", "not mono")):
        with pytest.raises(ResourceError, match=f"{name}.wav .*{what}"):
            library(name)


@pytest.mark.parametrize("rate", [8_000, 22_050, 48_000])
def test_another_rate_is_converted_with_its_length_and_pitch(rate: int, tmp_path: Path) -> None:
    tone = array("h", [round(8_000 * math.sin(2 * math.pi * 300 * at / rate)) for at in range(rate)])
    content = bytearray(wav_bytes(tone))
    content[24:28] = rate.to_bytes(4, "little")
    (tmp_path / "tone.wav").write_bytes(content)
    converted = read_wav(tmp_path / "tone.wav")
    assert len(converted) == RATE
    exact = [8_000 * math.sin(2 * math.pi * 300 * at / RATE) for at in range(RATE)]
    assert max(abs(a - b) for a, b in zip(converted[:-10], exact, strict=False)) < 80


def test_volume_is_heard_on_a_curve() -> None:
    assert [gain_of(volume) for volume in (-1.0, 0.0, 0.5, 1.0, 2.0)] == [0.0, 0.0, 0.25, 1.0, 1.0]
    assert gain_of(1.0, muted=True) == 0.0


def test_gain_scales_and_a_change_glides() -> None:
    mixer = Mixer(gain=0.5)
    mixer.add(0, _pcm(*[1_000] * 12))
    assert _rendered(mixer, 0, 4) == [500] * 4
    mixer.gain = 0.1
    assert _rendered(mixer, 4, 4) == [400, 300, 200, 100]
    mixer.gain = 0.0
    mixer.render(8, 1)
    assert _rendered(mixer, 9, 3) == [0, 0, 0]


def test_clearing_fades_what_sounds_and_forgets_what_waits() -> None:
    mixer = Mixer()
    mixer.add(0, _pcm(*[10_000] * 2_000))
    mixer.add(700, _pcm(*[10_000] * 2_000))
    mixer.render(0, 500)
    mixer.clear(500)
    heard = _rendered(mixer, 500, 600)
    assert heard[0] == 10_000
    assert heard[:FADE] == sorted(heard[:FADE], reverse=True)
    assert not any(heard[FADE:])
    assert mixer.render(1_100, 2_000) == bytes(4_000)


@given(
    sounds=st.lists(
        st.tuples(
            st.integers(0, 300),
            st.lists(st.integers(-32_768, 32_767), max_size=80),
        ),
        max_size=6,
    ),
    cuts=st.lists(st.integers(1, 90), min_size=1, max_size=8),
)
def test_overlapping_sounds_add_up_within_16_bits_whatever_the_pieces(
    sounds: list[tuple[int, list[int]]], cuts: list[int]
) -> None:
    expected, mixer = [0] * 400, Mixer()
    for start, values in sounds:
        mixer.add(start, _pcm(*values))
        for index, value in enumerate(values, start):
            expected[index] += value
    rendered: list[int] = []
    for cut in (*cuts, 400):
        rendered += _rendered(mixer, len(rendered), min(cut, 400 - len(rendered)))
    assert rendered == [max(-32_768, min(32_767, value)) for value in expected]
