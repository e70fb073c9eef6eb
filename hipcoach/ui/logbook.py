"""Writes one running session down: its journal while it runs, its log file at the end."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from hipcoach import __version__
from hipcoach.core.days import civil_day
from hipcoach.core.plan import Plan
from hipcoach.core.record import SessionRecord, record_of
from hipcoach.core.session import Session
from hipcoach.errors import StorageError
from hipcoach.storage.journal import Journal, JournalHeader
from hipcoach.storage.recovery import Unfinished
from hipcoach.storage.session_log import save_record
from hipcoach.ui.services import Services

BEAT = 5.0
"""Seconds between two notes of how far the step in progress has come."""


class Logbook:
    """The journal and log of one session. No method raises for a disk that will not have it."""

    def __init__(
        self, services: Services, header: JournalHeader, journal: Journal | None, problem: str
    ) -> None:
        self.services = services
        self.header = header
        self._journal = journal
        self._problem = problem
        self._next_beat = 0.0

    @classmethod
    def begin(cls, services: Services, plan: Plan, choices: Mapping[str, object]) -> Logbook:
        """Begin the journal of a new session."""
        started: datetime = services.now()
        header = JournalHeader(
            id=services.new_session_id(started),
            started=started,
            day=civil_day(started, services.settings.day_start),
            app_version=__version__,
            choices=choices,
            plan=plan,
        )
        try:
            return cls(services, header, Journal.begin(services.paths.journals, header), "")
        except StorageError as error:
            return cls(services, header, None, f"The session is not being saved: {error.message}")

    @classmethod
    def go_on(cls, services: Services, unfinished: Unfinished) -> Logbook:
        """Go on with the journal of a session that was cut off."""
        return cls(services, unfinished.header, Journal.go_on(unfinished.path, unfinished.lock), "")

    @property
    def problem(self) -> str:
        """One sentence if the session is not being saved; empty while all is well."""
        return self._problem or (self._journal.problem if self._journal else "")

    def note(self, old: Session | None, new: Session, now: float) -> None:
        """Write down what changed between two states of the session."""
        if self._journal is None:
            return
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
        )

    def save(self, record: SessionRecord) -> str:
        """Write the log file and let go of the journal. Returns a sentence if it could not be written; then
        the journal stays, and the next start tries again."""
        try:
            save_record(self.services.paths.sessions, record)
        except StorageError as error:
            self._close(remove=False)
            return error.message
        self._close(remove=True)
        return ""

    def discard(self) -> None:
        """Forget the session, as its owner wishes."""
        self._close(remove=True)

    def _close(self, *, remove: bool) -> None:
        if self._journal is None:
            return
        try:
            self._journal.close(remove=remove)
        except StorageError as error:
            self._problem = error.message
        self._journal = None
