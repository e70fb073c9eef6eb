"""A figure that does its movement a few times, then rests in the starting pose."""

from __future__ import annotations

from collections.abc import Callable

from textual import work
from textual.timer import Timer
from textual.worker import get_current_worker

from hipcoach.core.figure.acting import Showing, at_ends
from hipcoach.core.figure.scene import drawing_at
from hipcoach.ui.widgets.figure_view import FigureView

FRAME = 0.1
"""Seconds between two pictures."""
SETTLE = 0.4
"""Seconds before a figure is read: arrow keys may only be passing by."""
Load = Callable[[], Showing | None]


class FigurePlayer(FigureView):
    """Plays what it is given with `play`, once."""

    def __init__(self, clock: Callable[[], float], *, id: str | None = None) -> None:
        """`clock`: seconds, the one that sessions run on."""
        super().__init__(id=id)
        self._clock = clock
        self._load: Load | None = None
        self._showing: Showing | None = None
        self._started = 0.0
        self._waiting: Timer | None = None
        self._playing: Timer | None = None
        self._has_room = False
        self.less_motion = False
        """Whether only the ends of each phase are shown."""

    @property
    def is_playing(self) -> bool:
        """Whether the figure moves, or is about to."""
        return self._waiting is not None or self._playing is not None

    def play(self, load: Load | None) -> None:
        """Play what `load` reads (in a thread), from the beginning; None shows nothing."""
        self.rest()
        self._load = load
        self._showing = None
        self.show(None)
        if load is not None and self._has_room and self.screen.is_active:
            self._waiting = self.set_timer(SETTLE, lambda: self._read(load))

    def rest(self) -> None:
        """Stop moving: nobody is looking."""
        for timer in (self._waiting, self._playing):
            if timer is not None:
                timer.stop()
        self._waiting = self._playing = None

    def wake(self) -> None:
        """Somebody looks again: begin, if it was told to rest before it had begun."""
        if self._showing is None and not self.is_playing:
            self.play(self._load)

    def look(self) -> None:
        """Show what the figure does now; after its last rep it rests in the starting pose."""
        showing = self._showing
        if showing is None:
            return
        passed = self._clock() - self._started
        if passed >= showing.seconds:
            self.rest()
            passed = 0.0
        moment = showing.at(passed)
        self.show(drawing_at(showing.figure, at_ends(moment) if self.less_motion else moment))

    def on_show(self) -> None:
        """There is room now: begin."""
        self._has_room = True
        self.play(self._load)

    def on_hide(self) -> None:
        """There is no room any more."""
        self._has_room = False
        self.rest()

    def on_unmount(self) -> None:
        """Stop with the screen."""
        self.rest()

    @work(thread=True, exclusive=True, group="figure")
    def _read(self, load: Load) -> None:
        worker = get_current_worker()
        showing = load()
        if not worker.is_cancelled:
            self.app.call_from_thread(self._begin, load, showing)

    def _begin(self, load: Load, showing: Showing | None) -> None:
        if load is not self._load:
            return
        self.rest()
        self._showing = showing
        if showing is None or not self.is_mounted:
            return
        self.side = showing.side
        self._started = self._clock()
        self._playing = self.set_interval(FRAME, self.look)
        self.look()
