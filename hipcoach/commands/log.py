"""The session log as commands use it: what can be trusted, with a warning for everything else."""

from __future__ import annotations

from datetime import datetime

from hipcoach.commands.printing import warn
from hipcoach.core.record import SessionRecord
from hipcoach.core.stats import without_future
from hipcoach.paths import AppPaths
from hipcoach.storage.session_log import load_log


def records_of(paths: AppPaths, now: datetime) -> list[SessionRecord]:
    """The sessions of the log, oldest first, without files that cannot be read and dates that cannot be."""
    log = load_log(paths.sessions)
    good, future = without_future(log.records, now)
    for problem in (*log.problems, *log.copies):
        warn(problem)
    for record in future:
        warn(f"{record.id} is left out: its date, {record.started:%Y-%m-%d %H:%M}, is in the future.")
    return good
