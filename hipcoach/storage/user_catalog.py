"""The catalogue with the user's own routines and exercises; a file with a problem breaks nothing else."""

from __future__ import annotations

from pathlib import Path

from hipcoach.core.catalog import Catalog
from hipcoach.storage.catalog_toml import Reading, bundled_catalog, check_references, read_file
from hipcoach.storage.table import Problem

FOLDERS = ("exercises", "routines")
"""Where in the config directory the user's own files are."""


def load_catalog(config: Path) -> tuple[Catalog, tuple[Problem, ...]]:
    """The bundled catalogue and the user's own files over it, and every problem of those files.

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
            return whole.catalog(), tuple(problems)
        problems += whole.problems
        at_fault = {problem.file for problem in whole.problems} & set(own)
        # A bundled routine that no longer fits was broken by whatever replaced its exercises.
        for name in at_fault or set(own):
            del own[name]
    return bundled, tuple(problems)


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
        for noun, mine, all_of_them in (
            ("exercise", reading.exercises, whole.exercises),
            ("routine", reading.routines, whole.routines),
            ("source", reading.sources, whole.sources),
        ):
            for each in mine:
                if all_of_them.get(each) == mine[each]:
                    continue  # the same thing said twice, as where two routines name the same source
                if whole.files.setdefault(f"{noun} '{each}'", name) != name:
                    first = whole.files[f"{noun} '{each}'"]
                    place = f"{noun} '{each}': id"
                    whole.problems.append(Problem(name, place, f"is used in {first} already"))
            all_of_them.update(mine)  # type: ignore[arg-type]  # each pair holds things of one kind
    check_references(whole)
    return whole
