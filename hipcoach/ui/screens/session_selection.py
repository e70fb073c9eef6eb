"""Which sessions of the history are listed, and in which order; the filter that says so in words."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import date

from textual import work
from textual.content import Content
from textual.widgets import Input, Static

from hipcoach.core.history.filter import SessionFilter, SessionSort, read_filter
from hipcoach.core.history.record import SessionEntry
from hipcoach.ui.format import count_text
from hipcoach.ui.screens.session_actions import SessionActions
from hipcoach.ui.widgets.session_table import SessionTable


class SessionSelection(SessionActions):
    """A screen with a SessionTable, an Input `#filter`, and a Static `#shown` that says what is shown."""

    wanted = SessionFilter()
    sort = SessionSort()
    _all: Sequence[SessionEntry] = ()
    _day = date.min
    _from_top = False
    """Whether the cursor goes to the first session, as it does in a new order."""

    @property
    def is_narrowed(self) -> bool:
        """Whether anything was asked for."""
        return not self.wanted.is_empty or bool(self.wanted.problems)

    def show_selected(self, newest_first: Sequence[SessionEntry], today: date) -> None:
        """Show what is asked for of these."""
        self._all, self._day = newest_first, today
        if self.wanted.is_empty and self.sort == SessionSort():
            self._show(newest_first)
        else:
            self._select()

    def filter_by(self, text: str) -> None:
        """Ask for this instead of what was asked for."""
        box = self.query_one("#filter", Input)
        if box.value == text:
            self._filter(text)
        else:
            box.value = text

    def on_input_changed(self, event: Input.Changed) -> None:
        """Filter as one types."""
        self._filter(event.value)

    def on_input_submitted(self) -> None:
        """To the sessions, with what the filter left."""
        self.query_one(SessionTable).focus()

    def action_sort(self) -> None:
        """The next order."""
        self._sort_by(self.sort.next)

    def action_turn(self) -> None:
        """The same order the other way round."""
        self._sort_by(self.sort.other_way)

    def on_session_table_heading_clicked(self, event: SessionTable.HeadingClicked) -> None:
        """Sort by that column."""
        self._sort_by(self.sort.chosen(event.by))

    def _sort_by(self, sort: SessionSort) -> None:
        self.sort, self._from_top = sort, True
        self.query_one(SessionTable).show_sort(sort)
        self._select()

    def _filter(self, text: str) -> None:
        self.wanted = read_filter(text, self._day)
        self._select()

    @work(exclusive=True, group="select")
    async def _select(self) -> None:
        self._show(await asyncio.to_thread(self.services.find_sessions, self.wanted, self.sort))

    def _show(self, found: Sequence[SessionEntry]) -> None:
        table = self.query_one(SessionTable)
        table.show(found, self._day)
        if self._from_top:
            table.move_cursor(0)
            self._from_top = False
        line = self.query_one("#shown", Static)
        line.update(shown_words(len(found), len(self._all), self.wanted, self.sort))
        line.set_class(self.is_narrowed or self.sort != SessionSort(), "-needed")
        self.refresh_bindings()


def shown_words(shown: int, of: int, wanted: SessionFilter, sort: SessionSort) -> Content:
    """What is shown: how many of how many, what was asked for, in which order; and what is not understood."""
    if wanted.is_empty:
        parts = [count_text(of, "session").replace(str(of), f"{of:,}")]
    else:
        parts = [f"{shown:,} of {of:,} sessions", wanted.said()]
    parts.append(sort.said())
    if not wanted.is_empty:
        parts.append("escape shows all")
    if wanted.problems:
        return Content.assemble((" ".join(wanted.problems), "$warning"), "  ", " · ".join(parts))
    return Content(" · ".join(parts))
