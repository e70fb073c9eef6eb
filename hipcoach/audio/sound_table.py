"""Every cue's sound, in one table: what it means, and the notes that the WAV files are made from."""

from __future__ import annotations

from itertools import groupby, pairwise

from msgspec import Struct


class Partial(Struct, frozen=True):
    """One sine of a timbre: a multiple of the note's pitch, its strength, and the seconds to fall by 1/e."""

    multiple: float
    strength: float
    decay: float


class Timbre(Struct, frozen=True):
    """What a note sounds like: a word for it, and its partials."""

    name: str
    partials: tuple[Partial, ...]


class Note(Struct, frozen=True):
    """One struck note: when it starts and how long it lasts in seconds, its pitch in Hz, its strength."""

    at: float
    pitch: float
    length: float
    strength: float = 1.0


class Sound(Struct, frozen=True):
    """One row of the table: the file's stem, what the cue means, its timbre and its notes."""

    name: str
    meaning: str
    timbre: Timbre
    notes: tuple[Note, ...]

    @property
    def length(self) -> float:
        """Seconds from the first sample to the last."""
        return max(note.at + note.length for note in self.notes)

    @property
    def pitches(self) -> str:
        """The pitches in Hz, one after the other; those struck together are joined by "+"."""
        return " ".join(
            "+".join(f"{note.pitch:.0f}" for note in struck) for _, struck in groupby(self.notes, _begins)
        )

    @property
    def contour(self) -> str:
        """Where the melody goes from note to note."""
        melody = [next(struck).pitch for _, struck in groupby(self.notes, _begins)]
        moves = ["up" if b > a else "down" if b < a else "same" for a, b in pairwise(melody)]
        return ", ".join(moves) or "one note"


def _begins(note: Note) -> float:
    return note.at


WOOD = Timbre("wood", (Partial(1, 1.0, 0.022), Partial(2.76, 0.35, 0.010), Partial(5.4, 0.10, 0.005)))
MALLET = Timbre(
    "mallet",
    (
        Partial(1, 1.0, 0.16),
        Partial(2, 0.12, 0.10),
        Partial(3.93, 0.22, 0.035),
        Partial(9.2, 0.04, 0.012),
    ),
)
BELL = Timbre(
    "bell",
    (Partial(1, 1.0, 0.30), Partial(2, 0.38, 0.20), Partial(3.01, 0.20, 0.13), Partial(4.17, 0.10, 0.07)),
)
WARM = Timbre(
    "warm",
    (Partial(1, 1.0, 0.35), Partial(2, 0.45, 0.22), Partial(3, 0.22, 0.15), Partial(4, 0.08, 0.08)),
)

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
