"""`hipcoach figure` in motion: the movement in its own tempo, in place, until somebody has seen enough."""

from __future__ import annotations

import signal
import sys
import time
from collections.abc import Callable

from rich.console import Console
from rich.live import Live
from rich.text import Text

from hipcoach.commands.output import printable
from hipcoach.commands.plain.keys import GONE, Keys, LineKeys, open_keys
from hipcoach.core.exercise import Side
from hipcoach.core.figure.drawing import Ink
from hipcoach.drawing.canvas import draw, fitting
from hipcoach.drawing.colours import working_colour
from hipcoach.drawing.showing import Doing, Moment, Showing
from hipcoach.drawing.shown import Shown
from hipcoach.drawing.signs import Signs

FRAMES_PER_SECOND = 15
"""Enough to look smooth, at a few percent of a processor."""
LARGEST = (72, 28)
"""Columns and rows, where no size is asked for: larger is only coarser to look at."""
LEAVE = ("q", "escape", GONE)
STYLES = {Ink.FAR: "grey54", Ink.PROP: "grey42", Ink.GROUND: "grey35"}


def play(
    shown: Shown,
    signs: Signs,
    size: tuple[int, int] | None,
    *,
    once: bool,
    clock: Callable[[], float] = time.monotonic,
) -> int:
    """Play until `q`, escape or ctrl+c, or with `once` until it has been shown once."""
    console, showing, keys = Console(highlight=False), Showing(shown), open_keys(sys.stdin)
    way_out = "" if once else "ctrl+c ends it" if isinstance(keys, LineKeys) else "q ends it"
    if hasattr(signal, "SIGTSTP"):
        # As in the coach itself: a stopped program would leave the terminal without a cursor.
        signal.signal(signal.SIGTSTP, signal.SIG_IGN)
    try:
        with keys, Live(console=console, auto_refresh=False, vertical_overflow="crop") as live:
            began = clock()
            for frame in range(sys.maxsize):
                passed = clock() - began
                is_over = once and passed >= showing.seconds
                moment = showing.end if is_over else showing.at(passed)
                live.update(_picture(showing, moment, signs, size, console, way_out), refresh=True)
                if is_over or _is_left(keys, began + (frame + 1) / FRAMES_PER_SECOND - clock()):
                    break
    except KeyboardInterrupt:
        pass  # the usual way to say that it was enough
    return 0


def caption(shown: Shown, moment: Moment) -> str:
    """Return in one line what is shown just now."""
    words = [shown.title]
    if len(shown.stages) > 1:
        words.append(moment.stage.title)
    if moment.side is not None:
        words.append(moment.side.value)
    if moment.direction is not None:
        words.append(moment.direction)
    words.append({Doing.WAIT: "get ready", Doing.HOLD: "hold"}.get(moment.doing, moment.phase))
    return printable(" · ".join(words))


def _picture(
    showing: Showing,
    moment: Moment,
    signs: Signs,
    size: tuple[int, int] | None,
    console: Console,
    way_out: str,
) -> Text:
    """Draw a moment as large as there is room, below it what it shows and, where it fits, how to end it."""
    drawing = showing.drawing(moment)
    columns, rows = console.size.width, max(1, console.size.height - 2)
    wanted = size or fitting(drawing.frame, min(columns, LARGEST[0]), min(rows, LARGEST[1]))
    text = Text(no_wrap=True, overflow="crop")
    for row in draw(drawing, min(columns, wanted[0]), min(rows, wanted[1]), signs):
        for run in row:
            text.append(run.text, _style(run.ink, moment.side))
        text.append("\n")
    words = caption(showing.shown, moment)
    both = f"{words}   ({way_out})"
    return text.append(both if way_out and len(both) <= columns else words)


def _style(ink: Ink | None, side: Side | None) -> str:
    if ink is Ink.WORKING:
        return f"bold {working_colour(side)}"
    return STYLES.get(ink, "") if ink is not None else ""


def _is_left(keys: Keys, seconds: float) -> bool:
    """Wait for the next picture; return whether a key to leave was pressed meanwhile."""
    end = time.monotonic() + seconds
    while True:
        if keys.read(max(0.0, end - time.monotonic())) in LEAVE:
            return True
        if time.monotonic() >= end:
            return False
