"""The history: streaks and calendar, every session, weeks, exercises, and how it felt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, OptionList, Static
from textual.worker import get_current_worker

from hipcoach.core.history.record import SessionEntry
from hipcoach.core.text import plain
from hipcoach.live.services import Services
from hipcoach.storage.day_files import DayKind
from hipcoach.ui.day_text import full_day
from hipcoach.ui.history_view import HistoryView, read_history
from hipcoach.ui.log_problem_words import problem_line
from hipcoach.ui.screens.day_actions import DayActions
from hipcoach.ui.screens.history_keys import GIVEN_UP, HISTORY_KEYS, VIEWS
from hipcoach.ui.screens.history_views import HistoryViews
from hipcoach.ui.screens.log_problems import LogProblemsScreen
from hipcoach.ui.screens.self_test import SelfTestScreen
from hipcoach.ui.screens.session_actions import ON_SESSIONS
from hipcoach.ui.screens.session_selection import SessionSelection
from hipcoach.ui.screens.steady import Steady
from hipcoach.ui.widgets.exercise_browser import ExerciseBrowser
from hipcoach.ui.widgets.feeling_page import FeelingPage
from hipcoach.ui.widgets.fitting_footer import FittingFooter
from hipcoach.ui.widgets.heatmap import Heatmap
from hipcoach.ui.widgets.session_table import SessionTable
from hipcoach.ui.widgets.streak_panel import StreakPanel
from hipcoach.ui.widgets.view_tabs import ViewTabs
from hipcoach.ui.widgets.week_chart import WeekChart

READING = "reading…"
EMPTY = """\
Nothing here yet, and that is a fine place to begin.

After your first session you will find here the weeks you keep going,
a calendar of what you did, and every session down to each set.

