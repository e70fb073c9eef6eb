"""What no exercise is to load: a few boxes to tick, by arrow and space or by a key each."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from hipcoach.core.avoid import AVOIDABLE, LOAD_WORDS
from hipcoach.core.exercise import Load
from hipcoach.ui.screens.steady import Steady
from hipcoach.ui.widgets.steady_list import SteadyList

LOAD_KEYS = {Load.KNEES: "k", Load.WRISTS: "w", Load.DEEP_HIP_FLEXION: "d", Load.BALANCE: "b"}
ABOUT = (
    "An exercise that loads what is ticked is replaced by another of its family, or left out. "
    "This holds for every routine, until you change it."
)


class AvoidScreen(Steady, ModalScreen[frozenset[Load]]):
    """Dismissed with what is to be avoided: enter takes what is ticked, escape leaves all as it was."""

    CSS_PATH = "avoid.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "tick", "Tick", id="avoid.tick", tooltip="Avoid it, or not"),
        Binding("enter", "take", "Done", id="avoid.done", tooltip="Take what is ticked", priority=True),
        Binding("escape", "leave", "Back", id="avoid.back", tooltip="Leave everything as it was"),
    ]

    def __init__(self, avoided: frozenset[Load]) -> None:
        super().__init__()
        self.before = avoided
        self.avoided = avoided

    def compose(self) -> ComposeResult:
        """What it is about, the boxes, and what the keys do."""
        with Vertical(id="box"):
            yield Static(Content("What should be avoided?"), id="question")
            yield Static(Content(ABOUT), id="text")
            yield SteadyList(*(Option(self._line(load), id=load.value) for load in AVOIDABLE))
            yield Static(Content("space or its letter: tick   enter: done   escape: back"), id="keys")

    def _line(self, load: Load) -> Content:
        tick = "x" if load in self.avoided else " "
        return Content(f" [{tick}]  {LOAD_KEYS[load]}   {LOAD_WORDS[load]}")

    def _toggle(self, load: Load) -> None:
        self.avoided = self.avoided ^ {load}
        self.query_one(SteadyList).replace_option_prompt(load.value, self._line(load))

    def on_key(self, event: events.Key) -> None:
        """Take a box's own key."""
        for load, key in LOAD_KEYS.items():
            if event.character == key:
                event.stop()
                self._toggle(load)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """A click on a box."""
        self._toggle(Load(event.option_id or ""))

    def action_tick(self) -> None:
        """Tick the highlighted box, or untick it."""
        options = self.query_one(SteadyList)
        if options.highlighted is not None:
            self._toggle(AVOIDABLE[options.highlighted])

    def action_take(self) -> None:
        """Take what is ticked."""
        self.dismiss(self.avoided)

    def action_leave(self) -> None:
        """Leave everything as it was."""
        self.dismiss(self.before)
