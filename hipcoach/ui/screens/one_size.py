"""What every screen of ours needs against a fault of Textual's: two sizes at once that chase each other."""

from __future__ import annotations

from textual import events
from textual.screen import Screen


class OneSize:
    """A part of a screen, named before Textual's own: passes over sizes that are out of date.

    A screen that changes its size tells itself so. Where two sizes wait in its queue, as under a window
    that is dragged, each answers the other for ever and nothing else is heard any more, not even SIGTERM.
    The app always knows the newest size, so a screen that listens to no other comes to rest.
    """

    def on_resize(self, event: events.Resize) -> None:
        """Let only the newest size through."""
        if isinstance(self, Screen) and event.size != self.app.size:
            event.stop()
            event.prevent_default()
