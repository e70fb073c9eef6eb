"""The last weeks as a calendar, shaded by minutes, readable without colour."""

from __future__ import annotations

from datetime import date

from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from hipcoach.ui.widgets.day_activity import SHADE_SIGNS, Activity, Shade, shade_of
from hipcoach.ui.widgets.heatmap_layout import (
    LABEL_WIDTH,
    TODAY_SIGN,
    WEEK_WIDTH,
    HeatmapLayout,
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


class Heatmap(Widget):
    """As many weeks as fit, up to a year: months above, weekdays at the left, a legend below."""

    DEFAULT_CSS = """
    Heatmap { height: auto; width: 1fr; }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._activity: Activity = {}
        self._today: date | None = None
        self._first_weekday = 0

    def show(self, activity: Activity, today: date, first_weekday: int) -> None:
        """Show what was done up to today."""
        self._activity, self._today, self._first_weekday = activity, today, first_weekday
        self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """A line of months, seven of days, and the legend."""
        return 8 + len(legend_lines(width))

    def render(self) -> Content:
        """Draw the calendar."""
        if self._today is None:
            return Content("")
        layout = lay_out(self._today, self._first_weekday, weeks_that_fit(self.size.width))
        lines = [
            Content.styled(month_line(layout), _QUIET),
            *(self._row(layout, number) for number in range(7)),
            *(Content.styled(" " * LABEL_WIDTH + line, _QUIET) for line in legend_lines(self.size.width)),
        ]
        return Content("\n").join(lines)

    def _row(self, layout: HeatmapLayout, number: int) -> Content:
        name = layout.weekdays[number]
        is_today = number == layout.today_row
        parts = [Content.styled(name.ljust(LABEL_WIDTH), "bold $accent" if is_today else _QUIET)]
        parts += [self._day(day) for day in layout.rows[number]]
        if is_today:
            parts.append(Content.styled(TODAY_SIGN, "bold $accent"))
        return Content.assemble(*parts)

    def _day(self, day: date | None) -> Content:
        if day is None:
            return Content(" " * WEEK_WIDTH)
        shade = shade_of(self._activity.get(day))
        sign = SHADE_SIGNS[shade]
        text = sign.ljust(WEEK_WIDTH) if shade is Shade.NONE else sign * WEEK_WIDTH
        return Content.styled(text, _STYLES[shade])
