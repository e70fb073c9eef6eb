"""What the figure does at a moment of a session: it waits, moves with the rep, holds, or turns over."""

from __future__ import annotations

from math import cos, pi

from msgspec.structs import replace

from hipcoach.core.exercise import Side
from hipcoach.core.figure.drawing import Disc, Drawing, Shape
from hipcoach.core.figure.figure import at_hold, at_phase, at_start
from hipcoach.core.figure.movement import Figure
from hipcoach.core.phase import phase_of
from hipcoach.core.plan import Step, StepKind, StepSide
from hipcoach.core.session import Session

SETTLED = 4.0
"""Seconds into a hold by which the figure has come to rest, breathed out."""


def figure_step(session: Session) -> Step | None:
    """The step whose movement is shown: the work in progress, or what the session leads to.

    None in a warm-up of one's own, and where nothing follows.
    """
    step = session.step
    if step is None or step.kind is StepKind.WARMUP:
        return None
    return session.aim


def acting(session: Session, now: float, figure: Figure, *, less_motion: bool = False) -> Drawing | None:
    """The figure of `figure_step` at `now`; None where the figure does not know what the step does.

    `now` is in seconds of the session's own clock; paused, it stands, and so does the figure. With
    `less_motion` only the poses at the ends of each phase are shown, and nothing moves between them.
    """
    step, aim = session.step, figure_step(session)
    if step is None or aim is None or not _knows(figure, aim):
        return None
    side = _side(aim)
    elapsed = session.elapsed(now)
    if step.kind is StepKind.SWITCH and side is not None and not less_motion:
        through = min(1.0, elapsed / step.seconds) if step.seconds else 1.0
        shown = side.other if through < 0.5 else side
        return _narrowed(at_start(figure, aim.stage_id, shown), abs(cos(pi * through)))
    if not step.is_work:
        return at_start(figure, aim.stage_id, side)
    if step.kind is StepKind.HOLD:
        return at_hold(figure, aim.stage_id, SETTLED if less_motion else elapsed, side)
    phase = phase_of(session, now)
    if phase is None:
        return at_start(figure, aim.stage_id, side)
    through = float(phase.through_phase >= 0.5) if less_motion else phase.through_phase
    return at_phase(figure, aim.stage_id, phase.phase, through, _of(phase.side), step.direction)


def _knows(figure: Figure, step: Step) -> bool:
    """Whether the figure has the step's stage and phases, which a user's own exercise may have changed."""
    path = figure.stages.get(step.stage_id)
    return path is not None and {each.name for each in step.phases} <= {each.name for each in path.phases}


def _side(step: Step) -> Side | None:
    """The side that a step begins with; None where both work at once."""
    return step.first_side if step.side is StepSide.ALTERNATING else _of(step.side)


def _of(side: StepSide | None) -> Side | None:
    return Side(side.value) if side in (StepSide.LEFT, StepSide.RIGHT) else None


def _narrowed(drawing: Drawing, share: float) -> Drawing:
    """The drawing as it looks while it turns over, `share` of its width."""
    if share == 1.0:
        return drawing
    middle = (drawing.frame.left + drawing.frame.right) / 2

    def across(shape: Shape) -> Shape:
        def place(point: tuple[float, float]) -> tuple[float, float]:
            return middle + (point[0] - middle) * share, point[1]

        if isinstance(shape, Disc):
            return replace(shape, centre=place(shape.centre))
        return replace(shape, start=place(shape.start), end=place(shape.end))

    return replace(drawing, shapes=tuple(across(shape) for shape in drawing.shapes))
