"""Asks for an exercise of the catalogue: typing narrows the list."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from hipcoach.core.catalog import Catalog
from hipcoach.core.exercise import Exercise
from hipcoach.core.sheet.printing import own_dose_text
from hipcoach.ui.format import POSITION_WORDS
from hipcoach.ui.screens.steady import Steady


class ExerciseFinder(Steady, ModalScreen[str | None]):
    """Dismissed with the id of an exercise, or None."""

    CSS_PATH = "builder.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "cancel", "Back", id="finder.back", tooltip="Add nothing"),
        Binding("up", "move(-1)", "", id="finder.above", tooltip="The exercise above", show=False),
        Binding("down", "move(1)", "", id="finder.below", tooltip="The exercise below", show=False),
    ]

    def __init__(self, catalog: Catalog) -> None:
        super().__init__()
        self._all = sorted(catalog.exercises.values(), key=lambda each: each.name.lower())

    def compose(self) -> ComposeResult:
        """A line to type in, what fits, and what the highlighted one is."""
        with Vertical(id="box"):
            yield Input(placeholder="part of a name, a position, a source", id="search", compact=True)
            yield OptionList(id="exercises")
            yield Static(id="summary")

    def on_mount(self) -> None:
        """Show everything at first."""
        self.query_one(OptionList).can_focus = False
        self._fill("")

    def on_input_changed(self, event: Input.Changed) -> None:
        """Narrow the list."""
        self._fill(event.value)

    def on_input_submitted(self) -> None:
        """Take the highlighted exercise."""
        exercise = self._highlighted
        if exercise is not None:
            self.dismiss(exercise.id)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Take what was clicked."""
        self.dismiss(event.option_id)

    def on_option_list_option_highlighted(self) -> None:
        """Say what the exercise is."""
        exercise = self._highlighted
        self.query_one("#summary", Static).update(Content("" if exercise is None else exercise.summary))

    def action_move(self, by: int) -> None:
        """Up or down the list, with the cursor still where one types."""
        exercises = self.query_one(OptionList)
        if exercises.option_count:
            exercises.highlighted = ((exercises.highlighted or 0) + by) % exercises.option_count

    def action_cancel(self) -> None:
        """Add nothing."""
        self.dismiss(None)

    @property
    def _highlighted(self) -> Exercise | None:
        exercises = self.query_one(OptionList)
        if exercises.highlighted is None:
            return None
        chosen = exercises.get_option_at_index(exercises.highlighted).id
        return next(each for each in self._all if each.id == chosen)

    def _fill(self, words: str) -> None:
        exercises = self.query_one(OptionList)
        exercises.clear_options()
        wanted = words.lower().split()
        for each in self._all:
            said = " ".join(
                (each.name, *each.also_called, POSITION_WORDS[each.position], each.source)
            ).lower()
            if all(word in said for word in wanted):
                label = Content.assemble(each.name, (f"  {own_dose_text(each)}", "dim"))
                exercises.add_option(Option(label, id=each.id))
        if exercises.option_count:
            exercises.highlighted = 0
        else:
            self.query_one("#summary", Static).update(Content("No exercise fits."))
