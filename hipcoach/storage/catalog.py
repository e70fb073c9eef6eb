"""The catalogue, read from TOML files: the bundled one, and over it the user's own routines and exercises.

A file with a problem breaks nothing else: it is left out whole.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Literal, TypeAlias

from msgspec import Struct, field
from msgspec.structs import asdict

from hipcoach.core.catalog import Catalog, too_many
from hipcoach.core.choices import MOST_ROUNDS
from hipcoach.core.exercise import Basis, Dose, Entry, Exercise, Per, Sides, Source, Stage, StageKind
from hipcoach.core.fields import Table
from hipcoach.core.routine import Block, Item, Order, Routine, RoutineTable
from hipcoach.core.text import did_you_mean
from hipcoach.errors import DataError
from hipcoach.paths import bundled
from hipcoach.storage.atomic import write_atomically
from hipcoach.storage.text_file import NotTomlError, UnreadableError, parse_toml, read_text
from hipcoach.storage.typed import (
    DEEPEST,
    HUGE,
    Faults,
    Place,
    Problem,
    Schema,
    file_schema,
    problems_of,
    read_as,
)

FORMAT = 1
ORDER = ("desk-break", "nine-drills", "leg-circuit", "hips-and-upper-back", "four-movements", "six-drills")
"""How the bundled routines are listed; others follow by title."""
EXAMPLE = "example.toml"
APART = ("figures", "texts", EXAMPLE, "removed")
"""What the bundled data holds besides the catalogue, each with a reader of its own, and what was deleted."""
FOLDERS = ("exercises", "routines")
"""Where in the config directory the user's own files are."""
SCHEMA = "routine.schema.json"
"""The file in the config directory that editors read to complete and check routine files."""
REFERENCES = {"source": "source", "tempo_source": "source", "exercise": "exercise", "builds_on": "exercise"}
"""Fields that hold ids of something else, and of what."""

Thing: TypeAlias = Source | Exercise | Routine
Fault: TypeAlias = tuple[Place, str]
Origins: TypeAlias = dict[tuple[str, str], tuple["Document", Place]]
"""Where the thing of a noun and an id comes from."""
State: TypeAlias = list[tuple[str, int, int]]
"""Path, time of change in nanoseconds and size in bytes of each file."""


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
    """What it holds; None where some of that is wrong in itself."""
    faults: Faults = field(default_factory=dict)
    unreadable: bool = False
    """Whether it could not be read at all."""

    @property
    def things(self) -> Iterator[tuple[str, Thing, Place]]:
        """What it holds: each with its noun and its place."""
        if self.file is None:
            return
        for noun in ("source", "exercise"):
            for number, thing in enumerate(getattr(self.file, noun)):
                yield noun, thing, (noun, number)
        if self.file.routine is not None:
            yield "routine", Routine(**asdict(self.file.routine), blocks=self.file.block), ("routine",)

    def named(self, noun: str) -> dict[str, Any]:
        """Its sources, exercises or routines, by id."""
        return {thing.id: thing for each, thing, _ in self.things if each == noun}

    @property
    def problems(self) -> list[Problem]:
        """What is wrong, line by line."""
        return problems_of(self.name, self.text, self.values, self.faults)


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
    catalog = join(documents)
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
    documents: list[Document] = []
    for folder in FOLDERS:
        try:
            paths = sorted(path for path in (config / folder).iterdir() if path.suffix == ".toml")
        except FileNotFoundError:
            continue
        except OSError as error:
            documents.append(Document(folder, faults={(): f"cannot be read: {error.strerror or error}"}))
            continue
        for path in paths:
            document = read_document(path, f"{folder}/{path.name}")
            # The same file may be there twice, as where a program that syncs folders copied it.
            if document.faults or document.file not in [each.file for each in documents]:
                documents.append(document)
    catalog = join(documents, bundled_catalog())
    problems = [problem for document in documents for problem in document.problems]
    files = {
        routine: document.name
        for document in documents
        if not document.faults
        for routine in document.named("routine")
    }
    return OwnCatalog(catalog, tuple(problems), files)


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
    for path in [path for folder in FOLDERS for path in (config / folder).glob("*.toml")]:
        with suppress(OSError):
            seen = path.stat()
            found.append((str(path), seen.st_mtime_ns, seen.st_size))
    return sorted(found)


def catalog_schema(document: str = "routine") -> Schema:
    """Return the JSON Schema of a file that is for a routine, or for exercises."""
    required = ["routine", "block"] if document == "routine" else ["exercise"]
    return file_schema(CatalogFile, f"hipcoach {document} file", required)


def write_schema(config: Path) -> None:
    """Put the schema of routine files where the ones that `hipcoach new` writes look for it.

    Raises:
        StorageError: it cannot be written.
    """
    path = config / SCHEMA
    content = (json.dumps(catalog_schema(), indent=2) + "\n").encode()
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
        text = read_text(path)
        document.values, document.text = parse_toml(text), text
    except (FileNotFoundError, UnreadableError) as error:
        message = f"cannot be read: {error.strerror}" if isinstance(error, OSError) else error.message
        document.faults, document.unreadable = {(): message}, not isinstance(error, NotTomlError)
        return document
    number = document.values.get("format")
    if isinstance(number, int) and FORMAT < number < HUGE:
        wrong = f"is {number}; this hipcoach reads format {FORMAT}. Please update hipcoach."
        document.faults["format",], document.values = wrong, {}
        return document
    document.file, document.faults = read_as(CatalogFile, _with_published_texts(document.values))
    if document.file is not None:
        document.faults |= dict(_rules(document.file))
    return document


