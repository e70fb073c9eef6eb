"""A line of work against the exercise that it names: where each number goes, or what has to be asked."""

from __future__ import annotations

import re
import unicodedata
from fractions import Fraction

from msgspec.structs import replace

from hipcoach.core.choices import MOST_ROUNDS
from hipcoach.core.exercise import Exercise, Per, RepPhase, Sides, StageKind
from hipcoach.core.fields import LONGEST_PAUSE
from hipcoach.core.sheet.amounts import DOSE_WORD, MINE, PER_TEXTS, Amount
from hipcoach.core.sheet.clauses import DoubtError
from hipcoach.core.sheet.lines import Work

UNFINISHED = re.compile(
    r"(?<!\S)(?:up to|to|at|about|around|least|most|than|till|until|for|of|with|and|or)$", re.IGNORECASE
)
"""What a name cannot end with: it belongs to the number behind it."""
NO_NAME = re.compile(
    r"(?<![\w'’-])(?:ca|circa|approx|approximately|around|roughly|do|then|slow|slowly|min|max|minimum|maximum)"
    r"(?![\w'’-])\.?",
    re.IGNORECASE,
)
"""Words that say how something is done, or how much."""
WORD = re.compile(r"a+(?:[-‐‑–'’]a+)*['’]?")
"""A word of a name, each of whose letters is an "a"."""
MEANT = {
    "~": "about",
    "≈": "about",
    ">": "or more",
    "≥": "or more",
    "+": "or more",
    "=": "",
    "@": "",
    "→": "",
    "do": "",
}
"""What a sign or word between a name and a number says."""
ONE_SIDE = re.compile(r"\b(?:left|right|l|r)\b", re.IGNORECASE)
USUAL_SETS = 5
"""More sets than that nobody does of one exercise: "x10" is ten repetitions, but "x3" may be three sets."""


def settled(line: Work, near: tuple[Exercise, ...], exercise: Exercise | None) -> Work:
    """The line with every number where it belongs.

    Raises:
        DoubtError: something of it is left over, or can be meant in several ways.
    """
    if not (line.name or line.id):
        raise DoubtError("it says how much, but the name of no exercise")
    if line.left:
        words = f"understood: {_described(line)}; left over: '{line.left}'"
        if ONE_SIDE.search(line.left):
            raise DoubtError(f"{words}; a routine does both sides")
        raise DoubtError(f"{words}; a remark stands in brackets", *_with_remark(line))
    if not line.is_quoted and not line.id:
        _check_name(line, exercise)
    if near and not line.is_quoted:
        raise DoubtError(
            f"does '{line.name}' mean {names_of(near)}, or an exercise of your own?",
            *(line.named(each.name) for each in near),
            line.quoted(line.name),
        )
    if line.times is not None:
        line = _with_times(line, exercise)
    if line.rest and line.sets is None:
        raise DoubtError("a rest in the line of an exercise is between its sets, and it says no sets")
    if line.hold is not None:
        line = _with_hold(line, exercise)
    is_one_sided = exercise is not None and exercise.sides is Sides.ONE_AT_A_TIME
    if line.per is not None and not (is_one_sided and line.per is Per.SIDE):
        raise DoubtError("it says on which side, but not how much")
    if line.alternates and exercise is not None and exercise.sides is not Sides.ALTERNATING:
        raise DoubtError(
            f"'{exercise.name}' does not change sides with every repetition",
            line.named(f'"{line.name} alternating"'),
        )
    return line


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
    if line.amounts and line.amounts[0][1].is_hold:
        name = re.sub(r"\s+holds?$", "", name, flags=re.IGNORECASE)
    dose = DOSE_WORD.search(name)
    if dose and ONE_SIDE.fullmatch(dose[0]):
        raise DoubtError(f"'{dose[0]}' in '{line.name}' is one side; a routine does both sides")
    found = dose or UNFINISHED.search(name) or NO_NAME.search(name)
    if not found and (strange := _strange_word(name)):
        found = re.search(re.escape(strange), name)
    if found:
        raise DoubtError(
            f"'{found[0]}' in '{line.name}' may be no part of the name; "
            "a remark stands in brackets, and a name that is meant to the letter in quotes",
            *((line.quoted(line.name),) if found[0] == "90/90" else _instead(line, found[0])),
        )


def _strange_word(name: str) -> str:
    """What of a name is no word of letters; brackets hold a remark."""
    for word in re.sub(r"\([^()]*\)", " ", name).split():
        letters = (
            "a" if sign.isalpha() or unicodedata.category(sign)[0] == "M" else sign.replace("a", "?")
            for sign in word
        )
        if not WORD.fullmatch("".join(letters)):
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


def names_of(exercises: tuple[Exercise, ...]) -> str:
    """Their names as they may be meant."""
    return " or ".join(f"'{each.name}'" for each in exercises[:4])


def _with_times(line: Work, exercise: Exercise | None) -> Work:
    """What "x10" without an amount is: repetitions, or sets of what is held."""
    assert line.times is not None  # noqa: S101  the caller has looked
    kinds = [stage.kind for stage in exercise.stages] if exercise else [StageKind.REPS]
    if kinds == [StageKind.HOLD]:
        return replace(line, sets=line.times, times=None)
    if exercise is None or (line.times.low > USUAL_SETS and len(kinds) == 1):
        return replace(line, amounts=(("", Amount(line.times, False, line.per)),), times=None, per=None)
    count = str(line.times).replace("–", "-")
    raise DoubtError(
        f"is it {count} sets, or {count} repetitions?",
        f"{exercise.name}, {count} sets",
        f"{exercise.name} {count} reps",
    )


def _with_hold(line: Work, exercise: Exercise | None) -> Work:
    """Where a hold beside a number of repetitions goes: into each of them, or it is what is repeated."""
    assert line.hold is not None  # noqa: S101  the caller has looked
    if exercise is not None and [stage.kind for stage in exercise.stages] == [StageKind.HOLD]:
        count = line.amounts[0][1]
        if line.sets is None and len(line.amounts) == 1 and count.range.high <= MOST_ROUNDS:
            held = replace(count, range=line.hold, is_hold=True)
            return replace(line, amounts=(("", held),), sets=count.range, hold=None)
        raise DoubtError(f"'{exercise.name}' is held, and it says how often in more than one way")
    if line.hold.is_range or line.hold.high > LONGEST_PAUSE:
        raise DoubtError(f"the hold of a repetition is one number of seconds, up to {LONGEST_PAUSE}")
    if exercise is None or [RepPhase("hold", Fraction(line.hold.low))] == [
        phase for phase in exercise.stages[0].phases if phase.name == "hold"
    ]:
        return line
    raise DoubtError(
        f"'{exercise.name}' has a tempo of its own, without a hold of {line.hold.low} s in each repetition",
        line.named(f'"{exercise.name} with a hold"'),
    )


def _described(line: Work) -> str:
    """What was understood of a line."""
    parts = [
        f"{amount.range} {'s' if amount.is_hold else 'reps'}{PER_TEXTS[amount.per] if amount.per else ''}"
        for _, amount in line.amounts
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
    kept = f"{before.rstrip(' ,;')}{after}".strip()
    return (f"{kept} ({MINE}: {line.left})" if DOSE_WORD.search(line.left) else f"{kept} ({line.left})",)
