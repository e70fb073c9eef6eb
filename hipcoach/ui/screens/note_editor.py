"""Asks for a session's note."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from hipcoach.core.plain_text import plain
from hipcoach.ui.screens.steady import Steady
from hipcoach.ui.widgets.note_area import NoteArea


class NoteEditor(Steady, ModalScreen[str | None]):
    """Dismissed with the new note, or None where it is to stay as it was."""

    CSS_PATH = "note_editor.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "save", "Save", id="note.save", tooltip="Save the note", priority=True),
        Binding("escape", "cancel", "Leave it", id="note.cancel", tooltip="Leave the note as it was"),
    ]

    def __init__(self, note: str) -> None:
        super().__init__()
        self.note = note

    def compose(self) -> ComposeResult:
        """Room to write in."""
        with Vertical(id="box"):
            yield Static(Content("Note"), id="heading")
            yield NoteArea(self.note, placeholder="How did it go?")
            yield Static(Content("enter saves · ctrl+z undoes · escape leaves it as it was"), id="keys")

    def action_save(self) -> None:
        """Take the note once the keys before this one have been taken in, unless it is what it was."""
        area = self.query_one(NoteArea)
        area.call_later(self._save)

    def _save(self) -> None:
        note = self.query_one(NoteArea).note
        self.dismiss(None if note == plain(self.note) else note)

    def action_cancel(self) -> None:
        """Change nothing."""
        self.dismiss(None)
