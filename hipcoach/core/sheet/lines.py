"""The lines of a sheet, each told for what it is, before any exercise is looked up."""

from __future__ import annotations

import re

from msgspec import Struct

from hipcoach.core.choices import LONGEST_PAUSE, MOST_ROUNDS
from hipcoach.core.exercise import Range
from hipcoach.core.sheet.amounts import AMOUNT, RANGE, UNIT, Amount, read_amount, read_range

LONGEST = 500
"""Characters of a line about an exercise."""
BULLET = re.compile(r"(?:[-*•–]|[0-9]{1,2}[.)])\s+(?=\S)")
COMMENT = re.compile(r"((?:\\.|\((?:\\.|[^()\\])*\)|[^#])*?)(?:(?:^|\s)#.*)?")
FIELD = re.compile(r"(title|id|source|by|about|when|caution|note|only when)\s*:\s*(.*)", re.IGNORECASE)
REST = re.compile(rf"(?:rest|pause|break)\s*:?\s*([0-9]+(?:{UNIT})?)", re.IGNORECASE)
WARM_UP = re.compile(
    rf"warm[- ]?up\s*:?\s+([0-9]+{UNIT})\s*(?:\((source|suggested|mine)(?: ([a-z0-9-]+))?\))?\s*:?\s*(.*)",
    re.IGNORECASE,
)
ROUNDS = rf"(?:x|×)\s*(?P<rounds>{RANGE})"
CIRCUIT = re.compile(
    rf"(?:circuit|superset)(?:\s*{ROUNDS})?(?P<leg>,?\s+(?:per|for each|each)\s+leg)?\s*:?", re.IGNORECASE
)
ROUNDS_FIRST = re.compile(
    rf"(?P<rounds>{RANGE})\s*(?:rounds?|circuits?|times through)"
    r"(?P<leg>,?\s+(?:per|for each|each)\s+leg)?(?:\s+of)?\s*:?",
    re.IGNORECASE,
)
SEPARATOR = re.compile(r"-{3,}|={3,}|_{3,}")
AMOUNTS = rf"{AMOUNT}(?:\s*,\s*(?:repeat\s+)?{AMOUNT})*"
SETS = (
    rf"(?:\s*,?\s*(?:x|×)\s*(?P<sets>{RANGE})(?:\s*sets?)?"
    rf"(?:\s*,?\s*rest\s*:?\s*(?P<rest>[0-9]+(?:{UNIT})?))?)?"
)
SAID_AFTER = re.compile(r"(?P<line>.*[^\s,;(])\s*[,;]\s*(?P<note>[^\W\d][^\d()#\\]*)")
"""Words behind an amount that hold no number of their own: "12/side, slowly"."""
WITH_AMOUNTS = re.compile(rf"(?P<name>.+?)(?:\s*[:,–-]\s+|\s+)(?P<amounts>{AMOUNTS}){SETS}", re.IGNORECASE)
AMOUNTS_FIRST = re.compile(rf"(?P<amounts>{AMOUNT})\s+(?P<name>[^\W\d].*?){SETS}", re.IGNORECASE)
WITHOUT_AMOUNTS = re.compile(rf"(?P<name>.+?){SETS}", re.IGNORECASE)
WITH_ID = re.compile(
    rf"(?P<name>[^\[\]]*)\[(?P<id>[a-z0-9-]+)\](?:\s*(?P<amounts>{AMOUNTS}))?{SETS}", re.IGNORECASE
)
STAGED = re.compile(
    rf"(?P<name>[^:\[\]]+?)?\s*(?:\[(?P<id>[a-z0-9-]+)\])?\s*:\s+"
    rf"(?P<amounts>[a-z0-9-]+\s+{AMOUNT}(?:\s*,\s*[a-z0-9-]+\s+{AMOUNT})*){SETS}",
    re.IGNORECASE,
)
TIMES = re.compile(
    r"(?P<amounts>.+?)\s*,\s*(?:repeat\s+)?(?P<times>[0-9]{1,2})\s*(?:times|sets?)", re.IGNORECASE
)
ONE_STAGED = re.compile(rf"(?P<stage>[a-z0-9-]+)\s+(?P<amount>{AMOUNT})(?:\s*,\s*|$)")
ONE_AMOUNT = re.compile(rf"(?P<amount>{AMOUNT})(?:\s*,\s*|$)", re.IGNORECASE)


class Blank(Struct, frozen=True):
    """An empty line; it ends a circuit that is not indented."""


