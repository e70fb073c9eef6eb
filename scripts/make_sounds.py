"""Write every cue of hipcoach as a WAV file, from one table: `python scripts/make_sounds.py [DIRECTORY]`.

The table is `sounds/sounds.toml`; the same table always gives the same bytes. Without an argument
it writes into `sounds/` of the checkout, and the page `docs/sounds.md` that describes them.

A sound is a few struck notes. Each note is a sum of sine partials, every one with its own decay, so that it
reads as wood, a mallet or a bell; it speaks within 2 ms, because the beginning of the file is the moment the
cue is due. All sounds are 44.1 kHz, mono, 16 bit, start and end on a zero sample and carry no offset.

Loudness is measured as the RMS of the loudest 50 ms, and every sound is scaled to the same value.
"""

from __future__ import annotations

import argparse
import math
import sys
import tomllib
import wave
from array import array
from itertools import groupby, pairwise
from operator import attrgetter
from pathlib import Path

from hipcoach.audio.sound_table import Note, Sound, all_sounds
from hipcoach.paths import bundled

RATE = 44_100
"""Samples per second of every file."""

TIMBRES = tomllib.loads((bundled("sounds") / "sounds.toml").read_text(encoding="utf-8"))["timbres"]
"""The partials of each timbre: multiple of the note's pitch, strength, and the seconds to fall by 1/e."""

LOUDNESS = 6_000.0
"""RMS of the loudest 50 ms of every sound, in 16-bit sample units (about -15 dB of full scale)."""

LOUD_WINDOW = 0.05
"""Seconds over which loudness is measured."""

ATTACK = 0.0015
"""Seconds a note takes to reach its full strength: soft to the ear, and within the 2 ms that count as
prompt."""

RELEASE = 0.02
"""Seconds over which a note is brought down to silence at its end."""

PAGE_HEAD = """\
# Sounds

Every moment of a session has a sound of its own, told apart by pitch, melody and rhythm. `hipcoach sounds`
plays all of them, `hipcoach sounds switch rest` those two, and `hipcoach sounds --list` only lists them.

Pitches are in hertz, in the order in which they are struck, and joined by `+` where they are struck together.
All sounds are equally loud and begin at their first sample. All but `session-done` take less than a second.
What comes when is decided in `hipcoach/core/cues.py`. This page is made by `make sounds`.

| sound | meaning | timbre | pitch (Hz) | melody | seconds |
| --- | --- | --- | --- | --- | --: |"""
"""What stands before the rows of docs/sounds.md."""


def samples_of(sound: Sound) -> array[int]:
    """Return the 16-bit samples of one sound, scaled to `LOUDNESS`."""
    length = round(sound.length * RATE) + 1
    mix = [0.0] * length
    for note in sound.notes:
        _strike(mix, note, TIMBRES[sound.timbre])
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
    for sound in all_sounds():
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


def _strike(mix: list[float], note: Note, partials: list[list[float]]) -> None:
    first = round(note.at * RATE)
    count = min(round(note.length * RATE), len(mix) - first)
    attack, release = ATTACK * RATE, RELEASE * RATE
    for multiple, share, decay in partials:
        turn = 2 * math.pi * note.pitch * multiple / RATE
        fall = 1 / (decay * RATE)
        strength = note.strength * share
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


def contour(sound: Sound) -> str:
    """Return where the melody goes from note to note."""
    melody = [next(struck).pitch for _, struck in groupby(sound.notes, attrgetter("at"))]
    moves = ["up" if b > a else "down" if b < a else "same" for a, b in pairwise(melody)]
    return ", ".join(moves) or "one note"


def page() -> str:
    """Return the page that describes every sound."""
    rows = [
        (f"`{sound.name}`", sound.meaning, sound.timbre, sound.pitches, contour(sound), sound.length)
        for sound in all_sounds()
    ]
    table = [f"| {' | '.join(row[:5])} | {row[5]:.2f} |" for row in rows]
    return "\n".join((PAGE_HEAD, *table)) + "\n"


def main() -> int:
    """Write the sounds, and the page unless they go elsewhere; list them with what they mean."""
    root = Path(__file__).resolve().parent.parent
    parser = argparse.ArgumentParser(description="Write the cues of hipcoach as WAV files.")
    parser.add_argument("directory", nargs="?", type=Path)
    directory: Path | None = parser.parse_args().directory
    if directory is None:
        (root / "docs" / "sounds.md").write_text(page(), encoding="utf-8")
    for sound, path in zip(all_sounds(), write_sounds(directory or root / "sounds"), strict=True):
        print(f"{path.name:18} {sound.length:4.2f} s  {sound.meaning} ({sound.pitches} Hz)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