def join(documents: Sequence[Document], base: Catalog | None = None) -> Catalog:
    """Return these files over a catalogue: what has the id of something in there takes its place.

    A file with a problem is left out, and with it what needs it. What does not fit is noted in each document.
    """
    base = base or Catalog({}, {}, {})
    while True:
        good = [document for document in documents if not document.faults]
        catalog, origins = _merged(good, base)
        _note_misfits(catalog, origins)
        for document in good:
            _note_lost(document, catalog)
        if not any(document.faults for document in good):
            break
    for document in documents:
        if document.faults:
            _note_lost(document, catalog)
    return catalog


def _merged(documents: Sequence[Document], base: Catalog) -> tuple[Catalog, Origins]:
    kept: dict[str, dict[str, Any]] = {
        "source": dict(base.sources),
        "exercise": dict(base.exercises),
        "routine": dict(base.routines),
    }
    origins: Origins = {}
    for document in documents:
        for noun, thing, path in document.things:
            first, _ = origins.setdefault((noun, thing.id), (document, path))
            if origins[noun, thing.id] == (document, path):
                kept[noun][thing.id] = thing
            # The same may be said twice, as where two routines name the same source.
            elif first is document or noun == "routine" or kept[noun][thing.id] != thing:
                elsewhere = "" if first is document else f", here and in {first.name}"
                document.faults[*path, "id"] = f"{thing.id!r} is used twice{elsewhere}"
    ranks = {name: rank for rank, name in enumerate(ORDER)}
    routines = sorted(kept["routine"].values(), key=lambda each: (ranks.get(each.id, len(ORDER)), each.title))
    listed = {routine.id: routine for routine in routines}
    return Catalog(kept["exercise"], listed, kept["source"]), origins


def _note_misfits(catalog: Catalog, origins: Origins) -> None:
    """Note what is wrong with a routine in its document; with one of the catalogue below, in the documents
    that have replaced its exercises."""
    for routine in catalog.routines.values():
        own = origins.get(("routine", routine.id))
        for path, message in _misfits(routine, catalog):
            if own is not None:
                own[0].faults.setdefault(path, message)
                continue
            for exercise in catalog.exercises_of(routine):
                if found := origins.get(("exercise", exercise.id)):
                    document, place = found
                    document.faults[place] = f"routine {routine.id!r} no longer fits with it: {message}"


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
    for number, block in enumerate(file.block):
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
    stages = [dose.stage for dose in item.doses]
    for number, dose in enumerate(item.doses):
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
    if is_known and (message := too_many(routine, catalog)):
        yield ("routine",), message


def _dose_misfits(item: Item, exercise: Exercise) -> Iterator[Fault]:
    stages = {stage.id: stage for stage in exercise.stages}
    for number, dose in enumerate(item.doses):
        stage = stages.get(dose.stage or exercise.stages[0].id)
        if not dose.stage and len(stages) > 1:
            yield (number, "stage"), f"is missing: this exercise has several ({', '.join(stages)})"
        elif stage is None:
            yield (number, "stage"), _nothing_called("stage", dose.stage, stages)
        elif dose.per is Per.DIRECTION and (stage.kind is StageKind.HOLD or not stage.directions):
            yield (number, "per"), "this stage has no directions"


def _within(place: Place, faults: Iterable[Fault]) -> Iterator[Fault]:
    """Yield faults whose paths begin at a place by their whole paths."""
    return (((*place, *path), message) for path, message in faults)


def _note_lost(document: Document, catalog: Catalog) -> None:
    """Note every id in a document of something that neither it nor the catalogue has."""
    known: dict[Any, set[str]] = {"source": set(catalog.sources), "exercise": set(catalog.exercises)}
    texts = list(_texts(document.values, ()))
    for path, key, text in texts:
        if key == "id" and path[0] in known and len(path) == len(("source", 0, "id")):
            known[path[0]].add(text)
    for path, key, name in texts:
        noun = REFERENCES.get(key)
        if noun and name not in known[noun]:
            document.faults.setdefault(path, _nothing_called(noun, name, known[noun]))


def _texts(value: Any, path: Place) -> Iterator[tuple[Place, str, str]]:
    """Yield every text of a table: where it stands, its key, and the text."""
    if isinstance(value, dict | list) and len(path) < DEEPEST:
        for step, each in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _texts(each, (*path, step))
    elif isinstance(value, str):
        yield path, next(step for step in reversed(path) if isinstance(step, str)), value


def _nothing_called(noun: str, name: str, known: Iterable[str]) -> str:
    return f"there is no {noun} {name!r}{did_you_mean(name, known)}"
