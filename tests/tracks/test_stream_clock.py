"""The map from samples to time: drift, jitter, bursts and interruptions."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest

from hipcoach.audio.stream import StreamClock

RATE = 44_100
BLOCK = 882


def _blocks(seconds: float, rate: float, start: float = 100.0) -> Iterator[tuple[int, float]]:
    """Each block's first sample and when a device that really runs at `rate` asks for it."""
    for sample in range(0, round(seconds * rate), BLOCK):
        yield sample, start + sample / rate


@pytest.mark.parametrize("off", [-500e-6, 200e-6])
def test_drift_does_not_add_up_over_ten_minutes(off: float) -> None:
    clock, worst = StreamClock(), 0.0
    for sample, at in _blocks(600, RATE * (1 + off)):
        clock.observe(sample, at)
        worst = max(worst, abs(clock.time_of(sample) - at))
    assert worst < 0.001


def test_jitter_is_smoothed() -> None:
    chance = random.Random(3)
    clock, errors = StreamClock(), []
    for sample, at in _blocks(60, RATE * (1 + 100e-6)):
        late = chance.expovariate(1 / 0.002) if chance.random() < 0.9 else chance.uniform(0, 0.03)
        clock.observe(sample, at + late)
        if at > 101:
            errors.append(clock.time_of(sample) - at)
    assert max(errors) - min(errors) < 0.003


def test_blocks_asked_for_in_pairs_are_mapped_steadily() -> None:
    clock, seen = StreamClock(), []
    for sample, at in _blocks(20, RATE):
        paired = at if sample // BLOCK % 2 == 0 else at - BLOCK / RATE
        clock.observe(sample, paired)
        if at > 102:
            seen.append(clock.time_of(sample) - at)
    assert max(seen) - min(seen) < 0.002


@pytest.mark.parametrize("gap", [0.06, 0.3, 1.1, 20.0])
def test_after_an_interruption_the_map_is_found_again_within_three_blocks(gap: float) -> None:
    clock = StreamClock()
    blocks = list(_blocks(10, RATE))
    half = len(blocks) // 2
    for sample, at in blocks[:half]:
        clock.observe(sample, at)
    for sample, at in blocks[half : half + 3]:
        clock.observe(sample, at + gap)
    for sample, at in blocks[half + 3 :]:
        assert clock.time_of(sample) == pytest.approx(at + gap, abs=0.001)
        clock.observe(sample, at + gap)


def test_a_single_late_block_moves_next_to_nothing() -> None:
    clock = StreamClock()
    for index, (sample, at) in enumerate(_blocks(10, RATE)):
        clock.observe(sample, at + (0.05 if index == 300 else 0.0))
        assert clock.time_of(sample) == pytest.approx(at, abs=0.001)
