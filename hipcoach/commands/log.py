"""The session log as commands use it: what can be trusted, with a warning for everything else."""

from __future__ import annotations

from datetime import date, datetime

from hipcoach.commands.output import warn
from hipcoach.core.history.record import SessionEntry
from hipcoach.core.history.streaks import without_future
from hipcoach.errors import StorageError
from hipcoach.paths import AppPaths
from hipcoach.storage.marked_days import load_marked_days
from hipcoach.storage.session_index import SessionIndex


def entries_of(paths: AppPaths, now: datetime) -> list[SessionEntry]:
    """The sessions of the log in short, oldest first, without files that cannot be read and dates that cannot
    be.

    Raises:
        StorageError: the log cannot be read at all, which is not the same as an empty one.
    """
    log = SessionIndex(paths.sessions, paths.session_index).read()
    if log.problems and log.files == 0:
        raise StorageError(" ".join(log.problems))
    good, future = without_future(log.entries, now)
    for problem in (*log.problems, *log.copies):
        warn(problem)
    for record in future:
        warn(f"{record.id} is left out: its date, {record.started:%Y-%m-%d %H:%M}, is in the future.")
    return good


def excused_days(paths: AppPaths) -> frozenset[date]:
    """The days that are marked off, without files that cannot be read."""
    marked = load_marked_days(paths.days)
    for problem in marked.problems:
        warn(problem)
    return marked.excused
