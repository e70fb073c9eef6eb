"""What a line about an exercise means: which exercise, and where each number goes; or what has to be asked.

A name that nobody knows is that of a new exercise.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Mapping
from difflib import get_close_matches
from fractions import Fraction
from itertools import count

from msgspec import Struct

from hipcoach.core.choices import MOST_ROUNDS
from hipcoach.core.exercise import Basis, Dose, Exercise, Per, Position, RepPhase, Sides, Stage, StageKind
from hipcoach.core.fields import LONGEST_PAUSE
from hipcoach.core.routine import OwnDose
from hipcoach.core.sheet.grammar import DOSE_WORD, MINE, DoubtError, Work, checked_rounds

NEAR = 0.8
"""How alike two words must be, 0 to 1, for one to be a slip of the other: some letter in five."""
SHORTEST = 4
"""Letters; shorter words are too much alike to guess."""
DIGITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
NUMBERS = {str(number): word for number, word in enumerate(DIGITS)} | {"90": "ninety"}
IDLE = {"stretch", "stretche", "exercise", "drill", "the", "a", "your", "with", "and"}
"""Words, as `plain_name` leaves them, that tell no exercise from another."""
THERE, BACK = RepPhase("there", Fraction(2)), RepPhase("back", Fraction(2))
"""A sheet says nothing of the tempo; two seconds each way is ours."""
POSITIONS = {
    "half kneel": Position.HALF_KNEELING,
    "kneel": Position.KNEELING,
    "side lying|clam": Position.SIDE_LYING,
    "plank|push up": Position.PLANK,
    "all four|quadruped|bird dog|cat|child": Position.QUADRUPED,
    "seated|sitting": Position.SEATED,
    "prone|cobra": Position.PRONE,
    "standing|squat|lunge|calf raise|hip hinge|deadlift": Position.STANDING,
    # Where the name tells none there is then time to get down.
    "": Position.SUPINE,
}
"""By what is in a name; the first that is holds."""
NO_NAME = re.compile(
    r"(?<![\w'’-])(?:ca|circa|approx|approximately|around|roughly|do|then|slow|slowly|min|max|minimum|maximum)"
    r"(?![\w'’-])\.?|(?<!\S)(?:up to|to|at|about|least|most|than|till|until|for|of|with|and|or)$",
    re.IGNORECASE,
)
"""Words that say how something is done, or how much; at the end those that belong to the number."""
NO_WORD = re.compile(r"(?<!\S)(?![^\W\d_]+(?:[-‐‑–'’][^\W\d_]+)*['’]?(?!\S))\S+")
"""What is not made of letters."""
MEANT = {
    **dict.fromkeys("~≈", "about"),
    **dict.fromkeys(">≥+", "or more"),
    **dict.fromkeys(("=", "@", "→", "do"), ""),
}
"""What a character or word between a name and a number says."""
ONE_SIDE = re.compile(r"\b(?:left|right|l|r)\b", re.IGNORECASE)
USUAL_SETS = 5
"""More sets than that nobody does of one exercise: "x10" is ten repetitions, but "x3" may be three sets."""
PER_TEXTS = {None: "", Per.SIDE: "/side", Per.DIRECTION: "/direction", Per.TOTAL: " total"}


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
        exercise, words = self.named(name), plain_name(name).split()
        telling = set(words) - IDLE
        like = tuple(
            each
            for each, names in self._words
            if telling and all(any(word in known for known in names) for word in telling)
        )
        if exercise is not None:
            # What some source calls it tells little where it is a part of other names, such as "squats".
            is_its_own = name == exercise.id or _key(exercise.name) == _key(name)
            is_clear = is_its_own or len(like) < 2
            return Match(exercise) if is_clear else Match(None, like, is_near=True)
        slips = (each for each, names in self._words if any(_is_slip(words, known) for known in names))
        if near := tuple(self._called(name) or slips):
            return Match(None, near, is_near=True)
        same = [each for each, names in self._words if telling in [set(known) - IDLE for known in names]]
        return Match(None, like, is_near=len(like) == len(same) == 1)

    def _called(self, name: str) -> list[Exercise]:
        key = _key(name)
        return (self._named.get(key) or self._also.get(key) or []) if key else []


def plain_name(name: str) -> str:
    """A name without case, punctuation and plurals, and with numbers up to ten as words."""
    words = re.sub(r"[^\w]+|_", " ", re.sub("['’]s", "", name.casefold())).split()
    return " ".join(
        NUMBERS.get(word, word[:-1] if len(word) > 3 and word.endswith("s") else word) for word in words
    )


def _key(name: str) -> str:
    return plain_name(name).replace(" ", "")


def _is_slip(wanted: list[str], known: list[str]) -> bool:
    """Whether two names differ in letters within their words alone."""
    return len(wanted) == len(known) and all(
        one == other or (min(len(one), len(other)) >= SHORTEST and get_close_matches(one, [other], 1, NEAR))
        for one, other in zip(wanted, known, strict=True)
    )


def slug(name: str) -> str:
    """A name as an id; empty where nothing of it can be one."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:60].strip("-")


