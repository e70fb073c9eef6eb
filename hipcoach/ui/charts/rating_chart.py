"""Ratings of discomfort before and after each session, on the scale from 0 to 10, as columns."""

from __future__ import annotations

from collections.abc import Sequence

from hipcoach.core.history.discomfort import LEAST, MOST, Change, RatedSession
from hipcoach.ui.charts.line import FAINT, GOOD, QUIET, Line, Piece, joined

AXIS = 3
COLUMN = 2
"""Cells a session takes."""
BEFORE, AFTER, BOTH, BETWEEN = "○", "●", "◉", "│"
SIGNS = {Change.LESS: "▼", Change.SAME: "·", Change.MORE: "▲", None: " "}
STYLES = {Change.LESS: GOOD, Change.SAME: "$foreground 80%", Change.MORE: "$warning", None: "$foreground 80%"}
LEGEND = f"{BEFORE} before   {AFTER} after   {BOTH} both   changed by 2 and more: ▼ less  ▲ more"


def sessions_shown(width: int) -> int:
    """How many sessions there is room for in `width` cells."""
    return max(1, (width - AXIS) // COLUMN)


def rating_chart(rated: Sequence[RatedSession], width: int, *, tall: bool) -> list[Line]:
    """Draw the last sessions that fit, the newest at the right; not tall, two points share a row."""
    shown = rated[-sessions_shown(width) :]
    pace = 1 if tall else 2
    lines: list[Line] = []
    for low in range(MOST if tall else MOST - MOST % pace, LEAST - 1, -pace):
        pieces: list[Piece] = [(f"{low:>{AXIS - 1}} ", QUIET)]
        for each in shown:
            sign = _sign(each, low, low + pace - 1)
            pieces.append((sign.ljust(COLUMN), STYLES[each.change] if sign else FAINT))
        lines.append(joined(pieces))
    signs: list[Piece] = [(" " * AXIS, "")]
    signs += [(SIGNS[each.change].ljust(COLUMN), f"bold {STYLES[each.change]}") for each in shown]
    lines.append(joined(signs))
    lines.append(_days(shown))
    return lines


def _sign(rated: RatedSession, low: int, high: int) -> str:
    before, after = rated.before, rated.after
    has_before = before is not None and low <= before <= high
    has_after = after is not None and low <= after <= high
    if has_before and has_after:
        return BOTH
    if has_before or has_after:
        return BEFORE if has_before else AFTER
    if before is not None and after is not None and min(before, after) < low and high < max(before, after):
        return BETWEEN
    return ""


def _days(shown: Sequence[RatedSession]) -> Line:
    first, last = (f"{each.day.day} {each.day:%b %Y}" for each in (shown[0], shown[-1]))
    room = len(shown) * COLUMN - len(first) - 1
    text = f"{first}{last:>{room}}" if room > len(last) else last
    return ((" " * AXIS + text, QUIET),)
