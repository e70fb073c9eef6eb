"""One line of a sheet about an exercise: the clauses that it is made of, its name, and what is left over.

What no clause takes is never made a part of the exercise's name: it is left over, and asked about.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from fractions import Fraction
from functools import cache
from itertools import takewhile, zip_longest
from typing import TypeAlias

from msgspec import Struct, field

from hipcoach.core.choices import MOST_ROUNDS
from hipcoach.core.exercise import Basis, Per
from hipcoach.core.fields import LONGEST_PAUSE, MOST, Range
from hipcoach.core.routine import OwnDose

MOST_WORDS = 12
"""Of a name that is known."""
MINE = "mine: "
"""What a remark in brackets begins with that looks like an amount, and is none."""
QUOTES = '"“”'
EDGES = "_…•▪◦●○☐☑☒□■▢✓✔"
"""Boxes, bullets and what is filled in by hand: nothing is said by them."""
DOSE_WORD = re.compile(
    r"""\d+(?:[/.:]\d+)*|["″“”×]|(?<![\w'’-])(?:x|sets?|reps?|repetitions?|s|secs?|seconds?|mins?|minutes?|"""
    r"""rests?|hold(?:s|ing)?|times?|twice|rounds?|each|per|every|both|daily|days?|weeks?|left|right|l|r|"""
    r"""warm-?up)(?![\w-])""",
    re.IGNORECASE,
)
"""What belongs to how much or how often, and not to a name or a remark."""


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """Return a pattern in which a space stands for any white space, or none."""
    return re.compile(pattern.replace(" ", r"\s*"), re.IGNORECASE)


