"""The views of the history: which one is shown, with what, and what has the keys in it."""

from __future__ import annotations

from dataclasses import dataclass

from textual import work
from textual.binding import Binding
from textual.message import Message
from textual.screen import Screen
from textual.widget import Widget
from textual.worker import get_current_worker

from hipcoach.live.services import Services
from hipcoach.ui.history_sums import ExerciseSums, FeelingSums, Sums, WeekSums, add_up
from hipcoach.ui.history_view import HistoryView
from hipcoach.ui.key_words import key_words
from hipcoach.ui.screens.history_keys import HISTORY_KEYS, VIEWS
from hipcoach.ui.widgets.exercise_browser import ExerciseBrowser
from hipcoach.ui.widgets.feeling_page import FeelingPage
from hipcoach.ui.widgets.row_list import RowList
from hipcoach.ui.widgets.session_table import SessionTable
from hipcoach.ui.widgets.view_tabs import ViewTabs
from hipcoach.ui.widgets.week_chart import WeekChart


class HistoryViews(Screen[None]):
    """A screen with all the views in it; its style sheet shows the one that its classes name."""

    services: Services
    view: HistoryView | None = None
    """What is known; None while nothing has been read."""
    shown_view: str = "overview"

    _added_up: tuple[HistoryView, dict[str, Sums]] | None = None
    """What has been added up so far, and of what."""

    @dataclass
    class AddedUp(Message):
        """What a view needs has been added up."""

        view: HistoryView
        shown: str
        sums: Sums

    def show_tabs(self) -> None:
        """Name the views, each with the key that leads to it."""
        own = self.services.settings.keys
        keys = {
            each.id.removeprefix("history."): key_words(self.app, each, own.get(each.id)).split()[0]
            for each in HISTORY_KEYS
            if isinstance(each, Binding) and each.id and each.id.removeprefix("history.") in VIEWS
        }
        self.query_one(ViewTabs).show(self.shown_view, keys)

    def action_view(self, view: str) -> None:
        """Show another view."""
        self.shown_view = view
        self.show_tabs()
        self.show_view()

    def on_view_tabs_chosen(self, event: ViewTabs.Chosen) -> None:
        """A click on the name of a view."""
        self.action_view(event.view)

    def show_view(self) -> None:
        """Show the view that is wanted, with what is known."""
        view = self.view
        has_tests = view is not None and bool(view.self_tests) and self.shown_view == "feeling"
        before = set(self.classes)
        for name in VIEWS:
            self.set_class(name == self.shown_view, f"-{name}", update=False)
        self.set_class(view is None or not (view.entries or has_tests), "-message", update=False)
        if before != self.classes:
            # At once: with every change the styles of all that is on the screen are worked out anew.
            self.update_node_styles()
        if view is not None:
            if self._added_up is None or self._added_up[0] is not view:
                self._added_up = (view, {})
            sums = self._added_up[1].get(self.shown_view)
            if sums is None:
                self._add_up(view, self.shown_view)
            else:
                self._show_sums(view, sums)
            if view.entries or has_tests:
                self.call_after_refresh(self._focus_view)
        self.refresh_bindings()

    def _focus_view(self) -> None:
        """Give the keys to what is shown, unless they are in it already."""
        if not self.is_mounted or (self.focused is not None and self._is_shown(self.focused)):
            return
        wanted: dict[str, type[Widget]] = {
            "weeks": WeekChart,
            "exercises": RowList,
            "feeling": FeelingPage,
        }
        found = self.query(wanted.get(self.shown_view, SessionTable))
        # Whoever leaves the history just as the log has been read takes it down before this is called.
        if found:
            found.first().focus()

    def _is_shown(self, widget: Widget) -> bool:
        return all(each.display for each in widget.ancestors_with_self if isinstance(each, Widget))

    # With a description, since Textual would make one of all that the view holds.
    @work(thread=True, exclusive=True, group="sums", description="add up")
    def _add_up(self, view: HistoryView, shown: str) -> None:
        worker = get_current_worker()
        sums = add_up(view, shown, self.services.index)
        if sums is not None and not worker.is_cancelled:
            self.post_message(self.AddedUp(view, shown, sums))

    def on_history_views_added_up(self, message: AddedUp) -> None:
        """Show it, and keep it while it holds."""
        if self._added_up is not None and message.view is self._added_up[0]:
            self._added_up[1][message.shown] = message.sums
            self._show_sums(message.view, message.sums)

    def _show_sums(self, view: HistoryView, sums: Sums) -> None:
        match sums:
            case WeekSums():
                settings = self.services.settings
                goals = (settings.rules.week_goal, settings.week.minutes)
                self.query_one(WeekChart).show(sums.weeks, view.today, *goals)
            case ExerciseSums():
                self.query_one(ExerciseBrowser).show(sums.exercises, sums.balance, view.today)
            case FeelingSums():
                self.query_one(FeelingPage).show(sums.rated, view.self_tests, view.today, sums.limits)
        self.refresh_bindings()
