"""The catalogue, read from TOML files: the bundled one, and over it the user's own routines and exercises.

A file with a problem breaks nothing else.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any, Literal, TypeAlias

from msgspec import Struct, field
from msgspec.structs import asdict, replace

from hipcoach.core.catalog import MOST_ITEMS, Catalog, too_many
from hipcoach.core.choices import MOST_ROUNDS
from hipcoach.core.exercise import Basis, Dose, Entry, Exercise, Per, Sides, Source, Stage, StageKind
from hipcoach.core.fields import Table
from hipcoach.core.routine import Block, Item, Order, Routine, RoutineTable
from hipcoach.core.text import nearest
from hipcoach.errors import DataError
from hipcoach.paths import bundled
from hipcoach.storage.atomic import write_atomically
from hipcoach.storage.text_file import NotTomlError, UnreadableError, parse_toml, read_text
from hipcoach.storage.typed import (
    DEEPEST,
    MOST_FAULTS,
    Faults,
    Problem,
    place_of,
    problems_of,
    read_as,
    schema_of,
)
from hipcoach.storage.typed import Path as Place

FORMAT = 1
LARGEST_FILE = 1_000_000
"""Bytes; no routine that a person wrote comes near."""
ORDER = ("desk-break", "nine-drills", "leg-circuit", "hips-and-upper-back", "four-movements", "six-drills")
"""How the bundled routines are listed; others follow by title."""
EXAMPLE = "example.toml"
APART = ("figures", "self-tests.toml", EXAMPLE, "removed")
"""What the bundled data holds besides the catalogue, each with a reader of its own, and what was deleted."""
FOLDERS = ("exercises", "routines")
"""Where in the config directory the user's own files are."""
SCHEMA = "routine.schema.json"
"""The file in the config directory that editors read to complete and check routine files."""
DIALECT = "http://json-schema.org/draft-07/schema#"
"""Draft 7 is what editors' TOML plug-ins know."""

REFERENCES = {"source": "source", "tempo_source": "source", "exercise": "exercise", "builds_on": "exercise"}
"""Fields that hold ids of something else, and of what."""

Thing: TypeAlias = Source | Exercise | Routine
Fault: TypeAlias = tuple[Place, str]
State: TypeAlias = tuple[tuple[str, int, int], ...]
"""Name, time of change in nanoseconds and size in bytes of each file."""


class CatalogFile(Table, frozen=True, kw_only=True):
    """A file of sources, exercises and a routine; each may be left out, but not all."""

    format: Literal[1]
    source: tuple[Source, ...] = ()
    exercise: tuple[Exercise, ...] = ()
    routine: RoutineTable | None = None
    block: tuple[Block, ...] = ()


class Document(Struct):
    """A file that was read, and everything that is wrong with it."""

    name: str
    """What problems call it."""
    text: str = ""
    values: dict[str, Any] = field(default_factory=dict)
    file: CatalogFile | None = None
    """What it holds; with stand-ins for what is wrong."""
    faults: Faults = field(default_factory=dict)
    unreadable: bool = False
    """Whether it could not be read at all."""

    @property
    def things(self) -> Iterator[tuple[str, Thing, Place]]:
        """What it holds: each with its noun and its place."""
        if self.file is None:
            return
        for number, source in enumerate(self.file.source):
            yield "source", source, ("source", number)
        for number, exercise in enumerate(self.file.exercise):
            yield "exercise", exercise, ("exercise", number)
        if self.file.routine is not None and self.file.block:
            yield "routine", Routine(**asdict(self.file.routine), blocks=self.file.block), ("routine",)

    def named(self, noun: str) -> dict[str, Any]:
        """Its sources, exercises or routines, by id."""
        return {thing.id: thing for each, thing, _ in self.things if each == noun}

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong, line by line."""
        return tuple(problems_of(self.name, self.text, self.values, self.faults, routine_place))


class OwnCatalog(Struct, frozen=True):
    """The catalogue with the user's own files over it, and what is wrong with these."""

    catalog: Catalog
    problems: tuple[Problem, ...] = ()
    files: Mapping[str, str] = field(default_factory=dict)
    """By id of a routine that is the user's: its file, named from the config directory, with a slash."""


