"""The figures that screens show, read when they are first asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from hipcoach.errors import HipcoachError
from hipcoach.paths import bundled

if TYPE_CHECKING:
    from hipcoach.core.exercise import Exercise, Side
    from hipcoach.core.figure.drawing import Drawing
    from hipcoach.core.figure.movement import Figure
    from hipcoach.core.self_test import SelfTest
    from hipcoach.core.session import Session
    from hipcoach.drawing.showing import Showing
    from hipcoach.drawing.shown import Shown


class Figures:
    """The figures of a session's exercises. Those that `prepare` has not read yet are not shown."""

    def __init__(self) -> None:
        self._found: dict[str, Figure] = {}

    def prepare(self, exercises: Iterable[str]) -> None:
        """Read figures and measure the room they need. Reads files: use a thread."""
        # Imported with the first figure: the picker's list is on the screen before.
        from hipcoach.core.figure.extent import frame

        for exercise in exercises:
            figure = load(exercise)
            if figure is not None:
                frame(figure)
                self._found[exercise] = figure

    def at(self, session: Session, now: float, *, less_motion: bool) -> Drawing | None:
        """The figure at a moment of a session; None where there is nothing to show."""
        if not self._found:
            return None
        from hipcoach.core.figure.acting import acting, figure_step

        step = figure_step(session)
        figure = None if step is None else self._found.get(step.exercise or "")
        return None if figure is None else acting(session, now, figure, less_motion=less_motion)


def load(exercise: str) -> Figure | None:
    """The figure of an exercise; None where there is none, as for a user's own exercise. Reads a file."""
    from hipcoach.storage.figures import load_figure

    try:
        return load_figure(exercise)
    except (KeyError, HipcoachError):
        return None


def has_figure(exercise: str) -> bool:
    """Whether there is a figure of that name; whether it goes with somebody's own stages is known once it is
    read."""
    return (bundled("data") / "figures" / f"{exercise}.toml").is_file()


def showing_of(exercise: Exercise) -> Showing | None:
    """A few reps of an exercise; None where it has no figure. Reads a file: use a thread."""
    from hipcoach.drawing.shown import shown_exercise

    return _showing(exercise.id, lambda figure: shown_exercise(exercise, figure))


def showing_of_test(test: SelfTest, side: Side) -> Showing | None:
    """A self-test on a side; None without a figure. Reads a file: use a thread."""
    from hipcoach.drawing.shown import shown_self_test

    return _showing(test.figure, lambda figure: shown_self_test(test, figure, side))


def _showing(name: str, shown: Callable[[Figure], Shown]) -> Showing | None:
    from hipcoach.core.figure.extent import frame
    from hipcoach.drawing.showing import Showing

    figure = load(name)
    found = None if figure is None else shown(figure)
    if found is None or not found.is_complete:
        return None
    frame(found.figure)
    return Showing(found)
