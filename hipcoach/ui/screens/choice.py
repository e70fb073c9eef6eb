"""A question with a few answers: by arrow and enter, or by the answer's own key."""

from __future__ import annotations

from typing import ClassVar

from msgspec import Struct
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from hipcoach.ui.screens.steady import Steady
from hipcoach.ui.widgets.steady_list import SteadyList


class Answer(Struct, frozen=True):
    """One answer: what it is called inside, the key that gives it, and its words."""

    id: str
    key: str
    label: str


class ChoiceScreen(Steady, ModalScreen[str]):
    """Asks; dismissed with the id of the answer. Escape gives the harmless one: the first, unless named."""

    CSS_PATH = "choice.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "harmless", "Back", id="choice.back", tooltip="The harmless answer"),
    ]

    def __init__(
        self, title: str, text: str, answers: tuple[Answer, ...], harmless: str | None = None
    ) -> None:
        super().__init__()
        self.question = title
        self.text = text
        self.answers = answers
        self.harmless = harmless or answers[0].id

    def compose(self) -> ComposeResult:
        """The question, what there is to say about it, and the answers."""
        with Vertical(id="box"):
            yield Static(Content(self.question), id="question")
            if self.text:
                yield Static(Content(self.text), id="text")
            yield SteadyList(
                *(Option(Content(f" {each.key}   {each.label}"), id=each.id) for each in self.answers)
            )

    def action_harmless(self) -> None:
        """Give the answer that changes nothing."""
        self.dismiss(self.harmless)

    def on_key(self, event: events.Key) -> None:
        """Take an answer's own key."""
        for answer in self.answers:
            if event.character == answer.key:
                event.stop()
                self.dismiss(answer.id)
                return

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Take the highlighted answer."""
        self.dismiss(event.option_id)
