"""What a line about an exercise means: which exercise, and where each number goes; or what has to be asked.

A name that nobody knows is that of a new exercise.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Mapping
from difflib import SequenceMatcher
from fractions import Fraction

from msgspec import Struct
from msgspec.structs import replace

from hipcoach.core.choices import MOST_ROUNDS
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
from hipcoach.core.fields import LONGEST_PAUSE, Range
from hipcoach.core.routine import OwnDose
from hipcoach.core.sheet.grammar import DOSE_WORD, MINE, Amount, DoubtError, Work

NEAR = 0.8
"""How alike two words must be, 0 to 1, for one to be a slip of the other: some letter in five."""
SHORTEST = 4
"""Letters; shorter words are too much alike to guess."""
NUMBERS = {
    str(number): word
    for number, word in enumerate(
        ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
    )
} | {"90": "ninety"}
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


NO_NAME = re.compile(
    r"(?<![\w'’-])(?:ca|circa|approx|approximately|around|roughly|do|then|slow|slowly|min|max|minimum|maximum)"
    r"(?![\w'’-])\.?|(?<!\S)(?:up to|to|at|about|least|most|than|till|until|for|of|with|and|or)$",
    re.IGNORECASE,
)
"""Words that say how something is done, or how much; at the end those that belong to the number."""
WORD = re.compile(r"[^\W\d_]+(?:[-‐‑–'’][^\W\d_]+)*['’]?")
"""A word of a name, without the marks on its letters."""
MEANT = {
    **dict.fromkeys("~≈", "about"),
    **dict.fromkeys(">≥+", "or more"),
    **dict.fromkeys(("=", "@", "→", "do"), ""),
}
"""What a character or word between a name and a number says."""
ONE_SIDE = re.compile(r"\b(?:left|right|l|r)\b", re.IGNORECASE)
USUAL_SETS = 5
"""More sets than that nobody does of one exercise: "x10" is ten repetitions, but "x3" may be three sets."""
PER_TEXTS = {Per.SIDE: "/side", Per.DIRECTION: "/direction", Per.TOTAL: " total"}


def settle(line: Work, match: Match) -> None:
    """Put every number of the line where it belongs.

    Raises:
        DoubtError: something of it is left over, or can be meant in several ways.
    """
    exercise = match.exercise
    if not (line.name or line.id):
        raise DoubtError("it says how much, but the name of no exercise")
    if line.left:
        words = f"understood: {_described(line)}; left over: '{line.left}'"
        if ONE_SIDE.search(line.left):
            raise DoubtError(f"{words}; a routine does both sides")
        raise DoubtError(f"{words}; a remark stands in brackets", *_with_remark(line))
    if not line.is_quoted and not line.id:
        _check_name(line, exercise)
    if match.is_near and not line.is_quoted:
        raise DoubtError(
            f"does '{line.name}' mean {names_of(match.others)}, or an exercise of your own?",
            *(line.written(each.name) for each in match.others),
            line.written(f'"{line.name}"'),
        )
    if line.times is not None:
        _settle_times(line, line.times, exercise)
    if line.rest and line.sets is None:
        raise DoubtError("a rest in the line of an exercise is between its sets, and it says no sets")
    if line.hold is not None:
        _settle_hold(line, line.hold, exercise)
    is_one_sided = exercise is not None and exercise.sides is Sides.ONE_AT_A_TIME
    if line.per is not None and not (is_one_sided and line.per is Per.SIDE):
        raise DoubtError("it says on which side, but not how much")
    if line.alternates and exercise is not None and exercise.sides is not Sides.ALTERNATING:
        raise DoubtError(
            f"'{exercise.name}' does not change sides with every repetition",
            line.written(f'"{line.name} alternating"'),
        )


def names_of(exercises: tuple[Exercise, ...]) -> str:
    """Their names as they may be meant."""
    return " or ".join(f"'{each.name}'" for each in exercises[:4])


def doses_of(exercise: Exercise, line: Work) -> tuple[OwnDose, ...] | None:
    """What a line says of how much, each for a stage; None where the only stage is counted in another way.

    Raises:
        ValueError: it is not clear which stage is meant, or one is meant twice.
    """
    usual = Per.SIDE if exercise.sides is Sides.ONE_AT_A_TIME else Per.TOTAL
    are_named = any(amount.stage for amount in line.amounts)
    doses: dict[str, OwnDose] = {}
    for amount in line.amounts:
        kind = StageKind.HOLD if amount.is_hold else StageKind.REPS
        found = [each for each in exercise.stages if each.kind is kind and amount.stage in ("", each.id)]
        lacks_directions = amount.per is Per.DIRECTION and not all(each.directions for each in found)
        if len(exercise.stages) == len(line.amounts) == 1 and (not found or lacks_directions):
            return None
        if len(found) != 1 or (are_named and not amount.stage):
            parts = ", ".join(f"{each.id} ({each.kind.value})" for each in exercise.stages)
            first = exercise.stages[0].id
            raise ValueError(f"say which part is meant, as in '{exercise.name}: {first} 5'; it has {parts}")
        stage = found[0].id
        if lacks_directions:
            raise ValueError(f"'{stage}' has no directions")
        if stage in doses:
            raise ValueError(f"'{stage}' has two amounts")
        doses[stage] = amount.dose(usual, stage)
    return tuple(doses.values())


def _check_name(line: Work, exercise: Exercise | None) -> None:
    """Take no character and no word into a name that may say something else.

    Raises:
        DoubtError: the name holds one.
    """
    name = line.name
    if exercise is not None:
        known = {each.casefold() for each in (exercise.name, *exercise.also_called)}
        ends = name[:1] + name[-1:].strip(")'’")
        if name.casefold() not in known and not ends.isalnum():
            raise DoubtError(f"'{name}' has a character that is no part of a name", *_instead(line, name[-1]))
        return
    if line.amounts and line.amounts[0].is_hold:
        name = re.sub(r"\s+holds?$", "", name, flags=re.IGNORECASE)
    dose = DOSE_WORD.search(name)
    if dose and ONE_SIDE.fullmatch(dose[0]):
        raise DoubtError(f"'{dose[0]}' in '{line.name}' is one side; a routine does both sides")
    word = dose[0] if dose else _no_name(name)
    if word:
        raise DoubtError(
            f"'{word}' in '{line.name}' may be no part of the name; "
            "a remark stands in brackets, and a name that is meant to the letter in quotes",
            *((line.written(f'"{line.name}"'),) if word == "90/90" else _instead(line, word)),
        )


def _no_name(name: str) -> str:
    """What of a name says something else, or is no word of letters; brackets hold a remark."""
    if found := NO_NAME.search(name):
        return found[0]
    for word in re.sub(r"\([^()]*\)", " ", name).split():
        if not WORD.fullmatch("".join(each for each in word if unicodedata.category(each)[0] != "M")):
            return word
    return ""


def _instead(line: Work, word: str) -> tuple[str, ...]:
    """The line with what is no part of its name in brackets, where that is sure to be meant."""
    heading, _, rest = line.name.partition(": ")
    if rest and not DOSE_WORD.search(heading):
        return (line.written(rest, heading),)
    name = line.name.removesuffix(word).rstrip()
    if name == line.name or not name or (DOSE_WORD.search(word) and word not in MEANT):
        return ()
    return (line.written(name, MEANT.get(word, word)),) if word in MEANT or word[-1:].isalpha() else ()


def _settle_times(line: Work, times: Range, exercise: Exercise | None) -> None:
    """Decide what "x10" without an amount is: repetitions, or sets of what is held."""
    line.times = None
    kinds = [stage.kind for stage in exercise.stages] if exercise else [StageKind.REPS]
    if kinds == [StageKind.HOLD]:
        line.sets = times
    elif exercise is None or (times.low > USUAL_SETS and len(kinds) == 1):
        line.amounts, line.per = [Amount(times, False, line.per)], None
    else:
        count = str(times).replace("–", "-")
        raise DoubtError(
            f"is it {count} sets, or {count} repetitions?",
            f"{exercise.name}, {count} sets",
            f"{exercise.name} {count} reps",
        )


def _settle_hold(line: Work, hold: Range, exercise: Exercise | None) -> None:
    """Decide where a hold beside repetitions goes: into each of them, or it is what is repeated."""
    if exercise is not None and [stage.kind for stage in exercise.stages] == [StageKind.HOLD]:
        count = line.amounts[0]
        if line.sets is not None or len(line.amounts) > 1 or count.range.high > MOST_ROUNDS:
            raise DoubtError(f"'{exercise.name}' is held, and it says how often in more than one way")
        line.amounts, line.sets, line.hold = [replace(count, range=hold, is_hold=True)], count.range, None
        return
    if hold.is_range or hold.high > LONGEST_PAUSE:
        raise DoubtError(f"the hold of a repetition is one number of seconds, up to {LONGEST_PAUSE}")
    if exercise is None or [RepPhase("hold", Fraction(hold.low))] == [
        phase for phase in exercise.stages[0].phases if phase.name == "hold"
    ]:
        return
    raise DoubtError(
        f"'{exercise.name}' has a tempo of its own, without a hold of {hold.low} s in each repetition",
        line.written(f'"{exercise.name} with a hold"'),
    )


def _described(line: Work) -> str:
    """What was understood of a line."""
    parts = [
        f"{amount.range} {'s' if amount.is_hold else 'reps'}{PER_TEXTS[amount.per] if amount.per else ''}"
        for amount in line.amounts
    ]
    parts += [f"{line.sets} sets"] if line.sets else []
    parts += [f"x{line.times}"] if line.times else []
    parts += [f"held for {line.hold} s"] if line.hold else []
    parts += [f"rest {line.rest} s"] if line.rest else []
    return ", ".join([f"'{line.name}'", *parts])


def _with_remark(line: Work) -> tuple[str, ...]:
    """The line with what is left over in brackets, where it stands together."""
    unit = re.match(r"[a-z]{1,3}\b", line.left, re.IGNORECASE)
    if line.left not in line.line or len(line.amounts) != 1 or unit or "(" in line.left:
        return ()
    if DOSE_WORD.search(line.name) and not line.is_quoted:
        return ()
    before, _, after = line.line.rpartition(line.left)
    mine = MINE if DOSE_WORD.search(line.left) else ""
    kept = f"{before.rstrip(' ,;')}{after}".strip()
    return (f"{kept} ({mine}{line.left})",)
