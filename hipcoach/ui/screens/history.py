"""The history: streaks, the last weeks as a calendar, and every session, newest first."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Footer, Static
from textual.worker import get_current_worker

from hipcoach.ui.format import count_text
from hipcoach.ui.history_view import HistoryView, read_history
from hipcoach.ui.plain_text import plain
from hipcoach.ui.screens.log_problems import LogProblemsScreen
from hipcoach.ui.screens.one_size import OneSize
from hipcoach.ui.screens.session_detail import SessionDetailScreen
from hipcoach.ui.services import Services
from hipcoach.ui.widgets.heatmap import Heatmap
from hipcoach.ui.widgets.session_table import SessionTable
from hipcoach.ui.widgets.streak_panel import StreakPanel

READING = "reading…"
EMPTY = """\
Nothing here yet, and that is a fine place to begin.

After your first session you will find here the weeks you keep going,
a calendar of what you did, and every session down to each set.

To begin: [escape], then [enter] on a routine. Five minutes are enough."""


class HistoryScreen(OneSize, Screen[None]):
    """Shows the log. Reads it in a thread each time it comes to the front; until then it says so."""

    CSS_PATH = "history.tcss"
    AUTO_FOCUS = ""
    HORIZONTAL_BREAKPOINTS = [
        (0, "-slim"),
        (76, "-medium"),
        (112, "-wide"),
    ]
    VERTICAL_BREAKPOINTS = [
        (0, "-tiny"),
        (22, "-short"),
        (32, "-tall"),
    ]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", "Open", id="history.open", tooltip="Show every set of this session"),
        Binding(
            "exclamation_mark",
            "problems",
            "Files to look at",
            key_display="!",
            id="history.problems",
            tooltip="List the session files that could not be used, and why",
        ),
        Binding("escape,q,h", "back", "Back", id="history.back", tooltip="Back to the routines"),
    ]

    @dataclass
    class Loaded(Message):
        """The log has been read."""

        view: HistoryView

    def __init__(self, services: Services) -> None:
        super().__init__()
        self.services = services
        self.view: HistoryView | None = None

    def compose(self) -> ComposeResult:
        """Heading, streaks and calendar, sessions, problems."""
        yield Static(Content("History"), id="heading")
        yield Static(Content(READING), id="message")
        with Container(id="top"):
            yield StreakPanel(id="streaks")
            yield Heatmap(id="heatmap")
        yield SessionTable(id="sessions")
        yield Static(id="problems")
        yield Footer()

    def on_mount(self) -> None:
        """Begin with the message alone."""
        self.add_class("-message")

    def on_screen_resume(self) -> None:
        """Read the log again: it may have grown, or a note may have changed."""
        self._read()

    @work(thread=True, exclusive=True, group="log")
    def _read(self) -> None:
        view = read_history(self.services)
        # A newer reading may have begun. A message, unlike a call into the app, does no harm
        # when the screen is gone.
        if not get_current_worker().is_cancelled:
            self.post_message(self.Loaded(view))

    def on_history_screen_loaded(self, message: Loaded) -> None:
        """Show what was read."""
        view = self.view = message.view
        self.set_class(not view.records, "-message")
        if view.records:
            self.query_one(StreakPanel).show(view.stats, view.activity, view.today, view.first_weekday)
            self.query_one(Heatmap).show(view.activity, view.today, view.first_weekday)
            table = self.query_one(SessionTable)
            table.show(view.records, view.today)
            table.focus()
        else:
            self.query_one("#message", Static).update(Content(EMPTY))
        problems = self.query_one("#problems", Static)
        problems.update(Content(problem_line(view.problems, view.copies, self.services.paths.sessions)))
        problems.display = bool(view.problems or view.copies)
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what there is something for."""
        if action == "open":
            return self.view is not None and bool(self.view.records)
        if action == "problems":
            return self.view is not None and bool(self.view.problems or self.view.copies)
        return True

    def action_open(self) -> None:
        """Open the session under the cursor."""
        record = self.query_one(SessionTable).record_at_cursor
        if record is not None:
            self.app.push_screen(SessionDetailScreen(self.services, record))

    def on_data_table_row_selected(self) -> None:
        """A click on the row under the cursor opens it too."""
        self.action_open()

    def action_problems(self) -> None:
        """List the files to look at."""
        if self.view is not None:
            self.app.push_screen(LogProblemsScreen(self.view.problems, self.view.copies))

    def action_back(self) -> None:
        """Go back to where the history was opened."""
        self.dismiss(None)


def problem_line(problems: tuple[str, ...], copies: tuple[str, ...], directory: Path) -> str:
    """How many session files are to be looked at, how many are copies, and the first reason, in one line."""
    if problems:
        first = plain(problems[0].removeprefix(f"{directory}/"))
        return f"{count_text(len(problems), 'session file')} to look at: {first}"
    if len(copies) == 1:
        return plain(copies[0])
    return (
        f"{len(copies)} files are copies that a sync program made; no session counts twice." if copies else ""
    )
