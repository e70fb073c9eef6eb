"""From a sheet to a routine: what was understood of each line, and what was not."""

from __future__ import annotations

import re
from collections.abc import Mapping

from msgspec import Struct, field
from msgspec.structs import replace

from hipcoach.core.catalog import MOST_ITEMS, Catalog, too_many
from hipcoach.core.exercise import Basis, Exercise, Sides, Source
from hipcoach.core.routine import Item, Order, OwnDose, Routine, WarmUp
from hipcoach.core.sheet.amounts import DOSE_WORD, MOST
from hipcoach.core.sheet.blocks import BlockBuilder
from hipcoach.core.sheet.clauses import DoubtError
from hipcoach.core.sheet.doubts import names_of, settled
from hipcoach.core.sheet.escapes import unescaped
from hipcoach.core.sheet.lines import (
    Blank,
    Circuit,
    Field,
    Rest,
    Separator,
    WarmUpLine,
    Work,
    read_line,
)
from hipcoach.core.sheet.names import Names, slug
from hipcoach.core.sheet.new_exercise import free_id, new_exercise
from hipcoach.core.sheet.printing import item_text, own_dose_text
from hipcoach.core.sheet.stage_doses import doses_of, fits

OWN_SHEET = Source("own-sheet", "ours", title="A sheet of your own")
"""Where a routine comes from that says nothing of it."""
WARM_UP_BASIS = {"source": Basis.SOURCE, "suggested": Basis.SUGGESTED, "mine": Basis.USER}
NUMBERED = ("week", "day", "phase", "part", "page", "level", "program", "programme", "sheet", "session")
"""Words that a number after them only tells apart."""
HEADINGS = ("routine", "program", "programme", "plan", "workout", "session", "exercises", "homework")
"""Last words of what is the name of a whole routine, as in "10 minute morning routine"."""
YEARS = range(1900, 2100)
"""Numbers that are no count of repetitions, but a date's."""
TITLE = "the title"
"""What a line is said to be that is one."""
LONG = 300
"""Seconds that nobody holds an exercise for; a whole routine may take them."""
LONGEST = 2000
"""Characters of a text that a routine file may hold."""


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
    return _Reader(catalog, name).read(text)