_END = r"(?![^\W\d])"
"""A word ends here; a number may follow at once."""
_N = "[0-9]{1,6}"
_TO = rf" (?:-|–|—|to{_END}) "
RANGE = rf"{_N}(?:{_TO}{_N})?(?![0-9])"
_S = rf"""(?: (?:seconds?|secs?|s){_END}\.?| ["″”“]| (?:''|’’|′′))"""
_M = rf"""(?: (?:minutes?|mins?){_END}\.?| ['’′](?!['’′]))"""
TIME = (
    rf"(?:{_N}:[0-5][0-9](?![0-9:])(?: (?:mins?|minutes?){_END})?"
    rf"|{_N}(?:{_M}| m) (?:and\s+)?[0-9]{{1,2}}{_S}|{_N}['’′][0-5][0-9](?![0-9\w])|{_N}\.[0-9]{_M}"
    rf"|{_N}(?:{_S}|{_M})?{_TO}{_N}(?:{_S}|{_M})|{_N}(?:{_S}|{_M}))"
)
"""1:30, 30 s, 20-30 sec, 1 min 30 s"""
_X, _TIMES = rf"[x×*]{_END}", rf"times{_END}"
_SETS, _REPS = rf"(?:sets?|rounds?){_END}", rf"(?:repetitions?|reps?){_END}\.?"
_OF = rf"(?:(?:of|at){_END}|@)"
_SIDE = "(?:sides?|legs?|arms?|foot|feet|hips?|knees?|hands?|shoulders?|ankles?|wrists?)"
_WAY = "(?:directions?|ways?)"
_L, _R, _PLUS = "(?:l|left)", "(?:r|right)", " (?:[+/&]|and) "
_OFTEN = (
    rf"(?:(?:{RANGE} (?:[x×*]|times)|once|twice) )?"
    rf"(?:(?:/ |(?:per|a|each|every)\s+)(?:day|week)|daily|weekly){_END}"
)
_NUMBER = (
    rf"(?!{TIME}|{_OFTEN}){RANGE}"
    rf"(?:(?=(?:[x×*]|ea|each|sets?|rounds?|reps?|times){_END})|(?![\w%°$€]|[.,:/][0-9]| [-–—]\w))"
)
"""12, 8-12, and before what is written at once: 3x, 8ea"""
_AMOUNT = rf"(?:{_NUMBER}|{TIME}|(?!90/90)[0-9]{{1,2}}/[0-9])"
_PART = rf"(?:[,;.|·–—{EDGES}-]+|/(?= {RANGE} {_SETS}))"
_EACH_REP = rf"(?:each|every|per)\s+(?:repetition|rep|time){_END}"
_REST = rf"(?:rest|pause|break)s?{_END}(?:\s+(?:for|of)(?=\s))?"
_BETWEEN = rf"(?:in\s+)?between(?:\s+(?:the|each|all))?(?:\s+(?:sets?|rounds?|exercises?|reps?))?{_END}"
_HOLD = (
    rf"(?:(?:isometric|static)\s+)?hold(?:s|ing)?{_END}"
    r"(?:\s+(?:for|it|of|each(?=\s+[0-9])|(?:each|every)\s+rep(?:etition)?)(?=\s))*"
)
CLAUSES = {
    # 2x per day, daily: how often is no part of a routine.
    "often": _OFTEN,
    # rest 30, rest: 1 min between sets; 30 s of rest
    "rest": rf"(?:{_REST} [:=]? (?:{TIME}|{_NUMBER}(?= (?:{_PART}|[:=(0-9]|(?:in\s+)?between|$)))"
    rf"|{TIME} {_OF}? {_REST})(?: {_PART}? {_BETWEEN})?",
    # hold 5, hold for 5 s each rep; 5 s hold
    "hold": rf"(?:{_HOLD} [:=]? (?:{TIME}|{_NUMBER}(?! (?:{_X}|{_TIMES}|{_REPS}|{_SETS}|/ {_SIDE}|/ {_WAY})))"
    rf"|{TIME} {_HOLD})(?: {_EACH_REP})?",
    # 3 sets of, 3 x and 10 reps x before how much; 3 sets; sets: 3
    "sets": rf"{_NUMBER} {_SETS}(?: (?:{_OF}|{_X})(?= {_AMOUNT}))?"
    rf"|{_NUMBER} {_X}(?= {_AMOUNT})(?! {_NUMBER} {_SETS})"
    rf"|{_NUMBER} {_REPS} (?:{_OF}|{_X})(?= {TIME})|{_SETS} [:=]? {_NUMBER}",
    # x3, x 10 reps; 10x, repeat 3 times
    "times": rf"(?:repeat(?:ed|s)?{_END} )?(?:{_X} {_NUMBER}(?! {_X})(?: (?:{_SETS}|{_REPS}|{_TIMES}))?"
    rf"|{_NUMBER} (?:{_X}|{_TIMES})(?! {_AMOUNT}))",
    "time": TIME,
    # 12, 12 reps, 8/8; reps: 12
    "reps": rf"(?:{_NUMBER}|(?!90/90)(?P<half>[0-9]{{1,2}})/(?P=half)(?![\w%°]|[.,:/][0-9]))(?: {_REPS})?"
    rf"|{_REPS} [:=]? {_NUMBER}",
    # /side, per leg, on both sides, L+R, each, in total
    "side": rf"(?!{_EACH_REP})(?:/ (?:{_SIDE}|{_WAY}){_END}"
    rf"|(?:(?:on|for|to)\s+)?(?:per|each|every|either|a|ea\.?)\s+(?:{_SIDE}|{_WAY}){_END}"
    rf"|(?:(?:on|for|to|in)\s+)?both\s+(?:sides|{_WAY}){_END}"
    rf"|(?:{_L}{_PLUS}{_R}|{_R}{_PLUS}{_L}){_END}(?:\s+(?:sides?|legs?){_END})?"
    rf"|(?:each|ea){_END}\.?|(?:(?:in\s+)?total|in\s+all){_END})",
    "alternating": rf"alternat(?:e|es|ing)(?:\s+(?:sides|legs|arms|feet))?{_END}",
}
"""What a line says of how much, by kind; each is tried before those below it."""
PIECES = {
    "quoted": rf"[{QUOTES}][^{QUOTES}]+[{QUOTES}]",
    "id": r"\[[a-z0-9-]+\]",
    "brackets": r"\([^()]*\)",
    **CLAUSES,
    "link": rf"(?:with|and|for|do|then|of|at){_END}|w/|[&+@]",
    "parting": rf"{_PART}|[:=]",
    # Any other word, or a character alone.
    "word": r"[^\W_](?:[^\W_]|[-‐‑–'’./:](?=[^\W_])|(?<=[0-9]),(?=[0-9]))*|\S",
}
"""What a line is made of."""
AMOUNTS = frozenset(CLAUSES) - {"side", "alternating"}
NOT_IN_NAMES = AMOUNTS | {"quoted", "id"}
_PIECE = "|".join(f"(?P<{kind}>{pattern})" for kind, pattern in PIECES.items())
_FIRST_AMOUNT = compiled(f"{TIME}|{RANGE}")
_ENDS = compiled(_TO)
_SETS_X = compiled("[0-9] [x×*]$")
_REMARK = re.compile(r"[^\W\d][^\d,;()#]*")
_LEFT = re.compile(r"\S[^\s,;(]*")