def free_id(wanted: str, taken: Container[str]) -> str:
    """The id, or with the first number that makes it one that is free."""
    return next(
        name for number in count(1) if (name := wanted if number == 1 else f"{wanted}-{number}") not in taken
    )


def new_exercise(line: Work, name: str, source: str, taken: Container[str]) -> Exercise:
    """Make an exercise of a line with one amount, under an id that is not taken.

    What stands in brackets after the dose is its position, if it is the word for one, or else a cue.
    """
    (amount,) = line.amounts
    words, note = plain_name(name), amount.note
    position = next(each for part, each in POSITIONS.items() if re.search(part, words))
    if note.lower() in list(Position):
        position, note = Position(note.lower()), ""
    sides = Sides.BOTH if amount.per in (None, Per.TOTAL) else Sides.ONE_AT_A_TIME
    if sides is Sides.BOTH and (line.alternates or "alternat" in name.lower()):
        sides = Sides.ALTERNATING
    per = Per.SIDE if sides is Sides.ONE_AT_A_TIME else Per.TOTAL
    if amount.is_hold:
        stage = Stage(id="hold", kind=StageKind.HOLD, sourced=Dose(seconds=amount.range, per=per))
    else:
        has_ways = amount.per is Per.DIRECTION
        hold = (RepPhase("hold", Fraction(line.hold.low)),) if line.hold else ()
        stage = Stage(
            id="reps",
            kind=StageKind.REPS,
            sourced=Dose(reps=amount.range, per=Per.DIRECTION if has_ways else per),
            phases=(THERE, *hold, BACK),
            tempo_basis=Basis.USER,
            directions=("one way", "the other way") if has_ways else (),
            direction_basis=Basis.USER if has_ways else None,
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


def settle(line: Work, match: Match) -> None:
    """Put every number of the line where it belongs.

    Raises:
        DoubtError: something of it is left over, or can be meant in several ways.
    """
    exercise, quoted = match.exercise, f'"{line.name}"'
    if not (line.name or line.id):
        raise DoubtError("it says how much, but the name of no exercise")
    if line.left:
        raise _left_over(line, line.left)
    if not line.is_quoted and not line.id:
        _check_name(line, exercise)
    if match.is_near and not line.is_quoted:
        raise DoubtError(
            f"does '{line.name}' mean {names_of(match.others)}, or an exercise of your own?",
            *(line.written(each.name) for each in match.others),
            line.written(quoted),
        )
    _settle_numbers(line, exercise)
    if line.note:
        raise _left_over(line, f"({line.note})")
    if line.rest and line.sets is None:
        raise DoubtError("a rest in the line of an exercise is between its sets, and it says no sets")
    is_one_sided = exercise is not None and exercise.sides is Sides.ONE_AT_A_TIME
    if line.per is not None and not (is_one_sided and line.per is Per.SIDE):
        raise DoubtError("it says on which side, but not how much")
    if line.alternates and exercise is not None and exercise.sides is not Sides.ALTERNATING:
        words = f"'{exercise.name}' does not change sides with every repetition"
        raise DoubtError(words, line.written(f'"{line.name} alternating"'))


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
        if lacks_directions or stage in doses:
            raise ValueError(f"'{stage}' has {'no directions' if lacks_directions else 'two amounts'}")
        doses[stage] = amount.dose(usual, stage if len(exercise.stages) > 1 else "")
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
    if line.amounts[0].is_hold if line.amounts else line.hold:
        name = re.sub(r"\s+holds?$", "", name, flags=re.IGNORECASE)
    letters = "".join(each for each in name if unicodedata.category(each)[0] != "M")
    plain = re.sub(r"\([^()]*\)", " ", letters)
    found = DOSE_WORD.search(name) or NO_NAME.search(name) or NO_WORD.search(plain)
    if found and ONE_SIDE.fullmatch(found[0]):
        raise DoubtError(f"'{found[0]}' in '{line.name}' is one side; a routine does both sides")
    if found:
        raise DoubtError(
            f"'{found[0]}' in '{line.name}' may be no part of the name; "
            "a remark stands in brackets, and a name that is meant to the letter in quotes",
            *((line.written(f'"{line.name}"'),) if found[0] == "90/90" else _instead(line, found[0])),
        )


def _instead(line: Work, word: str) -> tuple[str, ...]:
    """The line with what is no part of its name in brackets, where that is sure to be meant."""
    heading, _, rest = line.name.partition(": ")
    if rest and not DOSE_WORD.search(heading):
        return (line.written(rest, heading),)
    name = line.name.removesuffix(word).rstrip()
    is_remark = word[-1:].isalpha() and not DOSE_WORD.search(word)
    if name in (line.name, "") or not (word in MEANT or is_remark):
        return ()
    return (line.written(name, MEANT.get(word, word)),)


def _settle_numbers(line: Work, exercise: Exercise | None) -> None:
    """Decide what numbers are for that only the others, or the exercise, tell.

    Raises:
        DoubtError: two of them say the same, or they can be meant in several ways.
    """
    kinds = [stage.kind for stage in exercise.stages] if exercise else [StageKind.REPS]
    is_held, times, hold = kinds == [StageKind.HOLD], line.times, line.hold
    is_count = line.hold or line.sets or line.are_reps
    if times is None:
        pass
    elif line.amounts or (line.is_held_first and not line.are_reps) or (is_held and not is_count):
        if line.are_reps and not line.amounts[-1].is_hold:
            raise DoubtError("it says twice how many repetitions there are")
        if line.sets is not None:
            raise DoubtError("it says twice how many sets there are")
        line.sets, line.times = checked_rounds(times), None
    elif exercise is None or is_count or (times.low > USUAL_SETS and len(kinds) == 1):
        line.add(times, is_hold=False)
        line.times = None
    else:
        words, name = f"is it {times} sets, or {times} repetitions?", exercise.name
        raise DoubtError(words, f"{name}, {times} sets", f"{name} {times} reps")
    if hold is None:
        return
    if not line.amounts:
        line.add(hold, is_hold=True)
        line.hold = None
    elif line.amounts[-1].is_hold:
        raise DoubtError("it says twice how long it is held")
    elif exercise is not None and is_held:
        count = line.amounts[0]
        if line.sets is not None or len(line.amounts) > 1 or count.range.high > MOST_ROUNDS:
            raise DoubtError(f"'{exercise.name}' is held, and it says how often in more than one way")
        line.sets, line.hold = count.range, None
        count.range, count.is_hold = hold, True
    elif hold.is_range or hold.high > LONGEST_PAUSE:
        raise DoubtError(f"the hold of a repetition is one number of seconds, up to {LONGEST_PAUSE}")
    elif exercise is not None and [RepPhase("hold", Fraction(hold.low))] != [
        phase for phase in exercise.stages[0].phases if phase.name == "hold"
    ]:
        words = f"'{exercise.name}' has a tempo of its own, without a hold of {hold.low} s in each repetition"
        raise DoubtError(words, line.written(f'"{exercise.name} with a hold"'))


def _left_over(line: Work, left: str) -> DoubtError:
    """What was understood of a line, and what was not; with this in brackets, where it stands together."""
    parts = [f"'{line.name}'"]
    for amount in line.amounts:
        parts.append(f"{amount.range} {'s' if amount.is_hold else 'reps'}{PER_TEXTS[amount.per]}")
    parts += [f"{line.sets} sets"] if line.sets else []
    parts += [f"x{line.times}"] if line.times else []
    parts += [f"held for {line.hold} s"] if line.hold else []
    parts += [f"rest {line.rest} s"] if line.rest else []
    words = f"understood: {', '.join(parts)}; left over: '{left}'"
    if ONE_SIDE.search(left):
        return DoubtError(f"{words}; a routine does both sides")
    words += "; a remark stands in brackets"
    is_unit = re.match(r"[a-z]{1,3}\b", left, re.IGNORECASE)
    is_simple = len(line.amounts) < 2 and (line.is_quoted or not DOSE_WORD.search(line.name))
    if left not in line.line or is_unit or "(" in left or not is_simple:
        return DoubtError(words)
    before, _, after = line.line.rpartition(left)
    mine = MINE if DOSE_WORD.search(left) else ""
    return DoubtError(words, f"{before.rstrip(' ,;')}{after}".strip() + f" ({mine}{left})")
