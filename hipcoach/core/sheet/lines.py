"""The lines of a sheet, each told for what it is."""

from __future__ import annotations

import re
from collections.abc import Callable

from msgspec import Struct

from hipcoach.core.exercise import Per
from hipcoach.core.fields import Range
from hipcoach.core.sheet.amounts import (
    AMOUNT,
    DOSE_WORD,
    PER,
    RANGE,
    UNIT,
    Amount,
    read_amount,
    read_range,
)
from hipcoach.core.sheet.clauses import (
    APART,
    CLAUSES,
    EDGES,
    LINK,
    NOTED,
    DoubtError,
    Said,
    checked_rounds,
    clause_at,
    pause_in,
    pause_of,
)

LONGEST = 500
"""Characters of a line about an exercise."""
BULLET = re.compile(
    rf"(?:[-*–]\s+|\[ ?\]\s*|[{EDGES}]+\s*|[0-9]{{1,2}}[.)]\s*(?=[^\W\d\"“])"
    r"|[a-z]\)\s+|[0-9]{1,2}[.)]\s+)(?=\S)"
)
COMMENT = re.compile(r"((?:\\.|\((?:\\.|[^()\\])*\)|[^#])*?)(?:(?:^|\s)#.*)?")
FIELD = re.compile(r"(title|id|source|by|about|when|caution|note|only when)\s*:\s*(.*)", re.IGNORECASE)
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
WITH_ID = re.compile(r"(?P<name>[^\[\]]*)\[(?P<id>[a-z0-9-]+)\]:?", re.IGNORECASE)
QUOTED = re.compile(r"[\"“”](?P<name>[^\"“”]+)[\"“”]:?")
STAGED = re.compile(
    rf"(?P<name>[^:\[\]]+?)?\s*(?:\[(?P<id>[a-z0-9-]+)\])?\s*:\s+"
    rf"(?P<amounts>[a-z0-9-]+\s+{AMOUNT}(?:\s*,\s*[a-z0-9-]+\s+{AMOUNT})*)"
    rf"(?:\s*,?\s*(?:x|×)\s*(?P<sets>{RANGE})(?:\s*sets?)?"
    rf"(?:\s*,?\s*rest\s*:?\s*(?P<rest>[0-9]+(?:{UNIT})?))?)?",
    re.IGNORECASE,
)
ONE_STAGED = re.compile(rf"(?P<stage>[a-z0-9-]+)\s+(?P<amount>{AMOUNT})(?:\s*,\s*|$)")
ENDS_WITH_PER = re.compile(rf"(?P<name>.*\S)\s*[,:]?\s+(?P<per>{PER})", re.IGNORECASE)
MOST_WORDS = 12
"""Of a name that is known."""


class Blank(Struct, frozen=True):
    """An empty line; it ends a circuit that is not indented."""


class Separator(Struct, frozen=True):
    """What parts two blocks: "---"."""


class Field(Struct, frozen=True):
    """Something about the routine: "title: Evening"; or, as "only when", about the exercise before it."""

    name: str
    text: str


class Rest(Struct, frozen=True):
    """Seconds of rest before what follows, or between what it names."""

    seconds: int
    between: str = ""


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
    id: str = ""
    amounts: tuple[tuple[str, Amount], ...] = ()
    """By the stage that they are for; empty where the line names none."""
    sets: Range | None = None
    rest: int = 0
    """Seconds between its sets."""
    times: Range | None = None
    """"x10" without any amount: repetitions, or sets of the exercise's own dose."""
    hold: Range | None = None
    """Seconds for which every repetition is held."""
    per: Per | None = None
    """What is said of sides where there is no amount."""
    alternates: bool = False
    is_quoted: bool = False
    """Whether the name stands in quotes, and is meant to the letter."""
    left: str = ""
    """Words and numbers that nothing above takes."""
    line: str = ""
    span: tuple[int, int] = (0, 0)
    """Where in the line the name stands."""

    def named(self, name: str) -> str:
        """The line with another name."""
        return self.line[: self.span[0]] + name + self.line[self.span[1] :]

    def quoted(self, name: str) -> str:
        """The line with a name that is meant to the letter, which comes first."""
        return " ".join(f'"{name}" {self._others()}'.split())

    def remarked(self, name: str, remark: str) -> str:
        """The line with another name, and a remark at its end."""
        return " ".join(f"{name} {self._others()} {f'({remark})' if remark else ''}".split())

    def _others(self) -> str:
        """All but the name."""
        return f"{self.line[: self.span[0]]} {self.line[self.span[1] :].strip(' ,;:')}"


Line = Blank | Separator | Field | Rest | WarmUpLine | Circuit | Work


