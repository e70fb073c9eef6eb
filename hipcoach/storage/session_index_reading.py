"""Session files read for the index: what each says, and whether that holds as long as the file looks so."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from msgspec import Struct

from hipcoach.core.history.record import SessionEntry, entry_of
from hipcoach.storage.session_index_rows import Known, stamp_of
from hipcoach.storage.session_index_text import EntryReader
from hipcoach.storage.session_log import LARGEST_FILE, record_in
from hipcoach.storage.text_file import UnreadableError, read_text

YOUNG = 2_500_000_000
"""Nanoseconds; FAT tells the time of a change to two seconds."""


class Reading(Struct, frozen=True):
    """One file, read."""

    name: str
    known: Known | None
    """None where it was not there: renamed or removed just now, as a program that syncs folders does."""
    is_settled: bool = False
    """Whether a file with the same stamp will say the same."""


def read_files(directory: Path, names: Iterable[str], now_ns: Callable[[], int]) -> Iterator[Reading]:
    """Read files, one after the other; `now_ns` is the clock that they are stamped by, in nanoseconds."""
    reader = EntryReader()
    for name in names:
        yield _read(directory / name, reader, now_ns)


def _read(path: Path, reader: EntryReader, now_ns: Callable[[], int]) -> Reading:
    before = _status(path)
    try:
        entry, problem, is_lasting = _entry_in(path, reader)
    except FileNotFoundError:
        return Reading(path.name, None)
    after = _status(path)
    if before is None or after is None or stamp_of(before) != stamp_of(after):
        return Reading(path.name, Known("", entry, problem))
    # A file that was changed a moment ago could change again without a new stamp. Windows keeps no time of
    # the inode's change.
    newest = after.st_mtime_ns if os.name == "nt" else after.st_ctime_ns
    is_settled = is_lasting and now_ns() - newest > YOUNG
    return Reading(path.name, Known(stamp_of(after), entry, problem), is_settled)


def _status(path: Path) -> os.stat_result | None:
    try:
        return path.stat()
    except OSError:
        return None


def _entry_in(path: Path, reader: EntryReader) -> tuple[SessionEntry | None, str, bool]:
    """The entry of a file, what is wrong with the file, and whether the same file will say the same again."""
    try:
        text = read_text(path, LARGEST_FILE)
    except UnreadableError as error:
        return None, f"{error.message}; it is left as it is.", False
    entry = reader.entry(text, path.stem)
    if entry is not None:
        return entry, "", True
    record, problem = record_in(text, path.stem)
    return None if record is None else entry_of(record), problem, True
