"""Ratings of discomfort over time, and which changes between before and after count as real."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from hipcoach.core.discomfort import Change, change
from hipcoach.core.session_entry import SessionEntry


class RatedSession(NamedTuple):
    """How one session felt."""

    day: date
    before: int | None
    after: int | None

    @property
    def change(self) -> Change | None:
        """What became of it; None where one of the two was not rated."""
        if self.before is None or self.after is None:
            return None
        return change(self.before, self.after)


def rated_sessions(newest_first: Iterable[SessionEntry]) -> tuple[RatedSession, ...]:
    """The sessions with a rating, oldest first."""
    found = [
        RatedSession(each.day, each.discomfort_before, each.discomfort_after)
        for each in newest_first
        if each.discomfort_before is not None or each.discomfort_after is not None
    ]
    return tuple(reversed(found))


def changes(rated: Iterable[RatedSession]) -> Mapping[Change, int]:
    """How many sessions changed it which way; those rated only once are in none."""
    counted = Counter(each.change for each in rated)
    return {kind: counted[kind] for kind in Change}
