"""The catalogue, read from directories of TOML files: sources.toml, exercises/, routines/."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from msgspec import Struct, field
from msgspec.structs import replace

from hipcoach.core.catalog import Catalog
from hipcoach.core.exercise import Exercise, Per, Source, StageKind
from hipcoach.core.near import nearest
from hipcoach.core.routine import Item, Routine
from hipcoach.core.size import MOST_ITEMS, too_many
from hipcoach.errors import DataError
from hipcoach.paths import bundled
from hipcoach.storage.exercise_toml import read_exercise, read_source
from hipcoach.storage.routine_toml import ONLY_STAGE, read_routine
from hipcoach.storage.table import Problem, Table
from hipcoach.storage.text_file import NotTomlError, UnreadableError, read_text, read_toml

FORMAT = 1
LARGEST_FILE = 1_000_000
"""Bytes; no routine that a person wrote comes near."""
ORDER = ("desk-break", "nine-drills", "leg-circuit", "hips-and-upper-back", "four-movements", "six-drills")
"""How the bundled routines are listed; others follow by title."""
APART = ("figures", "self-tests.toml", "removed")
"""What the bundled data holds besides the catalogue, each with a reader of its own, and what was deleted."""

T = TypeVar("T", Source, Exercise, Routine)


class Reading(Struct):
    """What has been read so far, where it stood, and everything that was wrong."""

    exercises: dict[str, Exercise] = field(default_factory=dict)
    routines: dict[str, Routine] = field(default_factory=dict)
    sources: dict[str, Source] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    """Which file each thing was read from, by the words that problems name it with."""
    paths: dict[str, Path] = field(default_factory=dict)
    """Where each file is, by the name that problems call it."""
    problems: list[Problem] = field(default_factory=list)
    unreadable: bool = False
    """Whether a file could not be read at all."""

    def catalog(self) -> Catalog:
        """What was read, as it is; look at the problems first."""
        rank = {name: place for place, name in enumerate(ORDER)}
        listed = sorted(self.routines.values(), key=lambda each: (rank.get(each.id, len(rank)), each.title))
        return Catalog(self.exercises, {each.id: each for each in listed}, self.sources)


@cache
def bundled_catalog() -> Catalog:
    """The catalogue that comes with the program.

    Raises:
        DataError: the bundled data has problems (all of them in the message).
        ResourceError: the bundled data is missing.
    """
    reading = Reading()
    read_tree(bundled("data"), reading)
    check_references(reading)
    if reading.problems:
        raise DataError("\n".join(str(problem) for problem in reading.problems))
    return reading.catalog()


def read_tree(root: Path, reading: Reading) -> None:
    """Read every TOML file below a directory that belongs to the catalogue."""
    for name in _names_below(str(root), ""):
        read_file(root / name, name, reading)


def _names_below(directory: str, prefix: str) -> Iterator[str]:
    """The TOML files of a directory and of those in it, named from the first with slashes, in order."""
    with os.scandir(directory) as found:
        entries = sorted(found, key=lambda each: each.name)
    for entry in entries:
        name = f"{prefix}{entry.name}"
        if name in APART:
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _names_below(entry.path, f"{name}/")
        elif entry.name.endswith(".toml"):
            yield name


def read_file(path: Path, name: str, reading: Reading) -> None:
    """Read one file of sources, exercises or a routine, noting every problem under `name`."""
    reading.paths[name] = path
    before = len(reading.problems)
    values = _toml(path, name, reading)
    if values is None:
        return
    _read_values(values, name, reading)
    if len(reading.problems) > before:
        from hipcoach.storage.toml_lines import line_of, lines_of

        lines = lines_of(_text(path))
        reading.problems[before:] = [
            replace(problem, line=line_of(problem.path, lines)) for problem in reading.problems[before:]
        ]


def _read_values(values: dict[str, Any], name: str, reading: Reading) -> None:
    table = Table(values, name, "", reading.problems)
    number = table.whole("format", 1)
    if number > FORMAT:
        table.problem("format", f"is {number}; this hipcoach reads format {FORMAT}. Please update hipcoach.")
        return
    for each in table.tables("source", "source", required=False):
        _keep(read_source(each), each, reading.sources, reading)
    for each in table.tables("exercise", "exercise", required=False):
        _keep(read_exercise(each), each, reading.exercises, reading)
    routine = table.table("routine")
    blocks = table.tables("block", "block", required=routine is not None)
    if routine is not None and not _has_too_many_items(blocks):
        name = values["routine"].get("id")
        routine.place = f"routine '{name}'" if isinstance(name, str) else "routine"
        _keep(read_routine(routine, blocks), routine, reading.routines, reading)
    elif routine is None and not (table.has("source") or table.has("exercise")):
        table.problem("", "holds no routine, exercise or source")
    table.finish()


def _has_too_many_items(blocks: list[Table]) -> bool:
    """Whether a routine holds more than it may; then nothing more is said of it."""
    count = 0
    for block in blocks:
        items = block.values.get("item")
        count += len(items) if isinstance(items, list) else 0
        if count > MOST_ITEMS:
            place = MOST_ITEMS - count + len(items or ())
            block.problems.append(
                Problem(
                    block.file,
                    block.place,
                    f"a routine has {MOST_ITEMS:,} items at most, and this is one too many",
                    (*block.path, "item", place),
                )
            )
            return True
    return False


def check_references(reading: Reading) -> None:
    """Note every id that leads nowhere, and give doses without a stage to the only stage there is."""
    for routine in list(reading.routines.values()):
        reading.routines[routine.id] = _with_stages(routine, reading)
    catalog = reading.catalog()
    for reference in catalog.references():
        if not reference.leads_somewhere:
            near = nearest(reference.id, reference.known)
            hint = f": did you mean {near!r}?" if near else ""
            words = f"{reference.field}: there is no {reference.kind} {reference.id!r}{hint}"
            _note(reading, reference.owner, words, reference.field.rpartition(".")[2], reference.id)
    for routine in catalog.routines.values():
        if not catalog.is_per_leg_sound(routine):
            message = "order: a circuit per leg can only hold exercises done one side at a time"
            _note(reading, f"routine '{routine.id}'", message)
        is_known = all(item.exercise in catalog.exercises for item in routine.items)
        if is_known and (found := too_many(routine, catalog)):
            block, message = found
            _note(reading, f"routine '{routine.id}'", message, path=("block", block, "rounds"))


def _note(
    reading: Reading,
    owner: str,
    message: str,
    field: str = "id",
    word: str = "",
    path: tuple[str | int, ...] = (),
) -> None:
    """Note something wrong with what `owner` says: on the line of `path`, or of `field` with this word."""
    from hipcoach.storage.toml_lines import line_naming, line_of, lines_of

    whole = owner.split(",")[0]
    file = reading.files.get(whole, "")
    name = whole.partition("'")[2].removesuffix("'")
    line, text = None, _text(reading.paths[file]) if file in reading.paths else ""
    if text:
        line = line_of(path, lines_of(text)) if path else line_naming(text, name, field, word or name)
    reading.problems.append(Problem(file, owner, message, line=line))


def _text(path: Path) -> str:
    """The text of a file that was read just now; nothing, should it have gone since."""
    try:
        return read_text(path, LARGEST_FILE)
    except (FileNotFoundError, UnreadableError):
        return ""


def _keep(thing: T, table: Table, kept: dict[str, T], reading: Reading) -> None:
    noun = table.place.split(" ")[0]
    first = reading.files.setdefault(f"{noun} '{thing.id}'", table.file)
    if thing.id in kept:
        if first != table.file and not isinstance(thing, Routine) and kept[thing.id] == thing:
            return  # the same thing said twice, as where two routines name the same source
        elsewhere = f", here and in {first}" if first != table.file else ""
        table.problem("id", f"{thing.id!r} is used twice{elsewhere}")
        return  # what comes later is about the one whose file is named
    kept[thing.id] = thing


def _with_stages(routine: Routine, reading: Reading) -> Routine:
    blocks = (
        replace(block, items=tuple(_staged(item, routine, reading) for item in block.items))
        for block in routine.blocks
    )
    return replace(routine, blocks=tuple(blocks))


def _staged(item: Item, routine: Routine, reading: Reading) -> Item:
    exercise = reading.exercises.get(item.exercise)
    if exercise is None:
        return item
    owner = f"routine '{routine.id}', item '{item.exercise}'"
    doses = {}
    for name, dose in item.doses.items():
        stage_id = name
        if name == ONLY_STAGE:
            if len(exercise.stages) != 1:
                known = ", ".join(stage.id for stage in exercise.stages)
                _note(reading, owner, f"dose: stage is missing: this exercise has several ({known})")
                continue
            stage_id = exercise.stages[0].id
        doses[stage_id] = dose
        stage = next((each for each in exercise.stages if each.id == stage_id), None)
        if stage and dose.per is Per.DIRECTION and (stage.kind is StageKind.HOLD or not stage.directions):
            _note(reading, owner, "dose.per: this stage has no directions")
    return replace(item, doses=doses)


def _toml(path: Path, name: str, reading: Reading) -> dict[str, Any] | None:
    try:
        return read_toml(path, LARGEST_FILE)
    except FileNotFoundError as error:
        message = f"cannot be read: {error.strerror}"
        reading.unreadable = True
    except UnreadableError as error:
        message = error.message
        reading.unreadable |= not isinstance(error, NotTomlError)
    reading.problems.append(Problem(name, "", message))
    return None
