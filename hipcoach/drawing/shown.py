"""What can be shown by a figure: an exercise or a self-test, with its stages, their tempo and its side."""

from __future__ import annotations

from msgspec import Struct

from hipcoach.core.exercise import Entry, Exercise, Side, Sides, Stage
from hipcoach.core.figure.drawing import Drawing
from hipcoach.core.figure.figure import extremes
from hipcoach.core.figure.movement import Figure, StagePath
from hipcoach.core.self_test import SIDES, SelfTest

SELF_TEST_SECONDS = 2.0
"""Seconds for each phase of a self-test, which has no tempo of its own."""


class ShownStage(Struct, frozen=True):
    """One stage, as far as a picture needs it."""

    id: str
    title: str
    phases: tuple[tuple[str, float], ...] = ()
    """The phases of a repetition with their seconds; none of a hold."""
    directions: tuple[str, ...] = ()
    is_direct: bool = False
    """Whether it begins at once, where the stage before it ended."""
    held_after: str = ""
    """The phase of the last repetition in which the hold that follows directly is held."""


class Shown(Struct, frozen=True):
    """A movement and the side it is shown on."""

    id: str
    title: str
    figure: Figure
    stages: tuple[ShownStage, ...]
    sides: Sides
    first_side: Side
    """Which works, or begins where sides alternate; without meaning where both work at once."""

    @property
    def side(self) -> Side | None:
        """The side at the beginning; None where both work at once."""
        return None if self.sides is Sides.BOTH else self.first_side

    @property
    def is_complete(self) -> bool:
        """Whether the figure knows every stage and phase, which somebody's own exercise may have changed."""
        paths = self.figure.stages
        return all(
            stage.id in paths
            and {name for name, _ in stage.phases} <= {each.name for each in paths[stage.id].phases}
            for stage in self.stages
        )


def shown_exercise(exercise: Exercise, figure: Figure, side: Side | None = None) -> Shown:
    """An exercise on a side; without one on that which its source has first, else the right."""
    stages = tuple(map(_stage, exercise.stages))
    first = side or exercise.first_side or Side.RIGHT
    return Shown(exercise.id, exercise.name, figure, stages, exercise.sides, first)


def shown_self_test(test: SelfTest, figure: Figure, side: Side | None = None) -> Shown:
    """A self-test, which has a figure but neither dose nor tempo."""
    stages = tuple(map(_self_test_stage, figure.stages.values()))
    return Shown(test.figure, test.name, figure, stages, Sides.ONE_AT_A_TIME, side or SIDES[0])


def extremes_of(shown: Shown, stage: ShownStage) -> tuple[Drawing, ...]:
    """Start, middle and end of a stage; one drawing where nothing moves."""
    drawings = tuple(extremes(shown.figure, stage.id, shown.side))
    return drawings if stage.phases else drawings[:1]


def _stage(stage: Stage) -> ShownStage:
    return ShownStage(
        stage.id,
        stage.title,
        tuple((phase.name, float(phase.seconds)) for phase in stage.phases),
        stage.directions,
        stage.entry is Entry.DIRECT,
        stage.held_after,
    )


def _self_test_stage(path: StagePath) -> ShownStage:
    phases = tuple((phase.name, SELF_TEST_SECONDS) for phase in path.phases)
    return ShownStage(path.id, path.id.replace("-", " ").capitalize(), phases)
