"""What every screen of ours needs against faults of Textual's: sizes that chase each other, leaving twice."""

from __future__ import annotations

from typing import Any

from textual import events
from textual.await_complete import AwaitComplete
from textual.screen import Screen


class Steady:
    """A part of a screen, named before Textual's own: passes over what is out of date."""

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