StagesOf: TypeAlias = Callable[[str], tuple[str, ...]]
"""The parts of the exercise of a name; none where no exercise has it."""
Piece: TypeAlias = re.Match[str]
"""A clause of a line, or a word that is in none; its kind is the group that matched."""


class DoubtError(ValueError):
    """A line that can be read in more than one way, or not to its end."""

    def __init__(self, words: str, *instead: str) -> None:
        """`instead`: lines that leave no doubt."""
        super().__init__(words)
        self.instead = instead


class Amount(Struct):
    """How much a line says."""

    range: Range
    """Repetitions, or seconds."""
    is_hold: bool
    per: Per | None = None
    note: str = ""
    stage: str = ""
    """The part of the exercise that it is for, where the line names one."""

    def dose(self, per: Per, stage: str) -> OwnDose:
        """The dose it is, once it is known what its number counts, and of which stage."""
        reps, seconds = (None, self.range) if self.is_hold else (self.range, None)
        per = self.per or per
        return OwnDose(reps=reps, seconds=seconds, per=per, note=self.note, basis=Basis.USER, stage=stage)


class Work(Struct):
    """A line about an exercise: which one, how much of it, how often."""

    line: str
    start: int
    """Where in the line the name begins."""
    end: int
    name: str
    is_quoted: bool
    """Whether the name stands in quotes, and is meant to the letter."""
    id: str = ""
    amounts: list[Amount] = field(default_factory=list)
    sets: Range | None = None
    rest: int = 0
    """Seconds between its sets."""
    times: Range | None = None
    """"x10" without any amount: repetitions, or sets of the exercise's own dose."""
    are_reps: bool = False
    """Whether the times say that they are repetitions."""
    hold: Range | None = None
    """Seconds for which every repetition is held."""
    is_held_first: bool = False
    """Whether the hold was said before the times."""
    per: Per | None = None
    """What is said of sides where there is no amount."""
    note: str = ""
    """The same."""
    alternates: bool = False
    left: str = ""
    """Words and numbers that nothing above takes."""
    _stage: str = ""
    """The part of the exercise that the next amount is for."""
    _last: Piece | None = None
    """The clause that came last."""

    def written(self, name: str, remark: str = "") -> str:
        """The line with another name, which comes first, and a remark at its end."""
        before, after = self.line[: self.start], self.line[self.end :].rstrip(" ,;:.–—-").lstrip(" ,;.–—-")
        apart = "" if after.startswith(":") and not before.strip() else f" {before} "
        return " ".join(f"{name}{apart}{after} {f'({remark})' if remark else ''}".split())

    def take(self, pieces: list[Piece]) -> None:
        """Take what pieces of the line say."""
        taken, is_parted = 0, False
        for piece, after in zip_longest(pieces, pieces[1:]):
            kind, text = piece.lastgroup, piece[0]
            if piece.start() < taken:
                continue
            if kind == "parting" and text != "=":
                is_parted = is_parted or bool(text.strip("."))
                continue
            if kind in CLAUSES:
                self._take(piece)
            elif kind == "stage":
                self._leave(self._stage)
                self._stage = text.lower()
            elif kind == "brackets" and not clauses_in(piece):
                self._remark(text[1:-1].strip().removeprefix(MINE))
            elif kind == "brackets":
                for clause in clauses_in(piece):
                    self._take(clause)
            elif kind != "link" or after is None or after.lastgroup not in CLAUSES:
                taken = self._words(piece, is_parted)
            is_parted = False
        self._leave(self._stage)

    def _take(self, piece: Piece) -> None:
        kind, text = piece.lastgroup, piece[0]
        if kind == "times" and re.search("set|round", text, re.IGNORECASE):
            kind = "sets"
        if {"rest": self.rest, "hold": self.hold, "sets": self.sets, "times": self.times}.get(kind or ""):
            is_sets = kind in ("sets", "times")
            twice = "it says twice how many sets there are" if is_sets else f"it says '{kind}' twice"
            raise DoubtError(f"{twice}: '{text}' is one too many")
        match kind:
            case "rest" if pause_of(text)[1] in ("", "set", "sets"):
                self.rest, _ = pause_of(text)
            case "often" | "rest":
                self._leave(text)
            case "hold":
                self.hold, self.is_held_first = amount_in(text), self.times is None
            case "sets" if self._stage:
                raise DoubtError("the sets of an exercise with several parts stand at the end, as in 'x3'")
            case "sets":
                self.sets = checked_rounds(amount_in(text))
            case "times":
                self.times = amount_in(text)
                self.are_reps = "rep" in text.lower().removeprefix("repeat")
            case "time":
                self.add(amount_in(text), is_hold=True)
            case "reps":
                self._check_count(piece)
                self.add(amount_in(text), is_hold=False, per=Per.SIDE if piece["half"] else None)
            case "side":
                self._side(text)
            case "alternating":
                self.alternates = True
        self._last = piece

    def _check_count(self, piece: Piece) -> None:
        """Ask whether "12 x 3" is 12 sets or 3 of 12, and "3 - 12" 3 sets or a range.

        Some write the sets first and some last; nobody does more sets than repetitions for sure.
        """
        line, start, count, last = piece.string, piece.start(), amount_in(piece[0]), self._last
        is_after = last is not None and not line[last.end() : start].strip()
        if last and is_after and self.sets and self.sets.low > count.low and _SETS_X.search(last[0]):
            start = last.start()
            ways = (f"{self.sets} sets of {count}", f"{count} sets of {self.sets}")
        elif re.match(r"[0-9]+\s+[-–—]\s+", piece[0]) and count.high > 3 * count.low:
            ways = (f"{count.low} sets of {count.high}", f"{count.low} to {count.high} repetitions")
        else:
            return
        per = "/side" if piece["half"] else ""
        lines = (f"{line[:start]}{way}{per}{line[piece.end() :]}" for way in ways)
        raise DoubtError(f"'{line[start : piece.end()]}' is {ways[0]}, or {ways[1]}", *lines)

    def add(self, amount: Range, *, is_hold: bool, per: Per | None = None) -> None:
        """Take how much, with what was said before of its side."""
        self.amounts.append(Amount(amount, is_hold, self.per or per, self.note, self._stage))
        self.per, self.note, self._stage = None, "", ""

    @property
    def _subject(self) -> Amount | Work:
        """What a side or a remark is said of."""
        return self.amounts[-1] if self.amounts else self

    def _side(self, text: str) -> None:
        words, known = text.lower(), self._subject.per
        per = Per.DIRECTION if re.search(f"{_WAY}$", words) else Per.SIDE
        if words.endswith(("total", "all")):
            per = Per.TOTAL
        if self._last and self._last.lastgroup == "hold" and self.amounts and " " not in words:
            # Each repetition, or each side?
            self._leave(text)
        elif known not in (None, per):
            raise DoubtError(f"'{text}' is one too many")
        else:
            self._subject.per = per

    def _words(self, piece: Piece, is_parted: bool) -> int:
        """Take a remark behind a comma; what is none is left over. Returns where it ends."""
        found = _REMARK.match(self.line, piece.start())
        if found and is_parted and self.amounts and not DOSE_WORD.search(found[0]):
            self._remark(found[0].strip())
            return found.end()
        found = _LEFT.match(self.line, piece.start())
        end = max(piece.end(), found.end() if found else 0)
        self._leave(self.line[piece.start() : end])
        return end

    def _remark(self, text: str) -> None:
        about = self._subject
        about.note = f"{about.note}, {text}" if about.note else text

    def _leave(self, text: str) -> None:
        self.left = f"{self.left} {text}".strip()


