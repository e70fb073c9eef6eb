"""Samples of sounds: 44.1 kHz, mono, 16 bit, in arrays of machine byte order."""

from __future__ import annotations

import sys
import wave
from array import array
from pathlib import Path

from hipcoach.errors import ResourceError

RATE = 44_100
"""Samples per second of everything in this package."""

SAMPLE = "h"
"""The array type of a 16-bit sample."""


def read_wav(path: Path) -> array[int]:
    """Return the samples of a WAV file.

    Raises:
        ResourceError: the file cannot be read, or is not 44.1 kHz mono 16 bit.
    """
    try:
        with wave.open(str(path), "rb") as file:
            shape = (file.getframerate(), file.getnchannels(), file.getsampwidth())
            frames = file.readframes(file.getnframes())
    except (OSError, EOFError, wave.Error) as error:
        raise ResourceError(f"The sound {path.name} cannot be read: {error}") from error
    if shape != (RATE, 1, 2):
        raise ResourceError(f"The sound {path.name} is not 44.1 kHz, mono, 16 bit.")
    samples = array(SAMPLE)
    samples.frombytes(frames)
    if sys.byteorder == "big":
        samples.byteswap()
    return samples


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
