"""Who paces repetitions, and the seconds between work."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

LONGEST_PAUSE = 600
"""Seconds; a lead-in, switch or rest beyond ten minutes is taken for a slip of the hand."""


class Pace(StrEnum):
    """Whether repetitions are paced by the coach or counted by the user's own feeling."""

    PACED = "paced"
    OWN = "own"


class Timings(Struct, frozen=True):
    """Seconds between work. Lead-ins of 5 s are too short for floor work; 8 s and 15 s are ours."""

    lead_in: int = 8
    lead_in_new_position: int = 15
    switch: int = 5
    rest: int = 0
    """Before every exercise but the first; where a routine prescribes its own rest the longer one holds."""
