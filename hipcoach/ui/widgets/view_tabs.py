"""The views of the history in one line, each with its key; a click goes to one."""

from __future__ import annotations

from dataclasses import dataclass

from textual import events
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

ROOM = 2
"""Cells between two of them."""


class ViewTabs(Widget):
    """Names the views; the one that is shown stands in brackets. Without room the others are keys alone."""

    DEFAULT_CSS = """
    ViewTabs { height: 1; width: 1fr; }
    """

    @dataclass
    class Chosen(Message):
        """A click on a view."""

        view: str

    def __init__(self, views: dict[str, str], *, id: str | None = None) -> None:
        """Nothing is drawn yet.

        Args:
            views: the words for each view, by its name.
            id: the widget's.
        """
        super().__init__(id=id)
        self._views = views
        self._keys = {name: str(number) for number, name in enumerate(views, 1)}
        self._shown = next(iter(views))

    def show(self, view: str, keys: dict[str, str]) -> None:
        """Let a view stand out; `keys` are those that lead to each, as the user has them."""
        self._shown, self._keys = view, keys
        self.refresh()

    def labels(self, width: int) -> dict[str, str]:
        """What is written for each view, where there are `width` cells."""
        whole = {name: f"{self._keys[name]} {words}" for name, words in self._views.items()}
        short = {name: text if name == self._shown else self._keys[name] for name, text in whole.items()}
        for labels in (whole, short):
            marked = {
                name: f"[{text}]" if name == self._shown else f" {text} " for name, text in labels.items()
            }
            if sum(len(text) + ROOM for text in marked.values()) - ROOM <= width:
                break
        return marked

    def render(self) -> Content:
        """Draw them."""
        parts = [
            Content.styled(text, "bold $primary" if name == self._shown else "$foreground 70%")
            for name, text in self.labels(self.size.width).items()
        ]
        return Content(" " * ROOM).join(parts)

    def on_click(self, event: events.Click) -> None:
        """Go to the view under the mouse."""
        end = 0
        for name, text in self.labels(self.size.width).items():
            start, end = end, end + len(text)
            if start <= event.x < end:
                self.post_message(self.Chosen(name))
            end += ROOM
