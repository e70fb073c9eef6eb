"""From a sheet to a routine: what was understood of each line, and what was not."""

from __future__ import annotations

from msgspec import Struct, field
from msgspec.structs import replace

from hipcoach.core.catalog import Catalog
from hipcoach.core.exercise import Basis, Dose, Exercise, Sides, Source
from hipcoach.core.routine import Item, Order, Routine, WarmUp
from hipcoach.core.sheet.amounts import MOST
from hipcoach.core.sheet.blocks import BlockBuilder
from hipcoach.core.sheet.escapes import unescaped
from hipcoach.core.sheet.lines import (
    Blank,
    Circuit,
    Field,
    Rest,
    Separator,
    WarmUpLine,
    Work,
)
from hipcoach.core.sheet.names import find_exercise, read_line_among, slug
from hipcoach.core.sheet.new_exercise import free_id, new_exercise
from hipcoach.core.sheet.printing import item_text, own_dose_text
from hipcoach.core.sheet.stage_doses import doses_of, fits

OWN_SHEET = Source("own-sheet", "ours", title="A sheet of your own")
"""Where a routine comes from that says nothing of it."""
WARM_UP_BASIS = {"source": Basis.SOURCE, "suggested": Basis.SUGGESTED, "mine": Basis.USER}
NUMBERED = ("week", "day", "phase", "part", "page", "level", "program", "programme", "sheet", "session")
"""Words that a number after them only tells apart."""
LONGEST = 2000
"""Characters of a text that a routine file may hold."""


class Remark(Struct, frozen=True):
    """Something about one line of a sheet, counted from 1."""

    number: int
    line: str
    words: str

    def __str__(self) -> str:
        return f"line {self.number}, '{self.line}': {self.words}"


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
    exercises: dict[str, Exercise] = field(default_factory=dict)
    own: dict[str, Exercise] = field(default_factory=dict)
    blocks: BlockBuilder = field(default_factory=BlockBuilder)
    number: int = 0
    line: str = ""

    def read(self, text: str) -> Sheet:
        self.exercises = dict(self.catalog.exercises)
        for self.number, raw in enumerate(text.splitlines(), 1):
            self.line = raw.strip()
            try:
                self._line(raw)
            except ValueError as error:
                self._problem(str(error))
        lines = text.splitlines()
        for number, words in self.blocks.finish():
            self.problems.append(Remark(number, lines[number - 1].strip(), words))
        self.problems.sort(key=lambda each: each.number)
        source = self._source()
        routine = self._routine(source) if self.blocks.blocks else None
        own = tuple(replace(each, source=source.id) for each in self.own.values())
        sources = () if self.catalog.sources.get(source.id) == source else (source,)
        return Sheet(routine, own, sources, tuple(self.understood), tuple(self.problems))

    def _line(self, raw: str) -> None:
        indented = raw[:1] in (" ", "\t")
        line = read_line_among(raw, self.exercises)
        match line:
            case Blank():
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

    def _work(self, line: Work, *, indented: bool) -> None:
        match = find_exercise(line.id or line.name, self.exercises)
        exercise, words = match.exercise, ""
        if line.id and exercise is None:
            raise ValueError(f"there is no exercise with the id '{line.id}'")
        if exercise is None and (not line.amounts or _is_heading(line)):
            if not self.blocks.started and "title" not in self.fields and not match.others:
                self.fields["title"] = self.line.rstrip(":")
                return
            raise ValueError(_no_amount(match.others))
        if exercise is not None and line.amounts and not fits(exercise, line):
            words = f" (not '{exercise.id}', which is counted otherwise)"
            exercise = None
        doses: dict[str, Dose] = {}
        if exercise is None:
            exercise = self._new(line)
            words = f"a new exercise of your own, {exercise.position.value}{words}"
            if match.others:
                words += f"; there are also {_names(match.others)}"
        elif line.amounts and not self._is_own_dose(exercise, line):
            doses = doses_of(exercise, line)
        item = Item(exercise.id, doses)
        one_sided = exercise.sides is Sides.ONE_AT_A_TIME
        repeated = self.blocks.work(item, line.sets, line.rest, indented=indented, one_sided=one_sided)
        self._understood(self._meaning(item, match.is_guess, words, repeated))

    def _new(self, line: Work) -> Exercise:
        if len(line.amounts) > 1 or line.amounts[0][0]:
            raise ValueError(f"'{line.name}' is not known, and a new exercise has one amount")
        name = line.name[:1].upper() + line.name[1:]
        if not name.isprintable() or len(name) > 80:
            raise ValueError("the name of an exercise is a text of up to 80 characters")
        exercise = new_exercise(name, line.amounts[0][1], OWN_SHEET.id, self.exercises)
        self.exercises[exercise.id] = self.own[exercise.id] = exercise
        return exercise

    def _is_own_dose(self, exercise: Exercise, line: Work) -> bool:
        """Whether a new exercise comes again as it came first."""
        amount = line.amounts[0][1]
        per = amount.per or exercise.stages[0].dose.per
        own = exercise.stages[0].dose
        return exercise.id in self.own and (own.amount, own.per) == (amount.range, per)

    def _meaning(self, item: Item, is_guess: bool, words: str, sets: str) -> str:
        exercise = self.exercises[item.exercise]
        catalog = replace(self.catalog, exercises=self.exercises)
        dose = item_text(item, catalog) if item.doses else f"{exercise.name} {own_dose_text(exercise)}"
        guess = "taken for " if is_guess else ""
        return "; ".join(part for part in (f"{guess}{dose}{sets}", words) if part)

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
        title = self.fields.get("title") or self.name or "My routine"
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

    def _problem(self, words: str) -> None:
        self.problems.append(Remark(self.number, self.line, words))


def _is_heading(line: Work) -> bool:
    """Whether what looks like an amount numbers a heading, as in "Week 2"."""
    _, amount = line.amounts[0]
    return line.name.lower().split(" ")[-1] in NUMBERED and amount.per is None and not amount.is_hold


def _no_amount(others: tuple[Exercise, ...]) -> str:
    meant = f"; is it {_names(others)}?" if others else ""
    return f"no exercise has this name, and there is no amount such as 12/side or 30s{meant}"


def _names(exercises: tuple[Exercise, ...]) -> str:
    return " or ".join(f"'{each.name}'" for each in exercises[:4])


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
