"""Asks for a new key by having it pressed; a key that is taken is said at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from hipcoach.ui.screens.steady import Steady


class KeyCapture(Steady, ModalScreen[str | None]):
    """Dismissed with the name of the key, or None. `faults` says what is wrong with one."""

    CSS_PATH = "key_capture.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "cancel", "Leave it", id="capture.cancel", tooltip="Leave the key as it was"),
    ]

    def __init__(self, title: str, about: str, faults: Callable[[str], Sequence[str]]) -> None:
        super().__init__()
        self.heading = title
        self.about = about
        self.faults = faults

    def compose(self) -> ComposeResult:
        """Which action it is for, and what was wrong with the last key."""
        with Vertical(id="box"):
            yield Static(Content(self.heading), id="heading")
            yield Static(Content(self.about), id="about")
            yield Static("", id="wrong")
            yield Static(Content("Press the new key now. escape leaves everything as it was."), id="keys")

    def on_key(self, event: events.Key) -> None:
        """Take the key, unless it cannot be had."""
        if event.key == "escape":
            return
        event.stop()
        event.prevent_default()
        if faults := self.faults(event.key):
            self.query_one("#wrong", Static).update(Content("\n".join(faults)))
        else:
            self.dismiss(event.key)

    def action_cancel(self) -> None:
        """Change nothing."""
        self.dismiss(None)