To begin: [escape], then [enter] on a routine. Five minutes are enough."""
WITH_SESSIONS = ("overview", "sessions")
"""The views that show the table."""


class HistoryScreen(Steady, HistoryViews, SessionSelection, DayActions):
    """Shows the log. Reads it in a thread each time it comes to the front; until then it says so."""

    CSS_PATH = "history.tcss"
    AUTO_FOCUS = ""
    HORIZONTAL_BREAKPOINTS = [(0, "-slim"), (76, "-medium"), (112, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-tiny"), (22, "-short"), (32, "-tall")]
    BINDINGS: ClassVar[list[BindingType]] = HISTORY_KEYS

    @dataclass
    class Loaded(Message):
        """The log has been read."""

        view: HistoryView

    def __init__(self, services: Services) -> None:
        super().__init__()
        self.services = services
        self._then_on: str | None = None

    def compose(self) -> ComposeResult:
        """The names of the views, then all of them; the style sheet shows the one that is wanted."""
        yield ViewTabs(VIEWS, id="heading")
        yield Static(Content(READING), id="message")
        with Container(id="top"):
            yield StreakPanel(id="streaks")
            yield Heatmap(id="heatmap")
        yield Input(placeholder="routine:leg  status:stopped  month:2026-11  knee", id="filter", compact=True)
        yield Static(id="shown")
        yield SessionTable(id="sessions")
        yield WeekChart(id="weeks")
        yield ExerciseBrowser(id="exercises")
        yield FeelingPage(id="feeling")
        yield Static(id="problems")
        yield FittingFooter(*GIVEN_UP)

    def on_mount(self) -> None:
        """Begin with the message alone."""
        self.add_class("-message")
        self.show_tabs()

    def on_screen_resume(self) -> None:
        """Read the log again: it may have grown, or a note may have changed."""
        self._read()

    def read_again(self, then_on: str | None = None) -> None:
        """Read the log again, since it has changed; put the cursor on that session, where it is named."""
        self._then_on = then_on or self._then_on
        self._read()

    @work(thread=True, exclusive=True, group="log")
    def _read(self) -> None:
        worker = get_current_worker()

        def tell(view: HistoryView) -> None:
            # A newer reading may have begun. A message, unlike a call into the app, does no harm
            # when the screen is gone.
            if not worker.is_cancelled:
                self.post_message(self.Loaded(view))

        tell(read_history(self.services, tell, lambda: worker.is_cancelled))

    def on_history_screen_loaded(self, message: Loaded) -> None:
        """Show what has been read so far, or all there is."""
        view = self.view = message.view
        if view.entries:
            panel = self.query_one(StreakPanel)
            if view.stats is None:
                panel.show_progress(view.done, view.files, view.activity, view.today, view.first_weekday)
            else:
                panel.show(view.stats, view.activity, view.today, view.first_weekday, view.marked)
            self.query_one(Heatmap).show(view.activity, view.today, view.first_weekday, view.marked)
        elif view.is_whole:
            unread = "\n".join(map(plain, view.problems))
            self.query_one("#message", Static).update(
                Content(f"No session can be read:\n\n{unread}" if unread else EMPTY)
            )
        self.show_selected(view.entries, view.today)
        if view.is_whole and self._then_on:
            self.query_one(SessionTable).move_to(self._then_on)
            self._then_on = None
        problems = self.query_one("#problems", Static)
        line = problem_line(view.problems, view.copies, self.services.paths.sessions, view.others)
        problems.update(Content(line))
        problems.set_class(bool(line), "-shown")
        self.show_view()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what there is something for."""
        view, shown = self.view, self.shown_view
        has_entries = view is not None and bool(view.entries)
        has_table = has_entries and shown in WITH_SESSIONS
        match action:
            case "open":
                return has_entries and shown != "feeling"
            case "problems":
                return view is not None and bool(view.problems or view.copies or view.others)
            case "calendar":
                return has_entries and shown == "overview" and self.query_one(Heatmap).display
            case "sort" | "turn":
                return has_entries and shown == "sessions"
            case "filter":
                return has_table
            case "mark_day":
                return view is not None and shown == "overview"
            case "self_tests":
                return view is not None and shown in ("overview", "feeling")
            case "undo":
                return bool(self.services.deleted) or (view is not None and view.has_removed)
        if action not in ON_SESSIONS:
            return True
        # In the calendar the cursor is on a day; what is done to a session must not fall on another one.
        return has_table and not (shown == "overview" and self.query_one(Heatmap).has_focus)

    @property
    def chosen(self) -> SessionEntry | None:
        """The session under the cursor, where the table is shown."""
        return self.query_one(SessionTable).cursor if self.shown_view in WITH_SESSIONS else None

    @property
    def chosen_day(self) -> date | None:
        """The day the calendar's cursor is on; today, while nobody is in the calendar."""
        if self.view is None:
            return None
        heatmap = self.query_one(Heatmap)
        return heatmap.day if heatmap.has_focus and heatmap.day else self.view.today

    @property
    def marked_days(self) -> Mapping[date, DayKind]:
        """The days that are marked."""
        return self.view.marked if self.view else {}

    def action_open(self) -> None:
        """Open what the cursor is on: a session, or the sessions of a day, a week or an exercise."""
        week, exercise = self.query_one(WeekChart).week, self.query_one(ExerciseBrowser).chosen
        heatmap = self.query_one(Heatmap)
        if self.shown_view == "weeks" and week is not None:
            self._open_some(f"since:{week.first} until:{week.last}")
        elif self.shown_view == "exercises" and exercise is not None:
            self._open_some(f"exercise:{exercise.exercise}")
        elif heatmap.has_focus and heatmap.day is not None:
            self._open_day(heatmap.day)
        elif self.shown_view in WITH_SESSIONS:
            self.open_session()

    def on_session_table_selected(self) -> None:
        """A click on the row under the cursor opens it too."""
        self.open_session()

    def on_heatmap_selected(self, event: Heatmap.Selected) -> None:
        """The same for a day."""
        self._open_day(event.day)

    def on_week_chart_selected(self) -> None:
        """The same for a week."""
        self.action_open()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """The same for an exercise."""
        self.action_open()

    def _open_day(self, day: date) -> None:
        if self.view is not None and day in self.view.activity:
            self._open_some(f"day:{day}")
        else:
            self.notify(f"{full_day(day, self.services.today)}: no session.", timeout=3, markup=False)

    def _open_some(self, text: str) -> None:
        self.filter_by(text)
        self.action_view("sessions")
        self.query_one(SessionTable).focus()

    def action_calendar(self) -> None:
        """Into the calendar."""
        self.query_one(Heatmap).focus()

    def action_filter(self) -> None:
        """To the filter."""
        self.action_view("sessions")
        self.query_one("#filter").focus()

    def action_self_tests(self) -> None:
        """Do the self-tests."""
        self.app.push_screen(SelfTestScreen(self.services))

    def action_problems(self) -> None:
        """List the files to look at."""
        if self.view is not None:
            self.app.push_screen(LogProblemsScreen(self.view.problems + self.view.others, self.view.copies))

    def action_step_back(self) -> None:
        """Out of the filter or the calendar; from where there is nothing to get out of, back."""
        table = self.query_one(SessionTable)
        if self.is_narrowed:
            self.filter_by("")
            table.focus()
        elif self.focused is not None and self.focused.id in ("filter", "heatmap"):
            table.focus()
        else:
            self.action_back()

    def action_back(self) -> None:
        """Go back to where the history was opened."""
        self.dismiss(None)
