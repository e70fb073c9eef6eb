"""Ratings over time: only what was rated counts, and only two points are a change."""

from __future__ import annotations

from datetime import date

from hipcoach.core.history.discomfort import Change, RatedSession, changes, rated_sessions
from hipcoach.core.history.record import entry_of
from tests.support import a_record

DAYS = [date(2026, 3, day) for day in range(1, 8)]
RATINGS = [(5, 3), (5, 4), (5, 7), (None, 3), (4, None), (None, None), (0, 0)]


def test_rated_sessions_come_oldest_first_and_unrated_ones_not_at_all() -> None:
    entries = [
        entry_of(a_record(day, discomfort_before=before, discomfort_after=after))
        for day, (before, after) in zip(DAYS, RATINGS, strict=True)
    ]
    rated = rated_sessions(reversed(entries))
    assert [(each.before, each.after) for each in rated] == [each for each in RATINGS if each != (None, None)]
    assert [each.day for each in rated] == sorted(each.day for each in rated)
    assert changes(rated) == {Change.LESS: 1, Change.SAME: 2, Change.MORE: 1}


def test_one_rating_is_no_change() -> None:
    assert RatedSession(DAYS[0], 5, None).change is None
    assert changes([]) == {Change.LESS: 0, Change.SAME: 0, Change.MORE: 0}
