"""Writes a running session down: its journal, then its log file; clears up sessions that were cut off."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import datetime

from msgspec.structs import replace

from hipcoach import __version__
from hipcoach.core.history.record import SessionRecord, record_of
from hipcoach.core.history.streaks import civil_day
from hipcoach.core.plan import Plan
from hipcoach.core.session import Session
from hipcoach.errors import StorageError
from hipcoach.live.services import Services
from hipcoach.paths import AppPaths
from hipcoach.storage.atomic import LEFTOVER_AGE, remove_leftovers
from hipcoach.storage.journal import (
    Found,
    Journal,
    JournalHeader,
    Unfinished,
    find_unfinished,
    remove_stray_locks,
)
from hipcoach.storage.session_log import is_saved, save_record

BEAT = 5.0
"""Seconds between two notes of how far the step in progress has come."""


class SessionWriter:
    """The journal and log of one session. No method raises for a disk that will not have it.

    Times are seconds of the clock the session runs on.
    """

    def __init__(self, services: Services, header: JournalHeader, journal: Journal) -> None:
        self.services = services
        self.header = header
        self._journal = journal
        self._next_beat = 0.0

    @classmethod
    def begin(cls, services: Services, plan: Plan, choices: Mapping[str, object]) -> SessionWriter:
        """Begin the journal of a new session, with how the user said it feels now."""
        started: datetime = services.now()
        header = JournalHeader(
            id=services.new_session_id(started),
            started=started,
            day=civil_day(started, services.settings.day.starts_at),
            app_version=__version__,
            choices=choices,
            plan=plan,
            discomfort_before=services.feeling.take(services.clock()),
        )
        return cls(services, header, Journal.begin(services.paths.journals, header))

    @classmethod
    def go_on(cls, services: Services, unfinished: Unfinished) -> SessionWriter:
        """Go on with the journal of a session that was cut off."""
        journal = Journal.go_on(unfinished.path, unfinished.lock, unfinished.content)
        return cls(services, unfinished.header, journal)

    @property
    def problem(self) -> str:
        """One sentence if the session is not being saved; empty while all is well."""
        return self._journal.problem

    def note(self, old: Session | None, new: Session, now: float) -> None:
        """Write down what changed between two states of the session."""
        if old is not new:
            self._journal.note_changes(old, new, now)
        if now >= self._next_beat and not new.is_over and not new.is_paused:
            self._next_beat = now + BEAT
            self._journal.beat(new, now)

    def record(self, session: Session, now: float) -> SessionRecord:
        """What the log will hold of an ended session."""
        return record_of(session, now=now, **self.header.about)

    def save(self, record: SessionRecord, *, anyway: bool = False) -> tuple[SessionRecord, str]:
        """Write the log file and let go of the journal. Returns the record as it is saved, and a sentence if
        it could not be; then journal and record are kept, to be tried again.

        Where nothing was done nothing is written, unless its owner says to keep it `anyway`.
        """
        if record.is_empty:
            if not anyway:
                self.discard()
                return record, ""
            self._journal.keep()
        try:
            path = save_record(self.services.paths.sessions, record)
        except StorageError as error:
            self.services.unsaved.keep(record, self._journal, error.message)
            return record, error.message
        self.discard()
        return replace(record, id=path.stem), ""

    def discard(self) -> None:
        """Let go of the session and its journal: it is saved, or its owner does not want it."""
        # What cannot be removed is known by its log file at the next start, or is offered once more.
        with suppress(StorageError):
            self._journal.close(remove=True)


def find_cut_off(paths: AppPaths) -> Found:
    """Clear away what killed processes left, then look for sessions that were cut off. Reads and writes
    files: use a thread where somebody waits."""
    old = time.time() - LEFTOVER_AGE
    for directory in (paths.sessions, paths.self_tests, paths.days, paths.state):
        remove_leftovers(directory, old)
    remove_stray_locks(paths.journals, old)
    found = find_unfinished(paths.journals)
    waiting: list[Unfinished] = []
    problems = list(found.problems)
    for unfinished in found.unfinished:
        if unfinished.ended or is_saved(paths.sessions, unfinished.record()):
            problems.extend(_finish(paths, unfinished))
        else:
            waiting.append(unfinished)
    return Found(tuple(waiting), tuple(problems))


def close_cut_off(paths: AppPaths, unfinished: Unfinished, *, save: bool, discard: bool) -> None:
    """Save what was done, or discard it; neither keeps it for the next start.

    Raises:
        StorageError: it could not be saved, or its journal not removed; it is let go of all the same.
    """
    try:
        if save:
            save_record(paths.sessions, unfinished.record())
        unfinished.close(remove=save or discard)
    except StorageError:
        unfinished.close(remove=False)
        raise


def _finish(paths: AppPaths, unfinished: Unfinished) -> Iterator[str]:
    """A session that had ended lacks its log file, or only still has its journal: put both right.

    One in which nothing was done goes, unless its owner had said to keep it.
    """
    record = unfinished.record()
    when = f"{record.started:%d %B, %H:%M}"
    is_wanted = unfinished.wanted or bool(record.note) or not record.is_empty
    try:
        path = save_record(paths.sessions, record) if is_wanted else None
        unfinished.close(remove=True)
    except StorageError as error:
        unfinished.close(remove=False)
        yield f"The session of {when} still waits in its journal: {error.message}"
    else:
        if path is not None and path.stem != record.id:
            yield (
                f"The session of {when} is saved as {path}: {record.id}.toml, where it belongs, is damaged "
                "or holds something else. That file is left as it is; move it away if you do not need it."
            )
