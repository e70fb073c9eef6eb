"""Recognises the bundled sounds in a recording, also where they overlap."""

from __future__ import annotations

from array import array

from msgspec import Struct

from hipcoach.audio.samples import RATE, read_wav
from hipcoach.paths import bundled

SOUNDS = {path.stem: read_wav(path) for path in sorted(bundled("sounds").glob("*.wav"))}
QUIET = 200
"""Sample value above which a sound has begun; the recorded silence is exactly 0."""

SWALLOWED = 600
"""Samples of a new stream that a server may leave out."""

ROUNDING = 6
"""What mixing and taking apart again may change of a sample."""

AGREEMENT = 0.6
"""Share of the probed samples that must agree: a server under load cuts pieces out."""

BLOCK = 4_410

PROBES = {
    name: [(at, pcm[at]) for at in range(0, min(4_000, len(pcm)), 37) if abs(pcm[at]) > QUIET]
    for name, pcm in SOUNDS.items()
}
"""Samples by which a sound is known; none of its silence."""


class Onset(Struct, frozen=True):
    """A sound that was heard, "unknown" if it is none of ours, and its first sample."""

    name: str
    sample: int


def onsets(recording: array[int]) -> list[Onset]:
    """Every sound of a recording made at full volume, in order.

    Each sound that is recognised is taken out of the recording, so that what began before its end is laid
    bare; what a damaged one leaves behind is not taken for another.
    """
    rest = recording[:]
    found: list[Onset] = []
    at, damaged_until = _next_loud(rest, 0), 0
    while at is not None:
        best = _recognise(rest, at)
        if best is not None:
            found.append(best)
            _take_out(rest, best)
            damaged_until = max(damaged_until, best.sample + len(SOUNDS[best.name]))
            at = _next_loud(rest, best.sample)
            continue
        if at >= damaged_until:
            found.append(Onset("unknown", at))
            damaged_until = at + RATE // 2
        at = _next_loud(rest, at + SWALLOWED // 2)
    return found


def _next_loud(samples: array[int], start: int) -> int | None:
    for begin in range(start, len(samples), BLOCK):
        block = samples[begin : begin + BLOCK]
        if max(block) > QUIET or min(block) < -QUIET:
            return begin + next(index for index, value in enumerate(block) if abs(value) > QUIET)
    return None


def _recognise(rest: array[int], at: int) -> Onset | None:
    """What is heard at `at` and where it begins, by the samples that agree; the best of all ways."""
    best, score = None, AGREEMENT
    for start in range(at, max(-1, at - SWALLOWED), -1):
        for name, probes in PROBES.items():
            if start + probes[-1][0] >= len(rest):
                continue
            # Most candidates are wrong, and a few samples tell.
            few = sum(abs(rest[start + i] - value) <= ROUNDING for i, value in probes[:12])
            if few < 3 and start < at - 50:
                continue
            agree = sum(abs(rest[start + i] - value) <= ROUNDING for i, value in probes) / len(probes)
            if agree > score:
                best, score = Onset(name, start), agree
        if score > 0.9:
            break
    return best


def _take_out(rest: array[int], onset: Onset) -> None:
    pcm = SOUNDS[onset.name]
    end = min(len(rest), onset.sample + len(pcm))
    for index in range(onset.sample, end):
        rest[index] = min(32_767, max(-32_768, rest[index] - pcm[index - onset.sample]))
