"""Every cue's sound: what it means, and the notes that its WAV file is made from (`sounds/sounds.toml`)."""

from __future__ import annotations

from functools import cache
from itertools import groupby
from operator import attrgetter

import msgspec
from msgspec import Struct

from hipcoach.paths import bundled


class Note(Struct, frozen=True, array_like=True):
    """One struck note: when it starts and how long it lasts in seconds, its pitch in Hz, its strength."""

    at: float
    pitch: float
    length: float
    strength: float = 1.0


class Sound(Struct, frozen=True):
    """The file's stem, what the cue means, the name of its timbre and its notes."""

    name: str
    meaning: str
    timbre: str
    notes: tuple[Note, ...]

    @property
    def length(self) -> float:
        """Seconds from the first sample to the last."""
        return max(note.at + note.length for note in self.notes)

    @property
    def pitches(self) -> str:
        """The pitches in Hz, one after the other; those struck together are joined by "+"."""
        struck = groupby(self.notes, attrgetter("at"))
        return " ".join("+".join(f"{note.pitch:.0f}" for note in notes) for _, notes in struck)


class _Table(Struct):
    sounds: tuple[Sound, ...]


@cache
def all_sounds() -> tuple[Sound, ...]:
    """Return every sound, in the order in which they are listed.

    Raises:
        ResourceError: the bundled sounds are missing.
    """
    return msgspec.toml.decode((bundled("sounds") / "sounds.toml").read_bytes(), type=_Table).sounds
