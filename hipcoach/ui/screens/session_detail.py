"""One session of the history, down to each set."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Footer, Static

from hipcoach.core.exercise import Side
from hipcoach.core.record import Outcome, SessionRecord
from hipcoach.core.stats import balance
from hipcoach.errors import StorageError
from hipcoach.storage.session_log import save_note
from hipcoach.ui.format import minutes_text
from hipcoach.ui.plain_text import plain
from hipcoach.ui.screens.note_editor import NoteEditor
from hipcoach.ui.screens.one_size import OneSize
from hipcoach.ui.services import Services
from hipcoach.ui.widgets.set_row import OUTCOME_SIGNS, basis_lines, choice_words, set_row, side_text
from hipcoach.ui.widgets.set_table import SetTable


class SessionDetailScreen(OneSize, Screen[None]):
    """What was planned and what was done of it. Only the note can be changed."""

    CSS_PATH = "session_detail.tcss"
    AUTO_FOCUS = "SetTable"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("e", "edit_note", "Edit note", id="detail.note", tooltip="Write or change the note"),
        Binding("escape,q", "back", "Back", id="detail.back", tooltip="Back to the history"),
    ]

    def __init__(self, services: Services, record: SessionRecord) -> None:
        super().__init__()
        self.services = services
        self.record = record

    def compose(self) -> ComposeResult:
        """What it was, its sets, left and right, the note."""
        record = self.record
        yield Static(Content(plain(record.title)), id="title")
        yield Static(Content("\n".join(fact_lines(record))), id="facts")
        if record.steps:
            yield SetTable([set_row(step) for step in record.steps], self._colours(), id="sets")
        else:
            yield Static(Content("No sets were recorded."), id="sets")
        if sides := self._sides():
            yield Static(sides, id="sides")
        if bases := basis_lines(record.steps):
            yield Static(Content("\n".join(bases)), id="bases")
        yield Static(self._note(), id="note")
        yield Footer()

    def action_back(self) -> None:
        """Go back to the history."""
        self.dismiss(None)

    @work(exclusive=True, group="note")
    async def action_edit_note(self) -> None:
        """Ask for the note and save it."""
        note = await self.app.push_screen_wait(NoteEditor(self.record.note))
        if note is None:
            return
        try:
            await asyncio.to_thread(save_note, self.services.paths.sessions, self.record.id, note)
        except StorageError as error:
            self.notify(error.message, title="The note was not saved", severity="error", markup=False)
            return
        self.record = replace(self.record, note=note)
        self.query_one("#note", Static).update(self._note())

    def _colours(self) -> dict[str, str]:
        variables = self.app.theme_variables
        usual = variables["primary"]
        return {
            "left": variables.get("side-left", usual),
            "right": variables.get("side-right", usual),
            OUTCOME_SIGNS[Outcome.DONE]: variables["success"],
            OUTCOME_SIGNS[Outcome.PARTIAL]: variables["warning"],
        }

    def _sides(self) -> Content | None:
        done = balance([self.record])
        left, right = side_text(done, Side.LEFT), side_text(done, Side.RIGHT)
        if not left and not right:
            return None
        colours = self._colours()
        return Content.assemble(
            ("Left ", f"bold {colours['left']}"),
            left or "nothing",
            "   ",
            ("Right ", f"bold {colours['right']}"),
            right or "nothing",
            ("   the same on both sides" if left == right else "", "$foreground 70%"),
        )

    def _note(self) -> Content:
        note = plain(self.record.note)
        if not note:
            return Content.styled("No note. Press e to write one.", "$foreground 60%")
        return Content.assemble(("Note  ", "$foreground 60%"), note)


def fact_lines(record: SessionRecord) -> list[str]:
    """When it was, how it ended, how long it took; where the routine comes from; what was chosen."""
    done = sum(step.outcome is Outcome.DONE for step in record.steps)
    lines = [
        f"{record.started:%A} {record.started.day} {record.started:%B %Y, %H:%M} · {record.status.value}"
        f" · {minutes_text(record.active_seconds)} · {done} of {len(record.steps)} sets done"
    ]
    if record.source:
        lines.append(f"From {plain(record.source)}")
    if words := choice_words(record.choices):
        lines.append(f"Chosen: {' · '.join(words)}")
    return lines
