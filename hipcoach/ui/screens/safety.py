"""The safety page: shown once before anything else, reachable later by a key."""

from __future__ import annotations

from typing import ClassVar

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static

from hipcoach.storage.bundled import safety_sections
from hipcoach.ui.screens.steady import Steady


class SafetyScreen(Steady, ModalScreen[bool]):
    """Information only, red flags, stop rules. Dismissed with whether it was acknowledged."""

    CSS_PATH = "safety.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "understood", "I understand", id="safety.understood", tooltip="Read and understood"),
        Binding("escape,q", "leave", "Leave", id="safety.leave", tooltip="Close this page"),
    ]

    def __init__(self, *, first_time: bool) -> None:
        super().__init__()
        self.first_time = first_time

    def compose(self) -> ComposeResult:
        """The page."""
        with VerticalScroll(id="box"):
            yield Static("Before you move", id="heading")
            for section in safety_sections():
                body = Group(*(_line(line) for line in section.lines))
                yield Static(section.title, classes="title")
                yield Static(body)
        yield Static(id="keys")

    def on_mount(self) -> None:
        """Let the arrow keys scroll at once."""
        box = self.query_one("#box")
        box.focus()
        self.watch(box, "scroll_y", self._show_keys)
        self.call_after_refresh(self._show_keys)

    def on_resize(self, event: events.Resize) -> None:
        """Another height may show the end of the page, or hide it."""
        super().on_resize(event)
        self.call_after_refresh(self._show_keys)

    def _show_keys(self) -> None:
        if len(self.query("#box, #keys")) < 2:  # it was left as its size changed
            return
        box = self.query_one("#box")
        if box.scroll_offset.y < box.max_scroll_y:
            enter = "enter: read on"
        else:
            enter = "enter: I have read this and understand" if self.first_time else "enter: back"
        leave = "escape: leave hipcoach" if self.first_time else "escape: back"
        self.query_one("#keys", Static).update(f"{enter}    {leave}")

    def action_understood(self) -> None:
        """Acknowledged, once the end of the page has been seen; before that, read on."""
        box = self.query_one("#box")
        if box.scroll_offset.y < box.max_scroll_y:
            box.scroll_page_down(animate=False)
        else:
            self.dismiss(True)

    def action_leave(self) -> None:
        """Not acknowledged, the first time; later there is nothing to acknowledge."""
        self.dismiss(not self.first_time)


def _line(line: str) -> RenderableType:
    if not line.startswith("• "):
        return Text(line)
    row = Table.grid(padding=(0, 1))
    row.add_row(" •", Text(line.removeprefix("• ")))
    return row
