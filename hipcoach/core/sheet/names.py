"""Which exercise somebody means who writes a name on a sheet; one that nobody knows is a new one."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping
from difflib import SequenceMatcher
from fractions import Fraction

from msgspec import Struct

from hipcoach.core.exercise import (
    Basis,
    Dose,
    Exercise,
    Per,
    Position,
    RepPhase,
    Sides,
    Stage,
    StageKind,
)
from hipcoach.core.sheet.grammar import Amount

NEAR = 0.8
"""How alike two words must be, 0 to 1, for one to be a slip of the other: some letter in five."""
SHORTEST = 4
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
    "90": "ninety",
}
IDLE = {"stretch", "stretche", "exercise", "drill", "the", "a", "your", "with", "and"}
"""Words, as `plain_name` leaves them, that tell no exercise from another."""
THERE, BACK = RepPhase("there", Fraction(2)), RepPhase("back", Fraction(2))
"""A sheet says nothing of the tempo; two seconds each way is ours."""
POSITIONS = {
    Position.HALF_KNEELING: "half kneel",
    Position.KNEELING: "kneel",
    Position.SIDE_LYING: "side lying|clam",
    Position.PLANK: "plank|push up",
    Position.QUADRUPED: "all four|quadruped|bird dog|cat|child",
    Position.SEATED: "seated|sitting",
    Position.PRONE: "prone|cobra",
    Position.STANDING: "standing|squat|lunge|calf raise|hip hinge|deadlift",
}
"""What in a name tells the position; the first that is in it holds."""
USUAL_POSITION = Position.SUPINE
"""Where the name tells none: there is then time to get down."""


class Match(Struct, frozen=True):
    """What a name leads to."""

    exercise: Exercise | None
    others: tuple[Exercise, ...] = ()
    """Exercises that may be meant, where it leads to none."""
    is_near: bool = False
    """Whether the name is so much like theirs that it has to be asked whether they are meant."""


class Names:
    """The exercises by what they are called."""

    def __init__(self, exercises: Mapping[str, Exercise]) -> None:
        """What is added later is known by its own name, but is never what another name may have meant."""
        self.exercises: dict[str, Exercise] = {}
        self._named: dict[str, list[Exercise]] = {}
        self._also: dict[str, list[Exercise]] = {}
        for each in exercises.values():
            self.add(each)
        self._words = [
            (each, [plain_name(name).split() for name in (each.name, *each.also_called)])
            for each in exercises.values()
        ]

    def add(self, exercise: Exercise) -> None:
        """Know one more."""
        self.exercises[exercise.id] = exercise
        self._named.setdefault(_key(exercise.name), []).append(exercise)
        for key in {_key(name) for name in exercise.also_called}:
            self._also.setdefault(key, []).append(exercise)

    def named(self, name: str) -> Exercise | None:
        """The one exercise of this id, name or other name, whatever its case, hyphens and plurals are."""
        found = self._called(name)
        return self.exercises.get(name) or (found[0] if len(found) == 1 else None)

    def stages_of(self, name: str) -> tuple[str, ...]:
        """The parts of the exercise of this name; none where there is no such exercise."""
        exercise = self.named(name)
        return tuple(stage.id for stage in exercise.stages) if exercise else ()

    def find(self, name: str) -> Match:
        """The exercise of this id, name or other name; else those that might be meant.

        Where two have the name none of them is taken: the wrong movement is worse than none.
        """
        exercise, key = self.named(name), _key(name)
        words = plain_name(name).split()
        telling = set(words) - IDLE
        if exercise is not None:
            # What some source calls it tells little where it is a part of other names, such as "squats".
            is_its_own = name == exercise.id or _key(exercise.name) == key
            like = () if is_its_own else self._with_words(set(words))
            return Match(None, like, is_near=True) if len(like) > 1 else Match(exercise)
        if twice := self._called(name):
            return Match(None, tuple(twice), is_near=True)
        if near := tuple(
            each for each, names in self._words if any(_is_slip(words, known) for known in names)
        ):
            return Match(None, near, is_near=True)
        meant = self._with_words(telling)
        same = len(meant) == 1 and any(
            set(known) - IDLE == telling for each, names in self._words if each is meant[0] for known in names
        )
        return Match(None, meant, is_near=same)

    def _with_words(self, words: set[str]) -> tuple[Exercise, ...]:
        return tuple(
            each
            for each, names in self._words
            if words and all(any(word in known for known in names) for word in words)
        )

    def _called(self, name: str) -> list[Exercise]:
        key = _key(name)
        return (self._named.get(key) or self._also.get(key) or []) if key else []


def new_exercise(
    name: str, amount: Amount, source: str, taken: Container[str], *, hold: int = 0, alternates: bool = False
) -> Exercise:
    """Make an exercise of this name with this dose, under an id that is not taken.

    What stands in brackets after the dose is its position, if it is the word for one, or else a cue.
    Each repetition is held for `hold` seconds at its far end.
    """
    note, position = amount.note, position_of(name)
    if note.lower() in [each.value for each in Position]:
        position, note = Position(note.lower()), ""
    sides = Sides.BOTH if amount.per in (None, Per.TOTAL) else Sides.ONE_AT_A_TIME
    if sides is Sides.BOTH and (alternates or "alternat" in name.lower()):
        sides = Sides.ALTERNATING
    directions = ("one way", "the other way") if amount.per is Per.DIRECTION and not amount.is_hold else ()
    per = Per.SIDE if sides is Sides.ONE_AT_A_TIME else Per.TOTAL
    kind = StageKind.HOLD if amount.is_hold else StageKind.REPS
    phases = (THERE, RepPhase("hold", Fraction(hold)), BACK) if hold else (THERE, BACK)
    stage = Stage(
        id=kind.value,
        kind=kind,
        sourced=Dose(
            reps=None if amount.is_hold else amount.range,
            seconds=amount.range if amount.is_hold else None,
            per=Per.DIRECTION if directions else per,
        ),
        phases=() if amount.is_hold else phases,
        tempo_basis=None if amount.is_hold else Basis.USER,
        directions=directions,
        direction_basis=Basis.USER if directions else None,
    )
    return Exercise(
        id=free_id(slug(name) or "exercise", taken),
        name=name,
        family=slug(name) or "exercise",
        source=source,
        summary="From your own sheet.",
        setup="As you were shown.",
        position=position,
        sides=sides,
        stages=(stage,),
        side_means="" if sides is Sides.BOTH else "the side that works",
        cues=(note,) if note else (),
    )


def position_of(name: str) -> Position:
    """The position that a name tells of, or the usual one."""
    words = plain_name(name)
    return next((each for each, parts in POSITIONS.items() if re.search(parts, words)), USUAL_POSITION)


def free_id(wanted: str, taken: Container[str]) -> str:
    """The id, or with the first number that makes it one that is free."""
    number, name = 1, wanted
    while name in taken:
        number += 1
        name = f"{wanted}-{number}"
    return name


def plain_name(name: str) -> str:
    """A name without case, punctuation and plurals, and with numbers up to ten as words."""
    words = re.sub(r"[^\w]+|_", " ", name.casefold().replace("'s", "").replace("’s", "")).split()
    return " ".join(
        NUMBERS.get(word, word[:-1] if len(word) > 3 and word.endswith("s") else word) for word in words
    )


def slug(name: str) -> str:
    """A name as an id; empty where nothing of it can be one."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:60].strip("-")


def _key(name: str) -> str:
    return plain_name(name).replace(" ", "")


def _is_slip(wanted: list[str], known: list[str]) -> bool:
    """Whether two plain names differ in letters within their words alone."""
    return len(wanted) == len(known) and all(
        one == other or _is_slip_of_a_word(one, other) for one, other in zip(wanted, known, strict=True)
    )


def _is_slip_of_a_word(one: str, other: str) -> bool:
    if min(len(one), len(other)) < SHORTEST:
        return False
    matcher = SequenceMatcher(None, one, other)
    return matcher.quick_ratio() >= NEAR and matcher.ratio() >= NEAR