def read_work(line: str, stages_of: StagesOf) -> Work:
    """Read a line about an exercise.

    Raises:
        ValueError: it holds a number that cannot be; a DoubtError where it can be read in two ways.
    """
    before, start, end = _name_in(line, stages_of)
    is_quoted = line[start : start + 1] in tuple(QUOTES)
    name = line[start:end].strip(QUOTES if is_quoted else f":,;.–—- {EDGES}")
    work = Work(line, start, end, name, is_quoted)
    after = pieces(line, end)
    if after and after[0].lastgroup == "id":
        work.id, work.end = after[0][0][1:-1].lower(), after[0].end()
    stages = stages_of(work.id or name)
    # Its parts may be named: "Kneeling lunge: rock 5/side, hold 20s/side".
    are_named = len(stages) > 1 and line[work.end : work.end + 1] == ":"
    work.take([each for each in before if each.lastgroup != "link"])
    work.take(pieces(line, work.end, stages if are_named else ()))
    return work


def pieces(line: str, start: int = 0, stages: Iterable[str] = ()) -> list[Piece]:
    """The clauses and words of a line from `start`, and the names of these stages."""
    named = "|".join(stages)
    pattern = rf"(?P<stage>(?<![\w-])(?:{named})(?![\w-]))|{_PIECE}" if named else _PIECE
    return list(compiled(pattern).finditer(line, start))


