"""The kinds of file that routines and exercises are written in."""

from __future__ import annotations

from enum import StrEnum


class Document(StrEnum):
    """What a file is mainly for. Both kinds may hold the other's tables."""

    ROUTINE = "routine"
    EXERCISE = "exercise"
