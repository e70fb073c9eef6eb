"""The figures that screens show, read when they are first asked for."""

from __future__ import annotations

from collections.abc import Iterable

from hipcoach.core.exercise import Exercise, Side
from hipcoach.core.figure import acting
from hipcoach.core.figure.acting import Showing, figure_step
from hipcoach.core.figure.movement import Figure
from hipcoach.core.figure.scene import Drawing, setting
from hipcoach.core.self_test import SelfTest
from hipcoach.core.session import Session
from hipcoach.errors import HipcoachError
from hipcoach.storage.bundled import figure_ids, load_figure


class Figures:
    """The figures of a session's exercises. Those that `prepare` has not read yet are not shown."""

    def __init__(self) -> None:
        self._found: dict[str, Figure] = {}

    def prepare(self, exercises: Iterable[str]) -> None:
        """Read figures and measure the room they need. Reads files: use a thread."""
        for exercise in exercises:
            figure = load(exercise)
            if figure is not None:
                self._found[exercise] = figure

    def at(self, session: Session, now: float, *, less_motion: bool) -> Drawing | None:
        """Return the figure at a moment of a session; None where there is nothing to show."""
        step = figure_step(session)
        figure = None if step is None else self._found.get(step.exercise or "")
        return None if figure is None else acting.acting(session, now, figure, less_motion=less_motion)


def load(exercise: str) -> Figure | None:
    """Return the figure of an exercise, measured; None where there is none, as for a user's own exercise.

    Reads a file: use a thread.
    """
    try:
        figure = load_figure(exercise)
    except (KeyError, HipcoachError):
        return None
    setting(figure)
    return figure


def has_figure(exercise: str) -> bool:
    """Return whether there is a figure of that name; whether it goes with somebody's own stages is known once
    it is read."""
    return exercise in figure_ids()


def showing_of(exercise: Exercise) -> Showing | None:
    """Return a few reps of an exercise; None where no figure goes with it. Reads a file: use a thread."""
    figure = load(exercise.id)
    return None if figure is None else acting.showing_of(exercise, figure)


def showing_of_test(test: SelfTest, side: Side) -> Showing | None:
    """Return a self-test on a side; None without a figure. Reads a file: use a thread."""
    figure = load(test.figure)
    return None if figure is None else acting.showing_of_test(test, figure, side)
