"""The self-tests over time: a sign for each time, test by test and side by side, and honest words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from hipcoach.core.self_test import SelfTestRecord, tightness
from hipcoach.core.text import plain
from hipcoach.ui.charts.line import FAINT, QUIET, Line, Piece
from hipcoach.ui.format import day_text

SIDE = 8
TIGHT, NOT_TIGHT, NOT_TESTED = "●", "○", "·"
MOST_TIMES = 24
"""Signs in a line: two years, at one a month."""
WORDS = {True: "tight", False: "not tight"}
COLOURS = {"left": "$side-left", "right": "$side-right"}
LEGEND = f"{TIGHT} tight   {NOT_TIGHT} not tight   {NOT_TESTED} not tested"


def tightness_chart(records: Sequence[SelfTestRecord], today: date) -> list[Line]:
    """Every test that was ever done, with its sides; the newest time is at the right."""
    names = {result.test: plain(result.name) for record in records for result in record.results}
    lines: list[Line] = []
    for test, name in names.items():
        points = tightness(records, test)
        first, last = day_text(points[0].day, today), day_text(points[-1].day, today)
        when = last if len(points) == 1 else f"first {first}, last {last}"
        lines.append(((name, "bold"), (f"   {when}", QUIET)))
        sides = (("right", [each.right for each in points]), ("left", [each.left for each in points]))
        lines += [_side(side, found) for side, found in sides]
    return lines


def _side(side: str, found: Sequence[bool | None]) -> Line:
    pieces: list[Piece] = [(side.ljust(SIDE), COLOURS[side])]
    for tight in found[-MOST_TIMES:]:
        sign = NOT_TESTED if tight is None else TIGHT if tight else NOT_TIGHT
        pieces.append((f"{sign} ", FAINT if tight is None else ""))
    pieces.append((f"  {trend_words(found)}", QUIET))
    return tuple(pieces)


def trend_words(found: Iterable[bool | None]) -> str:
    """The newest answer beside the one before it; nothing is read from either."""
    known = [tight for tight in found if tight is not None]
    if not known:
        return "not tested yet"
    if len(known) == 1:
        return f"{WORDS[known[-1]]}; one time says little"
    if known[-1] != known[-2]:
        return f"{WORDS[known[-1]]}, {WORDS[known[-2]]} the time before"
    run = next((n for n, each in enumerate(reversed(known)) if each != known[-1]), len(known))
    return f"{WORDS[known[-1]]}, as the {'time' if run == 2 else f'{run - 1} times'} before"
