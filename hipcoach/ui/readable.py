"""Words that can be read: ink that is too near to its ground is drawn lighter or darker, in every theme."""

from __future__ import annotations

from functools import lru_cache

from rich.color import Color as RichColor
from rich.color_triplet import ColorTriplet
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.filter import LineFilter

from hipcoach.ui.only_text import only_text

STEPS = 20
"""Shades between an ink and black or white that are tried."""


class Readable(LineFilter):
    """Lets only text through, and gives words at least this contrast to what is behind them (WCAG 2).

    What is drawn with characters that are no words, such as lines, charts and the figure, stays as it is, and
    so do the terminal's own colours, which nobody knows.
    """

    def __init__(self, least: float) -> None:
        super().__init__()
        self.least = least

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Return the segments of a line as they may be drawn."""
        return [
            self._drawn(segment, background) if segment.text.strip(" ") else segment for segment in segments
        ]

    def _drawn(self, segment: Segment, background: Color) -> Segment:
        text, style, control = segment
        if style and not style.reverse and any(map(str.isalnum, text)):
            style = _readable(style, background, self.least)
        return Segment(only_text(text), style, control)


def contrast(first: ColorTriplet, second: ColorTriplet) -> float:
    """Return the contrast of two colours, 1 to 21."""
    dark, light = sorted((_luminance(first), _luminance(second)))
    return (light + 0.05) / (dark + 0.05)


@lru_cache(4096)
def _readable(style: Style, background: Color, least: float) -> Style:
    ink = style.color.triplet if style.color else None
    ground = (style.bgcolor or background.rich_color).triplet
    if ink is None or ground is None or contrast(ink, ground) >= least:
        return style
    end = max(ColorTriplet(0, 0, 0), ColorTriplet(255, 255, 255), key=lambda each: contrast(each, ground))
    shades = (
        ColorTriplet(*(round(a + (b - a) * step / STEPS) for a, b in zip(ink, end, strict=True)))
        for step in range(1, STEPS)
    )
    enough = next((each for each in shades if contrast(each, ground) >= least), end)
    return style + Style.from_color(RichColor.from_triplet(enough))


def _luminance(colour: ColorTriplet) -> float:
    red, green, blue = (
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in colour.normalized
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