def read_line(text: str, stages_of: Callable[[str], tuple[str, ...]]) -> Line:
    """Tell what a line is. `stages_of` gives the parts of the exercise of a name, none where it is not known.

    Raises:
        ValueError: it holds a number that cannot be, or can be read in two ways.
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
    if found := CLAUSES["rest"].fullmatch(line):
        return Rest(pause_in(found), (found["between"] or found["between2"] or "").lower())
    if found := CIRCUIT.fullmatch(line) or ROUNDS_FIRST.fullmatch(line):
        return Circuit(
            checked_rounds(read_range(found["rounds"])) if found["rounds"] else None, bool(found["leg"])
        )
    return _work(line, stages_of)


def _work(line: str, stages_of: Callable[[str], tuple[str, ...]]) -> Work:
    if staged := _staged(line, stages_of):
        return staged
    said = Said()
    if found := QUOTED.match(line) or WITH_ID.match(line):
        begin, end = 0, found.end()
        name = found[0]
    else:
        begin, end = _name_span(line, stages_of)
        said.read(line, 0, begin)
        name = line[begin:end].rstrip()
        if not stages_of(name) and (ended := ENDS_WITH_PER.fullmatch(name)):
            name, end = ended["name"], begin + ended.end("name")
        elif CLAUSES["time"].match(line, end) and name.lower().endswith(" for"):
            name = name[:-4].rstrip()
            end = begin + len(name)
    said.read(line, end, len(line))
    said.settle()
    groups = found.groupdict() if found else {}
    return Work(
        name=_bare(found["name"] if found else name),
        id=(groups.get("id") or "").lower(),
        amounts=tuple(("", amount) for amount in said.amounts),
        sets=said.sets,
        rest=said.rest,
        times=said.times,
        hold=said.hold,
        per=said.per,
        alternates=said.alternates,
        is_quoted=bool(found and "id" not in groups),
        left=" ".join(said.left),
        line=line,
        span=(begin, begin + len(name)),
    )


def _staged(line: str, stages_of: Callable[[str], tuple[str, ...]]) -> Work | None:
    """A line that names the parts of an exercise: "Kneeling lunge: rock 5/side, hold 20s/side"."""
    found = STAGED.fullmatch(line)
    if found is None or not (found["id"] or len(stages_of(found["name"] or "")) > 1):
        return None
    each = [
        (one["stage"].lower(), read_amount(one["amount"])) for one in ONE_STAGED.finditer(found["amounts"])
    ]
    if any(amount.sets for _, amount in each):
        raise DoubtError("the sets of an exercise with several parts stand at the end, as in 'x3'")
    return Work(
        name=_bare(found["name"] or ""),
        id=(found["id"] or "").lower(),
        amounts=tuple(each),
        sets=checked_rounds(read_range(found["sets"])) if found["sets"] else None,
        rest=pause_of(read_amount(found["rest"]).range) if found["rest"] else 0,
        line=line,
        span=(0, line.index(":")),
    )


def _name_span(line: str, stages_of: Callable[[str], tuple[str, ...]]) -> tuple[int, int]:
    """Where the name stands, behind the clauses at the start: one that is known, or all up to a clause."""
    begin = 0
    while begin < len(line):
        if found := APART.match(line, begin):
            begin = found.end()
        elif known := _known_end(line, begin, stages_of):
            return begin, known
        elif (clause := clause_at(line, begin, len(line))) and clause[0] not in ("per", "alternating"):
            begin = clause[1].end()
        elif begin and (
            found := CLAUSES["per"].match(line, begin) or re.compile(r"of\s+", re.I).match(line, begin)
        ):
            begin = found.end()
        else:
            break
    for word in re.compile(r"[^\s,;:]").finditer(line, begin):
        at = word.start()
        if at > begin and (line[at - 1].isalnum() or line[at - 1] in "/.:'") and line[at].isalnum():
            continue
        if line[at].isdigit() and re.search(r"[0-9][-–—,]$", line[:at]):
            continue
        clause = clause_at(line, at, len(line))
        if clause and clause[0] not in ("per", "alternating"):
            return begin, at
        if line[at] == "(" and (noted := NOTED.match(line, at)):
            inner = Said()
            if DOSE_WORD.search(noted[0]) and inner.clauses_alone(noted[0].strip()[1:-1]):
                return begin, at
    return begin, len(line)


def _known_end(line: str, begin: int, stages_of: Callable[[str], tuple[str, ...]]) -> int:
    """Where a known name that begins here ends, the longest that a clause or nothing follows; else 0."""
    ends = [word.end() for word in re.compile(r"\S+").finditer(line, begin)][:MOST_WORDS]
    for end in reversed(ends):
        name = line[begin:end].rstrip()
        bare = name.rstrip(":,;–—-. ")
        if bare and stages_of(bare):
            rest = APART.sub("", line[end:], count=1) if APART.match(line, end) else line[end:]
            at = len(line) - len(rest)
            link = LINK.match(line, at)
            if (
                not rest
                or rest[0] == "("
                or name != bare
                or any(clause_at(line, place, len(line)) for place in (at, *([link.end()] if link else [])))
            ):
                return begin + len(bare)
    return 0


def _bare(name: str) -> str:
    return name.strip().strip(f":,;.–—- {EDGES}").strip()
