"""What can be done with the session under the cursor: open, note, rate, do it again, delete and undo."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING, cast

from textual import work
from textual.binding import Binding
from textual.screen import Screen

from hipcoach.core.history.record import SessionEntry, SessionRecord
from hipcoach.core.text import plain
from hipcoach.errors import StorageError
from hipcoach.live.choices import choices_again
from hipcoach.live.services import Services
from hipcoach.storage.removed import last_removed, put_back, set_aside
from hipcoach.ui.key_words import key_words
from hipcoach.ui.screens.session_detail import SessionDetailScreen, Wish
from hipcoach.ui.session_changes import change_note, change_ratings
from hipcoach.ui.starting import start_routine
from hipcoach.ui.widgets.session_row import short_day

if TYPE_CHECKING:
    from hipcoach.ui.app import HipcoachApp

ON_SESSIONS = frozenset({"edit_note", "rate", "again", "delete"})
"""Actions that need a session."""


class SessionActions(Screen[None]):
    """A screen with a session under its cursor."""

    services: Services

    def __init__(self) -> None:
        super().__init__()
        self._undoing = asyncio.Lock()

    @property
    def chosen(self) -> SessionEntry | None:
        """The session that actions are about; None where there is none."""
        raise NotImplementedError

    def read_again(self, then_on: str | None = None) -> None:
        """Read the log again, since it has changed; put the cursor on that session, where it is named."""
        raise NotImplementedError

    @work(exclusive=True, group="open")
    async def open_session(self) -> None:
        """Show the session, and do what is wished there."""
        entry = self.chosen
        if entry is None:
            return
        try:
            record = await asyncio.to_thread(self.services.load_record, entry.id)
        except StorageError as error:
            self.notify(error.message, title="The session cannot be opened", severity="error", markup=False)
            return
        if not self.is_current:
            return
        wish = await self.app.push_screen_wait(SessionDetailScreen(self.services, record))
        if wish is Wish.DELETE:
            await self._delete(entry)
        elif wish is Wish.AGAIN:
            await self._again(entry)

    @work(exclusive=True, group="change")
    async def action_edit_note(self) -> None:
        """Ask for the note and save it."""
        entry = self.chosen
        if entry is not None and await change_note(self, self.services, entry) is not None:
            self.read_again()

    @work(exclusive=True, group="change")
    async def action_rate(self) -> None:
        """Ask how it felt and save that."""
        entry = self.chosen
        if entry is not None and await change_ratings(self, self.services, entry) is not None:
            self.read_again()

    @work(exclusive=True, group="start")
    async def action_again(self) -> None:
        """Start its routine with its choices."""
        entry = self.chosen
        if entry is not None:
            await self._again(entry)

    @work(group="delete")
    async def action_delete(self) -> None:
        """Take it out of the log."""
        entry = self.chosen
        if entry is not None:
            await self._delete(entry)

    @work(group="delete")
    async def action_undo(self) -> None:
        """Bring back what was deleted last; what cannot come back now is tried again last."""
        # Pressed twice, it is two sessions that come back, and not twice the same.
        async with self._undoing:
            await self._undo()

    async def _undo(self) -> None:
        deleted, paths = self.services.deleted, self.services.paths
        of_this_run = deleted.pop() if deleted else None
        try:
            removed = of_this_run or await asyncio.to_thread(
                last_removed, paths.sessions, paths.removed_sessions
            )
            if removed is None:
                return
            await self.services.writer.done(partial(put_back, removed))
        except StorageError as error:
            if of_this_run is not None:
                deleted.insert(0, of_this_run)
            self.notify(error.message, title="It cannot be brought back", severity="error", markup=False)
            return
        # "u brings it back" holds no more.
        self.app.clear_notifications()
        name = removed.moves[0][1].stem
        if of_this_run is None:
            await self._tell_what_came_back(name)
        self.read_again(then_on=name)
        self.refresh_bindings()

    async def _tell_what_came_back(self, name: str) -> None:
        """Name a session that was deleted so long ago that nobody knows any more which it was."""
        try:
            record = await asyncio.to_thread(self.services.load_record, name)
        except StorageError:
            return  # the history says what is wrong with it
        self.notify(self._name_of(record), title="Brought back", markup=False)

    def _name_of(self, session: SessionEntry | SessionRecord) -> str:
        day = short_day(session.day, self.services.today)
        return f"{plain(session.title)}, {day} {session.started:%H:%M}"

    async def _delete(self, entry: SessionEntry) -> None:
        try:
            paths = self.services.paths
            deletion = partial(set_aside, paths.sessions, entry.id, paths.removed_sessions)
            removed = await self.services.writer.done(deletion)
        except StorageError as error:
            self.notify(error.message, title="It was not deleted", severity="error", markup=False)
            return
        self.services.deleted.append(removed)
        self.read_again()
        self.refresh_bindings()
        text = f"{self._name_of(entry)}. {self._undo_key()} brings it back."
        self.notify(text, title="Deleted", timeout=12, markup=False)

    async def _again(self, entry: SessionEntry) -> None:
        routine = self.services.catalog.routines.get(entry.routine)
        if routine is None:
            text = f"{plain(entry.title)} is no longer among the routines. What was done stays here."
            self.notify(text, title="It cannot be done again", severity="warning", markup=False)
            return
        try:
            record = await asyncio.to_thread(self.services.load_record, entry.id)
        except StorageError as error:
            self.notify(error.message, title="The session cannot be read", severity="error", markup=False)
            return
        services = self.services
        choices = choices_again(routine, record, services.state, services.settings)
        await start_routine(cast("HipcoachApp", self.app), services, routine, chosen=choices)

    def _undo_key(self) -> str:
        binding = next(each for each in self.BINDINGS if isinstance(each, Binding) and each.action == "undo")
        return key_words(self.app, binding, self.services.settings.keys.get(binding.id or ""))
