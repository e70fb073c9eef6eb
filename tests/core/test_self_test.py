"""When the self-tests are offered, what an answer says, and how results change over time."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from msgspec.structs import replace

from hipcoach.core.exercise import Side
from hipcoach.core.self_test import (
    SIDES,
    SelfTestRecord,
    SelfTestResult,
    TightnessPoint,
    result_of,
    self_tests_due,
    tightness,
)
from hipcoach.storage.bundled import bundled_self_tests

TODAY = date(2026, 3, 30)
TESTS = {test.id: test for test in bundled_self_tests().tests}


def a_result(side: Side = Side.RIGHT, *, tight: bool = True, test: str = "figure-four") -> SelfTestResult:
    return SelfTestResult(test, "Figure 4", side, "the leg", "answer", "Said", tight)


def a_self_test(day: date, *results: SelfTestResult) -> SelfTestRecord:
    started = datetime(day.year, day.month, day.day, 9, tzinfo=UTC)
    return SelfTestRecord(f"{day:%Y%m%d}", started, day, results)


@pytest.mark.parametrize(("ago", "due"), [(0, False), (27, False), (28, True), (400, True), (-3, False)])
def test_they_are_offered_again_after_four_weeks(ago: int, due: bool) -> None:
    assert self_tests_due(TODAY - timedelta(days=ago), TODAY) is due


def test_who_never_did_them_may() -> None:
    assert self_tests_due(None, TODAY)


@pytest.mark.parametrize(
    ("test", "answer", "tight"),
    [
        ("knee-to-chest", "neither", False),
        ("knee-to-chest", "leg-lifts", True),
        ("knee-to-chest", "knee-straightens", True),
        ("knee-to-chest", "both", True),
        ("figure-four", "less-than-a-fist", False),
        ("figure-four", "a-fist-or-more", True),
    ],
)
def test_what_each_answer_says(test: str, answer: str, tight: bool) -> None:
    (given,) = [each for each in TESTS[test].answers if each.id == answer]
    assert given.tight is tight
    assert bool(given.means) is tight
    for side in SIDES:
        result = result_of(TESTS[test], side, given)
        assert (result.test, result.side, result.tight, result.answer) == (test, side, tight, answer)
        assert "{" not in result.said


def test_the_sides_are_named_in_the_texts() -> None:
    test = TESTS["knee-to-chest"]
    steps = [test.said(step, Side.LEFT) for step in test.steps]
    assert "Take the right knee" in steps[1]
    assert "The left leg stays straight" in steps[2]


def test_tightness_over_time_by_side_oldest_first() -> None:
    first, second = date(2026, 1, 5), date(2026, 2, 2)
    records = [
        a_self_test(second, a_result(tight=False)),
        a_self_test(first, a_result(), a_result(Side.LEFT, tight=False)),
        a_self_test(TODAY, a_result(test="knee-to-chest")),
    ]
    assert tightness(records, "figure-four") == (
        TightnessPoint(first, left=False, right=True),
        TightnessPoint(second, left=None, right=False),
    )
    assert tightness([], "figure-four") == ()


def test_of_two_results_for_a_side_the_later_holds() -> None:
    record = a_self_test(TODAY, a_result(tight=True), replace(a_result(), tight=False))
    assert tightness([record], "figure-four") == (TightnessPoint(TODAY, left=None, right=False),)
