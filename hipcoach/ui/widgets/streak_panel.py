"""The top of the history: the week streak large, this week day by day, and what it all adds up to."""

from __future__ import annotations

from datetime import date

from textual.app import ComposeResult
from textual.containers import Container, Vertical
from textual.content import Content
from textual.widgets import Static

from hipcoach.core.stats import Stats
from hipcoach.ui.widgets.day_activity import Activity, Shade, shade_of
from hipcoach.ui.widgets.heatmap_layout import TODAY_SIGN, days_of_week, weekday_names
from hipcoach.ui.widgets.pixel_text import PixelText, dot_rows
from hipcoach.ui.widgets.streak_words import streak_words

_MARK_WIDTH = 4


class StreakPanel(Container):
    """Week streak, this week, day streak, totals. How its parts lie is the screen's affair."""

    def compose(self) -> ComposeResult:
        """One line for very small terminals, three blocks for all others."""
        yield Static(id="streak-line")
        with Vertical(id="streak-week"):
            yield PixelText(most=1, id="streak-big")
            yield Static(id="streak-under")
        with Vertical(id="streak-days"):
            yield Static(id="streak-goal")
            yield Static(id="streak-marks")
        with Vertical(id="streak-totals"):
            yield Static(id="streak-run")
            yield Static(id="streak-minutes")

    def show(self, stats: Stats, activity: Activity, today: date, first_weekday: int) -> None:
        """Show what the log adds up to today."""
        words = streak_words(stats)
        big = self.query_one("#streak-big", PixelText)
        big.text = words.big
        big.styles.width = len(dot_rows(words.big)[0])
        for name, content in (
            ("line", Content(words.one_line)),
            ("under", Content(words.under)),
            ("goal", Content(words.week)),
            ("marks", week_marks(activity, today, first_weekday)),
            ("run", Content(words.days)),
            ("minutes", Content(f"{words.minutes}\n{words.totals}")),
        ):
            self.query_one(f"#streak-{name}", Static).update(content)


def week_marks(activity: Activity, today: date, first_weekday: int) -> Content:
    """The days of this week in two lines: names, today's with its sign, and a mark for what was done."""
    names: list[Content] = []
    marks: list[Content] = []
    for name, day in zip(weekday_names(first_weekday), days_of_week(today, first_weekday), strict=True):
        is_today = day == today
        style = "bold $accent" if is_today else "$foreground 60%"
        names.append(Content.styled(f"{name}{TODAY_SIGN if is_today else ''}".ljust(_MARK_WIDTH), style))
        shade = shade_of(activity.get(day))
        if shade is Shade.NONE:
            sign, style = "·", "$foreground 40%"
        elif shade is Shade.BEGUN:
            sign, style = "○", "$foreground"
        else:
            sign, style = "●", "bold $success"
        marks.append(Content.styled(sign.ljust(_MARK_WIDTH), style))
    return Content("\n").join((Content.assemble(*names), Content.assemble(*marks)))
