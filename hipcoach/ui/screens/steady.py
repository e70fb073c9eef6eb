"""What every screen of ours does otherwise than Textual's: one size at a time, styled once, left once."""

from __future__ import annotations

from typing import Any

from textual import events
from textual.await_complete import AwaitComplete
from textual.screen import Screen


class Steady:
    """A part of a screen, named before Textual's own: passes over what is out of date."""

    def on_compose(self) -> None:
        """Have the classes of its size before there is anything on it, so that nothing is styled twice."""
        if isinstance(self, Screen):
            width, height = self.app.size
            sizes = ((width, self.HORIZONTAL_BREAKPOINTS), (height, self.VERTICAL_BREAKPOINTS))
            self.add_class(
                *(name for size, breakpoints in sizes for name in _reached(size, breakpoints or []))
            )

    def on_resize(self, event: events.Resize) -> None:
        """Let only the newest size through.

        A screen that changes its size tells itself so. Where two sizes wait in its queue, as under a window
        that is dragged, each answers the other for ever and nothing else is heard any more, not even SIGTERM.
        The app always knows the newest size, so a screen that listens to no other comes to rest.
        """
        if isinstance(self, Screen) and event.size != self.app.size:
            event.stop()
            event.prevent_default()

    def dismiss(self, result: Any = None) -> AwaitComplete:
        """Go, once, and only from the top.

        Textual takes away whatever screen is on top, whichever was to go: a second enter, typed before the
        first was taken in, would take the screen below along, and leave a session that is one without an end.
        """
        if isinstance(self, Screen) and self.app.screen is self:
            return Screen.dismiss(self, result)
        return AwaitComplete()


class NothingYet(Steady, Screen[None]):
    """What is below all screens. Textual's own answers itself for ever in a terminal that does not know its
    size (0 x 0): Textual takes that for 80 x 24 and Rich for 80 x 25."""


def _reached(size: int, breakpoints: list[tuple[int, str]]) -> list[str]:
    """The class of the last of the breakpoints, in cells, that a size reaches."""
    return [name for least, name in sorted(breakpoints) if size >= least][-1:]
