"""From a sheet to a routine: what was understood of each line, and what was not.

A block has one rest between all its exercises, and it comes before each of them but the very first of the
routine. So exercises with the same rest before them make one block, and a circuit has one rest for all.
"""

from __future__ import annotations

import re
from itertools import groupby

from msgspec import Struct, field
from msgspec.structs import replace

from hipcoach.core.catalog import MOST_ITEMS, Catalog, too_many
from hipcoach.core.exercise import Basis, Exercise, Sides, Source
from hipcoach.core.fields import Range
from hipcoach.core.routine import Block, Item, Order, Routine, WarmUp
from hipcoach.core.sheet.grammar import (
    DOSE_WORD,
    EDGES,
    RANGE,
    TIME,
    Amount,
    DoubtError,
    Work,
    amount_in,
    checked_rounds,
    compiled,
    read_work,
    rest_of,
)
from hipcoach.core.sheet.meaning import Names, doses_of, free_id, names_of, new_exercise, settle, slug
from hipcoach.core.sheet.printing import FIELDS, doses_text, own_dose_text, sets_text

OWN_SHEET = Source("own-sheet", "ours", title="A sheet of your own")
"""Where a routine comes from that says nothing of it."""
FIELD = re.compile(rf"({'|'.join(FIELDS)}|by|only when)\s*:\s*(.*)", re.IGNORECASE)
WARM_UP = compiled(rf"warm[-\s]?up :?\s+({TIME})(?! \() :? (.*)")
CIRCUIT = compiled(
    rf"(?:(?:circuit|superset)(?: [x×] ({RANGE}))?|({RANGE}) (?:rounds?|circuits?|times\s+through))"
    r"(?P<leg>,?\s+(?:per|for\s+each|each)\s+leg)?(?:\s+of)? :?"
)
SEPARATOR = re.compile(r"-{3,}|={3,}|_{3,}")
COMMENT = re.compile(r"(^\"[^\"]*\"|\([^()]*\))|(?:^|\s)#.*")
BULLET = re.compile(
    rf"(?:[-*–]\s+|\[\s?\]\s*|[{EDGES}]+\s*|[0-9]{{1,2}}[.)]\s*(?=[^\W\d\"“])"
    r"|[a-z]\)\s+|[0-9]{1,2}[.)]\s+)(?=\S)"
)
HEADING = compiled(
    r"\b(?:week|day|phase|part|page|level|programm?e?|sheet|session)\s+[0-9]+:?$|\b(?:19|20)[0-9]{2}$"
    r"|\b(?:routine|programm?e?|plan|workout|session|exercises|homework)(?:\W+[0-9].*)?:?$"
)
"""What a heading ends in although it has a number: "Week 2", "June 2026", "10 minute morning routine"."""
TITLE = "the title"
"""What a line is said to be that is one."""
LONG = 300
"""Seconds that nobody holds an exercise for; a whole routine may take them."""
LONGEST_LINE, LONGEST_TEXT, LONGEST_NAME = 500, 2000, 80
"""Characters of a line about an exercise, of a text that a routine file may hold, and of a name."""


class Remark(Struct, frozen=True):
    """Something about one line of a sheet, counted from 1."""

    number: int
    line: str
    words: str
    instead: tuple[str, ...] = ()
    """Lines that may stand in its place, where it is in doubt."""

    @property
    def sentence(self) -> str:
        """What there is to say, without what may be written instead."""
        return f"line {self.number}, '{self.line}': {self.words}"

    def __str__(self) -> str:
        if not self.instead:
            return self.sentence
        end = "" if self.sentence.endswith("?") else "."
        return f"{self.sentence}{end} Write: {', or: '.join(self.instead)}"


class Sheet(Struct, frozen=True):
    """What a sheet says. Without a routine, where no line of it is an exercise."""

    routine: Routine | None
    exercises: tuple[Exercise, ...]
    """New ones, which only this sheet knows."""
    sources: tuple[Source, ...]
    """The same."""
    understood: tuple[Remark, ...]
    """What each line of exercises was taken for."""
    problems: tuple[Remark, ...]
    """Lines that were not understood, and are left out."""
    is_too_large: bool = False
    """Whether there is no routine because it would be larger than one may be; a problem says where."""


