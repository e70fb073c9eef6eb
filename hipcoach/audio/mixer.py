"""Puts sounds on a timeline of samples and renders it piece by piece; knows no clock and no device."""

from __future__ import annotations

from array import array
from bisect import insort
from itertools import count
from operator import add
from typing import NamedTuple

from hipcoach.audio.pcm import SAMPLE

FADE = 220
"""Samples over which a sound that is cut short fades away (5 ms): short enough to be gone at once, without
a click."""

_LOW, _HIGH = -32_768, 32_767


class _Voice(NamedTuple):
    start: int
    order: int
    pcm: array[int]


class Mixer:
    """A timeline of sounds, rendered forwards as 16-bit mono samples.

    Positions and lengths are in samples. What overlaps is added up and held within 16 bits. Silence costs
    nothing, and one sound at full gain only a copy. The same class feeds a device and writes a whole session
    to a file.
    """

    def __init__(self, gain: float = 1.0) -> None:
        self._gain = gain
        self._heard_gain = gain
        self._voices: list[_Voice] = []
        self._fading: list[_Voice] = []
        self._orders = count()

    def add(self, start: int, pcm: array[int]) -> None:
        """Place a sound so that its first sample is sample `start` of the timeline."""
        insort(self._voices, _Voice(start, next(self._orders), pcm))

    def clear(self, position: int) -> None:
        """Take everything off the timeline; what has begun before `position` fades out within `FADE`
        samples."""
        self._fading.extend(voice for voice in self._voices if voice.start < position)
        self._voices.clear()

    def set_gain(self, gain: float) -> None:
        """Set the factor on all samples (0 to 1); the next rendered piece glides to it."""
        self._gain = gain

    def render(self, start: int, count: int) -> bytes:
        """Return `count` samples from `start` on, in machine byte order, and forget what lies before their
        end."""
        end = start + count
        begun = [voice for voice in self._voices if voice.start < end]
        gain, before = self._gain, self._heard_gain
        self._heard_gain = gain
        if not begun and not self._fading:
            return bytes(2 * count)
        mix: array[int] | list[int]
        if len(begun) == 1 and not self._fading:
            mix = _span(begun[0], start, count)
        else:
            mix = _sum([_span(voice, start, count) for voice in begun], count)
            for voice in self._fading:
                mix = list(map(add, mix, _fade(_span(voice, start, count))))
        self._fading.clear()
        self._voices = [voice for voice in self._voices if voice.start + len(voice.pcm) > end]
        return _finish(mix, before, gain)


def _span(voice: _Voice, start: int, count: int) -> array[int]:
    """The voice's samples from `start` on, with silence where it has none."""
    lead = min(max(0, voice.start - start), count)
    first = max(0, start - voice.start)
    body = voice.pcm[first : first + count - lead]
    if len(body) == count:
        return body
    piece = array(SAMPLE, bytes(2 * lead))
    piece.extend(body)
    piece.frombytes(bytes(2 * (count - len(piece))))
    return piece


def _sum(pieces: list[array[int]], count: int) -> list[int]:
    if not pieces:
        return [0] * count
    total = list(pieces[0])
    for piece in pieces[1:]:
        total = list(map(add, total, piece))
    return total


def _fade(piece: array[int]) -> list[int]:
    length = min(FADE, len(piece))
    faded = [piece[index] * (length - index) // length for index in range(length)]
    return faded + [0] * (len(piece) - length)


def _finish(mix: array[int] | list[int], before: float, gain: float) -> bytes:
    if before != gain:
        step = (gain - before) / len(mix)
        mix = [round(value * (before + step * index)) for index, value in enumerate(mix, 1)]
    elif gain == 0.0:
        return bytes(2 * len(mix))
    elif gain != 1.0:
        mix = [round(value * gain) for value in mix]
    if isinstance(mix, array):
        return mix.tobytes()
    if min(mix) < _LOW or max(mix) > _HIGH:
        mix = [_LOW if value < _LOW else _HIGH if value > _HIGH else value for value in mix]
    return array(SAMPLE, mix).tobytes()
