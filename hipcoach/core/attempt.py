"""One go at a work step: what was really done of it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Attempt:
    """One go at a work step: what was really done. A step that is done again has several."""

    index: int
    reps: int
    """Completed repetitions."""
    seconds: float
    """Seconds of the step that passed."""
