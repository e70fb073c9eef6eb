"""`hipcoach figure` where nothing moves: start, middle and end as text, or as SVG in a file."""

from __future__ import annotations

import random
from collections.abc import Sequence

from hipcoach.commands.output import say
from hipcoach.core.figure.drawing import Drawing
from hipcoach.drawing.canvas import draw, fitting
from hipcoach.drawing.shown import Shown, extremes_of
from hipcoach.drawing.signs import Signs
from hipcoach.drawing.svg import Card, Picture, sheet_svg

WORDS = ("start", "middle", "end")
BETWEEN = 2
"""Cells between two pictures in the terminal."""
SMALLEST = (24, 10)
"""Cells; below this width pictures go one below the other."""
LARGEST = (40, 24)
SHEET_COLUMNS = 3
SHUFFLED_BY = 5
"""Seed for the order of a sheet without names."""


def say_pictures(movement: Shown, columns: int, size: tuple[int, int] | None, signs: Signs) -> None:
    """Print the first, the middle and the last moment of each stage, beside each other where they fit."""
    say(movement.title)
    for stage in movement.stages:
        drawings = extremes_of(movement, stage)
        if len(movement.stages) > 1:
            say()
            say(stage.title)
        width, height = size or _size(columns, len(drawings), drawings[0])
        many = max(1, (columns + BETWEEN) // (width + BETWEEN))
        for first in range(0, len(drawings), many):
            _say_row(
                drawings[first : first + many], _words(drawings)[first : first + many], width, height, signs
            )


def _say_row(
    drawings: Sequence[Drawing], words: Sequence[str], width: int, height: int, signs: Signs
) -> None:
    pictures = [
        ["".join(run.text for run in row).ljust(width) for row in draw(each, width, height, signs)]
        for each in drawings
    ]
    pictures = [[*picture, word.center(width)] for picture, word in zip(pictures, words, strict=True)]
    for cells in zip(*pictures, strict=True):
        say((" " * BETWEEN).join(cells).rstrip())


def _size(columns: int, count: int, drawing: Drawing) -> tuple[int, int]:
    """As many beside each other as go, each as high as its frame needs."""
    width = (columns + BETWEEN) // count - BETWEEN
    if width < SMALLEST[0]:
        width = columns
    return fitting(drawing.frame, min(max(width, 1), LARGEST[0]), LARGEST[1])


def _words(drawings: Sequence[Drawing]) -> tuple[str, ...]:
    return WORDS if len(drawings) == len(WORDS) else ("hold",) * len(drawings)


def one_svg(movement: Shown) -> str:
    """The pictures of one movement."""
    return sheet_svg([_card(movement, movement.title)])


def all_svg(everything: Sequence[Shown]) -> str:
    """The pictures of all movements with their names, in the order of these."""
    ordered = sorted(everything, key=lambda each: each.title.casefold())
    return sheet_svg([_card(each, each.title) for each in ordered], SHEET_COLUMNS)


def unnamed_svg(everything: Sequence[Shown]) -> tuple[str, list[tuple[int, str]]]:
    """The pictures of all movements with numbers alone, in an order that says nothing, and which is which."""
    shuffled = sorted(everything, key=lambda each: each.id)
    random.Random(SHUFFLED_BY).shuffle(shuffled)  # noqa: S311  nothing secret
    numbered = list(enumerate(shuffled, 1))
    cards = [_card(each, str(number), is_named=False) for number, each in numbered]
    return sheet_svg(cards, SHEET_COLUMNS), [(number, each.id) for number, each in numbered]


def _card(movement: Shown, title: str, *, is_named: bool = True) -> Card:
    rows: list[list[Picture]] = []
    has_room = False
    for stage in movement.stages:
        drawings = extremes_of(movement, stage)
        words = _words(drawings)
        is_hold = len(drawings) == 1
        if is_named and len(movement.stages) > 1:
            words = (stage.title if is_hold else f"{stage.title}: {words[0]}", *words[1:])
        # Holds one after the other share a row.
        if not (is_hold and has_room and len(rows[-1]) < len(WORDS)):
            rows.append([])
        rows[-1] += map(Picture, drawings, words)
        has_room = is_hold
    return Card(title, tuple(map(tuple, rows)), movement.side)
