"""Drawings as SVG: one exercise, or a whole sheet of them with their names or only with numbers."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from msgspec import Struct

from hipcoach.core.exercise import Side
from hipcoach.core.figure.drawing import Drawing, Frame
from hipcoach.drawing import colours
from hipcoach.drawing.figure_svg import figure_svg

PICTURE = (200.0, 170.0)
"""Pixels for one picture, its words not counted; a row of low ones is lower."""
BODY = 135.0
"""Pixels of the standing height, where the picture holds it; so people are equally tall all over a sheet."""
MARGIN, GAP = 16.0, 14.0
TITLE, WORDS = 30.0, 20.0
"""Pixels for a card's title and for the words under a picture."""


class Picture(Struct, frozen=True):
    """One moment, and the words under it."""

    drawing: Drawing
    words: str = ""


class Card(Struct, frozen=True):
    """One movement: a row of pictures for each of its stages. `side` gives the working limb its colour."""

    title: str
    rows: tuple[tuple[Picture, ...], ...]
    side: Side | None


def sheet_svg(cards: Sequence[Card], columns: int = 1) -> str:
    """Cards beside and below each other, as the text of an SVG file.

    A card is as high as its rows; the next goes where the columns are shortest, from left to right.
    """
    width = max((_width(card) for card in cards), default=0.0)
    filled = [MARGIN] * max(1, columns)
    parts = []
    for card in cards:
        column = filled.index(min(filled))
        x, y = MARGIN + column * (width + GAP), filled[column]
        parts.append(_card(card, x, y, width))
        filled[column] += _height(card) + GAP
    whole = (2 * MARGIN + len(filled) * width + (len(filled) - 1) * GAP, max(filled) - GAP + MARGIN)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{whole[0]:g}" height="{whole[1]:g}" '
        f'viewBox="0 0 {whole[0]:g} {whole[1]:g}" font-family="sans-serif">\n'
        f'<rect width="100%" height="100%" fill="{colours.PAPER}"/>\n' + "\n".join(parts) + "\n</svg>\n"
    )


def _width(card: Card) -> float:
    return max(len(row) for row in card.rows) * PICTURE[0] + 2 * GAP


def _height(card: Card) -> float:
    return TITLE + sum(_row_height(row) for row in card.rows) + GAP


def _row_height(row: tuple[Picture, ...]) -> float:
    return _pictures_height(row) + (WORDS if any(picture.words for picture in row) else GAP)


def _pictures_height(row: tuple[Picture, ...]) -> float:
    return max(_scale(picture.drawing.frame) * picture.drawing.frame.height for picture in row) + GAP


def _scale(frame: Frame) -> float:
    return min(BODY, (PICTURE[0] - GAP) / (frame.width or 1), (PICTURE[1] - GAP) / (frame.height or 1))


def _card(card: Card, x: float, y: float, width: float) -> str:
    parts = [
        f'<g transform="translate({x:g} {y:g})">',
        f'<rect width="{width:g}" height="{_height(card):g}" rx="10" fill="{colours.PAPER}" '
        f'stroke="{colours.EDGE}"/>',
        _text(card.title, GAP, 22, 15, colours.LETTERS, weight="600"),
    ]
    top = TITLE
    for row in card.rows:
        bottom = top + _pictures_height(row)
        for number, picture in enumerate(row):
            middle = GAP + (number + 0.5) * PICTURE[0]
            parts.append(_picture(picture.drawing, card.side, middle, bottom))
            if picture.words:
                parts.append(
                    _text(picture.words, middle, bottom + 13, 11, colours.FAINT_LETTERS, anchor="middle")
                )
        top += _row_height(row)
    return "\n".join((*parts, "</g>"))


def _picture(drawing: Drawing, side: Side | None, middle: float, bottom: float) -> str:
    frame, scale = drawing.frame, _scale(drawing.frame)
    left = middle - (frame.left + frame.right) / 2 * scale
    ground = bottom - GAP / 2 + frame.bottom * scale
    place = f"translate({left:.2f} {ground:.2f}) scale({scale:.2f})"
    return f'<g transform="{place}">{figure_svg(drawing, side)}</g>'


def _text(
    words: str, x: float, y: float, size: int, colour: str, *, weight: str = "400", anchor: str = "start"
) -> str:
    return (
        f'<text x="{x:g}" y="{y:g}" font-size="{size}" font-weight="{weight}" text-anchor="{anchor}" '
        f'fill="{colour}">{escape(words)}</text>'
    )
