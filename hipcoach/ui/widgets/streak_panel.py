"""The top of the history: the week streak large, this week day by day, and what it all adds up to."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from textual.app import ComposeResult
from textual.containers import Container, Vertical
from textual.content import Content
from textual.widgets import Static

from hipcoach.core.history.streaks import Stats
from hipcoach.storage.day_files import DayKind
from hipcoach.ui.widgets.day_activity import Activity, Shade, shade_of
from hipcoach.ui.widgets.heatmap_layout import KIND_SIGNS, TODAY_SIGN, days_of_week, weekday_names
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

    def show(
        self,
        stats: Stats,
        activity: Activity,
        today: date,
        first_weekday: int,
        marked: Mapping[date, DayKind] | None = None,
    ) -> None:
        """Show what the log adds up to today, and which days of the week are marked."""
        words = streak_words(stats)
        self._update(
            words.big,
            line=Content(words.one_line),
            under=Content(words.under),
            goal=Content(words.week),
            marks=week_marks(activity, today, first_weekday, marked),
            run=Content(words.days),
            minutes=Content(f"{words.minutes}\n{words.totals}"),
        )

    def show_progress(
        self, done: int, files: int, activity: Activity, today: date, first_weekday: int
    ) -> None:
        """Show how far the log has been read; no streak can be told from a part of it."""
        progress = f"reading {done:,} of {files:,} sessions"
        self._update(
            "Reading",
            line=Content(progress),
            under=Content(progress),
            goal=Content("This week"),
            marks=week_marks(activity, today, first_weekday),
            run=Content(" "),
            minutes=Content(" \n "),
        )

    def _update(self, big: str, **parts: Content) -> None:
        large = self.query_one("#streak-big", PixelText)
        large.text = big
        large.styles.width = len(dot_rows(big)[0])
        for name, content in parts.items():
            self.query_one(f"#streak-{name}", Static).update(content)


def week_marks(
    activity: Activity, today: date, first_weekday: int, marked: Mapping[date, DayKind] | None = None
) -> Content:
    """The days of this week in two lines: names, today's with its sign, and a mark for what was done."""
    names: list[Content] = []
    marks: list[Content] = []
    for name, day in zip(weekday_names(first_weekday), days_of_week(today, first_weekday), strict=True):
        is_today = day == today
        style = "bold $accent" if is_today else "$foreground 60%"
        names.append(Content.styled(f"{name}{TODAY_SIGN if is_today else ''}".ljust(_MARK_WIDTH), style))
        shade = shade_of(activity.get(day))
        if shade is Shade.NONE and marked and day in marked:
            sign, style = KIND_SIGNS[marked[day]], "$secondary"
        elif shade is Shade.NONE:
            sign, style = "·", "$foreground 40%"
        elif shade is Shade.BEGUN:
            sign, style = "○", "$foreground"
        else:
            sign, style = "●", "bold $success"
        marks.append(Content.styled(sign.ljust(_MARK_WIDTH), style))
    return Content("\n").join((Content.assemble(*names), Content.assemble(*marks)))
