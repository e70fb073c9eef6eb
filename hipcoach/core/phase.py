"""Where in a repetition one is: what the tick, the breathing line and the figure all follow."""

from __future__ import annotations

from msgspec import Struct

from hipcoach.core.exercise import Breath
from hipcoach.core.plan import Step, StepKind, StepSide
from hipcoach.core.session import CLOSE, Session


class RepPosition(Struct, frozen=True):
    """A moment within a paced set."""

    rep: int
    """The repetition in progress, from 0."""
    phase: str
    breath: Breath | None
    through_phase: float
    """How much of the phase has passed, 0 to 1."""
    through_rep: float
    """How much of the repetition has passed, 0 to 1."""
    side: StepSide | None
    """The side that works in this repetition."""


def rep_position(step: Step, elapsed: float, reps: int) -> RepPosition | None:
    """Where in which repetition a step is, `elapsed` seconds after its beginning; None without repetitions.

    A set at the user's own pace runs through its repetitions at the estimated tempo, over and over: the
    breathing and the figure need a rhythm, the count does not come from it.
    """
    if step.kind is not StepKind.REPS or not step.phases or not step.rep_seconds:
        return None
    rep = int(elapsed / step.rep_seconds + CLOSE)
    if not step.is_open:
        rep = min(rep, max(0, reps - 1))
    within = max(0.0, elapsed - rep * step.rep_seconds)
    through_rep = min(1.0, within / step.rep_seconds)
    for phase in step.phases:
        if within < phase.seconds - CLOSE or phase is step.phases[-1]:
            through = min(1.0, within / phase.seconds)
            return RepPosition(rep, phase.name, phase.breath, through, through_rep, step.side_of_rep(rep))
        within -= phase.seconds
    raise AssertionError("a repetition has at least one phase")


def phase_of(session: Session, now: float) -> RepPosition | None:
    """Where in the repetition a session is at `now` (seconds of its clock); None outside sets."""
    step = session.step
    return None if step is None else rep_position(step, session.elapsed(now), session.reps)
