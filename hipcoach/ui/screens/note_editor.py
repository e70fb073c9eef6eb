"""Asks for a session's note."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from hipcoach.core.text import plain
from hipcoach.live.drafts import KEEP_EVERY, Draft
from hipcoach.ui.numbers import day_text
from hipcoach.ui.screens.choice import Answer, ChoiceScreen
from hipcoach.ui.screens.steady import Steady
from hipcoach.ui.widgets.note_area import NoteArea

LEAVE_ANSWERS = (
    Answer("stay", "c", "Continue writing"),
    Answer("save", "s", "Save it"),
    Answer("discard", "d", "Discard it"),
)


class NoteEditor(Steady, ModalScreen[str | None]):
    """Dismissed with the new note, or None where it is to stay as it was."""

    CSS_PATH = "note_editor.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "save", "Save", id="note.save", tooltip="Save the note", priority=True),
        Binding(
            "escape", "cancel", "Leave", id="note.cancel", tooltip="Leave; what is not saved is asked about"
        ),
    ]

    def __init__(self, note: str, draft: Draft, today: date) -> None:
        """`draft`: keeps what is written, and is what there is to begin with where it holds something."""
        super().__init__()
        self.note = note
        self.draft = draft
        self.heading = "Note"
        if draft.text is not None:
            self.heading = f"Note: what you wrote {day_text(draft.day, today)} and did not save"

    def compose(self) -> ComposeResult:
        """Room to write in."""
        with Vertical(id="box"):
            yield Static(Content(self.heading), id="heading")
            yield NoteArea(self.draft.text or self.note, placeholder="How did it go?")
            yield Static(Content("enter saves · ctrl+z undoes · escape leaves"), id="keys")

    def on_mount(self) -> None:
        """Keep what is written every now and then."""
        self.set_interval(KEEP_EVERY, self.keep_unsaved)

    @property
    def written(self) -> str | None:
        """What is written now; None where that is the note as it was."""
        note = self.query_one(NoteArea).note
        return None if note == plain(self.note) else note

    def keep_unsaved(self) -> None:
        """Keep what is written as a draft."""
        self.draft.keep(self.written)

    def action_save(self) -> None:
        """Take the note once the keys before this one have been taken in, unless it is what it was."""
        area = self.query_one(NoteArea)
        area.call_later(self._save)

    def _save(self) -> None:
        self.dismiss(self.written)

    @work(exclusive=True, group="leave")
    async def action_cancel(self) -> None:
        """Leave the note as it was; what is written is asked about."""
        if self.written is not None:
            answer = await self.app.push_screen_wait(ChoiceScreen("Save the note?", "", LEAVE_ANSWERS))
            if answer != "discard":
                if answer == "save":
                    self._save()
                return
        self.dismiss(None)
