"""One go at a work step: what was really done of it."""

from __future__ import annotations

from msgspec import Struct


class Attempt(Struct, frozen=True):
    """One go at a work step: what was really done. A step that is done again has several."""

    index: int
    reps: int
    """Completed repetitions."""
    seconds: float
    """Seconds of the step that passed."""
