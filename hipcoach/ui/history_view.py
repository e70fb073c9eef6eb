"""What the history shows, worked out at once: the log, what it adds up to, and what was done on each day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from hipcoach.core.record import SessionRecord
from hipcoach.core.stats import Stats
from hipcoach.ui.services import Services
from hipcoach.ui.widgets.day_activity import Activity, activity_by_day


@dataclass(frozen=True, slots=True)
class HistoryView:
    """The history at one moment."""

    today: date
    first_weekday: int
    """0 Monday to 6 Sunday."""
    stats: Stats
    activity: Activity
    records: tuple[SessionRecord, ...]
    """Newest first."""
    problems: tuple[str, ...]
    """A sentence for each session file that is left out."""
    copies: tuple[str, ...] = ()
    """A sentence for each copy that a sync program made of a session file."""


def read_history(services: Services) -> HistoryView:
    """Read the log and work out what it says. Reads files: use a thread."""
    log = services.load_log()
    return HistoryView(
        today=services.today,
        first_weekday=services.settings.rules.first_weekday,
        stats=services.stats(log),
        activity=activity_by_day(log.records),
        records=tuple(reversed(log.records)),
        problems=log.problems,
        copies=log.copies,
    )
