"""What the history shows, worked out at once: the log, what it adds up to, and what was done on each day."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from msgspec import Struct, field

from hipcoach.core.history.record import SessionEntry
from hipcoach.core.history.streaks import Stats, stats
from hipcoach.core.self_test import SelfTestRecord
from hipcoach.errors import StorageError
from hipcoach.live.services import Services
from hipcoach.storage.day_files import DayKind, MarkedDays, SelfTestLog, load_marked_days, load_self_tests
from hipcoach.storage.removed import last_removed
from hipcoach.storage.session_index import SessionList, never
from hipcoach.ui.widgets.day_activity import Activity, activity_by_day


class HistoryView(Struct, frozen=True):
    """The history at one moment."""

    today: date
    first_weekday: int
    """0 Monday to 6 Sunday."""
    stats: Stats | None
    """None while the log is still being read: streaks cannot be told from a part of it."""
    activity: Activity
    entries: tuple[SessionEntry, ...]
    """Newest first."""
    problems: tuple[str, ...]
    """A sentence for each session file that is left out."""
    copies: tuple[str, ...] = ()
    """A sentence for each copy that a sync program made of a session file."""
    done: int = 0
    """Files that have been looked at."""
    files: int = 0
    """Files in all."""
    marked: Mapping[date, DayKind] = field(default_factory=dict)
    """Days that the user marked."""
    self_tests: tuple[SelfTestRecord, ...] = ()
    """Oldest first."""
    others: tuple[str, ...] = ()
    """A sentence for each file of a self-test or a marked day that is left out."""
    has_removed: bool = False
    """Whether there are sessions that were deleted, in this run or before, and can be brought back."""

    @property
    def is_whole(self) -> bool:
        """Whether the log has been read to its end."""
        return self.stats is not None


def read_history(
    services: Services,
    report: Callable[[HistoryView], None] | None = None,
    stop: Callable[[], bool] = never,
) -> HistoryView:
    """Read the log and work out what it says. Reads files: use a thread.

    Args:
        services: what is asked for the log.
        report: is given what there is so far, while much is to be read; in any thread.
        stop: asked between two files; once it is true, what there is by then is all there will be.
    """
    marked = load_marked_days(services.paths.days)
    tests = load_self_tests(services.paths.self_tests)
    removed = _has_removed(services)

    def view(log: SessionList) -> HistoryView:
        return _view(services, log, marked, tests, has_removed=removed)

    return view(services.load_log(stop, report and (lambda part: report(view(part)))))


def _has_removed(services: Services) -> bool:
    try:
        return last_removed(services.paths.sessions, services.paths.removed_sessions) is not None
    except StorageError:
        return False


def _view(
    services: Services, log: SessionList, marked: MarkedDays, tests: SelfTestLog, *, has_removed: bool
) -> HistoryView:
    rules, today = services.settings.rules, services.today
    return HistoryView(
        today=today,
        first_weekday=rules.first_weekday,
        stats=stats(log.entries, today, rules, marked.excused) if log.is_whole else None,
        activity=activity_by_day(log.entries),
        entries=tuple(reversed(log.entries)),
        problems=log.problems,
        copies=log.copies,
        done=log.done,
        files=log.files,
        marked=marked.days,
        self_tests=tests.records,
        others=(*marked.problems, *tests.problems),
        has_removed=has_removed,
    )
