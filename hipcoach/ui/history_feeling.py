"""What the history says of how it feels: ratings as a trend, and the self-tests. Numbers, never a verdict."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from hipcoach.core.history.discomfort import REAL_CHANGE, SCALE, Change, RatedSession, changes
from hipcoach.core.self_test import SelfTestRecord, self_tests_due
from hipcoach.ui.charts.line import QUIET, Line
from hipcoach.ui.charts.rating_chart import LEGEND, rating_chart
from hipcoach.ui.charts.tightness_chart import LEGEND as TEST_LEGEND
from hipcoach.ui.charts.tightness_chart import tightness_chart
from hipcoach.ui.format import count_text, day_text

NO_RATINGS = (
    "No ratings yet. Where you like, d in the list of routines says how it feels before a session; its end "
    "asks how it feels after, and r in the list of sessions rates one of the past."
)
NO_TESTS = "Not done yet. Two quick looks at your hips, three minutes; t begins."
HONEST = (
    "These are your own numbers. They show whether something changed, not why, and what helps somebody else "
    "may not help you."
)
LOW_HEIGHT = 32
"""Lines below which the scale is drawn at half its height."""


def rating_lines(rated: Sequence[RatedSession], width: int, height: int) -> list[Line]:
    """The trend of the ratings, with what counts as real; or how to begin."""
    heading: Line = ((f"Discomfort before and after ({SCALE})", "bold"),)
    if not rated:
        return [heading, ((NO_RATINGS, QUIET),)]
    return [
        heading,
        *rating_chart(rated, width, tall=height >= LOW_HEIGHT),
        ((LEGEND, QUIET),),
        ((change_words(rated), ""),),
        ((HONEST, QUIET),),
    ]


def change_words(rated: Sequence[RatedSession]) -> str:
    """In how many sessions it became less or more by as much as counts as real."""
    counted = changes(rated)
    both = sum(counted.values())
    if not both:
        return f"{count_text(len(rated), 'session')} rated, none of them before and after."
    parts = [
        f"{counted[kind]} {words}"
        for kind, words in ((Change.LESS, "less"), (Change.SAME, "about the same"), (Change.MORE, "more"))
    ]
    return (
        f"Of {count_text(both, 'session')} rated before and after: {', '.join(parts)} afterwards. "
        f"Below {REAL_CHANGE} points a difference may be chance."
    )


def self_test_lines(records: Sequence[SelfTestRecord], today: date, limits: Sequence[str] = ()) -> list[Line]:
    """The self-tests over time, when they may be done again, and what they cannot tell."""
    heading: Line = (("Self-tests", "bold"),)
    if not records:
        return [heading, ((NO_TESTS, QUIET),)]
    last = max(each.day for each in records)
    when = f"last {day_text(last, today)}"
    again = (
        "time for another look, if you like: t"
        if self_tests_due(last, today)
        else "every four weeks is enough"
    )
    lines: list[Line] = [(*heading, (f"   {when} · {again}", QUIET))]
    lines += tightness_chart(records, today)
    lines.append(((TEST_LEGEND, QUIET),))
    lines += [((f"{limit}", QUIET),) for limit in limits]
    return lines
