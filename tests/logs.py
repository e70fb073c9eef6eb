"""The log of a directory as the index shows it, with every record whole."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from hipcoach.core.history.record import SessionRecord
from hipcoach.storage.session_index import SessionIndex
from hipcoach.storage.session_log import load_record


class Log(NamedTuple):
    """What a log holds: the records, oldest first, and a sentence for every file that is not read whole."""

    records: tuple[SessionRecord, ...]
    problems: tuple[str, ...]
    copies: tuple[str, ...]


def load_log(directory: Path) -> Log:
    """Read every session file."""
    log = SessionIndex(directory).read()
    records = tuple(load_record(directory, each.id) for each in log.entries)
    return Log(records, log.problems, log.copies)
