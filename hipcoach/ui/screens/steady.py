"""What every screen of ours does otherwise than Textual's: one size at a time, styled once, left once."""

from __future__ import annotations

from typing import Any

from textual import events
from textual.await_complete import AwaitComplete
from textual.geometry import Size
from textual.screen import Screen
from textual.widget import Widget

LEAST = Size(20, 6)
"""Cells. In less no screen is laid out: Textual's lists break at a width of a few cells (a `ValueError` of
`OptionList` in 8.2.8), and there is nothing to be read there anyway."""
TOO_SMALL = (
    f"Too small: make the window at least {LEAST.width}x{LEAST.height}",
    f"Too small: {LEAST.width}x{LEAST.height}",
    "Too small",
    "small",
)


def has_room(size: Size) -> bool:
    """Whether a screen can be laid out in this size, in cells."""
    return size.width >= LEAST.width and size.height >= LEAST.height


class _TooSmall(Widget):
    """Stands in for a screen that has no room."""

    DEFAULT_CSS = """
    _TooSmall { width: 100%; height: 100%; content-align: center middle; text-wrap: nowrap; }
    """

    def render(self) -> str:
        """What to do, in as many words as fit."""
        width = self.size.width
        return next((text for text in TOO_SMALL if len(text) <= width), TOO_SMALL[-1][:width])


class Steady:
    """A part of a screen, named before Textual's own: passes over what is out of date, and is only laid out
    where there is room."""

    _focused_before: Widget | None = None
    """What had the focus when there was still room."""

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
        elif isinstance(self, Screen):
            # A screen has those that are seen behind it laid out too, before they hear of the new size.
            for each in self.app.screen_stack:
                if isinstance(each, Steady):
                    each.fit()

    def on_mount(self) -> None:
        """It may have begun without room."""
        self.fit()

    def on_screen_resume(self) -> None:
        """There may be more room, or less, than when it was covered."""
        self.fit()

    def fit(self) -> None:
        """Show the screen where it has room, else only that it has none; before it is laid out."""
        if not isinstance(self, Screen) or not self.is_attached:
            return
        fits, fitted = has_room(self.app.size), not self.has_class("-too-small")
        if fits and not fitted:
            self.query_children(_TooSmall).remove()
            self.remove_class("-too-small")
            if self._focused_before is not None:
                self.call_after_refresh(self.set_focus, self._focused_before)
        elif fitted and not fits:
            self._focused_before = self.focused
            # A class, and no part of a screen sets its own `display`: what changes meanwhile stays hidden.
            self.add_class("-too-small")
            self.mount(_TooSmall(classes="too-small"))

    def dismiss(self, result: Any = None) -> AwaitComplete:
        """Go, once, and only from the top.

        Textual takes away whatever screen is on top, whichever was to go: a second enter, typed before the
        first was taken in, would take the screen below along, and leave a session that is one without an end.
        """
        if isinstance(self, Screen) and self.app.screen is self:
            return Screen.dismiss(self, result)
        return AwaitComplete()


def _reached(size: int, breakpoints: list[tuple[int, str]]) -> list[str]:
    """The class of the last of the breakpoints, in cells, that a size reaches."""
    return [name for least, name in sorted(breakpoints) if size >= least][-1:]
