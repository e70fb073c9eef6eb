"""The picker's list as it will be, while what makes it is still being loaded: a tenth of a second or so."""

from __future__ import annotations

from itertools import pairwise
from typing import ClassVar

from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import Screen
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from hipcoach.storage.first_sight import Entry, FirstSight, Run
from hipcoach.ui.screens.steady import Steady

HORIZONTAL = [(0, "-narrow"), (72, "-wide"), (110, "-broad")]
VERTICAL = [(0, "-low"), (36, "-high")]
"""The picker's sizes, in cells."""


class StillList(OptionList, inherit_bindings=False):
    """The picker's list with nothing to do in it yet."""

    BINDINGS: ClassVar[list[BindingType]] = []


class FirstSightScreen(Steady, Screen[None]):
    """Shows the list and keeps what is typed, for the picker that takes its place."""

    CSS_PATH = "picker.tcss"
    DEFAULT_CLASSES = "picker"
    HORIZONTAL_BREAKPOINTS = HORIZONTAL
    VERTICAL_BREAKPOINTS = VERTICAL

    def __init__(self, sight: FirstSight) -> None:
        super().__init__()
        self._sight = sight
        self.typed: list[events.Key] = []
        """The keys that were pressed meanwhile."""

    def compose(self) -> ComposeResult:
        """The list, and beside it nothing."""
        options: list[Option | None] = []
        for each in self._sight.entries:
            options += [Option(_text_of(each), id=each.id), None]
        with Horizontal():
            with Vertical(id="left"):
                yield StillList(*options[:-1], id="routines")
            yield Vertical(id="beside")

    def on_mount(self) -> None:
        """The cursor is where it will be."""
        self.query_one(StillList).highlighted = self._sight.cursor

    def on_key(self, event: events.Key) -> None:
        """Keep it."""
        self.typed.append(event)
        event.stop()


def entry_of(name: str, text: Text) -> Entry:
    """An entry of the list as it is kept; of its styles, those that are words."""
    ends = sorted({0, len(text), *(end for span in text.spans for end in (span.start, span.end))})
    runs = []
    for start, end in pairwise(ends):
        styles = [str(span.style) for span in text.spans if span.start <= start and end <= span.end]
        runs.append(Run(text.plain[start:end], " ".join(styles)))
    return Entry(name, tuple(runs))


def _text_of(entry: Entry) -> Text:
    return Text.assemble(*entry.runs, no_wrap=True, overflow="ellipsis")
