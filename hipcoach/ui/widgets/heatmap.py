"""The last weeks as a calendar, shaded by minutes, readable without colour; to be walked through."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.widget import Widget

from hipcoach.core.history.streaks import DAY
from hipcoach.storage.day_files import DayKind
from hipcoach.ui.day_text import day_line
from hipcoach.ui.widgets.day_activity import SHADE_SIGNS, Activity, Shade, shade_of
from hipcoach.ui.widgets.heatmap_layout import (
    KIND_SIGNS,
    LABEL_WIDTH,
    TODAY_SIGN,
    WEEK_WIDTH,
    HeatmapLayout,
    day_at,
    lay_out,
    legend_lines,
    month_line,
    weeks_that_fit,
)

_STYLES = {
    Shade.NONE: "$foreground 30%",
    Shade.BEGUN: "$foreground 80%",
    Shade.LIGHT: "$success 70%",
    Shade.MEDIUM: "$success 80%",
    Shade.STRONG: "$success 90%",
    Shade.FULL: "$success",
}
_QUIET = "$foreground 60%"
CURSOR = "[]"


class Heatmap(Widget, can_focus=True):
    """As many weeks as fit, up to a year: months above, weekdays at the left, a legend below.

    While it has the focus a day is marked by brackets, and what is known of it takes the legend's place.
    """

    DEFAULT_CSS = """
    Heatmap { height: auto; width: 1fr; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", "The day before", show=False),
        Binding("down", "move(1)", "The day after", show=False),
        Binding("left", "move(-7)", "A week back", show=False),
        Binding("right", "move(7)", "A week on", show=False),
        Binding("pageup", "move(-28)", "Four weeks back", show=False),
        Binding("pagedown", "move(28)", "Four weeks on", show=False),
        Binding("home", "move(-400)", "The first day shown", show=False),
        Binding("end", "move(400)", "Today", show=False),
    ]

    @dataclass
    class Selected(Message):
        """A click on the day that is marked already."""

        day: date

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._activity: Activity = {}
        self._marked: Mapping[date, DayKind] = {}
        self._today: date | None = None
        self._first_weekday = 0
        self._day: date | None = None

    @property
    def day(self) -> date | None:
        """The day the cursor is on: today, until it is moved."""
        return self._day or self._today

    def show(
        self,
        activity: Activity,
        today: date,
        first_weekday: int,
        marked: Mapping[date, DayKind] | None = None,
    ) -> None:
        """Show what was done up to today, and which days are marked."""
        self._activity, self._today, self._first_weekday = activity, today, first_weekday
        self._marked = marked or {}
        self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """A line of months, seven of days, and the legend."""
        return 8 + len(legend_lines(width, self._kinds))

    def action_move(self, days: int) -> None:
        """Go some days back or on, as far as they are shown."""
        day, layout = self.day, self._layout
        if day is not None and layout is not None and self._today is not None:
            first = layout.rows[0][0] or day
            self._day = max(first, min(self._today, day + DAY * days))
            self.refresh()

    def on_focus(self) -> None:
        """Show the cursor."""
        self.action_move(0)

    def on_blur(self) -> None:
        """Show the legend again."""
        self.refresh()

    def on_click(self, event: events.Click) -> None:
        """Go to a day; where the cursor is there already, that day is chosen."""
        day = day_at(self._layout, event.x, event.y) if self._layout else None
        if day is None:
            return
        if day == self._day:
            self.post_message(self.Selected(day))
        self._day = day
        self.refresh()

    def render(self) -> Content:
        """Draw the calendar."""
        layout = self._layout
        if layout is None:
            return Content("")
        lines = [
            Content.styled(month_line(layout), _QUIET),
            *(self._row(layout, number) for number in range(7)),
            *self._below(self.size.width),
        ]
        return Content("\n").join(lines)

    @property
    def _layout(self) -> HeatmapLayout | None:
        if self._today is None:
            return None
        return lay_out(self._today, self._first_weekday, weeks_that_fit(self.size.width))

    @property
    def _kinds(self) -> frozenset[DayKind]:
        return frozenset(self._marked.values())

    def _below(self, width: int) -> list[Content]:
        legend = [
            Content.styled(" " * LABEL_WIDTH + line, _QUIET) for line in legend_lines(width, self._kinds)
        ]
        day = self.day
        if not self.has_focus or day is None or self._today is None:
            return legend
        said = day_line(day, self._activity.get(day), self._marked.get(day), self._today)
        lines = textwrap.wrap(said, max(1, width - LABEL_WIDTH))[: len(legend)]
        shown = [Content.styled(" " * LABEL_WIDTH + line, "bold") for line in lines]
        return [*shown, *legend[len(shown) :]]

    def _row(self, layout: HeatmapLayout, number: int) -> Content:
        name = layout.weekdays[number]
        is_today = number == layout.today_row
        parts = [Content.styled(name.ljust(LABEL_WIDTH), "bold $accent" if is_today else _QUIET)]
        parts += [self._cell(day) for day in layout.rows[number]]
        if is_today:
            parts.append(Content.styled(TODAY_SIGN, "bold $accent"))
        return Content.assemble(*parts)

    def _cell(self, day: date | None) -> Content:
        if day is None:
            return Content(" " * WEEK_WIDTH)
        if self.has_focus and day == self.day:
            return Content.styled(CURSOR, "bold $accent")
        shade = shade_of(self._activity.get(day))
        if shade is Shade.NONE and day in self._marked:
            return Content.styled(KIND_SIGNS[self._marked[day]].ljust(WEEK_WIDTH), "$secondary")
        sign = SHADE_SIGNS[shade]
        text = sign.ljust(WEEK_WIDTH) if shade is Shade.NONE else sign * WEEK_WIDTH
        return Content.styled(text, _STYLES[shade])
