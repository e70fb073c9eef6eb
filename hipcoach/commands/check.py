"""`hipcoach check PATH...`: every problem of routine, exercise and source files, all at once."""

from __future__ import annotations

import os
from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path

from hipcoach.commands.choosing import settings_of
from hipcoach.commands.output import say, warn
from hipcoach.core.choices import Choices
from hipcoach.core.compile import compile_plan
from hipcoach.core.exercise import Intensity
from hipcoach.core.pace import Timings
from hipcoach.paths import AppPaths
from hipcoach.storage.catalog_toml import APART, Reading, bundled_catalog, check_references, read_file
from hipcoach.storage.user_catalog import load_catalog
from hipcoach.ui.format import clock_text, count_text

GOOD = 0
PROBLEMS = 1
UNREADABLE = 2
NO_LONGER_FITS = "no longer fits"
"""Stands for the file of something that was good until what it refers to was replaced."""


def run(options: Namespace, paths: AppPaths) -> int:
    """Print every problem; 0 without any, 1 with some, 2 where something cannot be read at all."""
    reading = Reading()
    complaints: list[str] = []
    for path in _files(options.paths, complaints):
        _read(path, reading, complaints)
    together = _with_what_is_there(reading, paths)
    for problem in together.problems:
        say(str(problem))
    for complaint in complaints:
        warn(complaint)
    _say_replaced(reading)
    if complaints:
        return UNREADABLE
    if together.problems:
        say(f"{count_text(len(together.problems), 'problem')} found.")
        return PROBLEMS
    _say_good(reading, together, settings_of(paths).timings)
    return GOOD


def _files(given: list[Path], complaints: list[str]) -> Iterator[Path]:
    """Every file that was named, and every TOML file below every directory that was, each once."""
    seen: set[str] = set()
    for path in given:
        for file in _below(path, complaints):
            if (real := os.path.realpath(file)) not in seen:
                seen.add(real)
                yield file


def _below(path: Path, complaints: list[str]) -> list[Path]:
    try:
        if not path.is_dir():
            path.stat()
            return [path]
        os.listdir(path)  # noqa: PTH208  only to learn whether it may be read: a search skips what it may not
    except (OSError, ValueError) as error:
        complaints.append(f"{path} cannot be read: {getattr(error, 'strerror', None) or error}.")
        return []
    found = sorted(each for each in path.rglob("*.toml") if each.relative_to(path).parts[0] not in APART)
    if not found:
        complaints.append(f"{path} holds no TOML file.")
    return found


def _read(path: Path, reading: Reading, complaints: list[str]) -> None:
    if not path.is_file():
        complaints.append(f"{path} is not a file.")
        return
    before = len(reading.problems)
    reading.unreadable = False
    read_file(path, str(path), reading)
    if reading.unreadable:
        complaints.extend(str(problem) for problem in reading.problems[before:])
        del reading.problems[before:]


def _with_what_is_there(own: Reading, paths: AppPaths) -> Reading:
    """What was read, with everything it may refer to; what has an id that is there takes its
    place. Its problems go file by file and line by line."""
    there, _ = load_catalog(paths.config)
    whole = Reading(
        {**there.exercises, **own.exercises},
        {**there.routines, **own.routines},
        {**there.sources, **own.sources},
        files={f"routine '{name}'": NO_LONGER_FITS for name in there.routines} | own.files,
        paths=own.paths,
        problems=own.problems.copy(),
    )
    check_references(whole)
    order = {name: place for place, name in enumerate(own.paths)}
    whole.problems.sort(key=lambda each: (order.get(each.file, len(order)), each.line or 0))
    return whole


def _say_replaced(own: Reading) -> None:
    bundled = bundled_catalog()
    for noun, mine, theirs in (
        ("source", own.sources, bundled.sources),
        ("exercise", own.exercises, bundled.exercises),
        ("routine", own.routines, bundled.routines),
    ):
        for name in mine:
            if name in theirs:
                thing = f"{noun} '{name}'"
                say(f"Note: {own.files[thing]}: {thing} replaces the bundled {noun} of that id.")


def _say_good(own: Reading, together: Reading, timings: Timings) -> None:
    catalog = together.catalog()
    for name in own.routines:
        file = own.files[f"routine '{name}'"]
        routine = catalog.routines[name]
        low, high = (
            clock_text(compile_plan(routine, catalog, Choices(level=level, timings=timings)).total_seconds)
            for level in (Intensity.LOW, Intensity.HIGH)
        )
        length = low if low == high else f"{low} to {high}"
        say(f"{file}: routine '{name}' is good and takes {length}.")
    kinds = [
        count_text(len(things), noun)
        for things, noun in (
            (own.routines, "routine"),
            (own.exercises, "exercise"),
            (own.sources, "source"),
        )
        if things
    ]
    say(f"No problems: {', '.join(kinds)}.")
