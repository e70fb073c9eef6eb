"""Which sounds are wanted."""

from __future__ import annotations

from enum import StrEnum


class SoundProfile(StrEnum):
    """Which of the sounds are wanted. Whatever is left out is shown all the same."""

    ALL = "all"
    SPARSE = "sparse"
