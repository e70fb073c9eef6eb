"""Samples of sounds (44.1 kHz, mono, 16 bit): read, written, scaled, and mixed on a timeline."""

from __future__ import annotations

import io
import wave
from array import array
from collections.abc import Callable
from functools import lru_cache
from operator import add
from pathlib import Path
from typing import TypeAlias

from hipcoach.errors import ResourceError

RATE = 44_100
"""Samples per second of everything in this package."""
SAMPLE = "h"
"""The array type of a 16-bit sample."""
FADE = 220
"""Samples over which a sound that is cut short fades away (5 ms): short enough to be gone at once, without
a click."""
AT_HAND = 32
"""Sounds that are kept in memory: all bundled ones and a circuit's utterances, the same in every round."""
Library: TypeAlias = Callable[[str], "array[int]"]
"""The samples of a sound by its name; raises ResourceError where there are none."""
LOW, HIGH = -32_768, 32_767


def read_wav(path: Path) -> array[int]:
    """Return the samples of a WAV file of any rate, converted to `RATE`.

    Raises:
        ResourceError: the file cannot be read, is cut short, or is not mono and 16 bit.
    """
    try:
        with wave.open(str(path), "rb") as file:
            rate, shape = file.getframerate(), (file.getnchannels(), file.getsampwidth())
            size = 2 * file.getnframes()
            frames = file.readframes(path.stat().st_size)
    except (OSError, EOFError, wave.Error) as error:
        raise ResourceError(f"The sound {path.name} cannot be read: {error}") from error
    if shape != (1, 2) or rate <= 0 or len(frames) != size:
        raise ResourceError(f"The sound {path.name} is not mono and 16 bit, or not whole.")
    return _resampled(array(SAMPLE, frames), rate)


def _resampled(samples: array[int], rate: int) -> array[int]:
    """The samples at `RATE`, with straight lines drawn between them: enough for speech."""
    if rate == RATE or not samples:
        return samples
    padded = samples + samples[-1:]
    places = (divmod(index * rate, RATE) for index in range(len(samples) * RATE // rate))
    return array(SAMPLE, [padded[at] + (padded[at + 1] - padded[at]) * part // RATE for at, part in places])


def sound_library(directory: Path, gain: float = 1.0) -> Library:
    """Return a function from a sound's name to its samples times `gain`.

    A name is the stem of a WAV file in the directory, or the absolute path of one. The function raises
    ResourceError where it cannot be read.
    """

    @lru_cache(AT_HAND)
    def samples_of(name: str) -> array[int]:
        return scaled(read_wav((directory / name).with_suffix(".wav")), gain)

    return samples_of


def wav_bytes(samples: array[int]) -> bytes:
    """Return the content of a WAV file."""
    content = io.BytesIO()
    with wave.open(content, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(samples)
    return content.getvalue()


def scaled(samples: array[int], gain: float) -> array[int]:
    """Return the samples times `gain`, which must not take them beyond 16 bits."""
    return samples if gain == 1.0 else array(SAMPLE, [round(value * gain) for value in samples])


def gain_of(volume: float, muted: bool = False) -> float:
    """Return the factor on samples for a volume from 0 to 1.

    Loudness is heard on a curve: the square makes half the volume sound about half as loud.
    """
    return 0.0 if muted else min(1.0, max(0.0, volume)) ** 2


class Mixer:
    """A timeline of sounds, rendered forwards as 16-bit mono samples; knows no clock and no device.

    Positions and lengths are in samples. What overlaps is added up and held within 16 bits. The same class
    feeds a device and writes a whole session to a file.
    """

    def __init__(self, gain: float = 1.0) -> None:
        self.gain = gain
        """The factor on all samples (0 to 1); the next rendered piece glides to it."""
        self._heard_gain = gain
        self._sounds: list[tuple[int, array[int]]] = []

    def add(self, start: int, samples: array[int]) -> None:
        """Place a sound so that its first sample is sample `start` of the timeline."""
        self._sounds.append((start, samples))

    def clear(self, position: int) -> None:
        """Take everything off the timeline; what has begun before `position` fades out within `FADE`
        samples."""
        begun = [samples[position - start :][:FADE] for start, samples in self._sounds if start < position]
        self._sounds = [
            (position, array(SAMPLE, [value * (FADE - at) // FADE for at, value in enumerate(rest)]))
            for rest in begun
        ]

    def render(self, start: int, count: int) -> bytes:
        """Return `count` samples from `start` on, and forget what lies before their end."""
        end, before = start + count, self._heard_gain
        self._heard_gain = self.gain
        sounding = [(first, samples) for first, samples in self._sounds if first < end]
        self._sounds = [(first, samples) for first, samples in self._sounds if first + len(samples) > end]
        if not sounding or before == self.gain == 0.0:
            return bytes(2 * count)
        mix = [0] * count
        for first, samples in sounding:
            begin = max(first, start)
            part = samples[begin - first : end - first]
            place = slice(begin - start, begin - start + len(part))
            mix[place] = map(add, mix[place], part)
        if not before == self.gain == 1.0:
            step = (self.gain - before) / count
            mix = [round(value * (before + step * at)) for at, value in enumerate(mix, 1)]
        if min(mix) < LOW or max(mix) > HIGH:
            mix = [min(HIGH, max(LOW, value)) for value in mix]
        return array(SAMPLE, mix).tobytes()
