"""Which sessions a command is about: `--since`, `--until` and `--routine`."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Protocol, TypeVar

from msgspec import Struct

from hipcoach.commands.arguments import unknown
from hipcoach.core.history.streaks import civil_day
from hipcoach.errors import UsageError
from hipcoach.paths import AppPaths
from hipcoach.storage.settings import load_settings


class Session(Protocol):
    """What can be asked for: a record, or its entry in the index."""

    @property
    def routine(self) -> str: ...  # noqa: D102  as the record says

    @property
    def day(self) -> date: ...  # noqa: D102  the same


S = TypeVar("S", bound=Session)


class Filters(Struct, frozen=True):
    """What was asked for. Both days are included; None and an empty tuple ask for nothing in particular."""

    since: date | None = None
    until: date | None = None
    routines: tuple[str, ...] = ()

    @property
    def any(self) -> bool:
        """Whether anything in particular was asked for."""
        return self != Filters()

    def take(self, routine: str, day: date) -> bool:
        """Whether a session of this routine, on this day, is asked for."""
        return (
            (self.since is None or day >= self.since)
            and (self.until is None or day <= self.until)
            and (not self.routines or routine in self.routines)
        )

    def words(self) -> str:
        """What was asked for, such as "since 2026-03-01, leg-circuit only"."""
        parts = [
            f"since {self.since}" if self.since else "",
            f"until {self.until}" if self.until else "",
            f"{' and '.join(self.routines)} only" if self.routines else "",
        ]
        return ", ".join(part for part in parts if part)


def filters_from(options: Namespace, paths: AppPaths, now: datetime) -> Filters:
    """What the options ask for; "today" and "30d" are counted from the civil day that `now` lies in.

    Raises:
        UsageError: nothing can lie between the two days.
    """
    routines = tuple(dict.fromkeys(options.routines or ()))
    if options.since is None and options.until is None:
        return Filters(routines=routines)
    settings, _ = load_settings(paths.settings)
    today = civil_day(now, settings.day.starts_at)
    since = options.since.first(today) if options.since else None
    until = options.until.last(today) if options.until else None
    if since and until and since > until:
        raise UsageError(f"Nothing can be since {since} and until {until}: that is upside down.")
    return Filters(since, until, routines)


def asked_for(sessions: Sequence[S], filters: Filters, paths: AppPaths) -> list[S]:
    """The sessions that were asked for, in their order.

    Raises:
        UsageError: there is no such routine, neither in the log nor to be done.
    """
    check_routines(filters, (each.routine for each in sessions), paths)
    return [each for each in sessions if filters.take(each.routine, each.day)]


def check_routines(filters: Filters, done: Iterable[str], paths: AppPaths) -> None:
    """See to it that every routine asked for is there to be done, or was done once.

    A routine may be gone from the catalogue and still be in the log; `done`, the routines of the log, is only
    gone through for such a one.

    Raises:
        UsageError: there is no such routine; the message names the nearest.
    """
    if not filters.routines:
        return
    from hipcoach.storage.catalog import load_catalog

    known = list(load_catalog(paths.config)[0].routines)
    if all(name in known for name in filters.routines):
        return
    known += sorted(set(done) - set(known))
    for name in filters.routines:
        if name not in known:
            raise UsageError(unknown("routine", name, known))
