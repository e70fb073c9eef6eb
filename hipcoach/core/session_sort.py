"""The orders in which sessions can be listed."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from msgspec import Struct

from hipcoach.core.session_entry import SessionEntry


class SortBy(StrEnum):
    """What the order goes by."""

    DATE = "date"
    ROUTINE = "routine"
    MINUTES = "minutes"
    STATUS = "status"


_SAID = {
    SortBy.DATE: ("newest first", "oldest first"),
    SortBy.ROUTINE: ("by routine, A to Z", "by routine, Z to A"),
    SortBy.MINUTES: ("longest first", "shortest first"),
    SortBy.STATUS: ("completed first", "stopped first"),
}


class SessionSort(Struct, frozen=True):
    """An order. As it comes: newest, A, longest and completed first."""

    by: SortBy = SortBy.DATE
    turned: bool = False
    """The other way round."""

    @property
    def next(self) -> SessionSort:
        """The next thing to go by, as it comes."""
        each = list(SortBy)
        return SessionSort(each[(each.index(self.by) + 1) % len(each)])

    @property
    def other_way(self) -> SessionSort:
        """The same the other way round."""
        return SessionSort(self.by, not self.turned)

    def chosen(self, by: SortBy) -> SessionSort:
        """What a click on a column makes of it: that order, or where it is that already, the other way."""
        return self.other_way if by is self.by else SessionSort(by)

    def said(self) -> str:
        """The order in a few words."""
        return _SAID[self.by][self.turned]


def in_order(newest_first: Sequence[SessionEntry], sort: SessionSort) -> tuple[SessionEntry, ...]:
    """Sessions in an order; those that are alike in it stay newest first."""
    match sort.by:
        case SortBy.DATE:
            return tuple(reversed(newest_first) if sort.turned else newest_first)
        case SortBy.ROUTINE:
            found = sorted(newest_first, key=lambda each: each.title.casefold(), reverse=sort.turned)
        case SortBy.MINUTES:
            found = sorted(newest_first, key=lambda each: each.active_seconds, reverse=not sort.turned)
        case SortBy.STATUS:
            found = sorted(newest_first, key=lambda each: each.status.value, reverse=sort.turned)
    return tuple(found)
