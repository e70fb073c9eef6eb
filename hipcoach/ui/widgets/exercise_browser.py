"""Every exercise that was ever done in a list, what was done of the one under the cursor beside it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from textual.app import ComposeResult
from textual.containers import Container, VerticalScroll
from textual.content import Content
from textual.widgets import Static
from textual.widgets.option_list import Option

from hipcoach.core.history.record import Balance
from hipcoach.core.history.streaks import ExerciseHistory
from hipcoach.ui.charts.line import Line
from hipcoach.ui.charts.side_bars import side_bars
from hipcoach.ui.history_exercises import exercise_lines, exercise_row
from hipcoach.ui.widgets.drawing import Drawing, content_of
from hipcoach.ui.widgets.row_list import RowList

ADDING = "adding up what was done…"
PADDING = 3
"""Cells of a row beside its text: one at each side, and the scrollbar."""


class ExerciseBrowser(Container):
    """Left and right over all sessions on top, then the list and the exercise under its cursor."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._exercises: Sequence[ExerciseHistory] = ()
        self._today = date.min
        self._width = 0

    def compose(self) -> ComposeResult:
        """The balance, the list, the exercise."""
        yield Drawing(id="balance")
        with Container(id="exercise-both"):
            yield RowList(id="exercise-list")
            with VerticalScroll(id="exercise-beside", can_focus=False):
                yield Drawing(id="exercise")
        yield Static(Content(ADDING), id="exercise-adding")

    @property
    def chosen(self) -> ExerciseHistory | None:
        """The exercise under the cursor."""
        place = self.query_one(RowList).highlighted
        return self._exercises[place] if place is not None and place < len(self._exercises) else None

    def show(self, exercises: Sequence[ExerciseHistory], balance: Balance, today: date) -> None:
        """Show these; the cursor stays on its exercise."""
        self._exercises, self._today = exercises, today
        self.query_one("#exercise-adding").display = False
        self.query_one("#balance", Drawing).show(lambda width, _: _balance(balance, width))
        self._fill()

    def on_resize(self) -> None:
        """Share the room out again."""
        if self.query_one(RowList).size.width != self._width:
            self.call_after_refresh(self._fill_again)

    def _fill_again(self) -> None:
        # Left just as its size changed, the history is taken down before this is called.
        if self.query(RowList):
            self._fill()

    def on_option_list_option_highlighted(self) -> None:
        """Another exercise: show what was done of it."""
        each, today = self.chosen, self._today
        drawing = self.query_one("#exercise", Drawing)
        drawing.show((lambda width, _: exercise_lines(each, width, today)) if each else None)
        self.query_one("#exercise-beside").scroll_home(animate=False)

    def _fill(self) -> None:
        rows = self.query_one(RowList)
        self._width = rows.size.width
        before = rows.highlighted
        name = rows.get_option_at_index(before).id if before is not None else None
        rows.clear_options()
        width = self._width - PADDING
        rows.add_options(
            Option(content_of([exercise_row(each, width, self._today)]), id=each.exercise)
            for each in self._exercises
        )
        names = [each.exercise for each in self._exercises]
        if names:
            rows.highlighted = names.index(name) if name in names else 0


def _balance(balance: Balance, width: int) -> list[Line]:
    heading: Line = (("Left and right, all exercises", "bold"),)
    return [heading, *(side_bars(balance, width) or [(("Nothing on one side alone yet.", ""),)])]
