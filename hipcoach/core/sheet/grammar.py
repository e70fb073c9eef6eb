"""One line of a sheet about an exercise: its tokens, the clauses that they make, and what is left over.

What no clause takes is never made a part of the exercise's name: it is left over, and asked about.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction
from itertools import zip_longest
from typing import TypeAlias

from msgspec import Struct, field
from msgspec.structs import replace

from hipcoach.core.choices import MOST_ROUNDS
from hipcoach.core.exercise import Basis, Per
from hipcoach.core.fields import LONGEST_PAUSE, MOST, Range
from hipcoach.core.routine import OwnDose

MOST_WORDS = 12
"""Of a name that is known."""
MINE = "mine: "
"""What a remark in brackets begins with that looks like an amount, and is none."""
QUOTES = ('"', "“", "”")
EDGES = "_…•▪◦●○☐☑☒□■▢✓✔"
"""Boxes, bullets and what is filled in by hand: nothing is said by them."""

_SIDE = "(?:sides?|legs?|arms?|foot|feet|hips?|knees?|hands?|shoulders?|ankles?|wrists?)"
_WAY = "(?:directions?|ways?)"
_END = r"(?![^\W\d])"
_N = "[0-9]{1,6}"
_TO = rf"\s*(?:-|–|—|to{_END})\s*"
RANGE = rf"{_N}(?:{_TO}{_N})?(?![0-9])"
_SETS = "(?:sets?|rounds?)"
_S = rf"""\s*(?:(?:seconds?|secs?|s){_END}\.?|["″”“]|''|’’|′′)"""
_M = rf"""\s*(?:(?:minutes?|mins?){_END}\.?|['’′](?!['’′]))"""
_L, _R, _PLUS = "(?:l|left)", "(?:r|right)", r"\s*(?:[+/&]|and)\s*"
TIME = (
    rf"(?:{_N}:[0-5][0-9](?![0-9:])(?:\s*(?:mins?|minutes?){_END})?"
    rf"|{_N}(?:{_M}|\s*m)\s*(?:and\s+)?[0-9]{{1,2}}{_S}|{_N}['’′][0-5][0-9](?![0-9\w])|{_N}\.[0-9]{_M}"
    rf"|{_N}(?:{_S}|{_M})?{_TO}{_N}(?:{_S}|{_M})|{_N}(?:{_S}|{_M}))"
)
TOKENS = {
    "g": r"""["“”][^"“”]+["“”]""",  # a name that is meant to the letter
    "j": r"\[[a-z0-9-]+\]",  # an exercise's id
    "b": r"\([^()]*\)",  # what stands in brackets
    "f": rf"(?:(?:{RANGE}\s*(?:[x×*]|times)|once|twice)\s*)?"  # how often: no part of a routine
    rf"(?:(?:/\s*|(?:per|a|each|every)\s+)(?:day|week)|daily|weekly){_END}",
    "t": TIME,  # 1:30, 30 s, 20-30 sec, 1 min 30 s
    "d": r"(?!90/90)(?P<half>[0-9]{1,2})/(?P=half)(?![\w%°]|[.,:/][0-9])",  # 8/8
    # 12, 8-12, and before what is written at once: 3x, 8ea
    "n": rf"{RANGE}(?:(?=(?:[x×*]|ea|each|{_SETS}|reps?|times){_END})|(?![\w%°$€]|[.,:/][0-9]|\s*[-–—]\w))",
    "k": rf"(?:each|every|per)\s+(?:rep|repetition|time){_END}",
    "v": rf"/\s*(?:{_SIDE}|{_WAY}){_END}",  # /side
    # per leg, on both sides, L+R, each, in total
    "p": rf"(?:(?:on|for|to)\s+)?(?:per|each|every|either|a|ea\.?)\s+(?:{_SIDE}|{_WAY}){_END}"
    rf"|(?:(?:on|for|to|in)\s+)?both\s+(?:sides|{_WAY}){_END}"
    rf"|(?:{_L}{_PLUS}{_R}|{_R}{_PLUS}{_L}){_END}(?:\s+(?:sides?|legs?){_END})?"
    rf"|(?:each|ea){_END}\.?|(?:(?:in\s+)?total|in\s+all){_END}",
    "s": rf"{_SETS}{_END}",
    "r": rf"(?:repetitions?|reps?){_END}\.?",
    "m": rf"times{_END}",
    "x": rf"[x×*]{_END}",
    # hold, static hold, hold each for
    "h": rf"(?:(?:isometric|static)\s+)?hold(?:s|ing)?{_END}"
    r"(?:\s+(?:for|it|of|each(?=\s+[0-9])|(?:each|every)\s+rep(?:etition)?)(?=\s))*",
    "q": rf"(?:rest|pause|break)s?{_END}(?:\s+(?:for|of)(?=\s))?",
    "i": rf"(?:in\s+)?between(?:\s+(?:the|each|all))?(?:\s+(?:{_SETS}|exercises?|reps?))?{_END}",
    "a": rf"alternat(?:e|es|ing)(?:\s+(?:sides|legs|arms|feet))?{_END}",
    "y": rf"repeat(?:ed|s)?{_END}",
    "o": rf"(?:of|at){_END}|@",
    "l": rf"(?:with|and|for|do|then){_END}|w/|[&+]",  # what links two clauses
    "c": "[:=]",
    "u": rf"[,;.|·–—{EDGES}-]+|/(?=\s*{RANGE}\s*{_SETS}{_END})",  # what parts them; 12 reps/3 sets
    # Any other word, or a character alone.
    "w": r"[^\W_](?:[^\W_]|[-‐‑–'’./:](?=[^\W_])|(?<=[0-9]),(?=[0-9]))*|\S",
}
"""What a line is made of, by a letter that the pieces below are written in; tried from first to last."""
PIECES = {
    "often": "f",
    # rest 30, rest: 1 min between sets; 30 s of rest
    "rest": "qc?(?:t|n(?=[ucbintd]|$))(?:u?i)?|to?q(?:u?i)?",
    # hold 5, hold for 5 s each rep; 5 s hold
    "hold": "hc?(?:t|n(?![xmrsdv]))k?|thk?",
    # 3 sets of, 3 x and 10 reps x before how much; 3 sets; sets: 3
    "sets": "ns[ox]?(?=[ntd])|nx(?=[ntd])(?!ns)|nr[xo](?=t)|ns|sc?n",
    # x3, x 10 reps; 10x, repeat 3 times
    "times": "y?xn(?!x)[srm]?|y?n[xm](?![ntd])",
    "time": "t",
    # 12, 12 reps, 8/8; reps: 12
    "reps": "(?:n|d)r?|rc?n",
    "side": "[pv]",
    "alternating": "a",
    "quoted": "g",
    "id": "j",
    "brackets": "b",
    "link": "[lo]",
    "parting": "[uc]",
    "word": ".",
}
"""What tokens come to, each tried before those behind it."""
CLAUSES = tuple(PIECES)[:9]
NOT_IN_NAMES = (*CLAUSES[:7], "quoted", "id")
DOSE_WORD = re.compile(
    r"""\d+(?:[/.:]\d+)*|["″”“×]|(?<![\w'’-])(?:x|sets?|reps?|repetitions?|s|secs?|seconds?|mins?|minutes?|"""
    r"""rests?|hold(?:s|ing)?|times?|twice|rounds?|each|per|every|both|daily|days?|weeks?|left|right|l|r|"""
    r"""warm-?up)(?![\w-])""",
    re.IGNORECASE,
)
"""What belongs to how much or how often, and not to a name or a remark."""
_LEXER = re.compile(
    r"\s+|" + "|".join(f"(?P<{letter}>{pattern})" for letter, pattern in TOKENS.items()), re.IGNORECASE
)
_PIECES = re.compile("|".join(f"(?P<{kind}>{letters})" for kind, letters in PIECES.items()))
_REMARK = re.compile(r"[^\W\d][^\d,;()#]*")
_LEFT = re.compile(r"\S[^\s,;(]*")

StagesOf: TypeAlias = Callable[[str], tuple[str, ...]]
"""The parts of the exercise of a name; none where no exercise has it."""


class DoubtError(ValueError):
    """A line that can be read in more than one way, or not to its end."""

    def __init__(self, words: str, *instead: str) -> None:
        """`instead`: lines that leave no doubt."""
        super().__init__(words)
        self.instead = instead


class Amount(Struct, frozen=True):
    """How much a line says."""

    range: Range
    """Repetitions, or seconds."""
    is_hold: bool
    per: Per | None = None
    stage: str = ""
    """The part of the exercise that it is for, where the line names one."""
    note: str = ""

    def dose(self, per: Per, stage: str) -> OwnDose:
        """The dose it is, once it is known what its number counts, and of which stage."""
        reps, seconds = (None, self.range) if self.is_hold else (self.range, None)
        per = self.per or per
        return OwnDose(reps=reps, seconds=seconds, per=per, note=self.note, basis=Basis.USER, stage=stage)


class Piece(Struct, frozen=True):
    """A clause of a line, or a word that is in none."""

    kind: str
    tokens: list[re.Match[str]]
    letters: str

    @property
    def start(self) -> int:
        """Where in the line it begins."""
        return self.tokens[0].start()

    @property
    def end(self) -> int:
        """Where in the line it ends."""
        return self.tokens[-1].end()

    @property
    def text(self) -> str:
        """As it stands in the line."""
        return self.tokens[0].string[self.start : self.end].strip()

    @property
    def number(self) -> str:
        """Its first number or time."""
        return next(each[0] for each in self.tokens if each.lastgroup in ("n", "t", "d"))


class Work(Struct):
    """A line about an exercise: which one, how much of it, how often."""

    line: str
    name: str = ""
    id: str = ""
    is_quoted: bool = False
    """Whether the name stands in quotes, and is meant to the letter."""
    span: tuple[int, int] = (0, 0)
    """Where in the line the name stands."""
    amounts: list[Amount] = field(default_factory=list)
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
    left: str = ""
    """Words and numbers that nothing above takes."""
    _times_are: str = ""
    _is_held_first: bool = False
    """Whether the hold was said before the times."""
    _note: str = ""
    """Said before there is an amount that it could go with."""
    _stage: str = ""
    """The part of the exercise that the next amount is for."""
    _last: Piece | None = None
    """The clause that came last."""

    def named(self, name: str) -> str:
        """The line with another name."""
        return self.line[: self.span[0]] + name + self.line[self.span[1] :]

    def remarked(self, name: str, remark: str = "") -> str:
        """The line with another name, which comes first, and a remark at its end."""
        others = f"{self.line[: self.span[0]]} {self.line[self.span[1] :].strip(' ,;:.–—-')}"
        return " ".join(f"{name} {others} {f'({remark})' if remark else ''}".split())

    def quoted(self) -> str:
        """The line with its name meant to the letter."""
        return self.remarked(f'"{self.name}"')

    def take(self, pieces: list[Piece], stage: str = "") -> None:
        """Take what pieces of the line say, the first amount for this stage."""
        self._stage = stage
        taken, is_parted = 0, False
        for place, piece in enumerate(pieces):
            if piece.start < taken:
                continue
            follows = place + 1 < len(pieces) and pieces[place + 1].kind in CLAUSES
            if piece.kind == "parting" and piece.text != "=":
                is_parted = is_parted or bool(piece.text.strip("."))
                continue
            if piece.kind in CLAUSES:
                self._take(piece)
            elif piece.kind == "brackets":
                for clause in clauses_in(piece):
                    self._take(clause)
                if not clauses_in(piece):
                    self._remark(piece.text[1:-1].strip().removeprefix(MINE))
            elif piece.kind != "link" or not follows:
                taken = self._words(piece, is_parted)
            is_parted = False
        if self._stage:
            self._leave(stage)

    def settle(self) -> None:
        """Decide what numbers are for that only the others tell."""
        if self.times is not None:
            held_first = self.hold is not None and self._is_held_first and self._times_are != "r"
            if self._times_are == "s" or self.amounts or held_first:
                if self._times_are == "r" and self.amounts and not self.amounts[-1].is_hold:
                    raise DoubtError("it says twice how many repetitions there are")
                if self.sets is not None:
                    raise DoubtError("it says twice how many sets there are")
                self.sets, self.times = checked_rounds(self.times), None
            elif self.hold is not None or self.sets is not None or self._times_are == "r":
                self._amount(self.times, False)
                self.times = None
        if self.hold is not None and not self.amounts:
            self._amount(self.hold, True)
            self.hold = None
        elif self.hold is not None and self.amounts[-1].is_hold:
            raise DoubtError("it says twice how long it is held")
        if self._note:
            self._leave(f"({self._note})")

    def _take(self, piece: Piece) -> None:
        match piece.kind:
            case "often":
                self._leave(piece.text)
            case "rest":
                _once(piece, self.rest)
                seconds, between = pause_of(piece)
                if between in ("", "set", "sets"):
                    self.rest = seconds
                else:
                    self._leave(piece.text)
            case "hold":
                _once(piece, self.hold)
                self.hold, self._is_held_first = read_time(piece.number), self.times is None
            case "sets":
                _once(piece, self.sets)
                if self._stage:
                    raise DoubtError(
                        "the sets of an exercise with several parts stand at the end, as in 'x3'"
                    )
                self.sets = checked_rounds(read_range(piece.number))
            case "times":
                _once(piece, self.times)
                self.times, self._times_are = read_range(piece.number), piece.letters.strip("yxmn")
            case "time":
                self._amount(read_time(piece.number), True)
            case "reps":
                count = read_range(piece.number.partition("/")[0])
                self._check_count(piece, count)
                self._amount(count, False, Per.SIDE if "d" in piece.letters else None)
            case "side":
                self._side(piece)
            case "alternating":
                self.alternates = True
        self._last = piece

    def _words(self, piece: Piece, is_parted: bool) -> int:
        """Take a remark behind a comma; what is none is left over. Returns where it ends."""
        found = _REMARK.match(self.line, piece.start) if is_parted and self.amounts else None
        if found and not DOSE_WORD.search(found[0]):
            self._remark(found[0].strip())
            return found.end()
        found = _LEFT.match(self.line, piece.start)
        end = max(piece.end, found.end() if found else 0)
        self._leave(self.line[piece.start : end])
        return end

    def _leave(self, text: str) -> None:
        self.left = f"{self.left} {text}".strip()

    def _check_count(self, piece: Piece, count: Range) -> None:
        """Ask whether "12 x 3" is 12 sets or 3 of 12, and "3 - 12" 3 sets or a range.

        Some write the sets first and some last; nobody does more sets than repetitions for sure.
        """
        line, begin = piece.tokens[0].string, piece.start
        dashed = re.match(r"[0-9]+\s+[-–—]\s+", piece.text)
        if self._last and self._last.letters == "nx" and self.sets and piece.letters in "nd":
            if self.sets.low <= count.low or line[self._last.end : begin].strip():
                return
            per = "/side" if piece.letters == "d" else ""
            ways = (f"{self.sets} sets of {count}", f"{count} sets of {self.sets}")
            begin = self._last.start
            lines = (f"{line[:begin]}{way}{per}{line[piece.end :]}".replace("–", "-") for way in ways)
        elif dashed and count.high > 3 * count.low:
            after = line[begin + dashed.end() :]
            lines = (f"{line[:begin]}{way}{after}" for way in (f"{count.low} sets of ", f"{count.low}-"))
            ways = (f"{count.low} sets of {count.high}", f"{count.low} to {count.high} repetitions")
        else:
            return
        raise DoubtError(f"'{line[begin : piece.end]}' is {ways[0]}, or {ways[1]}", *lines)

    def _amount(self, amount: Range, is_hold: bool, per: Per | None = None) -> None:
        self.amounts.append(Amount(amount, is_hold, self.per or per, self._stage, self._note))
        self.per, self._note, self._stage = None, "", ""

    def _side(self, piece: Piece) -> None:
        known = self.amounts[-1].per if self.amounts else self.per
        words = piece.text.lower()
        per = Per.DIRECTION if re.search(rf"{_WAY}$", words) else Per.SIDE
        if words.endswith(("total", "all")):
            per = Per.TOTAL
        if self._last and self._last.kind == "hold" and self.amounts and " " not in words:
            # Each repetition, or each side?
            self._leave(piece.text)
        elif known not in (None, per):
            raise DoubtError(f"'{piece.text}' is one too many")
        elif self.amounts:
            self.amounts[-1] = replace(self.amounts[-1], per=per)
        else:
            self.per = per

    def _remark(self, text: str) -> None:
        before = self.amounts[-1].note if self.amounts else self._note
        note = f"{before}, {text}" if before else text
        if self.amounts:
            self.amounts[-1] = replace(self.amounts[-1], note=note)
        else:
            self._note = note


def read_work(line: str, stages_of: StagesOf) -> Work:
    """Read a line about an exercise.

    Raises:
        ValueError: it holds a number that cannot be; a DoubtError where it can be read in two ways.
    """
    work = Work(line)
    before, (begin, end), after = _around_name(line, stages_of)
    work.is_quoted = line[begin:end].startswith(QUOTES)
    work.name = line[begin:end].strip("".join(QUOTES) if work.is_quoted else f":,;.–—- {EDGES}")
    if after and after[0].kind == "id":
        work.id, end = after[0].text[1:-1].lower(), after.pop(0).end
    work.span = (begin, end)
    stages = stages_of(work.id or work.name)
    work.take([each for each in before if each.kind != "link"])
    if len(stages) > 1 and line[end : end + 1] == ":":
        # Its parts may be named: "Kneeling lunge: rock 5/side, hold 20s/side".
        marks = list(re.compile(rf"(?<![\w-])(?:{'|'.join(stages)})(?![\w-])", re.I).finditer(line, end))
        after = pieces(line, end, marks[0].start() if marks else len(line))
        work.take(after)
        for mark, after_it in zip_longest(marks, marks[1:]):
            named = pieces(line, mark.end(), after_it.start() if after_it else len(line))
            work.take(named, mark[0].lower())
    else:
        work.take(after)
    work.settle()
    return work


def pieces(line: str, start: int = 0, end: int | None = None) -> list[Piece]:
    """The clauses and words of a part of a line."""
    tokens = [
        each for each in _LEXER.finditer(line, start, len(line) if end is None else end) if each.lastgroup
    ]
    letters = "".join(each.lastgroup or "" for each in tokens)
    return [
        Piece(found.lastgroup or "", tokens[found.start() : found.end()], found[0])
        for found in _PIECES.finditer(letters)
    ]


def clauses_in(piece: Piece) -> list[Piece]:
    """The clauses in brackets, as in "(3x12, each side)"; none where they hold anything else."""
    inner = piece.text[1:-1].strip() if piece.kind == "brackets" else ""
    if not DOSE_WORD.search(inner) or inner.startswith(MINE.strip(": ")):
        return []
    found = [each for each in pieces(inner) if each.kind != "parting"]
    return found if all(each.kind in CLAUSES for each in found) else []


def rest_of(line: str) -> tuple[int, str] | None:
    """The seconds of a line that is a rest, and what it says that they are between; None for another line."""
    found = pieces(line.rstrip("."))
    return pause_of(found[0]) if [each.kind for each in found] == ["rest"] else None


def _around_name(line: str, stages_of: StagesOf) -> tuple[list[Piece], tuple[int, int], list[Piece]]:
    """The clauses before the name, where it stands, and what comes behind it."""
    every = pieces(line)
    begin = 0
    for begin, piece in enumerate(every):
        known = piece.end if piece.kind == "quoted" else _known_end(line, piece.start, stages_of)
        if known:
            return every[:begin], (piece.start, known), pieces(line, known)
        is_before = piece.kind in CLAUSES[:7] or piece.kind == "parting"
        if not is_before and not (begin and (piece.kind in CLAUSES or piece.text.lower() == "of")):
            break
    else:
        return every, (len(line), len(line)), []
    end = begin
    while end < len(every) and not (every[end].kind in NOT_IN_NAMES or clauses_in(every[end])):
        end += 1
    after = every[end:]
    if end > begin and every[end - 1].text.lower() == "for" and after and after[0].kind == "time":
        end -= 1
    # A side that is said last is none of its name.
    while end > begin + 1 and every[end - 1].kind in ("side", "parting") and every[end - 1].text != "=":
        end -= 1
    span = (every[begin].start, every[end - 1].end) if end > begin else (every[begin].start,) * 2
    return every[:begin], span, every[end:]


def _known_end(line: str, begin: int, stages_of: StagesOf) -> int:
    """Where the longest known name that begins here ends, if a clause or nothing follows it; else 0."""
    words = list(re.compile(r"\S+").finditer(line, begin))[:MOST_WORDS]
    for word in reversed(words):
        name = line[begin : word.end()].rstrip(":,;.–—- ")
        if name and stages_of(name):
            after = pieces(line, begin + len(name))
            kinds = [each.kind for each in after[:2]]
            if kinds[:1] == ["link"]:
                del kinds[0]
                kinds = kinds or ["word"]
            if kinds[:1] != ["word"]:
                return begin + len(name)
    return 0


def read_range(text: str) -> Range:
    """A number, or two with a dash between.

    Raises:
        ValueError: it is upside down, nothing, or too large.
    """
    numbers = [int(each) for each in re.findall("[0-9]+", text)]
    found = Range(numbers[0], numbers[-1])
    if found.low > found.high:
        raise ValueError(f"the range {text} is upside down")
    if not 1 <= found.low <= found.high <= MOST:
        raise ValueError(f"{text} is not from 1 to {MOST}")
    return found


def read_time(text: str) -> Range:
    """Seconds, such as 30", 1 min 30 s, 20-30 sec; a number alone is seconds.

    Raises:
        ValueError: they are no whole number, or cannot be.
    """
    if clock := re.match(r"([0-9]+):([0-9]{2})", text):
        return read_range(str(int(clock[1]) * 60 + int(clock[2])))
    ends = [
        re.findall(r"([0-9]+(?:\.[0-9])?)\s*([^0-9\s.]*)", each)
        for each in re.split(_TO, text, flags=re.IGNORECASE)
    ]
    unit = ends[-1][-1][1]
    seconds = [
        sum(Fraction(number) * _seconds_in(of or (unit if len(ends) > 1 else "s")) for number, of in end)
        for end in ends
    ]
    if any(each.denominator > 1 for each in seconds):
        raise ValueError(f"{text.strip()} is no whole number of seconds")
    return read_range("-".join(str(each) for each in seconds))


def checked_rounds(found: Range) -> Range:
    """The sets or rounds, if there can be so many."""
    if found.high > MOST_ROUNDS:
        raise ValueError(f"there can be {MOST_ROUNDS} rounds at most")
    return found


def _seconds_in(unit: str) -> int:
    return 60 if unit[:1].lower() == "m" or unit in ("'", "’", "′") else 1


def _once(piece: Piece, said: object) -> None:
    if said:
        is_sets = piece.kind in ("sets", "times")
        twice = "it says twice how many sets there are" if is_sets else f"it says '{piece.kind}' twice"
        raise DoubtError(f"{twice}: '{piece.text}' is one too many")


def pause_of(rest: Piece) -> tuple[int, str]:
    """The seconds of a rest, and what it says that they are between."""
    seconds = read_time(rest.number)
    if seconds.is_range:
        raise DoubtError("a rest is one number of seconds")
    if seconds.high > LONGEST_PAUSE:
        raise ValueError(f"a rest takes at most {LONGEST_PAUSE} s")
    between = re.search(rf"(?:{_SETS}|exercises?|reps?)$", rest.text.lower())
    return seconds.low, between[0] if between else ""