class _Reader(Struct):
    catalog: Catalog
    name: str
    understood: list[Remark] = field(default_factory=list)
    problems: list[Remark] = field(default_factory=list)
    fields: dict[str, str] = field(default_factory=dict)
    cautions: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    warmup: WarmUpLine | None = None
    heading: str = ""
    is_alone: bool = False
    """Whether the sheet is one line, which then is no title."""
    names: Names = field(default_factory=lambda: Names({}))
    own: dict[str, Exercise] = field(default_factory=dict)
    blocks: BlockBuilder = field(default_factory=BlockBuilder)
    item_lines: list[int] = field(default_factory=list)
    """On which line each item stands."""
    number: int = 0
    line: str = ""

    def read(self, text: str) -> Sheet:
        self.names = Names(self.catalog.exercises)
        self.is_alone = sum(line.strip()[:1] not in ("", "#") for line in text.splitlines()) < 2
        for self.number, raw in enumerate(text.splitlines(), 1):
            self.line = raw.strip()
            try:
                self._line(raw)
            except DoubtError as error:
                self.problems.append(Remark(self.number, self.line, str(error), self._clear(error.instead)))
            except ValueError as error:
                self.problems.append(Remark(self.number, self.line, str(error)))
            if len(self.item_lines) > MOST_ITEMS:
                break
        lines = text.splitlines()
        for number, words in self.blocks.finish():
            self.problems.append(Remark(number, lines[number - 1].strip(), words))
        self.problems.sort(key=lambda each: each.number)
        source = self._source()
        routine = self._routine(source) if self.blocks.blocks else None
        large = too_many(routine, replace(self.catalog, exercises=self.names.exercises)) if routine else None
        if routine and large:
            first = sum(len(block.items) for block in routine.blocks[: large[0]])
            has_many = first + len(routine.blocks[large[0]].items) > MOST_ITEMS
            number = self.item_lines[MOST_ITEMS if has_many else first]
            self.problems.append(Remark(number, lines[number - 1].strip(), f"the routine {large[1]}"))
            routine = None
        own = tuple(replace(each, source=source.id) for each in self.own.values())
        sources = () if self.catalog.sources.get(source.id) == source else (source,)
        return Sheet(
            routine, own, sources, tuple(self.understood), tuple(self.problems), is_too_large=bool(large)
        )

    def _clear(self, lines: tuple[str, ...]) -> tuple[str, ...]:
        """Those that leave no doubt: what is asked about after the answer is no answer."""
        clear = []
        for text in lines:
            try:
                line = read_line(text, self.names.stages_of)
                if isinstance(line, Work):
                    match = self.names.find(line.id or line.name)
                    line = settled(line, match.others if match.is_near else (), match.exercise)
                    if match.exercise is None and len(line.amounts) != 1:
                        continue
            except ValueError:
                continue
            clear.append(text)
        return tuple(clear)

    def _line(self, raw: str) -> None:
        indented = raw[:1] in (" ", "\t")
        if self._is_first and self.name and self.line.rstrip(":").casefold() == self.name.strip().casefold():
            self.fields["title"] = self.name
            self._understood(TITLE)
            return
        line = read_line(raw, self.names.stages_of)
        match line:
            case Blank():
                self._remark()
                # A remark of its own does not end a circuit.
                if not self.line:
                    self.blocks.blank()
            case Separator():
                self.blocks.separate()
            case Field():
                self._field(line)
            case WarmUpLine():
                self.warmup = line
                self._understood(f"a warm-up of {line.seconds} s")
            case Rest(between="set" | "sets"):
                self.blocks.rest_between_sets(line.seconds)
                self._understood(f"{line.seconds} s of rest between the sets before it")
            case Rest(between=between) if between:
                raise DoubtError(
                    f"a rest between {between} stands among the exercises of a circuit, or at its end",
                    f"rest {line.seconds}s",
                )
            case Rest():
                self.blocks.rest(line.seconds, self.number, indented=indented)
            case Circuit():
                order = Order.PER_LEG if line.per_leg else Order.ONE_BY_ONE
                self.blocks.circuit(line.rounds, order, self.number)
            case Work():
                self._work(line, indented=indented)

    def _field(self, line: Field) -> None:
        text = unescaped(line.text)
        if not text.strip() or len(text) > LONGEST or not text.replace("\n", "").isprintable():
            raise ValueError(f"'{line.name}' needs a text that can be printed")
        if line.name == "only when":
            self.blocks.gate(text)
        elif line.name == "caution":
            self.cautions.append(text)
        elif line.name == "note":
            self.notes.append(text)
        elif line.name in self.fields:
            raise ValueError(f"'{line.name}' was said before")
        elif line.name == "id" and slug(text) != text:
            raise ValueError(f"'{text}' is no id: small letters, digits and hyphens make one")
        else:
            self.fields[line.name] = text

    def _remark(self) -> None:
        """A "# Heading" in the first line is the title, unless another is given."""
        if self.line and not (self.heading or self.fields or self.blocks.started or self.understood):
            self.heading = self.line.lstrip("# ").rstrip(":")

    def _work(self, line: Work, *, indented: bool) -> None:
        match = self.names.find(line.id or line.name)
        exercise, words = match.exercise, ""
        if line.id and exercise is None:
            raise ValueError(f"there is no exercise with the id '{line.id}'")
        if exercise is None and self._heading(line, match.others):
            return
        line = settled(line, match.others if match.is_near else (), exercise)
        if exercise is None and self._is_first and not line.is_quoted and _may_be_title(line):
            raise DoubtError(
                "is it the title, or an exercise?", *_as_title(self.fields, self.line), line.quoted(line.name)
            )
        if exercise is not None and line.amounts and not fits(exercise, line):
            words = f" (not '{exercise.id}', which is counted otherwise)"
            exercise = None
        doses: dict[str, OwnDose] = {}
        if exercise is None:
            exercise = self._new(line)
            words = f"a new exercise of your own, {exercise.position.value}{words}"
            if line.hold:
                words += f", each repetition held for {line.hold.low} s"
            if match.others and not line.is_quoted:
                words += f"; there are also {names_of(match.others)}"
        elif line.amounts and not self._is_own_dose(exercise, line):
            doses = doses_of(exercise, line)
        item = Item(exercise.id, tuple(doses.values()))
        one_sided = exercise.sides is Sides.ONE_AT_A_TIME
        repeated = self.blocks.work(item, line.sets, line.rest, indented=indented, one_sided=one_sided)
        self.item_lines += [self.number] * self.blocks.copies
        self._understood(self._meaning(item, words, repeated))

    def _heading(self, line: Work, others: tuple[Exercise, ...]) -> bool:
        """Whether a line is the title: it says no more than a name, or is a heading for sure."""
        says_much = bool(line.amounts or line.times or line.hold or line.sets or line.rest or line.left)
        if says_much and not _is_heading(line):
            return False
        is_word = not (says_much or others or DOSE_WORD.search(line.name))
        if not self.blocks.started and "title" not in self.fields and (is_word or _is_heading(line)):
            self.fields["title"] = self.line.rstrip(":")
            self._understood(TITLE)
            return True
        raise DoubtError(
            _no_amount(others),
            *(line.named(each.name) for each in others),
            *(() if self.blocks.started else _as_title(self.fields, self.line)),
        )

    @property
    def _is_first(self) -> bool:
        """Whether the line may be the title for what stands before it."""
        before = self.blocks.started or self.understood or self.problems or self.heading
        return not (before or self.is_alone or "title" in self.fields)

    def _new(self, line: Work) -> Exercise:
        if len(line.amounts) != 1 or line.amounts[0][0]:
            several = f"it says how much {len(line.amounts)} times" if len(line.amounts) > 1 else ""
            raise ValueError(
                f"'{line.name}' is not known, and a new exercise has one amount{several and ': '}{several}"
            )
        name = line.name[:1].upper() + line.name[1:]
        if not name or not name.isprintable() or len(name) > 80:
            raise ValueError("the name of an exercise is a text of up to 80 characters")
        hold = line.hold.low if line.hold else 0
        exercise = new_exercise(
            name,
            line.amounts[0][1],
            OWN_SHEET.id,
            self.names.exercises,
            hold=hold,
            alternates=line.alternates,
        )
        self.own[exercise.id] = exercise
        self.names.add(exercise)
        return exercise

    def _is_own_dose(self, exercise: Exercise, line: Work) -> bool:
        """Whether a new exercise comes again as it came first."""
        amount = line.amounts[0][1]
        per = amount.per or exercise.stages[0].dose.per
        own = exercise.stages[0].dose
        return exercise.id in self.own and (own.amount, own.per) == (amount.range, per)

    def _meaning(self, item: Item, words: str, sets: str) -> str:
        exercise = self.names.exercises[item.exercise]
        dose = item_text(item, self.names) if item.doses else f"{exercise.name} {own_dose_text(exercise)}"
        return "; ".join(part for part in (f"{dose}{sets}", words) if part)

    def _source(self) -> Source:
        if given := self.fields.get("source"):
            if given in self.catalog.sources:
                return self.catalog.sources[given]
            self.problems.append(Remark(0, f"source: {given}", "there is no source with that id"))
        author = self.fields.get("by")
        if author is None:
            return OWN_SHEET
        found = next(
            (each for each in self.catalog.sources.values() if each.author == author and each.kind == "ours"),
            None,
        )
        return found or Source(free_id(slug(author) or "sheet", self.catalog.sources), "ours", author=author)

    def _routine(self, source: Source) -> Routine:
        title = self.fields.get("title") or self.heading or self.name or "My routine"
        return Routine(
            id=self.fields.get("id") or slug(self.name) or slug(title) or "my-routine",
            title=title,
            source=source.id,
            summary=self.fields.get("about") or "From a sheet of your own.",
            blocks=tuple(self.blocks.blocks),
            warmup=self._warmup(source) if self.warmup else None,
            when=self.fields.get("when", ""),
            cautions=tuple(self.cautions),
            notes=tuple(self.notes),
        )

    def _warmup(self, source: Source) -> WarmUp:
        assert self.warmup is not None  # noqa: S101  the caller has looked
        title, *options = _split(self.warmup.text)
        known = self.warmup.source in self.catalog.sources
        return WarmUp(
            title=title or "Warm up",
            seconds=min(self.warmup.seconds, MOST),
            basis=WARM_UP_BASIS[self.warmup.basis],
            source=self.warmup.source if known else source.id,
            options=tuple(options),
        )

    def _understood(self, words: str) -> None:
        self.understood.append(Remark(self.number, self.line, words))


