"""Write every cue of hipcoach as a WAV file, from one table: `python scripts/make_sounds.py [DIRECTORY]`.

Without an argument it writes into `sounds/` of the checkout. The same table always gives the same bytes.

A sound is a few struck notes. Each note is a sum of sine partials, every one with its own decay, so that it
reads as wood, a mallet or a bell; it speaks within 2 ms, because the beginning of the file is the moment the
cue is due. All sounds are 44.1 kHz, mono, 16 bit, start and end on a zero sample and carry no offset.

Loudness is measured as the RMS of the loudest 50 ms, and every sound is scaled to the same value.
"""

from __future__ import annotations

import argparse
import math
import sys
import wave
from array import array
from dataclasses import dataclass
from pathlib import Path

RATE = 44_100
"""Samples per second of every file."""

LOUDNESS = 6_000.0
"""RMS of the loudest 50 ms of every sound, in 16-bit sample units (about -15 dB of full scale)."""

LOUD_WINDOW = 0.05
"""Seconds over which loudness is measured."""

ATTACK = 0.0015
"""Seconds a note takes to reach its full strength: soft to the ear, and within the 2 ms that count as
prompt."""

RELEASE = 0.02
"""Seconds over which a note is brought down to silence at its end."""


@dataclass(frozen=True, slots=True)
class Partial:
    """One sine of a timbre: a multiple of the note's pitch, its strength, and the seconds to fall by 1/e."""

    multiple: float
    strength: float
    decay: float


@dataclass(frozen=True, slots=True)
class Note:
    """One struck note: when it starts and how long it lasts in seconds, its pitch in Hz, its strength."""

    at: float
    pitch: float
    length: float
    strength: float = 1.0


@dataclass(frozen=True, slots=True)
class Sound:
    """One row of the table: the file's stem, what the cue means, its timbre and its notes."""

    name: str
    meaning: str
    timbre: tuple[Partial, ...]
    notes: tuple[Note, ...]

    @property
    def length(self) -> float:
        """Seconds from the first sample to the last."""
        return max(note.at + note.length for note in self.notes)


WOOD = (Partial(1, 1.0, 0.022), Partial(2.76, 0.35, 0.010), Partial(5.4, 0.10, 0.005))
MALLET = (
    Partial(1, 1.0, 0.16),
    Partial(2, 0.12, 0.10),
    Partial(3.93, 0.22, 0.035),
    Partial(9.2, 0.04, 0.012),
)
BELL = (Partial(1, 1.0, 0.30), Partial(2, 0.38, 0.20), Partial(3.01, 0.20, 0.13), Partial(4.17, 0.10, 0.07))
WARM = (Partial(1, 1.0, 0.35), Partial(2, 0.45, 0.22), Partial(3, 0.22, 0.15), Partial(4, 0.08, 0.08))

F4, G4, A4, C5, D5, E5, G5 = 349.23, 392.00, 440.00, 523.25, 587.33, 659.26, 783.99
A5, C6, D6, E6 = 880.00, 1046.50, 1174.66, 1318.51