@cache
def bundled_catalog() -> Catalog:
    """Return the catalogue that comes with the program.

    Raises:
        DataError: the bundled data has problems (all of them in the message).
        ResourceError: the bundled data is missing.
    """
    documents = read_tree(bundled("data"))
    catalog, _ = join(documents)
    problems = [str(problem) for document in documents for problem in document.problems]
    if problems:
        raise DataError("\n".join(problems))
    return catalog


def load_catalog(config: Path) -> tuple[Catalog, tuple[Problem, ...]]:
    """Return the bundled catalogue with the user's own files over it, and every problem of those files.

    Raises:
        DataError, ResourceError: the bundled data has problems or is missing.
    """
    own = load_own(config)
    return own.catalog, own.problems


def load_own(config: Path) -> OwnCatalog:
    """Return the bundled catalogue with the user's own files over it.

    What has the id of something bundled takes its place. A file with a problem is left out whole.

    Raises:
        DataError, ResourceError: the bundled data has problems or is missing.
    """
    problems: list[Problem] = []
    good: list[Document] = []
    for folder in FOLDERS:
        for path in _own_files(config / folder, problems):
            document = read_document(path, f"{folder}/{path.name}")
            problems += document.problems
            # The same file may be there twice, as where a program that syncs folders copied it.
            if not document.faults and document.file not in [each.file for each in good]:
                good.append(document)
    while True:
        catalog, broken = join(good, bundled_catalog())
        left = [document for document in good if not document.faults]
        if not broken and len(left) == len(good):
            files = {routine: document.name for document in good for routine in document.named("routine")}
            return OwnCatalog(catalog, tuple(problems), files)
        problems += [problem for document in good for problem in document.problems]
        if len(left) == len(good):
            # A bundled routine no longer fits: it was broken by whatever replaced its exercises.
            problems += broken
            left = []
        good = left


def others_that_need(file: Path, own: OwnCatalog) -> list[str]:
    """Return the titles of the user's other routines that use what only this file of theirs holds."""
    document = read_document(file, file.name)
    exercises = document.named("exercise").keys() - bundled_catalog().exercises.keys()
    sources = document.named("source").keys() - bundled_catalog().sources.keys()
    others = (own.catalog.routines[name] for name in own.files if name not in document.named("routine"))
    return [
        each.title
        for each in others
        if each.source in sources or any(item.exercise in exercises for item in each.items)
    ]


def state_of(config: Path) -> State:
    """Return what tells whether the user's own files have changed. Reads the two directories and no file."""
    found = []
    for folder in FOLDERS:
        for path in (config / folder).glob("*.toml"):
            time, size = 0, 0
            with suppress(OSError):
                seen = path.stat()
                time, size = seen.st_mtime_ns, seen.st_size
            found.append((f"{folder}/{path.name}", time, size))
    return tuple(sorted(found))


def file_schema(document: str = "routine") -> dict[str, Any]:
    """Return the JSON Schema of a file that is for a routine, or for exercises."""
    required = ["routine", "block"] if document == "routine" else ["exercise"]
    schema = schema_of(CatalogFile)
    return {
        "$schema": DIALECT,
        **schema,
        "title": f"hipcoach {document} file",
        "required": [*schema["required"], *required],
    }


def write_schema(config: Path) -> None:
    """Put the schema of routine files where the ones that `hipcoach new` writes look for it.

    Raises:
        StorageError: it cannot be written.
    """
    path = config / SCHEMA
    content = (json.dumps(file_schema(), indent=2) + "\n").encode()
    if not path.is_file() or path.read_bytes() != content:
        write_atomically(path, content, replace=True)


def files_below(root: Path) -> list[Path]:
    """Return every TOML file below a directory that belongs to the catalogue."""
    return sorted(path for path in root.rglob("*.toml") if path.relative_to(root).parts[0] not in APART)


