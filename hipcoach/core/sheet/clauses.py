"""The clauses of a line of work: sets, amounts, sides, holds, rests, remarks; and what no clause takes.

What is left over is never made a part of the exercise's name.
"""

from __future__ import annotations

import re

from msgspec import Struct, field
from msgspec.structs import replace

from hipcoach.core.choices import MOST_ROUNDS
from hipcoach.core.exercise import Basis, Per
from hipcoach.core.fields import LONGEST_PAUSE, Range
from hipcoach.core.sheet.amounts import (
    COUNT,
    DOSE_WORD,
    NOTE,
    NUMBER,
    PER,
    TIME,
    Amount,
    read_note,
    read_per,
    read_range,
    read_time,
)

BETWEEN = (
    r"(?:\s*,?\s*(?:in\s+)?between(?:\s+(?:the|each|all))?(?:\s+(?P<{}>sets?|rounds?|exercises?|reps?))?)?"
)
_X = r"[x×*]"
_SETS = r"(?:sets?|rounds?)"
CLAUSES = {
    name: re.compile(pattern, re.IGNORECASE)
    for name, pattern in {
        "often": rf"(?:(?:{COUNT}\s*(?:{_X}|times)|once|twice)\s*)?"
        r"(?:(?:/\s*|(?:per|a|each|every)\s+)(?:day|week)|daily|weekly)(?![a-z])",
        "rest": rf"(?:rest|pause|break)s?(?:\s*[:=]|\s+(?:for|of)(?=\s))?\s*"
        rf"(?:(?P<time>{TIME})|(?P<bare>{NUMBER})(?![0-9]|[.:][0-9]|\s*[-–—/x×]|\s*(?!(?:in\s+)?between)[^\W\d]))"
        rf"{BETWEEN.format('between')}(?![\w])"
        rf"|(?P<time2>{TIME})\s*(?:of\s+)?(?:rest|pause|break)(?![a-z]){BETWEEN.format('between2')}(?![\w])",
        "hold": rf"hold(?:s|ing)?(?:\s*[:=]|\s+(?:for|each|it|of|each\s+rep(?:etition)?|every\s+rep)(?=\s))*"
        rf"\s*(?:(?P<time>{TIME})|(?P<bare>{COUNT})(?![.:][0-9]|\s*(?:{_X}|/|reps?|sets?|times)))"
        r"(?:\s+(?:each|every|per)\s+(?:rep|repetition|time))?(?![\w])"
        rf"|(?P<time2>{TIME})\s*(?:(?:isometric|static)\s+)?holds?(?![a-z])"
        r"(?:\s+(?:each|every|per)\s+(?:rep|repetition|time))?(?![\w])",
        "sets_of": rf"(?P<count>{COUNT})\s*(?:{_SETS}\s*(?:of\s+|{_X}|@|at\s+)?|"
        rf"(?P<x>{_X})(?!\s*{COUNT}\s*{_SETS}(?![a-z])))\s*(?=[0-9])"
        rf"|(?P<count2>{COUNT})\s*reps?\s*(?:{_X}|@|of\s)\s*(?={TIME})",
        "sets": rf"(?:/\s*)?(?P<count>{COUNT})\s*{_SETS}(?![a-z])"
        rf"|{_SETS}\s*[:=]?\s*(?P<count2>{COUNT})(?![/\w]|[.:][0-9])",
        "times": rf"(?:repeat(?:ed|s)?\s*)?{_X}\s*(?P<count>{COUNT})(?![/%°]|[.:][0-9]|\s*{_X})"
        r"(?:\s*(?P<unit>sets?|reps?|repetitions?|times)(?![a-z]))?(?![\w])"
        rf"|(?:repeat(?:ed|s)?\s*)?(?P<count2>{COUNT})\s*(?:{_X}|times)(?![a-z0-9]|\s*[0-9])",
        "time": TIME,
        "sides": r"(?!90/)(?P<count>[0-9]{1,2})/(?P=count)(?:\s*(?P<unit>reps?)(?![a-z])\.?)?"
        r"(?![\w%°]|[.,:/][0-9])",
        "reps": rf"(?P<count>{COUNT})(?:\s*(?P<unit>repetitions?|reps?)(?![a-z])\.?|"
        rf"(?![\w%°$€]|[.,:/][0-9]|\s*[-–—][\w])|(?=\s*{_X}\s*{COUNT}\s*{_SETS}(?![a-z])|ea(?![a-z])))"
        rf"|reps?\s*[:=]?\s*(?P<count2>{COUNT})(?![\w%°]|[.,:/][0-9])",
        "per": PER,
        "alternating": r"alternat(?:e|es|ing)(?:\s+(?:sides|legs|arms|feet))?(?![a-z])",
    }.items()
}
"""What a line may hold besides a name, each tried before those behind it."""
NOTED = re.compile(NOTE)
EDGES = "_…•▪◦●○☐☑☒□■▢✓✔"
"""Boxes, bullets and what is filled in by hand: nothing is said by them."""
APART = re.compile(rf"[\s,;:.|·–—{EDGES}-]+")
LINK = re.compile(r"(?:with|and|of|for|do|then|w/|&|\+)\s*", re.IGNORECASE)
REMARK = re.compile(r"[^\W\d][^\d,;()#\\]*")


