"""What the picker's list says, kept so that the next start can show it before it has loaded what makes it.

It holds only as long as every file that it was made from looks as it did: the settings, the memory, the
routines and exercises, bundled and the user's own. When a routine was last done is no part of it. It is made
anew where it is missing or not good.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from hipcoach import __version__
from hipcoach.errors import HipcoachError
from hipcoach.paths import AppPaths
from hipcoach.resources import bundled

FORMAT = 1
LARGEST_FILE = 1_000_000
"""Bytes; a routine takes some two hundred."""
STYLES = ("", "bold", "dim")
FOLDERS = ("exercises", "routines")
"""What the list is made from, bundled and of the user's own."""


class Run(NamedTuple):
    """Signs of an entry that are drawn alike."""

    text: str
    style: str


class Entry(NamedTuple):
    """A routine in the list."""

    id: str
    runs: tuple[Run, ...]


class FirstSight(NamedTuple):
    """The list: its entries from top to bottom, the index of the one under the cursor, the theme's name."""

    theme: str
    entries: tuple[Entry, ...]
    cursor: int


def load_first_sight(paths: AppPaths) -> FirstSight | None:
    """What the list will say at this start; None where that is not known."""
    with suppress(OSError, ValueError, TypeError, KeyError, RecursionError, HipcoachError):
        file = paths.first_sight
        if file.is_file() and file.stat().st_size <= LARGEST_FILE:
            values = json.loads(file.read_bytes())
            if isinstance(values, dict) and values.pop("from") == _made_from(paths):
                return _first_sight(values)
    return None


def save_first_sight(paths: AppPaths, sight: FirstSight) -> None:
    """Keep what the list says now; where that cannot be done the next start is slower, and no more."""
    with suppress(OSError, HipcoachError):
        content = json.dumps({"from": _made_from(paths), **sight._asdict()}).encode()
        if not paths.first_sight.is_file() or paths.first_sight.read_bytes() != content:
            from hipcoach.storage.atomic import write_atomically

            write_atomically(paths.first_sight, content, replace=True)


def _first_sight(values: dict[str, Any]) -> FirstSight:
    entries = tuple(
        Entry(_text(name), tuple(Run(_text(text), STYLES[STYLES.index(style)]) for text, style in runs))
        for name, runs in values["entries"]
    )
    cursor = values["cursor"]
    if type(cursor) is not int or not 0 <= cursor < len(entries):
        raise ValueError(cursor)
    return FirstSight(_text(values["theme"]), entries, cursor)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _made_from(paths: AppPaths) -> list[Any]:
    """The version, and the names, sizes and times of change of the files the list is made from.

    As lists and numbers alone, so that it is the same once it has been through JSON.
    """
    data = bundled("data")
    files = [paths.settings, paths.memory, data / "sources.toml"]
    for directory in (data, paths.config):
        for folder in FOLDERS:
            with suppress(FileNotFoundError):
                files += sorted(each for each in (directory / folder).iterdir() if each.suffix == ".toml")
    return [FORMAT, __version__, *map(_stamp, files)]


def _stamp(path: Path) -> list[Any]:
    try:
        seen = path.stat()
    except FileNotFoundError:
        return [os.fspath(path)]
    return [os.fspath(path), seen.st_size, seen.st_mtime_ns]
