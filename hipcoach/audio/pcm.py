"""Samples of sounds: 44.1 kHz, mono, 16 bit, in arrays of machine byte order."""

from __future__ import annotations

import math
import sys
import wave
from array import array
from pathlib import Path

from hipcoach.errors import ResourceError

RATE = 44_100
"""Samples per second of everything in this package."""

_HOUR = 3_600.0

SAMPLE = "h"
"""The array type of a 16-bit sample."""


def read_wav(path: Path, longest: float = math.inf) -> array[int]:
    """Return the samples of a WAV file of any rate, converted to `RATE`.

    Raises:
        ResourceError: the file cannot be read, is not mono and 16 bit, or is longer than `longest` seconds.
    """
    try:
        with wave.open(str(path), "rb") as file:
            rate, shape = file.getframerate(), (file.getnchannels(), file.getsampwidth())
            # Programs that write to a pipe leave a length of as much as a WAV file can hold.
            frames = file.readframes(min(file.getnframes(), round(min(longest, _HOUR) * rate) + 1))
    except (OSError, EOFError, wave.Error) as error:
        raise ResourceError(f"The sound {path.name} cannot be read: {error}") from error
    if shape != (1, 2) or rate <= 0:
        raise ResourceError(f"The sound {path.name} is not mono and 16 bit.")
    samples = array(SAMPLE)
    samples.frombytes(frames[: len(frames) // 2 * 2])
    if len(samples) > longest * rate:
        raise ResourceError(f"The sound {path.name} is longer than {longest:g} seconds.")
    if sys.byteorder == "big":
        samples.byteswap()
    return resampled(samples, rate)


def resampled(samples: array[int], rate: int) -> array[int]:
    """Return samples of another rate at `RATE`, drawing straight lines between them: enough for speech."""
    if rate == RATE or not samples:
        return samples
    count = len(samples) * RATE // rate
    padded = samples + samples[-1:]
    places = (divmod(index * rate, RATE) for index in range(count))
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


def write_wav(path: Path, samples: array[int]) -> None:
    """Write samples as a WAV file.

    Raises:
        OSError: it cannot be written.
    """
    with path.open("wb") as target, wave.open(target, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(little_endian(samples))


def little_endian(samples: array[int]) -> bytes:
    """Return the samples as bytes in the order that WAV files have."""
    if sys.byteorder == "big":
        samples = samples[:]
        samples.byteswap()
    return samples.tobytes()


def scaled(samples: array[int], gain: float) -> array[int]:
    """Return the samples times `gain` (0 to 1)."""
    if gain == 1.0:
        return samples
    return array(SAMPLE, [round(value * gain) for value in samples])


def gain_of(volume: float, muted: bool = False) -> float:
    """Return the factor on samples for a volume from 0 to 1.

    Loudness is heard on a curve: the square makes half the volume sound about half as loud.
    """
    return 0.0 if muted else min(1.0, max(0.0, volume)) ** 2
