"""The self-tests in words: what they are for, what to do, and what came of them. No widgets."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from textual.content import Content

from hipcoach.core.exercise import Side
from hipcoach.core.self_test import SelfTest, SelfTestRecord, SelfTestResult, SelfTests
from hipcoach.ui.format import day_text

TIGHT = {True: "tight", False: "not tight"}


def intro_words(tests: SelfTests, source: str) -> Content:
    """What comes, what it can't tell, and what to take care of."""
    names = " and ".join(test.name for test in tests.tests)
    head = (
        f"{names}: two quick looks at your hips, on your back on the floor, right and left. Three minutes. "
        f"From {source}."
    )
    parts: list[str | tuple[str, str]] = [head]
    for title, lines in (("What they can't tell", tests.limits), ("Take care", tests.cautions)):
        parts.append((f"\n\n{title}", "bold"))
        parts.extend(f"\n• {line}" for line in lines)
    return Content.assemble(*parts)


def trial_words(test: SelfTest, side: Side) -> Content:
    """What to do, step by step, and what to look for."""
    lines: list[str | tuple[str, str]] = [
        f"{number}  {test.said(step, side)}\n" for number, step in enumerate(test.steps, 1)
    ]
    lines += [f"{line}\n" for line in test.cautions]
    notes = [(f"\n\n{note}", "$foreground 60%") for note in test.notes]
    return Content.assemble(*lines, ("\n" + test.said(test.question, side), "bold"), *notes)


def result_words(
    tests: SelfTests,
    results: Sequence[SelfTestResult],
    last: SelfTestRecord | None,
    today: date,
) -> Content:
    """Each result with what its article reads from it and what it was the last time; then the limits."""
    parts: list[str | tuple[str, str]] = []
    known = {test.id: test for test in tests.tests}
    for result in results:
        parts.append((f"{result.name}, {result.side.value}: {TIGHT[result.tight]}", "bold"))
        parts.append(f" ({result.side_means})\n{result.said}.")
        test = known.get(result.test)
        means = (
            [each.means for each in test.answers if each.id == result.answer and each.means] if test else []
        )
        parts.extend(f" {test.said(each, result.side)}" for each in means if test)
        if last and (earlier := found_in(last, result)):
            same = "The same as" if earlier.tight == result.tight else f"It was {TIGHT[earlier.tight]}"
            parts.append(f" {same} {day_text(last.day, today)}.")
        parts.append("\n\n")
    if not results:
        parts.append("Nothing was tested.\n\n")
    parts.extend(f"• {line}\n" for line in tests.limits)
    return Content.assemble(*parts)


def found_in(record: SelfTestRecord, like: SelfTestResult) -> SelfTestResult | None:
    """The result of the same test on the same side in another record."""
    return next((each for each in record.results if (each.test, each.side) == (like.test, like.side)), None)
