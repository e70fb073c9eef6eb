"""How a line of words is understood, and the orders of a list in words."""

from __future__ import annotations

from datetime import date

import pytest

from hipcoach.core.history.filter import SessionFilter, SessionSort, SortBy, read_filter

TODAY = date(2026, 3, 12)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("month:2026-13", "month:2026-13 is no such thing: a date such as"),
        ("day:soon", "day:soon is no such thing"),
        ("month:", "month: what? a date such as"),
        ("status:great", "status:great is none: completed or stopped."),
        ("routine:", "routine: what? a part of its name."),
        ("since:0000", "since:0000 is no such thing"),
        ("exercise:,", "exercise:, is none: a part of its name."),
        ("exercise:[", "exercise:[ is none: a part of its name."),
        ("routine:-", "routine:- is none: a part of its name."),
        ("status:,", "status:, is none: completed or stopped."),
        ("day:,", "day:, is no such thing"),
        ('exercise:" "', "exercise: what? a part of its name."),
    ],
)
def test_what_is_not_understood_is_said_and_asks_for_nothing(text: str, problem: str) -> None:
    wanted = read_filter(f"{text} leg", TODAY)
    assert wanted == SessionFilter(words=("leg",), problems=wanted.problems)
    assert wanted.problems[0].startswith(problem)
    assert read_filter(text, TODAY).is_empty


def test_it_says_what_it_asks_for() -> None:
    text = "routine:leg status:stopped month:2026-11 exercise:clam Knee"
    said = "routine leg · with clam · stopped · 2026-11-01 to 2026-11-30 · “knee”"
    assert read_filter(text, TODAY).said() == said
    assert read_filter("day:today", TODAY).said() == "2026-03-12"
    assert read_filter("since:today", TODAY).said() == "since 2026-03-12"
    assert read_filter("until:today", TODAY).said() == "until 2026-03-12"
    assert SessionFilter().said() == ""


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
