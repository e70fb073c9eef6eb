"""The movements of a routine, one after the other: the figure does a few reps of one, then rests."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from hipcoach.core.exercise import Exercise
from hipcoach.core.figure.acting import Showing
from hipcoach.ui.figures import has_figure, showing_of
from hipcoach.ui.widgets.figure_player import FigurePlayer


class MovementView(Vertical):
    """The figure of one exercise of a routine, with its name. Give it the exercises with `show`; those that
    have no figure are left out."""

    class Emptied(Message):
        """No exercise turned out to have a figure."""

    class Figureless(Message, bubble=False):
        """An exercise turned out to have none."""

        def __init__(self, exercise: Exercise) -> None:
            super().__init__()
            self.exercise = exercise

    def __init__(self, clock: Callable[[], float], *, id: str | None = None) -> None:
        """`clock`: seconds, the one that sessions run on."""
        self.player = FigurePlayer(clock)
        """The figure."""
        self._words = Static(id="movement-name")
        super().__init__(self.player, self._words, id=id)
        self._given: Sequence[Exercise] = ()
        self._exercises: Sequence[Exercise] = ()
        self._chosen = 0

    @property
    def exercise(self) -> Exercise | None:
        """The exercise that is shown; None where none has a figure."""
        return self._exercises[self._chosen] if self._exercises else None

    def show(self, exercises: Sequence[Exercise], *, less_motion: bool) -> None:
        """Show these exercises, the first of them first, unless they are shown already."""
        self.player.less_motion = less_motion
        if exercises != self._given:
            self._given = exercises
            self._exercises, self._chosen = [each for each in exercises if has_figure(each.id)], 0
            self._begin()

    def turn(self, by: int) -> None:
        """On to the next exercise, or back; round and round."""
        if self._exercises:
            self._chosen = (self._chosen + by) % len(self._exercises)
            self._begin()

    def _begin(self) -> None:
        exercise = self.exercise
        place = f"{self._chosen + 1} of {len(self._exercises)}"
        name = "" if exercise is None else f"{exercise.name} · {place} · n: next"
        self._words.update(Content(name))
        self.player.play(None if exercise is None else partial(self._read, exercise))

    def _read(self, exercise: Exercise) -> Showing | None:
        """Read a figure; one that does not know the stages of one's own exercise is none. In a thread."""
        showing = showing_of(exercise)
        if showing is None:
            self.post_message(self.Figureless(exercise))
        return showing

    def on_movement_view_figureless(self, message: Figureless) -> None:
        """On to the next that may have one."""
        if message.exercise is self.exercise:
            self._exercises = [each for each in self._exercises if each is not message.exercise]
            self._chosen = min(self._chosen, max(0, len(self._exercises) - 1))
            self._begin()
            if not self._exercises:
                self.post_message(self.Emptied())
