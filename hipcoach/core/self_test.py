"""The two self-tests: what is asked, what was answered, and how answers changed over time.

They are weak measures, kept as the user's own trend and never a gate: a like test, done without watching the
pelvis, found 32 of 100 tight hips and cleared 57 of 100 others (Vigotsky and others 2016, PMC4991856).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Annotated, Literal

from msgspec import Meta, Struct, field

from hipcoach.core.exercise import Side

DUE_AFTER = timedelta(weeks=4)
"""Ours: tissue takes weeks, and a test done daily becomes a habit of looking for faults."""
SIDES = (Side.RIGHT, Side.LEFT)
"""The order of the sides; the article names none."""


class SelfTestAnswer(Struct, frozen=True, forbid_unknown_fields=True):
    """One thing that can be seen in a test, and whether the test then calls the side tight."""

    id: str
    key: Annotated[str, Meta(min_length=1, max_length=1)]
    label: str
    tight: bool
    means: str = ""
    """What the source reads from it; empty where there is nothing to read."""


class SelfTest(Struct, frozen=True, forbid_unknown_fields=True):
    """One test, done on each side in turn. `{side}` and `{other}` in its texts stand for the sides' names."""

    id: str
    name: str
    figure: str
    """The id of the drawing that shows it."""
    side_means: str
    """Which leg the side names."""
    source: str
    steps: tuple[str, ...]
    question: str
    answers: Annotated[tuple[SelfTestAnswer, ...], Meta(min_length=1)] = field(name="answer")
    cautions: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    def said(self, text: str, side: Side) -> str:
        """One of its texts for one side."""
        return text.replace("{side}", side.value).replace("{other}", side.other.value)


class SelfTests(Struct, frozen=True, forbid_unknown_fields=True):
    """All tests, and what has to be said of every one of them; their file."""

    format: Literal[1]
    tests: tuple[SelfTest, ...] = field(name="self_test")
    limits: tuple[str, ...]
    """What they cannot tell."""
    cautions: tuple[str, ...]


class SelfTestResult(Struct, frozen=True):
    """What came of one test on one side, in words that explain themselves for ever."""

    test: str
    name: str
    side: Side
    side_means: str
    answer: str
    said: str
    tight: bool


class SelfTestRecord(Struct, frozen=True):
    """One time the tests were done, or some of them."""

    id: str
    started: datetime
    """With its offset from UTC."""
    day: date
    """The local civil day, by the day start then in force."""
    results: tuple[SelfTestResult, ...] = field(name="result", default=())
    app_version: str = ""
    note: str = ""


class TightnessPoint(Struct, frozen=True):
    """One test on one day: tight or not on each side; None where that side was not tested."""

    day: date
    left: bool | None
    right: bool | None


def result_of(test: SelfTest, side: Side, answer: SelfTestAnswer) -> SelfTestResult:
    """The result that an answer is."""
    said = test.said(answer.label, side)
    return SelfTestResult(test.id, test.name, side, test.side_means, answer.id, said, answer.tight)


def self_tests_due(last: date | None, today: date) -> bool:
    """Whether the tests may be offered again: never done, or four weeks ago and more."""
    return last is None or today - last >= DUE_AFTER


def tightness(records: Iterable[SelfTestRecord], test: str) -> tuple[TightnessPoint, ...]:
    """One test over time, oldest first. Of two results for the same side of one record the later holds."""
    points = []
    for record in sorted(records, key=lambda each: (each.started, each.id)):
        tight = {result.side: result.tight for result in record.results if result.test == test}
        if tight:
            points.append(TightnessPoint(record.day, tight.get(Side.LEFT), tight.get(Side.RIGHT)))
    return tuple(points)
