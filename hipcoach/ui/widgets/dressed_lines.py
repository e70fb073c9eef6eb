"""Widgets that draw their lines themselves, in styles that are worked out once.

To change a class has Textual match all its rules anew and ask every node up to the screen for its colours,
half a millisecond for each widget; a look is a component class whose style is finished when first worn.
"""

from __future__ import annotations

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from hipcoach.ui.only_text import only_text
from hipcoach.ui.widgets.kept_lines import KeptLines, filtered

NOTHING_MORE = Style()


class DressedLines(KeptLines):
    """Draws each of its lines in its own style or in that of a look: one of its component classes."""

    worn = ""
    """The component class it wears; its own style without."""
    _finished: dict[tuple[str, Style], Style] | None = None

    def wear(self, look: str) -> None:
        """Draw it in another look; empty for its own style."""
        if look != self.worn:
            self.worn = look
            self.refresh()

    def line(self, y: int, width: int) -> Strip:
        """A line of exactly this width in cells, in styles from `finished`."""
        raise NotImplementedError

    def finished(self, look: str | None = None, more: Style = NOTHING_MORE) -> Style:
        """A style as it goes to the terminal: that of the look it wears, or of another, its own if empty."""
        wanted = self.worn if look is None else look, more
        if self._finished is None:
            self._finished = {}
        if wanted not in self._finished:
            style = self.get_component_rich_style(wanted[0]) if wanted[0] else self.rich_style
            self._finished[wanted] = self._through_filters(style + more)
        return self._finished[wanted]

    def finished_line(self, y: int) -> Strip:
        """The line, whose styles are finished already, but whose text may be anything."""
        line = self.line(y, self._kept_at.width)
        if all(segment.text.isprintable() for segment in line):
            return line
        return Strip([Segment(only_text(text), style) for text, style, _ in line], self._kept_at.width)

    def notify_style_update(self) -> None:
        """Another theme: other colours."""
        super().notify_style_update()
        self._finished = None

    def _through_filters(self, style: Style) -> Style:
        # What lines go through changes colours by the segment: so a style needs to go through it once, with a
        # letter, since only words have to be readable.
        (segment,) = filtered(self, Strip([Segment("x", style)], 1))
        return segment.style or style
