"""What the figure does when: in a session, and to show how a movement goes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import cos, pi

from msgspec import Struct
from msgspec.structs import replace

from hipcoach.core.exercise import Entry, Exercise, Side, Sides, Stage
from hipcoach.core.figure.movement import Figure, Moment
from hipcoach.core.figure.scene import Drawing, drawing_at, turned_over
from hipcoach.core.plan import Step, StepKind, StepSide
from hipcoach.core.self_test import SIDES, SelfTest
from hipcoach.core.session import Session, phase_of

SETTLED = 4.0
"""Seconds into a hold by which the figure has come to rest, breathed out."""
REPS = 3
"""Repetitions shown of a set, each way; where sides alternate one more, so that both get the same."""
HOLD_SECONDS = 8.0
"""Seconds. Two breaths of the figure: long enough to see that a pose is held, however long the dose."""
WAIT_SECONDS = 1.5
"""Seconds in the starting pose, before what begins with a lead-in."""


def figure_step(session: Session) -> Step | None:
    """Return the step whose movement is shown: the work in progress, or what the session leads to.

    None in a warm-up of one's own, and where nothing follows.
    """
    step = session.step
    if step is None or step.kind is StepKind.WARMUP:
        return None
    return session.aim


def acting(session: Session, now: float, figure: Figure, *, less_motion: bool = False) -> Drawing | None:
    """Return the figure of `figure_step` at `now`; None where it does not know what the step does.

    `now` is in seconds of the session's own clock; paused, it stands, and so does the figure. With
    `less_motion` only the poses at the ends of each phase are shown, and nothing moves between them.
    """
    step, aim = session.step, figure_step(session)
    if step is None or aim is None or not figure.knows(aim.stage_id, {each.name for each in aim.phases}):
        return None
    moment = Moment(aim.stage_id, _side(aim.side_of_rep(0)))
    elapsed, phase = session.elapsed(now), phase_of(session, now)
    if step.kind is StepKind.SWITCH and moment.side is not None and not less_motion:
        before = drawing_at(figure, replace(moment, side=moment.side.other))
        share = cos(pi * min(1.0, elapsed / step.seconds))
        return replace(before, lines=tuple(turned_over(before.lines, before.frame, share)))
    if step.kind is StepKind.HOLD:
        moment = replace(moment, held=elapsed)
    elif step.is_work and phase is not None:
        at = phase.phase, phase.through_phase
        moment = Moment(aim.stage_id, _side(phase.side), step.direction, *at)
    return drawing_at(figure, at_ends(moment) if less_motion else moment)


def at_ends(moment: Moment) -> Moment:
    """Return the nearer end of a moment's phase, or a hold that has come to rest: what less motion shows."""
    held = None if moment.held is None else SETTLED
    return replace(moment, through=float(moment.through >= 0.5), held=held)


def _side(side: StepSide | None) -> Side | None:
    return Side(side) if side in (StepSide.LEFT, StepSide.RIGHT) else None


class Showing(Struct, frozen=True):
    """A few repetitions or a short hold of each stage of a movement, in its own tempo, over and over."""

    title: str
    figure: Figure
    side: Side | None
    """The side that works first; None where both work at once."""
    stages: dict[str, str]
    """The titles of the stages."""
    parts: tuple[tuple[Moment, float], ...]
    """The moments at which something else begins, and for how many seconds each lasts."""

    @property
    def seconds(self) -> float:
        """How long it takes once."""
        return sum(seconds for _, seconds in self.parts)

    def at(self, seconds: float) -> Moment:
        """Return the moment so many seconds after the beginning."""
        left = seconds % self.seconds
        for first, length in self.parts:
            if left < length:
                return _later(first, left, length)
            left -= length
        return self.end

    def extremes(self, stage: str) -> list[tuple[str, Drawing]]:
        """Return start, middle and far end of a stage, or its hold, each after its name."""
        start = Moment(stage, self.side)
        shown = {"hold": start}
        if phases := list(self.figure.stages[stage].phases.items()):
            (first, poses), (last, others) = phases[0], phases[-2 if len(phases) > 1 else -1]
            middle = replace(start, phase=first, through=0.5 if poses[-1] == others[-1] else 1.0)
            shown = {"start": start, "middle": middle, "end": replace(start, phase=last, through=1.0)}
        return [(words, drawing_at(self.figure, moment)) for words, moment in shown.items()]

    @property
    def end(self) -> Moment:
        """The very last moment before it begins again."""
        first, length = self.parts[-1]
        return _later(first, length, length)


def showing_of(exercise: Exercise, figure: Figure, side: Side | None = None) -> Showing | None:
    """Return how an exercise is shown; None where the figure does not know its stages.

    Without a side it is on that which the source has first, else the right.
    """
    first = None if exercise.sides is Sides.BOTH else side or exercise.first_side or Side.RIGHT
    if not all(figure.knows(each.id, {phase.name for phase in each.phases}) for each in exercise.stages):
        return None
    titles = {each.id: each.title for each in exercise.stages}
    alternates = exercise.sides is Sides.ALTERNATING
    parts = tuple(_parts(exercise.stages, first, alternates=alternates))
    return Showing(exercise.name, figure, first, titles, parts)


def showing_of_test(test: SelfTest, figure: Figure, side: Side | None = None) -> Showing:
    """Return how a self-test is shown: its figure holds one pose."""
    first = side or SIDES[0]
    stage = next(iter(figure.stages))
    parts = ((Moment(stage, first), WAIT_SECONDS), (Moment(stage, first, held=0.0), HOLD_SECONDS))
    return Showing(test.name, figure, first, {stage: stage.capitalize()}, parts)


def _later(first: Moment, seconds: float, length: float) -> Moment:
    if first.held is not None:
        return replace(first, held=seconds)
    return replace(first, through=seconds / length) if first.phase else first


def _parts(
    stages: Sequence[Stage], first: Side | None, *, alternates: bool
) -> Iterator[tuple[Moment, float]]:
    for stage, following in zip(stages, [*stages[1:], None], strict=True):
        if stage is stages[0] or stage.entry is not Entry.DIRECT:
            yield Moment(stage.id, first, next(iter(stage.directions), None)), WAIT_SECONDS
        if not stage.phases:
            yield Moment(stage.id, first, held=0.0), HOLD_SECONDS
        sides = [first, first.other] * (REPS // 2 + 1) if first and alternates else [first] * REPS
        names = [phase.name for phase in stage.phases]
        parts = [
            (Moment(stage.id, side, direction, phase.name), float(phase.seconds))
            for direction in stage.directions or (None,)
            for side in sides
            for phase in stage.phases
        ]
        if stage.held_after and following:
            del parts[len(parts) - len(names) + names.index(stage.held_after) + 1 :]
        yield from parts
