"""One session of the history, down to each set."""

from __future__ import annotations

from enum import Enum, auto
from typing import ClassVar

from msgspec.structs import replace
from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from hipcoach.core.exercise import Side
from hipcoach.core.history.discomfort import change_words
from hipcoach.core.history.record import Outcome, SessionRecord, SessionStatus
from hipcoach.core.text import plain
from hipcoach.live.services import Services
from hipcoach.ui.format import minutes_text
from hipcoach.ui.screens.steady import Steady
from hipcoach.ui.session_changes import change_note, change_ratings
from hipcoach.ui.themes import for_rich
from hipcoach.ui.widgets.fitting_footer import FittingFooter
from hipcoach.ui.widgets.set_row import OUTCOME_SIGNS, basis_lines, choice_words, set_row, side_text
from hipcoach.ui.widgets.set_table import SetTable


class Wish(Enum):
    """What is to become of the session, where it was left with one."""

    AGAIN = auto()
    DELETE = auto()


class SessionDetailScreen(Steady, Screen[Wish | None]):
    """What was planned and what was done of it. Only note and ratings can be changed."""

    CSS_PATH = "session_detail.tcss"
    AUTO_FOCUS = "SetTable"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("e", "edit_note", "Edit note", id="detail.note", tooltip="Write or change the note"),
        Binding(
            "r",
            "rate",
            "How it felt",
            id="detail.rate",
            tooltip="Rate discomfort before and after, 0 none to 10 worst",
        ),
        Binding("a", "again", "Again", id="detail.again", tooltip="Do this session again, with its choices"),
        Binding("d,delete", "delete", "Delete", id="detail.delete", tooltip="Delete it; can be undone"),
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
        yield FittingFooter("again", "delete", "rate")

    def action_back(self) -> None:
        """Go back to the history."""
        self.dismiss(None)

    def action_again(self) -> None:
        """Leave it to be done again."""
        self.dismiss(Wish.AGAIN)

    def action_delete(self) -> None:
        """Leave it to be deleted."""
        self.dismiss(Wish.DELETE)

    @work(exclusive=True, group="note")
    async def action_edit_note(self) -> None:
        """Ask for the note and save it."""
        said = await change_note(self, self.services, self.record)
        if said is not None:
            self.record = replace(self.record, **said)
            self.query_one("#note", Static).update(self._note())

    @work(exclusive=True, group="note")
    async def action_rate(self) -> None:
        """Ask how it felt before and after, and save that; escape leaves both as they were."""
        said = await change_ratings(self, self.services, self.record)
        if said is not None:
            self.record = replace(self.record, **said)
            self.query_one("#facts", Static).update(Content("\n".join(fact_lines(self.record))))

    def _colours(self) -> dict[str, str]:
        variables = self.app.theme_variables
        usual = for_rich(variables["primary"])
        return {
            "left": variables.get("side-left", usual),
            "right": variables.get("side-right", usual),
            OUTCOME_SIGNS[Outcome.DONE]: for_rich(variables["success"]),
            OUTCOME_SIGNS[Outcome.PARTIAL]: for_rich(variables["warning"]),
        }

    def _sides(self) -> Content | None:
        done = self.record.balance
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
        f"{record.started:%A} {record.started.day} {record.started:%B %Y, %H:%M} · {_ended(record)}"
        f" · {minutes_text(record.active_seconds)} · {done} of {len(record.steps)} sets done"
    ]
    if record.source:
        lines.append(f"From {plain(record.source)}")
    if words := choice_words(record.choices):
        lines.append(f"Chosen: {' · '.join(words)}")
    if felt := change_words(record.discomfort_before, record.discomfort_after):
        lines.append(f"Discomfort: {felt}")
    return lines


def _ended(record: SessionRecord) -> str:
    if record.status is SessionStatus.COMPLETED:
        return "completed"
    return "stopped, counts as a day" if record.counts else "stopped, does not count as a day"
