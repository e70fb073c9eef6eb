"""A line of work against the exercise that it names: where each number goes, or what has to be asked."""

from __future__ import annotations

import re
import unicodedata
from fractions import Fraction

from msgspec.structs import replace

from hipcoach.core.choices import MOST_ROUNDS
from hipcoach.core.exercise import Exercise, Per, RepPhase, Sides, Stage, StageKind
from hipcoach.core.fields import LONGEST_PAUSE, Range
from hipcoach.core.routine import OwnDose
from hipcoach.core.sheet.grammar import DOSE_WORD, MINE, Amount, DoubtError, Work
from hipcoach.core.sheet.names import Match

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
            *(line.named(each.name) for each in match.others),
            line.quoted(),
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
            line.named(f'"{line.name} alternating"'),
        )


def names_of(exercises: tuple[Exercise, ...]) -> str:
    """Their names as they may be meant."""
    return " or ".join(f"'{each.name}'" for each in exercises[:4])


def fits(exercise: Exercise, line: Work) -> bool:
    """Whether an exercise can be done so much; False where its only stage is counted in another way.

    Raises:
        ValueError: it has several stages, and it is not clear which is meant.
    """
    if len(exercise.stages) == 1 and len(line.amounts) == 1:
        stage, amount = exercise.stages[0], line.amounts[0]
        counted = (stage.kind is StageKind.HOLD) is amount.is_hold
        return counted and (amount.per is not Per.DIRECTION or bool(stage.directions))
    are_named = any(amount.stage for amount in line.amounts)
    for amount in line.amounts:
        stage = _stage(exercise, amount, are_named)
        if amount.per is Per.DIRECTION and not stage.directions:
            raise ValueError(f"'{stage.id}' has no directions")
    return True


def doses_of(exercise: Exercise, line: Work) -> tuple[OwnDose, ...]:
    """What a line says of how much, each for a stage.

    Raises:
        ValueError: it is not clear which stage is meant, or one is meant twice.
    """
    usual = Per.SIDE if exercise.sides is Sides.ONE_AT_A_TIME else Per.TOTAL
    doses: dict[str, OwnDose] = {}
    for amount in line.amounts:
        stage = _stage(exercise, amount, False)
        if stage.id in doses:
            raise ValueError(f"'{stage.id}' has two amounts")
        doses[stage.id] = amount.dose(usual, stage.id)
    return tuple(doses.values())


def _stage(exercise: Exercise, amount: Amount, are_named: bool) -> Stage:
    kind = StageKind.HOLD if amount.is_hold else StageKind.REPS
    found = [each for each in exercise.stages if each.kind is kind and amount.stage in ("", each.id)]
    if len(found) != 1 or (are_named and not amount.stage):
        parts = ", ".join(f"{each.id} ({each.kind.value})" for each in exercise.stages)
        raise ValueError(
            f"say which part is meant, as in '{exercise.name}: {exercise.stages[0].id} 5'; it has {parts}"
        )
    return found[0]


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
            *((line.quoted(),) if word == "90/90" else _instead(line, word)),
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
        return (line.remarked(rest, heading),)
    name = line.name.removesuffix(word).rstrip()
    if name == line.name or not name or (DOSE_WORD.search(word) and word not in MEANT):
        return ()
    return (line.remarked(name, MEANT.get(word, word)),) if word in MEANT or word[-1:].isalpha() else ()


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
        line.named(f'"{exercise.name} with a hold"'),
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
