"""Which exercise of the catalogue somebody means who writes a name on a sheet."""

from __future__ import annotations

import re
from collections.abc import Mapping
from difflib import SequenceMatcher

from msgspec import Struct

from hipcoach.core.exercise import Exercise
from hipcoach.core.sheet.lines import Line, Work, name_only, read_line

NEAR = 0.8
"""How alike two words must be, 0 to 1, for one to be a slip of the other: some letter in five."""
SHORTEST = 5
"""Letters; shorter words are too much alike to guess."""
NUMBERS = {
    "1": "one",
    "2": "two",
    "3": "three",
    "4": "four",
    "5": "five",
    "6": "six",
    "7": "seven",
    "8": "eight",
    "9": "nine",
    "10": "ten",
}
IDLE = {"stretch", "stretche", "exercise", "drill", "the", "a", "your", "with", "and"}
"""Words, as `plain_name` leaves them, that tell no exercise from another."""


class Match(Struct, frozen=True):
    """What a name leads to."""

    exercise: Exercise | None
    is_guess: bool = False
    """Whether the name was taken for another that is near."""
    others: tuple[Exercise, ...] = ()
    """Exercises that may be meant, where it leads to none."""


def find_exercise(name: str, exercises: Mapping[str, Exercise]) -> Match:
    """The exercise of this id, name or other name; else one named almost so; else those that might be meant.

    Where two have the name none of them is taken: the wrong movement is worse than none.
    """
    if name in exercises:
        return Match(exercises[name])
    wanted = plain_name(name)
    if not wanted:
        return Match(None)
    every = exercises.values()
    for named in (
        [each for each in every if plain_name(each.name) == wanted],
        [each for each in every if wanted in map(plain_name, each.also_called)],
    ):
        if len(named) == 1:
            return Match(named[0])
        if named:
            return Match(None, others=tuple(named))
    near = [each for each in every if any(_is_slip(wanted, known) for known in _plain_names(each))]
    if len(near) == 1:
        return Match(near[0], is_guess=True)
    words = set(wanted.split()) - IDLE
    meant = tuple(each for each in every if words and words <= _all_words(each))
    if len(meant) == 1 and any(set(known.split()) - IDLE == words for known in _plain_names(meant[0])):
        return Match(meant[0], is_guess=True)
    return Match(None, others=meant or tuple(near))


def read_line_among(text: str, exercises: Mapping[str, Exercise]) -> Line:
    """Tell what a line is. One about work that as a whole is an exercise's name is that, also where its
    end looks like an amount.

    Raises:
        ValueError: it cannot be told.
    """
    try:
        line = read_line(text)
    except ValueError:
        if not _is_name(text, exercises):
            raise
    else:
        if not isinstance(line, Work) or not _is_name(text, exercises):
            return line
    return Work(name_only(text), "", (), None, 0)


def plain_name(name: str) -> str:
    """A name without case, signs and plurals, and with numbers up to ten as words."""
    words = re.sub(r"[^\w]+|_", " ", name.casefold().replace("'s", "").replace("’s", "")).split()
    return " ".join(
        NUMBERS.get(word, word[:-1] if len(word) > 3 and word.endswith("s") else word) for word in words
    )


def slug(name: str) -> str:
    """A name as an id; empty where nothing of it can be one."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:60].strip("-")


def _is_name(text: str, exercises: Mapping[str, Exercise]) -> bool:
    found = find_exercise(name_only(text), exercises)
    return found.exercise is not None and not found.is_guess


def _is_slip(wanted: str, known: str) -> bool:
    """Whether two plain names differ in spaces, or in letters within their words, alone."""
    if wanted.replace(" ", "") == known.replace(" ", ""):
        return True
    pairs = list(zip(wanted.split(), known.split(), strict=False))
    return len(wanted.split()) == len(known.split()) and all(
        one == other
        or (min(len(one), len(other)) >= SHORTEST and SequenceMatcher(None, one, other).ratio() >= NEAR)
        for one, other in pairs
    )


def _plain_names(exercise: Exercise) -> list[str]:
    return [plain_name(name) for name in (exercise.name, *exercise.also_called)]


def _all_words(exercise: Exercise) -> set[str]:
    return {word for name in _plain_names(exercise) for word in name.split()}
