"""The catalogue with the user's own routines and exercises; a file with a problem breaks nothing else."""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import TypeAlias

from msgspec import Struct, field

from hipcoach.core.catalog import Catalog
from hipcoach.storage.catalog_toml import Reading, bundled_catalog, check_references, read_file
from hipcoach.storage.table import Problem

FOLDERS = ("exercises", "routines")
"""Where in the config directory the user's own files are."""

State: TypeAlias = tuple[tuple[str, int, int], ...]
"""Name, time of change in nanoseconds and size in bytes of each file."""


class OwnCatalog(Struct, frozen=True):
    """The catalogue with the user's own files over it, and what there is to say of these."""

    catalog: Catalog
    problems: tuple[Problem, ...] = ()
    files: Mapping[str, str] = field(default_factory=dict)
    """By id of a routine that is the user's: its file, named from the config directory, with a slash."""


def load_catalog(config: Path) -> tuple[Catalog, tuple[Problem, ...]]:
    """The bundled catalogue and the user's own files over it, and every problem of those files.

    Raises:
        DataError, ResourceError: the bundled data has problems or is missing.
    """
    own = load_own(config)
    return own.catalog, own.problems


def load_own(config: Path) -> OwnCatalog:
    """The bundled catalogue and the user's own files over it.

    What has the id of something bundled takes its place. A file with a problem is left out whole.

    Raises:
        DataError, ResourceError: the bundled data has problems or is missing.
    """
    bundled = bundled_catalog()
    problems: list[Problem] = []
    own: dict[str, Reading] = {}
    for folder in FOLDERS:
        for path in _files(config / folder, folder, problems):
            reading = Reading()
            read_file(path, f"{folder}/{path.name}", reading)
            problems += reading.problems
            if not reading.problems:
                own[f"{folder}/{path.name}"] = reading
    while own:
        whole = _together(bundled, own)
        if not whole.problems:
            files = {routine: name for name, reading in own.items() for routine in reading.routines}
            return OwnCatalog(whole.catalog(), tuple(problems), files)
        problems += whole.problems
        at_fault = {problem.file for problem in whole.problems} & set(own)
        # A bundled routine that no longer fits was broken by whatever replaced its exercises.
        for name in at_fault or set(own):
            del own[name]
    return OwnCatalog(bundled, tuple(problems))


def others_that_need(file: Path, own: OwnCatalog) -> list[str]:
    """The titles of the user's other routines that use what only this file of theirs holds."""
    reading = Reading()
    read_file(file, file.name, reading)
    bundled = bundled_catalog()
    exercises = reading.exercises.keys() - bundled.exercises.keys()
    sources = reading.sources.keys() - bundled.sources.keys()
    others = (own.catalog.routines[name] for name in own.files if name not in reading.routines)
    return [
        each.title
        for each in others
        if each.source in sources or any(item.exercise in exercises for item in each.items)
    ]


def state_of(config: Path) -> State:
    """What tells whether the user's own files have changed: their names, times of change and sizes.

    Reads the two directories and no file.
    """
    found = []
    for folder in FOLDERS:
        with suppress(OSError), os.scandir(config / folder) as entries:
            for entry in entries:
                if entry.name.endswith(".toml"):
                    found.append((f"{folder}/{entry.name}", *_time_and_size(entry)))
    return tuple(sorted(found))


def _time_and_size(entry: os.DirEntry[str]) -> tuple[int, int]:
    try:
        seen = entry.stat()
    except OSError:
        return (0, 0)
    return (seen.st_mtime_ns, seen.st_size)


def _files(directory: Path, name: str, problems: list[Problem]) -> list[Path]:
    try:
        return sorted(path for path in directory.iterdir() if path.suffix == ".toml")
    except FileNotFoundError:
        return []
    except OSError as error:
        problems.append(Problem(name, "", f"cannot be read: {error.strerror or error}"))
        return []


def _together(bundled: Catalog, own: dict[str, Reading]) -> Reading:
    whole = Reading(dict(bundled.exercises), dict(bundled.routines), dict(bundled.sources))
    for name, reading in own.items():
        whole.paths |= reading.paths
        for noun, mine, all_of_them in (
            ("exercise", reading.exercises, whole.exercises),
            ("routine", reading.routines, whole.routines),
            ("source", reading.sources, whole.sources),
        ):
            for each in mine:
                if all_of_them.get(each) == mine[each]:
                    continue  # the same thing said twice, as where two routines name the same source
                first = whole.files.setdefault(f"{noun} '{each}'", name)
                if first == name:
                    all_of_them[each] = mine[each]  # type: ignore[assignment]  # a pair is of one kind
                    continue
                place = f"{noun} '{each}': id"
                whole.problems.append(Problem(name, place, f"is used in {first} already"))
    check_references(whole)
    return whole
