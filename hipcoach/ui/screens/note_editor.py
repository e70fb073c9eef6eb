"""Asks for a session's note."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from hipcoach.core.plain_text import plain
from hipcoach.ui.screens.steady import Steady

LONGEST_NOTE = 500
"""Characters."""


class NoteEditor(Steady, ModalScreen[str | None]):
    """Dismissed with the new note, or None where it is to stay as it was."""

    CSS_PATH = "note_editor.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "cancel", "Leave it", id="note.cancel", tooltip="Leave the note as it was"),
    ]

    def __init__(self, note: str) -> None:
        super().__init__()
        self.note = note

    def compose(self) -> ComposeResult:
        """One line to write in."""
        with Vertical(id="box"):
            yield Static(Content("Note"), id="heading")
            yield Input(
                plain(self.note), placeholder="How did it go?", max_length=max(LONGEST_NOTE, len(self.note))
            )
            yield Static(Content("enter saves · escape leaves it as it was"), id="keys")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Take the note, unless it is what it was."""
        note = plain(event.value)
        self.dismiss(None if note == plain(self.note) else note)

    def action_cancel(self) -> None:
        """Change nothing."""
        self.dismiss(None)
