"""What the fields of files may hold: texts, ids, seconds, and numbers that may be ranges."""

from __future__ import annotations

from enum import StrEnum
from fractions import Fraction
from typing import Annotated, Any

from msgspec import Meta, Struct

MOST = 100_000
"""The largest number a file may hold: a day and more in seconds, and far more reps than anybody does."""
LONGEST_PAUSE = 600
"""Seconds; a lead-in, switch or rest beyond ten minutes is taken for a slip of the hand."""
LEAST_SECONDS = 0.1

Text = Annotated[str, Meta(min_length=1, max_length=2000)]
# `$` alone would also stand before a line break at the end.
Id = Annotated[str, Meta(min_length=1, max_length=2000, pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$(?!\n)")]
Seconds = Annotated[int, Meta(ge=1, le=MOST)]
Count = Annotated[int, Meta(ge=0, lt=10**9)]
Length = Annotated[float, Meta(ge=0, lt=10**9)]
"""Seconds."""
Pause = Annotated[int, Meta(ge=0, le=LONGEST_PAUSE)]


class Table(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A table of a file: it has no other fields than its own, and what is as usual need not be written."""


class Intensity(StrEnum):
    """Where in a range a plan lies."""

    LOW = "low"
    MID = "mid"
    HIGH = "high"


class Range:
    """A number that may be a range: `low` to `high`, both included; equal where there is no range."""

    __slots__ = ("high", "low")

    def __init__(self, low: int, high: int | None = None) -> None:
        self.low = low
        self.high = low if high is None else high

    def at(self, intensity: Intensity) -> int:
        """Return the number at an intensity; the middle of an odd width is rounded down."""
        if intensity is Intensity.LOW:
            return self.low
        if intensity is Intensity.HIGH:
            return self.high
        return (self.low + self.high) // 2

    @property
    def is_range(self) -> bool:
        """Whether there is anything to choose."""
        return self.low != self.high

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Range) and (self.low, self.high) == (other.low, other.high)

    def __hash__(self) -> int:
        return hash((self.low, self.high))

    def __repr__(self) -> str:
        return f"Range({self.low}, {self.high})"

    def __str__(self) -> str:
        return f"{self.low}–{self.high}" if self.is_range else str(self.low)


_NUMBER = {"type": "integer", "minimum": 1, "maximum": MOST}
SCHEMAS: dict[object, dict[str, Any]] = {
    Fraction: {"type": "number", "minimum": LEAST_SECONDS, "maximum": MOST},
    Range: {
        **_NUMBER,
        "type": ["integer", "object"],
        "properties": {"low": _NUMBER, "high": _NUMBER},
        "required": ["low", "high"],
        "additionalProperties": False,
    },
}
"""What stands in a file for the types that msgspec does not know."""


def decoded(kind: type, value: Any) -> Fraction | Range:
    """Return a Fraction or Range of what a file holds: a number, or a table of `low` and `high`.

    Raises:
        ValueError: it is neither.
    """
    if kind is Fraction and type(value) in (int, float) and LEAST_SECONDS <= value <= MOST:
        return Fraction(str(value))  # what is written counts, and not the nearest binary fraction
    ends = value if isinstance(value, dict) else {"low": value, "high": value}
    is_whole = all(type(each) is int and 1 <= each <= MOST for each in ends.values())
    if kind is Range and is_whole and ends.keys() == {"low", "high"}:
        return Range(**ends)
    raise ValueError(f"must be a number from {LEAST_SECONDS:g} to {MOST}")


def encoded(value: Fraction | Range) -> float | dict[str, int]:
    """Return what stands in a file for a Fraction or Range."""
    if isinstance(value, Range):
        return {"low": value.low, "high": value.high} if value.is_range else value.low
    return value.numerator if value.denominator == 1 else float(value)
