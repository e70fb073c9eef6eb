"""Widgets of the live screen that keep their finished lines.

Textual styles and filters every line of every widget that a change on the screen lies over, also those that
stay as they are. Ten times a second, with most of the screen standing still, that is most of the work.
"""

from __future__ import annotations

from typing import Any, Self

from textual.geometry import Region, Size
from textual.strip import Strip
from textual.widget import Widget


class KeptLines(Widget):
    """A widget without border and padding that keeps each line until it is refreshed."""

    _kept: dict[int, Strip] | None = None
    _kept_at = Size()

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines asked for."""
        if self._kept is None or self._kept_at != self.size:
            self._kept, self._kept_at = {}, self.size
        kept = self._kept
        for y in range(crop.y, crop.bottom):
            if y not in kept:
                kept[y] = self.finished_line(y)
        if crop.x == 0 and crop.width == self._kept_at.width:
            return [kept[y] for y in range(crop.y, crop.bottom)]
        return [kept[y].crop(crop.x, crop.right) for y in range(crop.y, crop.bottom)]

    def finished_line(self, y: int) -> Strip:
        """A line as it goes to the terminal."""
        # A text's line may be shorter than the widget; the screen would not show it then.
        line = self.render_line(y).adjust_cell_length(self._kept_at.width, self.rich_style)
        return filtered(self, line)

    def refresh(self, *regions: Region, **how: Any) -> Self:
        """Draw these regions anew, without any the whole."""
        if regions and self._kept is not None:
            for y in {y for region in regions for y in range(region.y, region.bottom)}:
                self._kept.pop(y, None)
        else:
            self._kept = None
        super().refresh(*regions, **how)
        return self

    def notify_style_update(self) -> None:
        """Other colours: nothing is as it was."""
        super().notify_style_update()
        self._kept = None


class Backdrop(Widget):
    """A container that shows nothing itself but its background; to be named after the container it is."""

    _blank: tuple[int, Strip] | None = None

    def render_lines(self, crop: Region) -> list[Strip]:
        """Blank lines."""
        if self._blank is None or self._blank[0] != crop.width:
            self._blank = crop.width, filtered(self, Strip.blank(crop.width, self.rich_style))
        return [self._blank[1]] * crop.height

    def notify_style_update(self) -> None:
        """Another background."""
        super().notify_style_update()
        self._blank = None


def filtered(widget: Widget, strip: Strip) -> Strip:
    """A line after all that the app has every line go through, such as NO_COLOR."""
    background = widget.background_colors[1]
    for line_filter in widget.get_line_filters():
        strip = strip.apply_filter(line_filter, background)
    return strip
