"""The weeks as bars; keys and mouse go from week to week."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from hipcoach.ui.charts.line import QUIET, Line
from hipcoach.ui.charts.week_chart import (
    AXIS,
    DAY_ROWS,
    FEWEST_ROWS,
    FRAME,
    week_chart,
    week_width,
    weeks_shown,
)
from hipcoach.ui.history_weeks import WeekTotal, week_words, weeks_words
from hipcoach.ui.widgets.drawing import content_of

TALLEST = 30
"""Lines of the chart: higher bars say no more."""

LOWEST = FRAME + DAY_ROWS + FEWEST_ROWS


class WeekChart(Widget, can_focus=True):
    """A summary, the bars of as many weeks as fit, and what is known of the week that is marked."""

    DEFAULT_CSS = """
    WeekChart { height: 1fr; width: 1fr; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left,up", "move(-1)", "The week before", show=False),
        Binding("right,down", "move(1)", "The week after", show=False),
        Binding("pageup", "move(-4)", "Four weeks back", show=False),
        Binding("pagedown", "move(4)", "Four weeks on", show=False),
        Binding("home", "move(-9999)", "The first week shown", show=False),
        Binding("end", "move(9999)", "This week", show=False),
    ]

    @dataclass
    class Selected(Message):
        """A click on the week that is marked already."""

        week: WeekTotal

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._weeks: Sequence[WeekTotal] = ()
        self._today = date.min
        self._goals = (0, 0)
        self._back = 0
        """How many weeks before this one the mark is."""

    @property
    def week(self) -> WeekTotal | None:
        """The week that is marked."""
        return self._weeks[-1 - self._back] if self._weeks else None

    def show(self, weeks: Sequence[WeekTotal], today: date, goal_days: int, goal_minutes: int) -> None:
        """Show these, oldest first; the mark stays as many weeks back as it was."""
        self._weeks, self._today, self._goals = weeks, today, (goal_days, goal_minutes)
        self.action_move(0)

    def action_move(self, weeks: int) -> None:
        """Go some weeks back or on, as far as they are shown."""
        oldest = min(len(self._weeks), weeks_shown(self.size.width)) - 1
        self._back = max(0, min(oldest, self._back - weeks))
        self.refresh()

    def on_resize(self) -> None:
        """Keep the mark in sight."""
        self.action_move(0)

    def on_click(self, event: events.Click) -> None:
        """Go to a week; where the mark is there already, that week is chosen."""
        shown = min(len(self._weeks), weeks_shown(self.size.width))
        place = (event.x - AXIS) // week_width(self.size.width, shown)
        if not 0 <= place < shown or event.x < AXIS:
            return
        back = shown - 1 - place
        if back == self._back and self.week is not None:
            self.post_message(self.Selected(self.week))
        self._back = back
        self.refresh()

    def render(self) -> Content:
        """Draw the summary, the chart and the marked week."""
        week = self.week
        if week is None:
            return Content("")
        width, height = self.size
        if not width or not height:
            return Content("")
        days, minutes = self._goals
        marked = len(self._weeks) - 1 - self._back
        lines: list[Line] = []
        room = min(height, TALLEST) - 1
        if room > LOWEST:
            room -= 1
            lines.append(((_cut(weeks_words(self._weeks), width), QUIET),))
        lines += week_chart(self._weeks, (width, room), days, minutes, marked)
        lines.append(((_cut(week_words(week, self._today, days), width), "bold"),))
        return content_of(lines)


def _cut(text: str, width: int) -> str:
    """What fits of a line of parts, whole parts only where there are several."""
    while len(text) > width and " · " in text:
        text = text.rpartition(" · ")[0]
    return text