def read_tree(root: Path) -> list[Document]:
    """Read every file below a directory that belongs to the catalogue."""
    return [read_document(path, path.relative_to(root).as_posix()) for path in files_below(root)]


def read_document(path: Path, name: str) -> Document:
    """Read one file of sources, exercises or a routine; problems call it by this name."""
    document = Document(name)
    try:
        text = read_text(path, LARGEST_FILE)
        document.values, document.text = parse_toml(text), text
    except FileNotFoundError as error:
        document.faults, document.unreadable = {(): f"cannot be read: {error.strerror}"}, True
        return document
    except UnreadableError as error:
        document.faults, document.unreadable = {(): error.message}, not isinstance(error, NotTomlError)
        return document
    number = document.values.get("format")
    if isinstance(number, int) and number > FORMAT:
        wrong = f"is {number}; this hipcoach reads format {FORMAT}. Please update hipcoach."
        document.faults["format",] = wrong
        return document
    document.file, document.faults = read_as(CatalogFile, _with_published_texts(document.values))
    if document.file is not None:
        faulty = {_listed(place) for place in document.faults} - {()}
        for place, message in _rules(document.file):
            # Of a stage, or what else is listed, that is wrong in itself more is said once that is right.
            if _listed(place) not in faulty:
                document.faults.setdefault(place, message)
    return document


def join(documents: Sequence[Document], base: Catalog | None = None) -> tuple[Catalog, list[Problem]]:
    """Put files together, over a catalogue: what has the id of something in there takes its place.

    What does not fit is noted in each document; returned is also what is wrong with routines of the
    catalogue, because something they need was replaced.
    """
    kept: dict[str, dict[str, Any]] = {
        "source": dict(base.sources) if base else {},
        "exercise": dict(base.exercises) if base else {},
        "routine": dict(base.routines) if base else {},
    }
    origins: dict[tuple[str, str], tuple[Document, Place]] = {}
    for document in documents:
        for noun, thing, path in document.things:
            # What has no right id goes by its place, so that the rest of it can be looked at.
            has_id = not {path, (*path, "id")} & document.faults.keys()
            name = thing.id if has_id else f"{document.name}: {place_of(path, {})}"
            key = (noun, name)
            if key not in origins:
                origins[key] = document, path
                kept[noun][name] = thing
                continue
            first, _ = origins[key]
            # The same may be said twice, as where two routines name the same source.
            if first is document or noun == "routine" or kept[noun][name] != thing:
                elsewhere = "" if first is document else f", here and in {first.name}"
                document.faults[*path, "id"] = f"{thing.id!r} is used twice{elsewhere}"
    ranks = {name: rank for rank, name in enumerate(ORDER)}
    listed = sorted(
        kept["routine"], key=lambda name: (ranks.get(name, len(ORDER)), kept["routine"][name].title)
    )
    routines = {name: _with_stages(kept["routine"][name], kept["exercise"]) for name in listed}
    catalog = Catalog(kept["exercise"], routines, kept["source"])
    broken: list[Problem] = []
    for name, routine in routines.items():
        origin = origins.get(("routine", name))
        for path, message in _misfits(routine, catalog):
            if origin is not None:
                origin[0].faults.setdefault(path, message)
            else:
                broken.append(Problem("", routine_place(path, {"routine": {"id": name}}), message))
    for document in documents:
        lost = (each for each in _mentions(document.values, ()) if each[2] not in kept[each[1]])
        for path, noun, name in islice(lost, MOST_FAULTS):
            document.faults.setdefault(path, _nothing_called(noun, name, kept[noun]))
    return catalog, broken


def routine_place(path: Place, values: Mapping[str, Any]) -> str:
    """Return the name of a place; of blocks, which stand beside their routine, with the routine."""
    routine = values.get("routine")
    if path[:1] != ("block",) or not isinstance(routine, dict):
        return place_of(path, values)
    return place_of(("routine", *path), {"routine": {**routine, "block": values.get("block")}})