def read_sheet(text: str, catalog: Catalog, name: str = "") -> Sheet:
    """Read a sheet; `name` is the routine's title where the sheet gives it none."""
    return _Reader(text, catalog, name).read()


class _Group(Struct):
    """Exercises one after the other, one with its sets, or a circuit."""

    sets: Range | None = None
    circuit: int = 0
    """The line on which a circuit begins; 0 for what is none."""
    order: Order = Order.ONE_BY_ONE
    items: list[tuple[int | None, Item]] = field(default_factory=list)
    """Each with the seconds of rest before it; None where the routine begins with it and says nothing."""
    after: int = 0
    """Seconds of rest between sets or rounds."""
    indented: bool = False

    @property
    def problem(self) -> str:
        """What of a circuit cannot be kept."""
        rests = [rest or 0 for rest, _ in self.items]
        between = rests[1:] or rests
        if not rests:
            return "this circuit has no exercise"
        if len(set(between)) > 1:
            return f"a circuit has one rest between all its exercises: {max(between)} s are taken"
        if rests[0] not in (0, between[0]):
            return f"the rest before it is left out: a circuit has one rest for all, here {between[0]} s"
        return ""

    @property
    def blocks(self) -> list[Block]:
        """A block; several, where rests of different lengths are between exercises one after the other."""
        items = list(self.items)
        if items and items[0][0] is None:
            items[0] = (items[1][0] if len(items) > 1 else 0, items[0][1])
        if not self.circuit and self.sets is None:
            runs = groupby(items, key=lambda item: item[0] or 0)
            return [Block(tuple(item for _, item in run), rest_between_exercises=rest) for rest, run in runs]
        rest = max([rest or 0 for rest, _ in items[1:] or items], default=0)
        every = tuple(item for _, item in items)
        return [Block(every, self.sets, self.order, self.after, rest)] if items else []


class _Blocks(Struct):
    """Takes what the lines say, in their order."""

    groups: list[_Group] = field(default_factory=list)
    open: _Group | None = None
    """What the next exercise without sets of its own goes into."""
    pause: tuple[int, int] | None = None
    """Seconds of a rest that nothing has followed yet, and its line."""

    @property
    def circuit(self) -> _Group | None:
        """The circuit that is not at its end."""
        return self.open if self.open is not None and self.open.circuit else None

    def indent(self, indented: bool) -> None:
        """Take how the line begins: an indented circuit ends before one that is not."""
        if (circuit := self.circuit) and circuit.indented and not indented:
            self.separate()

    def rest(self, seconds: int, number: int) -> None:
        """Take a rest, before the next exercise or at the end of a circuit.

        Raises:
            ValueError: there is one already.
        """
        if self.pause is not None:
            raise ValueError("a rest follows a rest")
        self.pause = (seconds, number)

    def work(self, item: Item, sets: Range | None, rest: int, *, indented: bool, one_sided: bool) -> str:
        """Take an exercise; with sets, gone through so often. Returns the sets in words.

        Raises:
            ValueError: a circuit has it with sets, or per leg where it is not done one side at a time.
        """
        circuit = self.circuit
        if circuit and circuit.order is Order.PER_LEG and not one_sided:
            raise ValueError("a circuit per leg holds only what is done one side at a time")
        if circuit and sets is not None:
            raise ValueError("in a circuit everything is done once a round; repeat the line to do it again")
        before = self.pause[0] if self.pause else 0 if self.groups else None
        self.pause = None
        if self.open is None or sets is not None:
            self.open = _Group(sets, after=rest)
            self.groups.append(self.open)
        self.open.items.append((before, item))
        self.open.indented = indented
        if sets is None:
            return ""
        self.open = None
        return f", {sets_text(sets)}" + (f" with {rest} s of rest" if rest else "")

    def rest_between_sets(self, seconds: int) -> None:
        """Take a rest between the sets of the exercise that came last.

        Raises:
            ValueError: it has none, or has its rest already.
        """
        last = self.groups[-1] if self.groups else None
        if last is None or last.sets is None or last.circuit or last.after or self.pause is not None:
            raise ValueError("say it where the sets are, as in 'Clamshell 3x12, rest 30s'")
        last.after = seconds

    def gate(self, text: str) -> None:
        """Take what has to be mastered before the exercise that came last.

        Raises:
            ValueError: none came yet.
        """
        items = self.groups[-1].items if self.groups else []
        if not items:
            raise ValueError("'only when' follows an exercise")
        rest, item = items[-1]
        items[-1] = (rest, replace(item, gate=text))

    def begin(self, circuit: _Group) -> None:
        """Go through what follows together."""
        self.separate()
        self.open = circuit
        self.groups.append(circuit)

    def separate(self) -> None:
        """Make what follows a block of its own."""
        if (circuit := self.circuit) and circuit.items and self.pause is not None:
            circuit.after, self.pause = self.pause[0], None
        self.open = None


