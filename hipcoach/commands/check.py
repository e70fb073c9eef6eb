"""`hipcoach check PATH...`: every problem of routine, exercise and source files; and `schema`."""

from __future__ import annotations

import os
from argparse import Namespace
from pathlib import Path

from hipcoach.commands.choosing import settings_of
from hipcoach.commands.output import say, say_json, warn
from hipcoach.core.catalog import Catalog
from hipcoach.core.choices import Choices, Timings
from hipcoach.core.compile import compile_plan
from hipcoach.core.fields import Intensity
from hipcoach.paths import AppPaths
from hipcoach.storage.catalog import (
    Document,
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
    documents = [read_document(path, str(path)) for path in _files(options.paths, complaints)]
    complaints += [
        f"{each.name} {why}." for each in documents if each.unreadable for why in each.faults.values()
    ]
    documents = [each for each in documents if not each.unreadable]
    catalog = join(documents, load_catalog(paths.config)[0])
    problems = [str(problem) for document in documents for problem in document.problems]
    for problem in problems:
        say(problem)
    for complaint in complaints:
        warn(complaint)
    _say_replaced(documents)
    if complaints:
        return UNREADABLE
    if problems:
        say(f"{count_text(len(problems), 'problem')} found.")
        return PROBLEMS
    _say_good(documents, catalog, settings_of(paths).timings)
    return GOOD


def _files(given: list[Path], complaints: list[str]) -> list[Path]:
    """Return every file that was named, and every TOML file below every directory that was, each once."""
    found: dict[str, Path] = {}
    for path in given:
        files = [path]
        if path.is_dir():
            files = files_below(path)
            try:
                os.listdir(path)  # noqa: PTH208  a search skips what it may not read
            except OSError as error:
                complaints.append(f"{path} cannot be read: {error.strerror}.")
            else:
                complaints += [] if files else [f"{path} holds no TOML file."]
        for file in files:
            found.setdefault(os.path.realpath(file), file)
    return list(found.values())


def _say_replaced(documents: list[Document]) -> None:
    bundled = bundled_catalog()
    theirs = {"source": bundled.sources, "exercise": bundled.exercises, "routine": bundled.routines}
    for noun, known in theirs.items():
        for document in documents:
            for name in document.named(noun):
                if name in known:
                    say(f"Note: {document.name}: {noun} '{name}' replaces the bundled {noun} of that id.")


def _say_good(documents: list[Document], catalog: Catalog, timings: Timings) -> None:
    for document in documents:
        for name in document.named("routine"):
            low, high = (
                clock_text(
                    compile_plan(
                        catalog.routines[name], catalog, Choices(level=level, timings=timings)
                    ).total_seconds
                )
                for level in (Intensity.LOW, Intensity.HIGH)
            )
            length = low if low == high else f"{low} to {high}"
            say(f"{document.name}: routine '{name}' is good and takes {length}.")
    counts = {
        noun: len({name for document in documents for name in document.named(noun)})
        for noun in ("routine", "exercise", "source")
    }
    kinds = [count_text(number, noun) for noun, number in counts.items() if number]
    say(f"No problems: {', '.join(kinds)}.")


def schema(options: Namespace, paths: AppPaths) -> int:  # noqa: ARG001  every command is called alike
    """Print what an editor needs to complete and check files."""
    say_json(settings_schema() if options.document == "settings" else catalog_schema(options.document))
    return 0
