"""How to show a movement, moment by moment, to somebody who wants to see how it goes."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from hipcoach.core.exercise import Side, Sides
from hipcoach.core.figure.acting import SETTLED
from hipcoach.core.figure.drawing import Drawing
from hipcoach.core.figure.figure import at_hold, at_phase, at_start
from hipcoach.drawing.shown import Shown, ShownStage

REPS = 3
"""Repetitions shown of a set, each way; where sides alternate one more, so that both get the same."""
HOLD_SECONDS = 8.0
"""Seconds. Two breaths of the figure: long enough to see that a pose is held, however long the dose."""
WAIT_SECONDS = 1.5
"""Seconds in the starting pose, before what begins with a lead-in."""


class Doing(StrEnum):
    """What the figure does at a moment."""

    WAIT = "wait"
    MOVE = "move"
    HOLD = "hold"


class Moment(Struct, frozen=True):
    """One moment of a showing."""

    stage: ShownStage
    doing: Doing
    side: Side | None
    """The side that works now; None where both do."""
    direction: str | None = None
    rep: int = 0
    """From 0."""
    phase: str = ""
    through: float = 0.0
    """How much of the wait, the phase or the hold has passed, 0 to 1."""
    seconds: float = 0.0
    """Seconds since it began."""


class Showing:
    """A few repetitions or a short hold of each stage, in the exercise's own tempo, over and over."""

    def __init__(self, shown: Shown) -> None:
        self.shown = shown
        self._parts = tuple(_parts(shown))
        self.seconds = sum(seconds for _, seconds in self._parts)
        """How many seconds it takes once."""

    def at(self, seconds: float) -> Moment:
        """The moment so many seconds after the beginning."""
        left = seconds % self.seconds
        for first, length in self._parts:
            if left < length:
                return replace(first, seconds=left, through=left / length)
            left -= length
        return self.end

    @property
    def end(self) -> Moment:
        """The very last moment before it begins again."""
        first, length = self._parts[-1]
        return replace(first, seconds=length, through=1.0)

    def drawing(self, moment: Moment, *, less_motion: bool = False) -> Drawing:
        """The figure at a moment; with `less_motion` only the poses at the ends of each phase."""
        figure, stage, side = self.shown.figure, moment.stage.id, moment.side
        if moment.doing is Doing.HOLD:
            return at_hold(figure, stage, SETTLED if less_motion else moment.seconds, side)
        if moment.doing is Doing.WAIT:
            return at_start(figure, stage, side)
        through = float(moment.through >= 0.5) if less_motion else moment.through
        return at_phase(figure, stage, moment.phase, through, side, moment.direction)


def _parts(shown: Shown) -> Iterator[tuple[Moment, float]]:
    """The moments at which something new begins, and for how many seconds each lasts."""
    followed_directly = [following.is_direct for _, following in pairwise(shown.stages)]
    for stage, goes_on in zip(shown.stages, (*followed_directly, False), strict=True):
        if not stage.is_direct or stage is shown.stages[0]:
            yield Moment(stage, Doing.WAIT, shown.side, next(iter(stage.directions), None)), WAIT_SECONDS
        if stage.phases:
            yield from _reps(stage, shown, goes_on=goes_on)
        else:
            yield Moment(stage, Doing.HOLD, shown.side), HOLD_SECONDS


def _reps(stage: ShownStage, shown: Shown, *, goes_on: bool) -> Iterator[tuple[Moment, float]]:
    alternates = shown.sides is Sides.ALTERNATING
    count = REPS + 1 if alternates else REPS
    directions = stage.directions or (None,)
    for direction in directions:
        for rep in range(count):
            side = shown.first_side.other if alternates and rep % 2 else shown.side
            is_last = goes_on and direction == directions[-1] and rep == count - 1
            for phase, seconds in stage.phases:
                yield Moment(stage, Doing.MOVE, side, direction, rep, phase), seconds
                if is_last and phase == stage.held_after:
                    return