class _Reader:
    def __init__(self, text: str, catalog: Catalog, name: str) -> None:
        self.lines = text.splitlines()
        self.catalog = catalog
        self.name = name
        self.names = Names(catalog.exercises)
        self.understood: list[Remark] = []
        self.problems: list[Remark] = []
        self.fields: dict[str, list[str]] = {}
        self.warmup: WarmUp | None = None
        self.heading = ""
        self.own: list[Exercise] = []
        self.blocks = _Blocks()
        self.item_lines: list[int] = []
        """On which line each item stands."""
        self.number = 0
        self.line = ""
        # One line alone is no title.
        self.is_alone = sum(line.strip()[:1] not in ("", "#") for line in self.lines) < 2

    def read(self) -> Sheet:
        for raw in self.lines:
            self.number, self.line = self.number + 1, raw.strip()
            try:
                self._read_line(raw)
            except DoubtError as error:
                self._problem(self.number, str(error), tuple(filter(self._is_clear, error.instead)))
            except ValueError as error:
                self._problem(self.number, str(error))
            if len(self.item_lines) > MOST_ITEMS:
                break
        self.blocks.separate()
        if self.blocks.pause:
            self._problem(self.blocks.pause[1], "nothing follows this rest")
        for group in self.blocks.groups:
            if group.circuit and group.problem:
                self._problem(group.circuit, group.problem)
        blocks = tuple(block for group in self.blocks.groups for block in group.blocks)
        source = self._source()
        routine = self._routine(source, blocks) if blocks else None
        large = too_many(routine, replace(self.catalog, exercises=self.names.exercises)) if routine else ""
        if large:
            self._problem(self.item_lines[-1], f"the routine {large}")
            routine = None
        own = tuple(replace(each, source=source.id) for each in self.own)
        sources = () if self.catalog.sources.get(source.id) == source else (source,)
        problems = sorted(self.problems, key=lambda each: each.number)
        return Sheet(routine, own, sources, tuple(self.understood), tuple(problems), bool(large))

    def _problem(self, number: int, words: str, instead: tuple[str, ...] = ()) -> None:
        self.problems.append(Remark(number, self.lines[number - 1].strip(), words, instead))

    def _understood(self, words: str) -> None:
        self.understood.append(Remark(self.number, self.line, words))

    def _title(self, text: str) -> None:
        self.fields["title"] = [text]
        self._understood(TITLE)

    def _is_clear(self, text: str) -> bool:
        """Whether a line leaves no doubt: what is asked about after the answer is no answer."""
        try:
            if FIELD.fullmatch(text) or rest_of(text):
                return True
            line = read_work(text, self.names.stages_of)
            match = self.names.find(line.id or line.name)
            settle(line, match)
        except ValueError:
            return False
        return match.exercise is not None or len(line.amounts) == 1

    def _read_line(self, raw: str) -> None:
        """Take a line for what it is.

        Raises:
            ValueError: it holds a number that cannot be, or can be read in two ways.
        """
        line = COMMENT.sub(lambda found: found[1] or "", self.line).strip()
        indented = raw[:1] in (" ", "\t")
        if self._is_first and self.name and self.line.rstrip(":").casefold() == self.name.strip().casefold():
            self._title(self.name)
        elif found := FIELD.fullmatch(self.line):
            self._field(found[1].lower(), found[2])
        elif found := WARM_UP.fullmatch(self.line):
            self._warm_up(amount_in(found[1]), found[2])
        elif not self.line:
            if (circuit := self.blocks.circuit) and circuit.items and not circuit.indented:
                self.blocks.separate()
        elif not line:
            # A "# Heading" in the first line is the title, unless another is given.
            if not (self.heading or self.fields or self.blocks.groups or self.understood):
                self.heading = self.line.lstrip("# ").rstrip(":")
        elif SEPARATOR.fullmatch(line):
            self.blocks.separate()
        elif len(line) > LONGEST_LINE:
            raise ValueError(f"it is longer than {LONGEST_LINE} characters")
        else:
            bare = BULLET.sub("", line, count=1) if BULLET.match(line) else line
            self._read_part(bare, indented)

    def _read_part(self, line: str, indented: bool) -> None:
        """Take a rest, the beginning of a circuit, or an exercise."""
        if rest := rest_of(line):
            self._rest(*rest, indented)
        elif found := CIRCUIT.fullmatch(line):
            rounds = found[1] or found[2]
            order = Order.PER_LEG if found["leg"] else Order.ONE_BY_ONE
            self.blocks.begin(
                _Group(checked_rounds(amount_in(rounds)) if rounds else None, self.number, order)
            )
        else:
            self._work(read_work(line, self.names.stages_of), indented)

    def _warm_up(self, seconds: Range, text: str) -> None:
        if seconds.is_range:
            raise ValueError("a warm-up takes one number of seconds or minutes")
        title, *options = (part.strip() for part in text.split("|"))
        self.warmup = WarmUp(title or "Warm up", seconds.low, Basis.USER, OWN_SHEET.id, tuple(options))
        self._understood(f"a warm-up of {seconds} s")

    def _rest(self, seconds: int, between: str, indented: bool) -> None:
        if between in ("set", "sets"):
            self.blocks.rest_between_sets(seconds)
            self._understood(f"{seconds} s of rest between the sets before it")
        elif between:
            words = f"a rest between {between} stands among the exercises of a circuit, or at its end"
            raise DoubtError(words, f"rest {seconds}s")
        else:
            self.blocks.indent(indented)
            self.blocks.rest(seconds, self.number)

    def _field(self, name: str, text: str) -> None:
        if not text or len(text) > LONGEST_TEXT or not text.isprintable():
            raise ValueError(f"'{name}' needs a text that can be printed")
        if name == "only when":
            self.blocks.gate(text)
        elif name in self.fields and name not in ("caution", "note"):
            raise ValueError(f"'{name}' was said before")
        elif name == "id" and slug(text) != text:
            raise ValueError(f"'{text}' is no id: small letters, digits and hyphens make one")
        elif name == "source" and text not in self.catalog.sources:
            raise ValueError("there is no source with that id")
        else:
            self.fields.setdefault(name, []).append(text)

    def _work(self, line: Work, indented: bool) -> None:
        match = self.names.find(line.id or line.name)
        exercise, words = match.exercise, ""
        if line.id and exercise is None:
            raise ValueError(f"there is no exercise with the id '{line.id}'")
        if exercise is None and self._took_title(line, match.others):
            return
        settle(line, match)
        if exercise is None and self._is_first and not line.is_quoted and _may_be_title(line):
            title, own = self._as_title(), line.written(f'"{line.name}"')
            raise DoubtError("is it the title, or an exercise?", *title, own)
        doses = doses_of(exercise, line) if exercise is not None else None
        if exercise is None or doses is None:
            other = f" (not '{exercise.id}', which is counted otherwise)" if exercise else ""
            exercise, doses = self._new(line), ()
            words = f"; a new exercise of your own, {exercise.position.value}{other}"
            words += f", each repetition held for {line.hold} s" if line.hold else ""
            if match.others and not line.is_quoted:
                words += f"; there are also {names_of(match.others)}"
        item = Item(exercise.id, doses)
        one_sided = exercise.sides is Sides.ONE_AT_A_TIME
        self.blocks.indent(indented)
        sets = self.blocks.work(item, line.sets, line.rest, indented=indented, one_sided=one_sided)
        self.item_lines.append(self.number)
        colon = ":" if item.doses and len(exercise.stages) > 1 else ""
        amounts = doses_text(exercise, item.doses) or own_dose_text(exercise)
        self._understood(f"{exercise.name}{colon} {amounts}{sets}{words}")

    def _took_title(self, line: Work, others: tuple[Exercise, ...]) -> bool:
        """Take a line for the title that says no more than a name, or is a heading for sure."""
        is_heading = bool(line.name and _only_amount(line) and HEADING.search(line.line))
        says_much = line.amounts or line.times or line.hold or line.sets or line.rest or line.left
        if says_much and not is_heading:
            return False
        is_name = is_heading or not (others or DOSE_WORD.search(line.name))
        if is_name and not self.blocks.groups and "title" not in self.fields:
            self._title(self.line.rstrip(":"))
            return True
        meant = f"; is it {names_of(others)}?" if others else ""
        raise DoubtError(
            f"no exercise has this name, and there is no amount such as 12/side or 30s{meant}",
            *(line.written(each.name) for each in others),
            *(() if self.blocks.groups else self._as_title()),
        )

    def _as_title(self) -> tuple[str, ...]:
        return () if "title" in self.fields else (f"title: {self.line.rstrip(':')}",)

    @property
    def _is_first(self) -> bool:
        """Whether the line may be the title for what stands before it."""
        before = self.blocks.groups or self.understood or self.problems or self.heading
        return not (before or self.is_alone or "title" in self.fields)

    def _new(self, line: Work) -> Exercise:
        if len(line.amounts) != 1:
            several = f": it says how much {len(line.amounts)} times" if line.amounts else ""
            raise ValueError(f"'{line.name}' is not known, and a new exercise has one amount{several}")
        name = line.name[:1].upper() + line.name[1:]
        if not name.isprintable() or len(name) > LONGEST_NAME:
            raise ValueError(f"the name of an exercise is a text of up to {LONGEST_NAME} characters")
        exercise = new_exercise(line, name, OWN_SHEET.id, self.names.exercises)
        self.own.append(exercise)
        self.names.add(exercise)
        return exercise

    def _said(self, name: str) -> str:
        return self.fields.get(name, [""])[0]

    def _source(self) -> Source:
        known, given, author = self.catalog.sources, self._said("source"), self._said("by")
        if given:
            return known[given]
        if not author:
            return OWN_SHEET
        found = (each for each in known.values() if each.author == author and each.kind == "ours")
        return next(found, None) or Source(free_id(slug(author) or "sheet", known), "ours", author=author)

    def _routine(self, source: Source, blocks: tuple[Block, ...]) -> Routine:
        title = self._said("title") or self.heading or self.name or "My routine"
        return Routine(
            id=self._said("id") or slug(self.name) or slug(title) or "my-routine",
            title=title,
            source=source.id,
            summary=self._said("about") or "From a sheet of your own.",
            blocks=blocks,
            warmup=self.warmup and replace(self.warmup, source=source.id),
            when=self._said("when"),
            cautions=tuple(self.fields.get("caution", ())),
            notes=tuple(self.fields.get("note", ())),
        )


def _only_amount(line: Work) -> Amount | None:
    """What a line says how much, if it says nothing else."""
    is_alone = len(line.amounts) == 1 and not (line.sets or line.rest or line.hold or line.left)
    return line.amounts[0] if is_alone and not line.alternates else None


def _may_be_title(line: Work) -> bool:
    """Whether the number may be a date's, a week's or the whole routine's: "Rehab 24", "Hips 15 min"."""
    amount = _only_amount(line)
    if amount is None or amount.is_hold:
        return amount is not None and amount.range.high >= LONG
    return bool(re.fullmatch(r"[0-9]+(?:/[0-9]+)?", line.line.replace(line.name, "", 1).strip(" .,:;–—-")))
