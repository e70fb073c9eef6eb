"""Asks for the discomfort, 0 none to 10 worst; enter at nothing skips it."""

from __future__ import annotations

from typing import ClassVar

from msgspec import Struct
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Center, Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from hipcoach.ui.screens.steady import Steady
from hipcoach.ui.widgets.discomfort_scale import DiscomfortScale

NOW = "Discomfort now?"
ENDS = "0 none at all · 10 the worst you can imagine · optional"


class Rating(Struct, frozen=True):
    """An answer; None where the question was passed over or an earlier rating taken back."""

    value: int | None


class DiscomfortScreen(Steady, ModalScreen[Rating | None]):
    """Dismissed with the answer, or with None on escape: leave everything as it was."""

    CSS_PATH = "discomfort.tcss"
    AUTO_FOCUS = "DiscomfortScale"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "enter",
            "take",
            "Take it",
            id="discomfort.take",
            tooltip="Take the rating; without one, skip it",
            priority=True,
        ),
        Binding("escape", "leave", "Back", id="discomfort.back", tooltip="Leave everything as it was"),
    ]

    def __init__(self, question: str = NOW, rating: int | None = None) -> None:
        super().__init__()
        self.question = question
        self.rating = rating

    def compose(self) -> ComposeResult:
        """The question, the scale, what its ends are, and what the keys do."""
        with Vertical(id="box"):
            yield Static(Content(self.question), id="question")
            with Center():
                yield DiscomfortScale(self.rating)
            yield Static(Content(ENDS), id="ends")
            yield Static(Content(self._keys()), id="keys")

    def on_discomfort_scale_rated(self, event: DiscomfortScale.Rated) -> None:
        """Say what enter does now."""
        self.rating = event.rating
        self.query_one("#keys", Static).update(Content(self._keys()))

    def _keys(self) -> str:
        enter = "enter: skip" if self.rating is None else f"enter: {self.rating} of 10   backspace: none"
        return f"0 to 9, end for 10, or arrows   {enter}   escape: back"

    def action_take(self) -> None:
        """Take what is rated, once the keys before this one have been taken in."""
        scale = self.query_one(DiscomfortScale)
        scale.call_later(self._take)

    def _take(self) -> None:
        if self.is_current:
            self.dismiss(Rating(self.query_one(DiscomfortScale).rating))

    def action_leave(self) -> None:
        """Change nothing."""
        self.dismiss(None)
