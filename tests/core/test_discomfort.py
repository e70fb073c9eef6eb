"""The numeric pain rating scale: what is a rating, which change is real, and when the stop rules speak."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hipcoach.core.history.discomfort import (
    HIGH_AFTER,
    HIGH_BEFORE,
    RISEN,
    Advice,
    Change,
    RatedSession,
    advice_after,
    advice_before,
    change,
    change_words,
    changes,
    rated_sessions,
)
from hipcoach.core.history.record import entry_of
from tests.support import a_record

MAYBE = st.none() | st.integers(0, 10)


@pytest.mark.parametrize(
    ("earlier", "later", "expected"),
    [
        (5, 5, Change.SAME),
        (5, 6, Change.SAME),
        (5, 4, Change.SAME),
        (5, 7, Change.MORE),
        (5, 3, Change.LESS),
        (0, 10, Change.MORE),
    ],
)
def test_two_points_are_a_real_change(earlier: int, later: int, expected: Change) -> None:
    assert change(earlier, later) is expected


@pytest.mark.parametrize(
    ("before", "expected"),
    [(None, None), (0, None), (5, None), (6, HIGH_BEFORE), (10, HIGH_BEFORE)],
)
def test_at_6_and_more_the_coach_advises_against_a_session(
    before: int | None, expected: Advice | None
) -> None:
    assert advice_before(before) is expected


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (3, None, None),
        (None, None, None),
        (3, 3, None),
        (3, 4, None),
        (3, 5, RISEN),
        (0, 2, RISEN),
        (5, 6, HIGH_AFTER),
        (None, 5, None),
        (None, 6, HIGH_AFTER),
        (7, 8, None),
        (7, 6, None),
        (7, 9, RISEN),
    ],
)
def test_after_a_session_a_rise_by_two_or_a_6_is_enough(
    before: int | None, after: int | None, expected: Advice | None
) -> None:
    assert advice_after(before, after) is expected


@given(MAYBE, MAYBE)
def test_a_real_rise_is_never_passed_over(before: int | None, after: int | None) -> None:
    risen = before is not None and after is not None and change(before, after) is Change.MORE
    assert (advice_after(before, after) is RISEN) == risen


@pytest.mark.parametrize("words", [HIGH_BEFORE, RISEN, HIGH_AFTER])
def test_the_words_neither_diagnose_nor_promise(words: Advice) -> None:
    text = f"{words.title} {words.text}".casefold()
    for word in ("you have", "injur", "cure", "heal", "will help", "relief", "must", "never"):
        assert word not in text
    assert "physiotherapist" in text


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (None, None, ""),
        (4, None, "4 before"),
        (None, 4, "4 after"),
        (4, 4, "4 before, 4 after: the same"),
        (4, 3, "4 before, 3 after: about the same"),
        (5, 3, "5 before, 3 after: less than before"),
        (3, 5, "3 before, 5 after: more than before"),
    ],
)
def test_both_ratings_in_words(before: int | None, after: int | None, expected: str) -> None:
    assert change_words(before, after) == expected


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
