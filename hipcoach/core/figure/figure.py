"""The doors of the figure: a moment of a movement in, a drawing out. Cheap enough for every frame."""

from __future__ import annotations

from math import cos, pi

from hipcoach.core.exercise import Side
from hipcoach.core.figure.drawing import Drawing
from hipcoach.core.figure.extent import floor_lines, frame
from hipcoach.core.figure.mirror import flipped, mirrored
from hipcoach.core.figure.movement import Figure, hold_blend, phase_blend, rest_blend
from hipcoach.core.figure.pose import Blend
from hipcoach.core.figure.scene import scene_lines
from hipcoach.core.figure.shapes import far_to_near
from hipcoach.core.figure.support import supported

BREATH_SECONDS = 4.0
"""One breath, in and out, in a hold."""
BREATH_LIFT = 0.009
"""How far the shoulders rise in a breath, in body units: enough to be seen, little enough to be still."""


def at_phase(
    figure: Figure, stage: str, phase: str, through: float, side: Side | None, direction: str | None = None
) -> Drawing:
    """The figure when `through` (0 to 1) of a phase has passed; `side` None or right is as written.

    Raises:
        KeyError: the figure has no such stage, or the stage no such phase.
    """
    if side == Side.LEFT:
        direction = figure.stages[stage].as_mirrored(direction)
    return _drawing(figure, phase_blend(figure, stage, phase, through, direction), side, 0.0)


def at_hold(figure: Figure, stage: str, seconds: float, side: Side | None) -> Drawing:
    """The figure in a hold that has lasted so many seconds: it breathes, and begins breathed out.

    Raises:
        KeyError: the figure has no such stage.
    """
    full = (1.0 - cos(2.0 * pi * seconds / BREATH_SECONDS)) / 2.0
    return _drawing(figure, hold_blend(figure, stage, seconds), side, BREATH_LIFT * full)


def at_start(figure: Figure, stage: str, side: Side | None) -> Drawing:
    """The figure waiting in a stage's starting pose.

    Raises:
        KeyError: the figure has no such stage.
    """
    return _drawing(figure, rest_blend(figure, stage), side, 0.0)


def extremes(figure: Figure, stage: str, side: Side | None = None) -> tuple[Drawing, Drawing, Drawing]:
    """Start, middle and far end of a stage's movement; three times the same for a hold.

    Raises:
        KeyError: the figure has no such stage.
    """
    phases = figure.stages[stage].phases
    start = at_start(figure, stage, side)
    if not phases:
        return start, start, start
    first, last = phases[0], phases[-2 if len(phases) > 1 else -1]
    if last.poses[-1] == first.poses[-1]:
        middle = at_phase(figure, stage, first.name, 0.5, side)
    else:
        middle = at_phase(figure, stage, first.name, 1.0, side)
    return start, middle, at_phase(figure, stage, last.name, 1.0, side)


def _drawing(figure: Figure, blend: Blend, side: Side | None, breath: float) -> Drawing:
    whole = frame(figure)
    body = supported(figure, blend, breath)
    is_left = side == Side.LEFT
    if figure.alternates and is_left:
        lines = scene_lines(figure, mirrored(body), breath, is_mirrored=True)
    else:
        lines = scene_lines(figure, body, breath)
    lines = far_to_near([*floor_lines(figure), *lines])
    if is_left and not figure.alternates:
        lines = [flipped(line, whole) for line in lines]
    return Drawing(tuple(lines), whole)
