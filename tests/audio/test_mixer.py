"""Mixing: every sample at its place, whatever the pieces it is rendered in."""

from __future__ import annotations

from array import array

from hypothesis import given
from hypothesis import strategies as st

from hipcoach.audio.samples import FADE, Mixer


def _samples(data: bytes) -> list[int]:
    return list(array("h", data))


def _pcm(*values: int) -> array[int]:
    return array("h", values)


def test_nothing_placed_is_silence() -> None:
    mixer = Mixer()
    assert mixer.render(0, 5) == bytes(10)


def test_a_sound_lies_at_its_sample() -> None:
    mixer = Mixer()
    mixer.add(3, _pcm(7, 8))
    assert _samples(mixer.render(0, 7)) == [0, 0, 0, 7, 8, 0, 0]
    assert mixer.render(7, 5) == bytes(10)


def test_overlapping_sounds_add_up_and_stay_within_16_bits() -> None:
    mixer = Mixer()
    mixer.add(0, _pcm(30_000, -30_000, 5))
    mixer.add(0, _pcm(30_000, -30_000, 6))
    assert _samples(mixer.render(0, 4)) == [32_767, -32_768, 11, 0]


def test_gain_scales_and_zero_is_silence() -> None:
    mixer = Mixer(gain=0.5)
    mixer.add(0, _pcm(100, -50))
    assert _samples(mixer.render(0, 2)) == [50, -25]
    silent = Mixer(gain=0.0)
    silent.add(0, _pcm(100, -50))
    assert _samples(silent.render(0, 2)) == [0, 0]


def test_a_change_of_gain_glides() -> None:
    mixer = Mixer()
    mixer.add(0, _pcm(*[1_000] * 8))
    mixer.set_gain(0.0)
    assert _samples(mixer.render(0, 4)) == [750, 500, 250, 0]
    assert _samples(mixer.render(4, 4)) == [0, 0, 0, 0]


def test_clearing_fades_what_sounds_and_forgets_what_waits() -> None:
    mixer = Mixer()
    mixer.add(0, _pcm(*[10_000] * 2_000))
    mixer.add(700, _pcm(*[10_000] * 2_000))
    mixer.render(0, 500)
    mixer.clear(500)
    heard = _samples(mixer.render(500, 600))
    assert heard[0] == 10_000
    assert heard[:FADE] == sorted(heard[:FADE], reverse=True)
    assert not any(heard[FADE:])
    assert mixer.render(1_100, 2_000) == bytes(4_000)


@given(
    sounds=st.lists(
        st.tuples(
            st.integers(0, 300),
            st.lists(st.integers(-32_768, 32_767), min_size=1, max_size=80),
        ),
        max_size=6,
    ),
    cuts=st.lists(st.integers(1, 90), min_size=1, max_size=8),
)
def test_pieces_make_the_same_whole(sounds: list[tuple[int, list[int]]], cuts: list[int]) -> None:
    expected = [0] * 400
    whole, pieces = Mixer(), Mixer()
    for start, values in sounds:
        whole.add(start, _pcm(*values))
        pieces.add(start, _pcm(*values))
        for index, value in enumerate(values, start):
            expected[index] += value
    rendered, position = b"", 0
    for cut in cuts:
        count = min(cut, 400 - position)
        if count > 0:
            rendered += pieces.render(position, count)
            position += count
    rendered += pieces.render(position, 400 - position)
    assert rendered == whole.render(0, 400)
    assert _samples(rendered) == [max(-32_768, min(32_767, value)) for value in expected]