def _listed(place: Place) -> Place:
    """Return the innermost place around it that is in a list."""
    numbers = [number for number, step in enumerate(place) if isinstance(step, int)]
    return place[: numbers[-1] + 1] if numbers else ()


def _own_files(directory: Path, problems: list[Problem]) -> list[Path]:
    try:
        return sorted(path for path in directory.iterdir() if path.suffix == ".toml")
    except FileNotFoundError:
        return []
    except OSError as error:
        problems.append(Problem(directory.name, "", f"cannot be read: {error.strerror or error}"))
        return []


def _with_published_texts(values: dict[str, Any]) -> dict[str, Any]:
    """Make texts of the dates of publication, which may also be years."""
    sources = values.get("source")
    for source in sources if isinstance(sources, list) else ():
        if isinstance(source, dict) and isinstance(source.get("published"), date):
            source["published"] = str(source["published"])
    return values


def _rules(file: CatalogFile) -> Iterator[Fault]:
    """Yield what is wrong across the fields of a file, each of which is right by itself."""
    if file.routine is None and not file.exercise and not file.source:
        yield (), "holds no routine, exercise or source"
    if file.routine is not None and not file.block:
        yield ("block",), "is missing"
    for number, exercise in enumerate(file.exercise):
        yield from _within(("exercise", number), _exercise_rules(exercise))
    items = 0
    for number, block in enumerate(file.block):
        if items <= MOST_ITEMS < items + len(block.items):
            message = f"a routine has {MOST_ITEMS:,} items at most, and this is one too many"
            yield ("block", number, "item", MOST_ITEMS - items), message
        items += len(block.items)
        if block.rounds.high > MOST_ROUNDS:
            yield ("block", number, "rounds"), f"must be at most {MOST_ROUNDS} (is {block.rounds.high})"
        for place, item in enumerate(block.items):
            yield from _within(("block", number, "item", place), _item_rules(item))


def _exercise_rules(exercise: Exercise) -> Iterator[Fault]:
    if exercise.sides is not Sides.BOTH and not exercise.side_means:
        yield ("side_means",), "is missing"
    if exercise.stages[0].entry is Entry.DIRECT:
        yield ("stage",), "the first stage cannot be entered directly: nothing comes before it"
    ids = [stage.id for stage in exercise.stages]
    for twice in sorted({each for each in ids if ids.count(each) > 1}):
        yield ("stage",), f"two stages have the id '{twice}'"
    for number, stage in enumerate(exercise.stages):
        yield from _within(("stage", number), _stage_rules(stage))
        follows = exercise.stages[number + 1 : number + 2]
        if stage.held_after and (not follows or follows[0].entry is not Entry.DIRECT):
            yield ("stage", number, "held_after"), "no stage follows that is entered directly"


def _stage_rules(stage: Stage) -> Iterator[Fault]:
    is_set = stage.kind is StageKind.REPS
    yield from _given_only_where(
        stage,
        phases=is_set,
        tempo_basis=is_set,
        tempo_source=is_set and stage.tempo_basis is Basis.SUGGESTED,
        direction_basis=bool(stage.directions),
    )
    if stage.held_after and stage.held_after not in [phase.name for phase in stage.phases]:
        yield ("held_after",), f"{stage.held_after!r} is not the name of a phase of this stage"
    if stage.sourced is None and stage.suggested is None:
        yield ("dose",), "is missing: give the source's dose, or a suggested one with its source"
        return
    if stage.sourced is not None and stage.suggested is not None:
        yield ("suggested",), "stands beside the source's own dose: keep one of them"
    name = "suggested" if stage.sourced is None else "dose"
    yield from _within((name,), _dose_rules(stage.dose, is_hold=not is_set))
    if is_set and stage.dose.per is Per.DIRECTION and not stage.directions:
        yield ("directions",), "is missing: the dose counts each direction"