class DoubtError(ValueError):
    """A line that can be read in more than one way, or not to its end."""

    def __init__(self, words: str, *instead: str) -> None:
        """`instead`: lines that leave no doubt."""
        super().__init__(words)
        self.instead = instead


class Said(Struct):
    """What a line says beside the name, clause by clause."""

    amounts: list[Amount] = field(default_factory=list)
    sets: Range | None = None
    rest: int = 0
    times: Range | None = None
    times_are: str = ""
    hold: Range | None = None
    is_held_first: bool = False
    """Whether the hold was said before the times."""
    per: Per | None = None
    alternates: bool = False
    note: str = ""
    """Said before there is an amount that it could go with."""
    left: list[str] = field(default_factory=list)
    last: str = ""
    """The kind of clause that came last."""
    doubt: tuple[int, int, Range] | None = None
    """Where "12 x 3" stands, whose first number is said to be the sets."""

    def read(self, text: str, at: int, end: int) -> None:
        """Take everything from `at` to `end`."""
        is_apart = False
        while at < end:
            if found := APART.match(text, at, end):
                at, is_apart = found.end(), bool(found[0].strip(" \t."))
                continue
            link = LINK.match(text, at, end)
            if link and (link.end() >= end or clause_at(text, link.end(), end)):
                at = link.end()
                continue
            if clause := clause_at(text, at, end):
                self._take(*clause)
                at = clause[1].end()
                continue
            if found := NOTED.match(text, at, end):
                self._bracket(found[0].strip()[1:-1])
                at = found.end()
                continue
            remark = REMARK.match(text, at, end) if is_apart else None
            if remark and self.amounts and not DOSE_WORD.search(remark[0]):
                self._note(remark[0].strip())
            else:
                remark = re.compile(r"\S[^\s,;(]*").match(text, at, end)
                assert remark is not None  # noqa: S101  something stands here, and no space
                self.left.append(remark[0])
            at, is_apart = remark.end(), False

    def _take(self, kind: str, found: re.Match[str]) -> None:
        groups = found.groupdict()
        count = groups.get("count") or groups.get("count2")
        match kind:
            case "often":
                self.left.append(found[0])
            case "rest":
                self._once("rest", bool(self.rest), found)
                if (groups["between"] or groups["between2"] or "set").lower().rstrip("s") != "set":
                    self.left.append(found[0])
                else:
                    self.rest = pause_in(found)
            case "hold":
                self._once("hold", self.hold is not None, found)
                self.hold, self.is_held_first = _time(found), self.times is None
            case "sets_of" | "sets":
                self._once("sets", self.sets is not None, found)
                self.sets = checked_rounds(read_range(count or ""))
                if groups.get("x"):
                    self.doubt = (found.start(), found.end(), self.sets)
            case "times":
                self._once("sets", self.times is not None, found)
                self.times, self.times_are = read_range(count or ""), (groups["unit"] or "")[:3].lower()
            case "time":
                self._amount(Amount(read_time(found[0]), True, None))
            case "reps" | "sides":
                if self.doubt and self.doubt[1] == found.start():
                    self._doubt(found, bool(groups["unit"]), "/side" if kind == "sides" else "")
                self._doubt_range(found, read_range(count or ""))
                self._amount(Amount(read_range(count or ""), False, Per.SIDE if kind == "sides" else None))
            case "per" if self.last == "hold" and self.amounts and " " not in found[0]:
                # Each repetition, or each side?
                self.left.append(found[0])
            case "per":
                self._per(read_per(found[0]), found[0])
            case _:
                self.alternates = True
        self.last = kind

    def _once(self, what: str, is_there: bool, found: re.Match[str]) -> None:
        if is_there:
            many = "it says twice how many sets there are" if what == "sets" else f"it says '{what}' twice"
            raise DoubtError(f"{many}: '{found[0].strip()}' is one too many")

    def _doubt(self, found: re.Match[str], has_unit: bool, per: str) -> None:
        """Some write the sets first and some last; nobody does more sets than repetitions for sure."""
        assert self.doubt is not None  # noqa: S101  the caller has looked
        begin, _, sets = self.doubt
        count = read_range(found["count"] or found.groupdict().get("count2") or "")
        if sets.low > count.low and not has_unit:
            text, ways = found.string, (f"{sets} sets of {count}", f"{count} sets of {sets}")
            lines = (f"{text[:begin]}{way}{per}{text[found.end() :]}".replace("–", "-") for way in ways)
            raise DoubtError(f"'{text[begin : found.end()]}' is {ways[0]}, or {ways[1]}", *lines)

    def _doubt_range(self, found: re.Match[str], count: Range) -> None:
        """Nobody does anything three to twelve times; some write the sets and a dash."""
        if count.high > 3 * count.low and (dashed := re.match(r"([0-9]+)\s+[-–—]\s+", found[0])):
            text, sets = found.string, f"{count.low} sets of {count.high}"
            lines = (
                f"{text[: found.start()]}{way}{text[dashed.end() + found.start() :]}"
                for way in (f"{count.low} sets of ", f"{count.low}-")
            )
            raise DoubtError(f"'{found[0]}' is {sets}, or {count.low} to {count.high} repetitions", *lines)

    def _amount(self, amount: Amount) -> None:
        if self.per is not None:
            amount, self.per = replace(amount, per=self.per), None
        self.amounts.append(amount)
        if self.note:
            note, self.note = self.note, ""
            self._note(note)

    def _per(self, per: Per, text: str) -> None:
        if not self.amounts:
            if self.per is not None:
                raise DoubtError(f"'{text.strip()}' is one too many")
            self.per = per
        elif self.amounts[-1].per is not None and self.amounts[-1].per is not per:
            raise DoubtError(f"'{text.strip()}' is one too many")
        else:
            self.amounts[-1] = replace(self.amounts[-1], per=per)

    def _bracket(self, text: str) -> None:
        """A remark, unless everything in it is a clause: "(3x12, each side)"."""
        inner = Said()
        if DOSE_WORD.search(text) and read_note(text)[0] is Basis.USER and not text.startswith("mine"):
            for found in inner.clauses_alone(text):
                self._take(*found)
            if inner.left == []:
                return
        basis, source, note = read_note(text)
        if not self.amounts:
            self.note = note
        elif basis is not Basis.USER:
            self.amounts[-1] = replace(self.amounts[-1], basis=basis, source=source, note=note)
        else:
            self._note(note)

    def clauses_alone(self, text: str) -> list[tuple[str, re.Match[str]]]:
        """The clauses of a text; none, and `left` says so, where it holds anything else."""
        found, at = [], 0
        while at < len(text):
            if apart := APART.match(text, at):
                at = apart.end()
            elif clause := clause_at(text, at, len(text)):
                found.append(clause)
                at = clause[1].end()
            else:
                self.left = [text]
                return []
        return found

    def _note(self, text: str) -> None:
        if not self.amounts:
            self.note = text
            return
        before = self.amounts[-1].note
        self.amounts[-1] = replace(self.amounts[-1], note=f"{before}, {text}" if before else text)

    def settle(self) -> None:
        """Tell what numbers are for that only the others tell."""
        if self.times is not None and self.times_are == "set":
            self._sets_from_times()
        elif self.times is not None and not self.amounts:
            if self.hold is not None and self.is_held_first and self.times_are != "rep":
                self._sets_from_times()
            elif self.hold is not None or self.sets is not None or self.times_are == "rep":
                self._amount(Amount(self.times, False, None))
                self.times = None
        elif self.times is not None:
            if self.times_are == "rep" and not self.amounts[-1].is_hold:
                raise DoubtError("it says twice how many repetitions there are")
            self._sets_from_times()
        if self.hold is not None and not self.amounts:
            self._amount(Amount(self.hold, True, None))
            self.hold = None
        if self.hold is not None and self.amounts[-1].is_hold:
            raise DoubtError("it says twice how long it is held")
        if self.note:
            self.left.append(f"({self.note})")
            self.note = ""

    def _sets_from_times(self) -> None:
        if self.sets is not None:
            raise DoubtError("it says twice how many sets there are")
        self.sets, self.times = checked_rounds(self.times or Range(1, 1)), None


def clause_at(text: str, at: int, end: int) -> tuple[str, re.Match[str]] | None:
    """The clause that begins here."""
    for kind, pattern in CLAUSES.items():
        if found := pattern.match(text, at, end):
            return kind, found
    return None


def _time(found: re.Match[str]) -> Range:
    groups = found.groupdict()
    if bare := groups.get("bare"):
        return read_range(bare)
    return read_time(groups.get("time") or groups.get("time2") or "")


def pause_in(found: re.Match[str]) -> int:
    """The seconds of a rest."""
    return pause_of(_time(found))


def pause_of(seconds: Range) -> int:
    """The seconds, if a rest can have so many."""
    if seconds.is_range:
        raise DoubtError("a rest is one number of seconds")
    if seconds.high > LONGEST_PAUSE:
        raise ValueError(f"a rest takes at most {LONGEST_PAUSE} s")
    return seconds.low


def checked_rounds(found: Range) -> Range:
    """The sets or rounds, if there can be so many."""
    if found.high > MOST_ROUNDS:
        raise ValueError(f"there can be {MOST_ROUNDS} rounds at most")
    return found
