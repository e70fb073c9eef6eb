"""`hipcoach check PATH...`: every problem of routine, exercise and source files; and `schema`."""

from __future__ import annotations

import os
from argparse import Namespace
from collections import Counter
from pathlib import Path

from hipcoach.commands.choosing import settings_of
from hipcoach.commands.output import say, say_json, warn
from hipcoach.core.catalog import Catalog
from hipcoach.core.choices import Choices, Timings
from hipcoach.core.compile import compile_plan
from hipcoach.core.fields import Intensity
from hipcoach.core.routine import Routine
from hipcoach.paths import AppPaths
from hipcoach.storage.catalog import (
    bundled_catalog,
    catalog_schema,
    files_below,
    join,
    load_catalog,
    read_document,
)
from hipcoach.storage.settings import settings_schema
from hipcoach.ui.format import clock_text, count_text

GOOD = 0
PROBLEMS = 1
UNREADABLE = 2


def run(options: Namespace, paths: AppPaths) -> int:
    """Print every problem; 0 without any, 1 with some, 2 where something cannot be read at all."""
    complaints: list[str] = []
    documents = []
    for path in _files(options.paths, complaints):
        document = read_document(path, str(path))
        if document.unreadable:
            complaints += [f"{path} {why}." for why in document.faults.values()]
        else:
            documents.append(document)
    catalog = join(documents, load_catalog(paths.config)[0])
    problems = [str(problem) for document in documents for problem in document.problems]
    things = {(noun, each.id): document for document in documents for noun, each, _ in document.things}
    for problem in problems:
        say(problem)
    for complaint in complaints:
        warn(complaint)
    for (noun, name), document in things.items():
        if name in getattr(bundled_catalog(), f"{noun}s"):
            say(f"Note: {document.name}: {noun} '{name}' replaces the bundled {noun} of that id.")
    if complaints:
        return UNREADABLE
    if problems:
        say(f"{count_text(len(problems), 'problem')} found.")
        return PROBLEMS
    timings = settings_of(paths).timings
    for (noun, name), document in things.items():
        if noun == "routine":
            length = _length(catalog.routines[name], catalog, timings)
            say(f"{document.name}: routine '{name}' is good and takes {length}.")
    counts = Counter(noun for noun, _ in things)
    kinds = [count_text(counts[noun], noun) for noun in ("routine", "exercise", "source") if counts[noun]]
    say(f"No problems: {', '.join(kinds)}.")
    return GOOD


def _files(given: list[Path], complaints: list[str]) -> list[Path]:
    """Return every file that was named, and every TOML file below every directory that was, each once."""
    found: dict[str, Path] = {}
    for path in given:
        files = files_below(path) if path.is_dir() else [path]
        if not files:
            is_open = os.access(path, os.R_OK | os.X_OK)  # a search skips what it may not read
            complaints.append(f"{path} {'holds no TOML file' if is_open else 'cannot be read'}.")
        for file in files:
            found.setdefault(os.path.realpath(file), file)
    return list(found.values())


def _length(routine: Routine, catalog: Catalog, timings: Timings) -> str:
    low, high = (
        clock_text(compile_plan(routine, catalog, Choices(level=level, timings=timings)).total_seconds)
        for level in (Intensity.LOW, Intensity.HIGH)
    )
    return low if low == high else f"{low} to {high}"


def schema(options: Namespace, paths: AppPaths) -> int:  # noqa: ARG001  every command is called alike
    """Print what an editor needs to complete and check files."""
    say_json(settings_schema() if options.document == "settings" else catalog_schema(options.document))
    return 0