SOUNDS = (
    Sound(
        "lead-in", "get ready: what comes next is named", MALLET, (Note(0, G4, 0.17), Note(0.17, C5, 0.43))
    ),
    Sound("count", "three, two, one", MALLET, (Note(0, E5, 0.14),)),
    Sound("start", "the work begins", BELL, (Note(0, E6, 0.44),)),
    Sound("tick", "a repetition begins", WOOD, (Note(0, G5, 0.08),)),
    Sound("last-tick", "the last repetition begins", WOOD, (Note(0, G5, 0.07), Note(0.09, C6, 0.10))),
    Sound(
        "direction",
        "the same movement the other way round",
        MALLET,
        (Note(0, A5, 0.12), Note(0.11, D6, 0.12), Note(0.22, A5, 0.33)),
    ),
    Sound("halfway", "half of a hold is done", BELL, (Note(0, D5, 0.22), Note(0.22, D5, 0.38))),
    Sound("hold-end", "let go of the hold", BELL, (Note(0, D6, 0.2), Note(0.18, G5, 0.47))),
    Sound(
        "switch",
        "change sides",
        MALLET,
        (Note(0, A4, 0.15), Note(0.14, A5, 0.15), Note(0.28, A4, 0.15), Note(0.42, A5, 0.36)),
    ),
    Sound("rest", "rest now", WARM, (Note(0, A4, 0.36), Note(0.32, F4, 0.47, 0.9))),
    Sound(
        "round-done", "a round is done", BELL, (Note(0, C5, 0.14), Note(0.13, C5, 0.14), Note(0.26, G5, 0.52))
    ),
    Sound(
        "session-done",
        "the session is done",
        BELL,
        (
            Note(0, C5, 0.3),
            Note(0.16, E5, 0.3),
            Note(0.32, G5, 0.3),
            Note(0.48, C6, 1.05),
            Note(0.72, C5, 0.8, 0.5),
            Note(0.72, E5, 0.8, 0.5),
        ),
    ),
    Sound(
        "paused",
        "the session stands still",
        MALLET,
        (Note(0, E5, 0.1), Note(0.09, C5, 0.1), Note(0.18, G4, 0.3)),
    ),
    Sound(
        "resumed", "the session goes on", MALLET, (Note(0, G4, 0.1), Note(0.09, C5, 0.1), Note(0.18, E5, 0.3))
    ),
    Sound(
        "warm-up",
        "the warm-up begins",
        WARM,
        (Note(0, F4, 0.36), Note(0.34, A4, 0.14), Note(0.48, A4, 0.3)),
    ),
)
"""Every cue. Pitch, contour and rhythm differ between any two, so that the ear alone tells them apart."""


def samples_of(sound: Sound) -> array[int]:
    """Return the 16-bit samples of one sound, scaled to `LOUDNESS`."""
    length = round(sound.length * RATE) + 1
    mix = [0.0] * length
    for note in sound.notes:
        _strike(mix, note, sound.timbre)
    _centre(mix)
    scale = LOUDNESS / loudness(mix)
    return array("h", [round(value * scale) for value in mix])


def loudness(samples: list[float] | array[int]) -> float:
    """Return the RMS of the loudest 50 ms, in the samples' own unit."""
    window = round(LOUD_WINDOW * RATE)
    squares = [float(value) * value for value in samples]
    total = sum(squares[:window])
    loudest = total
    for index in range(window, len(squares)):
        total += squares[index] - squares[index - window]
        loudest = max(loudest, total)
    return math.sqrt(loudest / window)


def write_sounds(directory: Path) -> list[Path]:
    """Write every sound of the table into `directory` as `<name>.wav`; return the paths in table order."""
    directory.mkdir(parents=True, exist_ok=True)
    paths = []
    for sound in SOUNDS:
        samples = samples_of(sound)
        if sys.byteorder == "big":
            samples.byteswap()
        path = directory / f"{sound.name}.wav"
        with wave.open(str(path), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(RATE)
            file.writeframes(samples.tobytes())
        paths.append(path)
    return paths


def _strike(mix: list[float], note: Note, timbre: tuple[Partial, ...]) -> None:
    first = round(note.at * RATE)
    count = min(round(note.length * RATE), len(mix) - first)
    attack, release = ATTACK * RATE, RELEASE * RATE
    for partial in timbre:
        turn = 2 * math.pi * note.pitch * partial.multiple / RATE
        fall = 1 / (partial.decay * RATE)
        strength = note.strength * partial.strength
        for index in range(count):
            fade = min(1.0, index / attack) * min(1.0, (count - 1 - index) / release) ** 2
            mix[first + index] += strength * fade * math.exp(-index * fall) * math.sin(turn * index)


def _centre(mix: list[float]) -> None:
    # Taking the mean away would leave a jump at both ends; an arch is taken away instead.
    count = len(mix) - 1
    arch = [math.sin(math.pi * index / count) for index in range(len(mix))]
    share = sum(mix) / sum(arch)
    for index, value in enumerate(arch):
        mix[index] -= share * value


def main() -> int:
    """Write the sounds and list them with what they mean."""
    parser = argparse.ArgumentParser(description="Write the cues of hipcoach as WAV files.")
    parser.add_argument(
        "directory", nargs="?", type=Path, default=Path(__file__).resolve().parent.parent / "sounds"
    )
    directory: Path = parser.parse_args().directory
    for sound, path in zip(SOUNDS, write_sounds(directory), strict=True):
        pitches = " ".join(f"{note.pitch:.0f}" for note in sound.notes)
        print(f"{path.name:18} {sound.length:4.2f} s  {sound.meaning} ({pitches} Hz)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