class Separator(Struct, frozen=True):
    """What parts two blocks: "---"."""


class Field(Struct, frozen=True):
    """Something about the routine: "title: Evening"; or, as "only when", about the exercise before it."""

    name: str
    text: str


class Rest(Struct, frozen=True):
    """Seconds of rest before what follows."""

    seconds: int


class WarmUpLine(Struct, frozen=True):
    """What comes first."""

    seconds: int
    basis: str
    source: str
    text: str


class Circuit(Struct, frozen=True):
    """The beginning of exercises that are gone through together."""

    rounds: Range | None
    per_leg: bool


class Work(Struct, frozen=True):
    """An exercise, how much of it, and how often."""

    name: str
    id: str
    amounts: tuple[tuple[str, Amount], ...]
    """By the stage that they are for; empty where the line names none."""
    sets: Range | None
    rest: int
    """Seconds between its sets."""


Line = Blank | Separator | Field | Rest | WarmUpLine | Circuit | Work


def read_line(text: str) -> Line:
    """Tell what a line is.

    Raises:
        ValueError: it holds a number that cannot be.
    """
    whole = text.strip()
    if found := FIELD.fullmatch(whole):
        return Field(found[1].lower(), found[2])
    if found := WARM_UP.fullmatch(whole):
        seconds = read_amount(found[1]).range.low
        return WarmUpLine(seconds, (found[2] or "mine").lower(), found[3] or "", found[4])
    commented = COMMENT.fullmatch(whole)
    line = (commented[1] if commented else whole).strip()
    if not line:
        return Blank()
    if SEPARATOR.fullmatch(line):
        return Separator()
    if len(line) > LONGEST:
        raise ValueError(f"it is longer than {LONGEST} characters")
    line = BULLET.sub("", line, count=1) if BULLET.match(line) else line
    if found := REST.fullmatch(line):
        return Rest(_pause(found[1]))
    if found := CIRCUIT.fullmatch(line) or ROUNDS_FIRST.fullmatch(line):
        return Circuit(_rounds(found["rounds"]), bool(found["leg"]))
    return _work(line)


def name_only(text: str) -> str:
    """A line as the name of an exercise and nothing else."""
    commented = COMMENT.fullmatch(text.strip())
    line = (commented[1] if commented else text).strip()
    return BULLET.sub("", line, count=1) if BULLET.match(line) else line


def _work(line: str) -> Work:
    times = ""
    said = SAID_AFTER.fullmatch(line)
    if said and not said["line"].endswith(")"):
        noted = f"{said['line']} ({said['note'].strip()})"
        line = noted if WITH_AMOUNTS.fullmatch(noted) else line
    if found := STAGED.fullmatch(line):
        amounts = [
            (each["stage"].lower(), read_amount(each["amount"]))
            for each in ONE_STAGED.finditer(found["amounts"])
        ]
    elif found := WITH_ID.fullmatch(line) or WITH_AMOUNTS.fullmatch(line) or AMOUNTS_FIRST.fullmatch(line):
        written = found["amounts"] or ""
        if repeated := TIMES.fullmatch(written):
            written, times = repeated["amounts"], repeated["times"]
        amounts = [("", read_amount(each["amount"])) for each in ONE_AMOUNT.finditer(written)]
    else:
        found, amounts = WITHOUT_AMOUNTS.fullmatch(line), []
    if found is None:
        raise ValueError("it cannot be told what this line means")
    sets = _rounds(found["sets"] or times)
    before = next((amount.sets for _, amount in amounts if amount.sets), None)
    if before is not None:
        if sets is not None:
            raise ValueError("it says twice how many sets there are")
        sets = _rounds(str(before))
    groups = found.groupdict()
    return Work(
        name=(groups["name"] or "").strip().rstrip(":,").strip(),
        id=groups.get("id") or "",
        amounts=tuple(amounts),
        sets=sets,
        rest=_pause(groups["rest"]) if groups["rest"] else 0,
    )


def _rounds(text: str | None) -> Range | None:
    if not text:
        return None
    found = read_range(text)
    if found.high > MOST_ROUNDS:
        raise ValueError(f"there can be {MOST_ROUNDS} rounds at most")
    return found


def _pause(text: str) -> int:
    seconds = read_amount(text).range.low
    if seconds > LONGEST_PAUSE:
        raise ValueError(f"a rest takes at most {LONGEST_PAUSE} s")
    return seconds
