"""How much room a whole movement takes: on the picture, and on the floor."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from hipcoach.core.figure.body import Body
from hipcoach.core.figure.drawing import Frame, Ink, Line
from hipcoach.core.figure.mirror import mirrored
from hipcoach.core.figure.movement import Figure, blends
from hipcoach.core.figure.props import PropKind
from hipcoach.core.figure.scene import bar_line, scene_lines
from hipcoach.core.figure.skeleton import radius
from hipcoach.core.figure.support import supported
from hipcoach.core.figure.vector import Vec

MARGIN = 0.03
"""Room round everything, in body units."""
SAMPLES = 8
"""Moments of each phase that are measured."""
FLOOR_LINE = 0.004
"""Half the thickness of the line that is the floor, in body units."""
MAT_MARGIN = 0.06
"""How far the floor reaches beyond what touches it, where one looks down on it, in body units."""
LEAST_MAT = (0.36, 0.5)
"""How wide and how long it is at least, in body units."""
BEHIND_ALL = 100.0
"""The floor's depth, in body units: beyond any figure."""
NEAR_GROUND = 0.06
"""What is no higher than this, in body units, counts as touching the floor."""


@cache
def frame(figure: Figure) -> Frame:
    """The part of the picture that the whole figure needs, at every moment of all its stages."""
    lines = [
        line
        for body, is_mirrored in _bodies(figure)
        for line in scene_lines(figure, body, is_mirrored=is_mirrored)
    ]
    lines += _mat(figure)
    left = min(min(line.start[0] - line.start_radius, line.end[0] - line.end_radius) for line in lines)
    bottom = min(min(line.start[1] - line.start_radius, line.end[1] - line.end_radius) for line in lines)
    right = max(max(line.start[0] + line.start_radius, line.end[0] + line.end_radius) for line in lines)
    top = max(max(line.start[1] + line.start_radius, line.end[1] + line.end_radius) for line in lines)
    return Frame(left - MARGIN, bottom - MARGIN, right + MARGIN, top + MARGIN)


@cache
def floor_lines(figure: Figure) -> tuple[Line, ...]:
    """The floor, if the figure has one: a line across the picture, or its rim where one looks down on it."""
    if not _has_floor(figure) or figure.view.tilt:
        return tuple(_mat(figure))
    whole = frame(figure)
    start, end = (whole.left, -FLOOR_LINE), (whole.right, -FLOOR_LINE)
    return (Line(start, end, FLOOR_LINE, FLOOR_LINE, Ink.GROUND, BEHIND_ALL),)


def _has_floor(figure: Figure) -> bool:
    return any(prop.kind is PropKind.FLOOR for prop in figure.props)


@cache
def _mat(figure: Figure) -> tuple[Line, ...]:
    if not _has_floor(figure) or not figure.view.tilt:
        return ()
    touching = [
        point
        for body, _ in _bodies(figure)
        for name, point in body.points.items()
        if point[2] - radius(name) < NEAR_GROUND
    ]
    left, right = _reach([point[0] for point in touching], LEAST_MAT[0])
    back, front = _reach([point[1] for point in touching], LEAST_MAT[1])
    corners: list[Vec] = [(left, back, 0.0), (right, back, 0.0), (right, front, 0.0), (left, front, 0.0)]
    lens = figure.view.lens()
    lines = []
    for start, end in zip(corners, [*corners[1:], corners[0]], strict=True):
        line = bar_line(start, end, FLOOR_LINE, lens, Ink.GROUND)
        lines.append(Line(line.start, line.end, FLOOR_LINE, FLOOR_LINE, Ink.GROUND, BEHIND_ALL))
    return tuple(lines)


def _reach(places: list[float], least: float) -> tuple[float, float]:
    low, high = min(places) - MAT_MARGIN, max(places) + MAT_MARGIN
    missing = max(0.0, least - (high - low)) / 2
    return low - missing, high + missing


def _bodies(figure: Figure) -> Iterator[tuple[Body, bool]]:
    """The body at moments of the whole movement, and whether it is the mirrored one of the other side."""
    for stage in figure.stages:
        for _, blend in blends(figure, stage, SAMPLES):
            body = supported(figure, blend)
            yield body, False
            if figure.alternates:
                yield mirrored(body), True
