"""What one argument may be: read from what was typed, or refused with a sentence."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fractions import Fraction

    from hipcoach.core.day_words import DayWords


def file_name(text: str) -> Path:
    """The name of a file."""
    if not text or "\0" in text:
        raise argparse.ArgumentTypeError("needs the name of a file")
    return Path(text)


def volume(text: str) -> int:
    """A volume, 0 to 100."""
    if not re.fullmatch(r"\d{1,3}", text) or int(text) > 100:
        raise argparse.ArgumentTypeError(f"the volume is a whole number from 0 to 100, not '{text}'")
    return int(text)


def directory(text: str) -> Path:
    """The name of a directory."""
    if not text or "\0" in text:
        raise argparse.ArgumentTypeError("needs the name of a directory")
    return Path(text)


def count(text: str) -> int:
    """A number of repetitions; 0 for none."""
    if not re.fullmatch(r"\d{1,3}", text):
        raise argparse.ArgumentTypeError(f"a whole number from 0 to 999 is needed, not '{text}'")
    return int(text)


def rounds(text: str) -> int:
    """A number of rounds; `check_choices` knows the limits."""
    try:
        return int(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"rounds are a whole number from 1 to 99, not '{text}'") from None


def tempo(text: str) -> Fraction:
    """A factor for the seconds of repetitions; `check_choices` knows the limits."""
    if not re.fullmatch(r"\d{1,4}(\.\d{1,4})?|\.\d{1,4}", text):
        raise argparse.ArgumentTypeError(f"the tempo is a number from 0.25 to 4, not '{text}'")
    from fractions import Fraction

    return Fraction(text)


def word(noun: str, *words: StrEnum) -> Callable[[str], StrEnum]:
    """Reads one word of a fixed set, which `noun` says what they are."""

    def choose(text: str) -> StrEnum:
        for each in words:
            if text == each.value:
                return each
        allowed = ", ".join(each.value for each in words)
        raise argparse.ArgumentTypeError(f"the {noun} is one of {allowed}, not '{text}'")

    # argparse names a type by this where it has no sentence of its own.
    choose.__name__ = noun
    # What may stand here, for the completion of command lines.
    choose.words = words  # type: ignore[attr-defined]  # a function's own attribute
    return choose


def days(text: str) -> DayWords:
    """A day, or a stretch of days."""
    from hipcoach.core.day_words import read_day_words

    try:
        return read_day_words(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None
