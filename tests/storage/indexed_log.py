"""A log of sessions with its index, and what a fresh reading of every file makes of it."""

from __future__ import annotations

import os
from datetime import date, timedelta
from itertools import count
from pathlib import Path

from hipcoach.core.history.record import entry_of
from hipcoach.storage.session_index import SessionIndex, SessionList
from hipcoach.storage.session_log import record_text
from tests.logs import load_log
from tests.support import a_record

FIRST = date(2026, 3, 1)
TIMES = count(10**18, 10**9)
"""Times of change that differ, however quick a test is."""


def put(path: Path, text: str) -> None:
    """Write a file, with a time of change that no other file has."""
    path.write_text(text, encoding="utf-8", newline="")
    moment = next(TIMES)
    os.utime(path, ns=(moment, moment))


def some_sessions(directory: Path, number: int) -> list[Path]:
    """As many sessions as that, one a day."""
    directory.mkdir(parents=True, exist_ok=True)
    records = [a_record(FIRST + timedelta(days=each)) for each in range(number)]
    for record in records:
        put(directory / f"{record.id}.toml", record_text(record))
    return [directory / f"{record.id}.toml" for record in records]


def fresh(directory: Path) -> tuple[object, ...]:
    """Entries, problems and copies, from reading every file."""
    log = load_log(directory)
    return tuple(map(entry_of, log.records)), log.problems, log.copies


def said(listed: SessionList) -> tuple[object, ...]:
    """The same of a whole list."""
    assert listed.is_whole
    return listed.entries, listed.problems, listed.copies


def index_of(tmp_path: Path) -> SessionIndex:
    """The index of the log in a directory, with the cache beside it; to it every file is old."""
    return SessionIndex(tmp_path / "log", tmp_path / "cache" / "index.sqlite3")