def _as_title(fields: Mapping[str, str], line: str) -> tuple[str, ...]:
    return () if "title" in fields else (f"title: {line.rstrip(':')}",)


def _may_be_title(line: Work) -> bool:
    """Whether the number may be a date's, a week's or the whole routine's: "Rehab 24", "Hips 15 min"."""
    if len(line.amounts) != 1 or line.sets or line.rest or line.hold or line.alternates:
        return False
    _, amount = line.amounts[0]
    if amount.is_hold:
        return amount.range.high >= LONG
    return bool(re.fullmatch(r"[0-9]+(?:/[0-9]+)?", line.line.replace(line.name, "", 1).strip(" .,:;–—-")))


def _is_heading(line: Work) -> bool:
    """Whether what looks like an amount numbers a heading, as in "Week 2", or is a part of one."""
    words = line.name.lower().split()
    if len(line.amounts) != 1 or not words or line.sets or line.rest or line.hold or line.left:
        return False
    _, amount = line.amounts[0]
    is_bare = amount.per is None and not amount.is_hold
    return words[-1] in HEADINGS or (is_bare and (words[-1] in NUMBERED or amount.range.low in YEARS))


def _no_amount(others: tuple[Exercise, ...]) -> str:
    meant = f"; is it {names_of(others)}?" if others else ""
    return f"no exercise has this name, and there is no amount such as 12/side or 30s{meant}"


def _split(text: str) -> list[str]:
    """Texts with | between them."""
    parts, current, is_escaped = [], "", False
    for sign in text:
        if sign == "|" and not is_escaped:
            parts.append(current)
            current = ""
        else:
            current += sign
        is_escaped = sign == "\\" and not is_escaped
    return [unescaped(part.strip()) for part in (*parts, current)]
