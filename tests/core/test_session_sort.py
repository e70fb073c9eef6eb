"""The orders sessions can be listed in."""

from __future__ import annotations

from datetime import date

import pytest

from hipcoach.core.history.filter import SessionSort, SortBy, in_order
from hipcoach.core.history.record import SessionStatus, entry_of
from tests.support import a_record

ENTRIES = tuple(
    entry_of(a_record(date(2026, 3, day), id=name, title=title, active_seconds=seconds, status=status))
    for day, name, title, seconds, status in (
        (4, "d", "leg", 300.0, SessionStatus.COMPLETED),
        (3, "c", "Desk", 600.0, SessionStatus.STOPPED),
        (2, "b", "Leg", 300.0, SessionStatus.COMPLETED),
        (1, "a", "nine", 900.0, SessionStatus.STOPPED),
    )
)


@pytest.mark.parametrize(
    ("by", "turned", "names", "said"),
    [
        (SortBy.DATE, False, "dcba", "newest first"),
        (SortBy.DATE, True, "abcd", "oldest first"),
        (SortBy.ROUTINE, False, "cdba", "by routine, A to Z"),
        (SortBy.ROUTINE, True, "adbc", "by routine, Z to A"),
        (SortBy.MINUTES, False, "acdb", "longest first"),
        (SortBy.MINUTES, True, "dbca", "shortest first"),
        (SortBy.STATUS, False, "dbca", "completed first"),
        (SortBy.STATUS, True, "cadb", "stopped first"),
    ],
)
def test_what_is_alike_stays_newest_first(by: SortBy, turned: bool, names: str, said: str) -> None:
    sort = SessionSort(by, turned)
    assert "".join(each.id for each in in_order(ENTRIES, sort)) == names
    assert sort.said() == said


def test_the_next_order_goes_round_as_it_comes() -> None:
    sort = SessionSort(SortBy.DATE, turned=True)
    seen = []
    for _ in SortBy:
        sort = sort.next
        seen.append(sort)
    assert seen == [SessionSort(each) for each in (*list(SortBy)[1:], SortBy.DATE)]


def test_a_column_chosen_twice_is_turned_round() -> None:
    sort = SessionSort().chosen(SortBy.MINUTES)
    assert sort == SessionSort(SortBy.MINUTES)
    assert sort.chosen(SortBy.MINUTES) == SessionSort(SortBy.MINUTES, turned=True) == sort.other_way
