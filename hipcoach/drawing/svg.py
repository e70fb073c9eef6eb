"""Drawings as SVG: one exercise, or a whole sheet of them with their names or only with numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from itertools import groupby

from hipcoach.core.exercise import Side
from hipcoach.core.figure.acting import Showing
from hipcoach.core.figure.movement import LIMBS
from hipcoach.core.figure.scene import Drawing, Frame, Ink, Line
from hipcoach.drawing.canvas import Point, larger, tangents

SIDE_COLOURS = {Side.LEFT: "#2f7df6", Side.RIGHT: "#f08c00", None: "#3fae5a"}
"""The working limb by its side; None where both work at once. The hues of the side banner of a session, at a
lightness that stands out on dark and on light."""
PAPER, EDGE = "#fbfaf7", "#e3e0d8"
LETTERS, FAINT_LETTERS = "#2b303b", "#717886"
ON_PAPER = {Ink.GROUND: "#c5c2ba", Ink.PROP: "#a08c72", Ink.FAR: "#b4bac6", Ink.NEAR: "#4a5263"}
"""For every ink but that of the working limb, whose colour the side decides."""

PICTURE = (200.0, 170.0)
"""Pixels for one picture, its words not counted; a row of low ones is lower."""
STANDING = 135.0
"""Pixels of the standing height, where the picture holds it; so people are equally tall all over a sheet."""
MARGIN, GAP = 16.0, 14.0
TITLE, WORDS = 30.0, 20.0
"""Pixels for a card's title and for the words under a picture."""
LONGEST_ROW = 3
"""Holds beside each other."""
SEAM, SEAM_FROM = 0.009, 0.2
"""Body units on each side of a bone that set it off from what lies behind it; the share of it without."""


Picture = tuple[str, Drawing]
"""One moment, after the words under it."""


def sheet_svg(showings: Sequence[Showing], columns: int = 1) -> str:
    """Return the extremes of movements, a card for each, as the text of an SVG file.

    A card is as high as its rows; the next goes where the columns are shortest, from left to right.
    """
    cards = [(showing, _rows(showing)) for showing in showings]
    width = max(len(row) for _, rows in cards for row in rows) * PICTURE[0] + 2 * GAP
    filled = [MARGIN] * columns
    parts = []
    for showing, rows in cards:
        column = filled.index(min(filled))
        height, pictures = _pictures(rows, showing.side)
        parts.append(
            f'<g transform="translate({MARGIN + column * (width + GAP):g} {filled[column]:g})">\n'
            f'<rect width="{width:g}" height="{height:g}" rx="10" fill="{PAPER}" stroke="{EDGE}"/>\n'
            f'<text x="{GAP:g}" y="22" font-size="15" font-weight="600" fill="{LETTERS}">'
            f"{escape(showing.title)}</text>\n{pictures}\n</g>"
        )
        filled[column] += height + GAP
    size = (2 * MARGIN + columns * (width + GAP) - GAP, max(filled) - GAP + MARGIN)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{size[0]:g}" height="{size[1]:g}" '
        f'viewBox="0 0 {size[0]:g} {size[1]:g}" font-family="sans-serif">\n'
        f'<rect width="100%" height="100%" fill="{PAPER}"/>\n' + "\n".join(parts) + "\n</svg>\n"
    )


def _rows(showing: Showing) -> list[list[Picture]]:
    """Return a row of pictures for each stage; holds one after the other share a row."""
    rows: list[list[Picture]] = []
    has_room = False
    for stage, title in showing.stages.items():
        pictures = showing.extremes(stage)
        is_hold = len(pictures) == 1
        if len(showing.stages) > 1:
            words, drawing = pictures[0]
            pictures[0] = (title if is_hold else f"{title}: {words}", drawing)
        if not (is_hold and has_room and len(rows[-1]) < LONGEST_ROW):
            rows.append([])
        rows[-1] += pictures
        has_room = is_hold
    return rows


def _pictures(rows: Sequence[Sequence[Picture]], side: Side | None) -> tuple[float, str]:
    """Return the height of a card in pixels, and its pictures with their words."""
    top, parts = TITLE, []
    for row in rows:
        bottom = top + max(_scale(drawing.frame) * drawing.frame.height for _, drawing in row) + GAP
        for number, (words, drawing) in enumerate(row):
            frame, scale = drawing.frame, _scale(drawing.frame)
            middle = GAP + (number + 0.5) * PICTURE[0]
            left = middle - (frame.left + frame.right) / 2 * scale
            ground = bottom - GAP / 2 + frame.bottom * scale
            parts.append(
                f'<g transform="translate({left:.2f} {ground:.2f}) scale({scale:.2f} {-scale:.2f})">'
                f"{''.join(_shapes(drawing.lines, side))}</g>\n"
                f'<text x="{middle:g}" y="{bottom + 13:g}" font-size="11" text-anchor="middle" '
                f'fill="{FAINT_LETTERS}">{escape(words)}</text>'
            )
        top = bottom + WORDS
    return top + GAP, "\n".join(parts)


def _scale(frame: Frame) -> float:
    """Return the pixels of a body unit."""
    across, down = PICTURE[0] - GAP, PICTURE[1] - GAP
    return min(STANDING, across / frame.width, down / frame.height)


def _shapes(lines: Sequence[Line], side: Side | None) -> Iterator[str]:
    """Yield one moment from far to near; the bones of a limb have a seam along them."""
    colours = {**ON_PAPER, Ink.WORKING: SIDE_COLOURS[side]}
    for part, batch in groupby(lines, key=lambda line: line.part):
        bones = list(batch)
        is_limb = part in LIMBS
        if is_limb:
            yield from map(_seam, bones[2:])
        for number, bone in enumerate(bones):
            if is_limb and number < 2:
                yield _seam(bone)
            yield _hull(bone, colours[bone.ink])


def _seam(bone: Line) -> str:
    """Return lines along the edges of a bone, but at its joints: they set it off from what lies behind."""
    edges = tangents(bone.start, bone.end)
    ways = [f"M{_along(*edge, SEAM_FROM)}L{_along(*edge, 1 - SEAM_FROM)}" for edge in edges]
    return f'<path d="{"".join(ways)}" stroke="{PAPER}" stroke-width="{2 * SEAM}"/>'


def _along(start: Point, end: Point, share: float) -> str:
    return f"{start[0] + (end[0] - start[0]) * share:.4f} {start[1] + (end[1] - start[1]) * share:.4f}"


def _hull(line: Line, colour: str) -> str:
    """Return the hull of a line's two ends."""
    edges = tangents(line.start, line.end)
    if not edges:
        disc = larger(line.start, line.end)
        return f'<circle cx="{disc.x:.4f}" cy="{disc.y:.4f}" r="{disc.radius:.4f}" fill="{colour}"/>'
    r1, r2 = line.start.radius, line.end.radius
    (a1, a2), (b1, b2) = (tuple(f"{x:.4f} {y:.4f}" for x, y in edge) for edge in edges)
    end = f"A{r2:.4f} {r2:.4f} 0 {int(r2 > r1)} 0 {b2}"
    start = f"A{r1:.4f} {r1:.4f} 0 {int(r2 <= r1)} 0 {a1}"
    return f'<path d="M{a1}L{a2}{end}L{b1}{start}Z" fill="{colour}"/>'
