"""Writes one running session down: its journal while it runs, its log file at the end."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime

from msgspec.structs import replace

from hipcoach import __version__
from hipcoach.core.days import civil_day
from hipcoach.core.plan import Plan
from hipcoach.core.record import SessionRecord, record_of
from hipcoach.core.session import Session
from hipcoach.errors import StorageError
from hipcoach.live.services import Services
from hipcoach.storage.journal import Journal, JournalHeader
from hipcoach.storage.recovery import Unfinished
from hipcoach.storage.session_log import save_record

BEAT = 5.0
"""Seconds between two notes of how far the step in progress has come."""


class Logbook:
    """The journal and log of one session. No method raises for a disk that will not have it.

    Times are seconds of the clock the session runs on.
    """

    def __init__(self, services: Services, header: JournalHeader, journal: Journal) -> None:
        self.services = services
        self.header = header
        self._journal = journal
        self._next_beat = 0.0

    @classmethod
    def begin(cls, services: Services, plan: Plan, choices: Mapping[str, object]) -> Logbook:
        """Begin the journal of a new session, with how the user said it feels now."""
        started: datetime = services.now()
        header = JournalHeader(
            id=services.new_session_id(started),
            started=started,
            day=civil_day(started, services.settings.day_start),
            app_version=__version__,
            choices=choices,
            plan=plan,
            discomfort_before=services.feeling.take(services.clock()),
        )
        return cls(services, header, Journal.begin(services.paths.journals, header))

    @classmethod
    def go_on(cls, services: Services, unfinished: Unfinished) -> Logbook:
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
        header = self.header
        return record_of(
            session,
            now=now,
            id=header.id,
            started=header.started,
            day=header.day,
            app_version=header.app_version,
            choices=header.choices,
            discomfort_before=header.discomfort_before,
        )

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
