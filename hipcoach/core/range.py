"""Numbers that may be ranges, and where in them a plan lies."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct


class Intensity(StrEnum):
    """Where in a range a plan lies."""

    LOW = "low"
    MID = "mid"
    HIGH = "high"


class Range(Struct, frozen=True):
    """A number that may be a range: `low` to `high`, both included; equal where there is no range."""

    low: int
    high: int

    def at(self, intensity: Intensity) -> int:
        """The number at an intensity; the middle of an odd width is rounded down."""
        if intensity is Intensity.LOW:
            return self.low
        if intensity is Intensity.HIGH:
            return self.high
        return (self.low + self.high) // 2

    @property
    def is_range(self) -> bool:
        """Whether there is anything to choose."""
        return self.low != self.high

    def __str__(self) -> str:
        return f"{self.low}–{self.high}" if self.is_range else str(self.low)
