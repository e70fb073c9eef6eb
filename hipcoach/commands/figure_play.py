"""`hipcoach figure` in motion: the movement in its own tempo, in place, until somebody has seen enough."""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Callable

from hipcoach.commands.in_place import InPlace
from hipcoach.commands.ink_styles import InkStyles
from hipcoach.commands.plain.keys import GONE, Keys, LineKeys, TerminalKeys, open_keys
from hipcoach.commands.printing import printable
from hipcoach.core.figure.drawing import Frame
from hipcoach.drawing.canvas import draw, fitting
from hipcoach.drawing.showing import Doing, Moment, Showing
from hipcoach.drawing.shown import Shown
from hipcoach.drawing.signs import Signs

A_SECOND = 15
"""Frames; enough to look smooth, at a few percent of a processor."""
LARGEST = (72, 28)
"""Cells, where no size is asked for: larger is only coarser to look at."""
LEAVE = ("q", "escape", GONE)


def play(
    shown: Shown,
    signs: Signs,
    size: tuple[int, int] | None,
    *,
    once: bool,
    clock: Callable[[], float] = time.monotonic,
) -> int:
    """Play until `q`, escape or ctrl+c, or with `once` until it has been shown once."""
    showing, styles = Showing(shown), InkStyles(os.environ)
    keys = open_keys(sys.stdin)
    way_out = "" if once else "ctrl+c ends it" if isinstance(keys, LineKeys) else "q ends it"
    try:
        with keys, InPlace(sys.stdout, lambda: _take_again(keys)) as place:
            _play(_Painter(showing, signs, size, styles, way_out), place, keys, clock, once=once)
    except KeyboardInterrupt:
        pass  # the usual way to say that it was enough
    return 0


class _Painter:
    """The lines of a moment, for a terminal as large as it is just now."""

    def __init__(
        self, showing: Showing, signs: Signs, size: tuple[int, int] | None, styles: InkStyles, way_out: str
    ) -> None:
        self.showing = showing
        self._signs, self._size, self._styles, self._way_out = signs, size, styles, way_out

    def lines(self, moment: Moment, terminal: tuple[int, int]) -> list[str]:
        """The picture, and below it what it shows and, where there is room, how to end it."""
        drawing = self.showing.drawing(moment)
        width, height = self._picture_size(drawing.frame, terminal)
        rows = [self._styles.row(row, moment.side) for row in draw(drawing, width, height, self._signs)]
        words = caption(self.showing.shown, moment)
        both = f"{words}   ({self._way_out})"
        return [*rows, both if self._way_out and len(both) <= terminal[0] else words[: terminal[0]]]

    def _picture_size(self, frame: Frame, terminal: tuple[int, int]) -> tuple[int, int]:
        # A line for the words, and one that the cursor goes to when all is over.
        room = terminal[0], max(1, terminal[1] - 2)
        wanted = self._size or fitting(frame, min(room[0], LARGEST[0]), min(room[1], LARGEST[1]))
        return min(room[0], wanted[0]), min(room[1], wanted[1])


def caption(shown: Shown, moment: Moment) -> str:
    """What is shown just now, in one line."""
    words = [shown.title]
    if len(shown.stages) > 1:
        words.append(moment.stage.title)
    if moment.side is not None:
        words.append(moment.side.value)
    if moment.direction is not None:
        words.append(moment.direction)
    words.append({Doing.WAIT: "get ready", Doing.HOLD: "hold"}.get(moment.doing, moment.phase))
    return printable(" · ".join(words))


def _play(painter: _Painter, place: InPlace, keys: Keys, clock: Callable[[], float], *, once: bool) -> None:
    began, frame = clock(), 0
    before = None
    while True:
        terminal = tuple(shutil.get_terminal_size())
        if terminal != before:
            place.forget()
            before = terminal
        passed = clock() - began
        is_over = once and passed >= painter.showing.seconds
        moment = painter.showing.end if is_over else painter.showing.at(passed)
        place.show(painter.lines(moment, (terminal[0], terminal[1])))
        if is_over:
            return
        frame = max(frame + 1, int((clock() - began) * A_SECOND) + 1)
        while (left := began + frame / A_SECOND - clock()) > 0:
            if keys.read(left) in LEAVE:
                return


def _take_again(keys: Keys) -> None:
    if isinstance(keys, TerminalKeys):
        keys.take()
