"""Samples of sounds (44.1 kHz, mono, 16 bit): read, written, scaled, and mixed on a timeline."""

from __future__ import annotations

import io
import wave
from array import array
from collections.abc import Callable, Mapping
from functools import lru_cache
from operator import add
from pathlib import Path

from hipcoach.errors import ResourceError

RATE = 44_100
"""Samples per second of everything in this package."""
SAMPLE = "h"
"""The array type of a 16-bit sample."""
WAV_HEADER = 44
"""Bytes before the samples of a WAV file that is written here."""
FADE = 220
"""Samples over which a sound that is cut short fades away (5 ms): short enough to be gone at once, without
a click."""
FILES_AT_HAND = 32
"""Utterances that are kept in memory; a circuit says the same ones every round."""
_HOUR = 3_600.0
_LOW, _HIGH = -32_768, 32_767


def read_wav(path: Path, longest: float = _HOUR) -> array[int]:
    """Return the samples of a WAV file of any rate, converted to `RATE`.

    Raises:
        ResourceError: the file cannot be read, is not mono and 16 bit, or is longer than `longest` seconds.
    """
    try:
        with wave.open(str(path), "rb") as file:
            rate, shape = file.getframerate(), (file.getnchannels(), file.getsampwidth())
            # Programs that write to a pipe leave a length of as much as a WAV file can hold.
            frames = file.readframes(min(file.getnframes(), round(longest * rate) + 1))
    except (OSError, EOFError, wave.Error) as error:
        raise ResourceError(f"The sound {path.name} cannot be read: {error}") from error
    if shape != (1, 2) or rate <= 0:
        raise ResourceError(f"The sound {path.name} is not mono and 16 bit.")
    samples = array(SAMPLE, frames[: len(frames) // 2 * 2])
    if len(samples) > longest * rate:
        raise ResourceError(f"The sound {path.name} is longer than {longest:g} seconds.")
    return _resampled(samples, rate)


def _resampled(samples: array[int], rate: int) -> array[int]:
    """The samples at `RATE`, with straight lines drawn between them: enough for speech."""
    if rate == RATE or not samples:
        return samples
    padded = samples + samples[-1:]
    places = (divmod(index * rate, RATE) for index in range(len(samples) * RATE // rate))
    return array(SAMPLE, [padded[at] + (padded[at + 1] - padded[at]) * part // RATE for at, part in places])


def read_sounds(directory: Path) -> dict[str, array[int]]:
    """Return the samples of every WAV file of a directory by the file's stem.

    Raises:
        ResourceError: one of them cannot be read, or there is none.
    """
    sounds = {path.stem: read_wav(path) for path in sorted(directory.glob("*.wav"))}
    if not sounds:
        raise ResourceError("The bundled sounds are missing. Please install hipcoach again.")
    return sounds


def sound_library(
    bundled: Mapping[str, array[int]], gain: float = 1.0, longest: float = _HOUR
) -> Callable[[str], array[int]]:
    """Return a function from a sound's name to its samples times `gain`; a file is read when first asked for.

    The function raises ResourceError where a name is no bundled one and no file that `read_wav` can read.
    """
    ready = {name: scaled(samples, gain) for name, samples in bundled.items()}

    @lru_cache(FILES_AT_HAND)
    def read(path: str) -> array[int]:
        return scaled(read_wav(Path(path), longest), gain)

    return lambda name: ready[name] if name in ready else read(name)


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
    """Return the samples times `gain` (0 to 1)."""
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
        parts = [
            (max(first, start), samples[max(0, start - first) : end - first])
            for first, samples in self._sounds
            if max(first, start) < min(first + len(samples), end)
        ]
        self._sounds = [(first, samples) for first, samples in self._sounds if first + len(samples) > end]
        if not parts or before == self.gain == 0.0:
            return bytes(2 * count)
        # Silence around the sounds, which most of a session is, costs nothing.
        low = min(at for at, _ in parts)
        high = max(at + len(part) for at, part in parts)
        mix = [0] * (high - low)
        for at, part in parts:
            place = slice(at - low, at - low + len(part))
            mix[place] = map(add, mix[place], part)
        if before != self.gain:
            step = (self.gain - before) / count
            mix = [round(value * (before + step * at)) for at, value in enumerate(mix, low - start + 1)]
        elif self.gain != 1.0:
            mix = [round(value * self.gain) for value in mix]
        if min(mix) < _LOW or max(mix) > _HIGH:
            mix = [min(_HIGH, max(_LOW, value)) for value in mix]
        return bytes(2 * (low - start)) + array(SAMPLE, mix).tobytes() + bytes(2 * (end - high))