def clauses_in(piece: Piece) -> list[Piece]:
    """The clauses in brackets, as in "(3x12, each side)"; none where they hold anything else."""
    inner = piece[0][1:-1].strip() if piece.lastgroup == "brackets" else ""
    if not DOSE_WORD.search(inner) or inner.startswith(MINE.strip(": ")):
        return []
    found = [each for each in pieces(inner) if each.lastgroup != "parting"]
    return found if all(each.lastgroup in CLAUSES for each in found) else []


def rest_of(line: str) -> tuple[int, str] | None:
    """The seconds of a line that is a rest, and what it says that they are between; None for another line."""
    found = pieces(line.rstrip("."))
    return pause_of(found[0][0]) if [each.lastgroup for each in found] == ["rest"] else None


def pause_of(rest: str) -> tuple[int, str]:
    """The seconds of a rest, and what it says that they are between."""
    seconds = amount_in(rest)
    if seconds.is_range:
        raise DoubtError("a rest is one number of seconds")
    if seconds.high > LONGEST_PAUSE:
        raise ValueError(f"a rest takes at most {LONGEST_PAUSE} s")
    between = re.search("(?:sets?|rounds?|exercises?|reps?)$", rest.lower())
    return seconds.low, between[0] if between else ""


def _name_in(line: str, stages_of: StagesOf) -> tuple[list[Piece], int, int]:
    """The clauses before the name, and where it begins and ends."""
    every = pieces(line)
    for begin, piece in enumerate(every):
        kind = piece.lastgroup
        known = piece.end() if kind == "quoted" else _known_end(line, piece.start(), stages_of)
        if known:
            return every[:begin], piece.start(), known
        is_before = kind in AMOUNTS or kind == "parting"
        if not is_before and not (begin and (kind in CLAUSES or piece[0].lower() == "of")):
            break
    else:
        return every, len(line), len(line)
    name = list(
        takewhile(lambda each: each.lastgroup not in NOT_IN_NAMES and not clauses_in(each), every[begin:])
    )
    after = every[begin + len(name) :]
    if name and name[-1][0].lower() == "for" and after and after[0].lastgroup == "time":
        name.pop()
    # A side that is said last is none of its name.
    while len(name) > 1 and name[-1].lastgroup in ("side", "parting") and name[-1][0] != "=":
        name.pop()
    return every[:begin], piece.start(), name[-1].end() if name else piece.start()


def _known_end(line: str, begin: int, stages_of: StagesOf) -> int:
    """Where the longest known name that begins here ends, if a clause or nothing follows it; else 0."""
    words = list(re.compile(r"\S+").finditer(line, begin))[:MOST_WORDS]
    for word in reversed(words):
        name = line[begin : word.end()].rstrip(":,;.–—- ")
        if name and stages_of(name):
            kinds = [each.lastgroup for each in pieces(line, begin + len(name))[:2]]
            if kinds != ["link"] and "word" not in kinds[: 2 if kinds[:1] == ["link"] else 1]:
                return begin + len(name)
    return 0


def amount_in(clause: str) -> Range:
    """The first number or time of a clause, in seconds if it is one: 12, 8-12, 30", 1 min 30 s, 20-30 sec.

    Raises:
        ValueError: it is no whole number, upside down, nothing, or too large.
    """
    found = _FIRST_AMOUNT.search(clause)
    text = found[0] if found else ""
    in_units = re.sub("^([0-9]+):([0-9]+).*", r"\1 m \2 s", text)
    parts = [re.findall(r"([0-9]+(?:\.[0-9])?)\s*([^0-9\s.]*)", end) for end in _ENDS.split(in_units)]
    _, usual = parts[-1][-1]
    ends = [sum(Fraction(number) * _seconds_in(unit or usual) for number, unit in part) for part in parts]
    low, high = ends[0], ends[-1]
    if low.denominator > 1 or high.denominator > 1:
        raise ValueError(f"{text} is no whole number of seconds")
    if low > high:
        raise ValueError(f"the range {text} is upside down")
    if not 1 <= low <= high <= MOST:
        raise ValueError(f"{text} is not from 1 to {MOST}")
    return Range(int(low), int(high))


def _seconds_in(unit: str) -> int:
    return 60 if unit[:1].lower() == "m" or unit in ("'", "’", "′") else 1


def checked_rounds(found: Range) -> Range:
    """The sets or rounds, if there can be so many."""
    if found.high > MOST_ROUNDS:
        raise ValueError(f"there can be {MOST_ROUNDS} rounds at most")
    return found