def _item_rules(item: Item) -> Iterator[Fault]:
    stages = [dose.stage for dose in item.own_doses]
    for number, dose in enumerate(item.own_doses):
        yield from _within(("dose", number), _dose_rules(dose, is_hold=dose.seconds is not None))
        is_suggested = dose.basis is Basis.SUGGESTED
        yield from _within(("dose", number), _given_only_where(dose, source=is_suggested))
        if dose.stage in stages[:number]:
            yield ("dose", number, "stage"), "has a dose already in this item"


def _dose_rules(dose: Dose, *, is_hold: bool) -> Iterator[Fault]:
    yield from _given_only_where(dose, reps=not is_hold, seconds=is_hold)
    if is_hold and dose.per is Per.DIRECTION:
        yield ("per",), "a hold has no directions: use 'side' or 'total'"


def _given_only_where(table: Table, **fields: bool) -> Iterator[Fault]:
    """Yield each of the fields that is not given though it has to be, or given where it cannot be."""
    for name, is_needed in fields.items():
        is_given = bool(getattr(table, name))
        if is_given is not is_needed:
            yield (name,), "is missing" if is_needed else "is not a field here"


def _misfits(routine: Routine, catalog: Catalog) -> Iterator[Fault]:
    """Yield what does not fit of a routine's doses, orders and size."""
    is_known = True
    for number, block in enumerate(routine.blocks):
        for place, item in enumerate(block.items):
            exercise = catalog.exercises.get(item.exercise)
            if exercise is None:
                is_known = False
                continue
            yield from _within(("block", number, "item", place, "dose"), _dose_misfits(item, exercise))
            if block.order is Order.PER_LEG and exercise.sides is not Sides.ONE_AT_A_TIME:
                message = "a circuit per leg can only hold exercises done one side at a time"
                yield ("block", number, "order"), message
    if is_known and len(routine.items) <= MOST_ITEMS and (found := too_many(routine, catalog)):
        yield ("block", found[0], "rounds"), found[1]


def _dose_misfits(item: Item, exercise: Exercise) -> Iterator[Fault]:
    stages = {stage.id: stage for stage in exercise.stages}
    for number, dose in enumerate(item.own_doses):
        stage = stages.get(dose.stage)
        if not dose.stage:
            yield (number, "stage"), f"is missing: this exercise has several ({', '.join(stages)})"
        elif stage is None:
            yield (number, "stage"), _nothing_called("stage", dose.stage, stages)
        elif dose.per is Per.DIRECTION and (stage.kind is StageKind.HOLD or not stage.directions):
            yield (number, "per"), "this stage has no directions"


def _within(place: Place, faults: Iterable[Fault]) -> Iterator[Fault]:
    """Yield faults whose paths begin at a place by their whole paths."""
    return (((*place, *path), message) for path, message in faults)


def _mentions(value: Any, path: Place) -> Iterator[tuple[Place, str, str]]:
    """Yield every id of something else: where it stands, what it should be the id of, and the id."""
    if isinstance(value, str):
        field = next((step for step in reversed(path) if isinstance(step, str)), "")
        if field in REFERENCES:
            yield path, REFERENCES[field], value
    elif isinstance(value, dict | list) and len(path) < DEEPEST:
        for step, each in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _mentions(each, (*path, step))


def _nothing_called(noun: str, name: str, known: Iterable[str]) -> str:
    near = nearest(name, known)
    return f"there is no {noun} {name!r}{f': did you mean {near!r}?' if near else ''}"


def _with_stages(routine: Routine, exercises: Mapping[str, Exercise]) -> Routine:
    """Return a routine with doses that name no stage given to the only stage there is."""

    def with_stage(item: Item) -> Item:
        exercise = exercises.get(item.exercise)
        if not item.own_doses or exercise is None or len(exercise.stages) > 1:
            return item
        only = exercise.stages[0].id
        return replace(
            item, own_doses=tuple(replace(dose, stage=dose.stage or only) for dose in item.own_doses)
        )

    blocks = (replace(block, items=tuple(map(with_stage, block.items))) for block in routine.blocks)
    return replace(routine, blocks=tuple(blocks))
