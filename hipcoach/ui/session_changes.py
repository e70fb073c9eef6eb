"""Changing what a logged session says of itself: its note and its ratings, asked for and saved."""

from __future__ import annotations

import asyncio
from typing import Any

from textual.screen import Screen

from hipcoach.errors import StorageError
from hipcoach.live.services import Services
from hipcoach.storage.session_edits import save_ratings
from hipcoach.storage.session_log import save_note
from hipcoach.ui.screens.discomfort import DiscomfortScreen
from hipcoach.ui.screens.note_editor import NoteEditor

BEFORE = "Discomfort before this session?"
AFTER = "Discomfort after this session?"
Ratings = tuple[int | None, int | None]
"""Before and after."""


async def change_note(screen: Screen[Any], services: Services, session: str, note: str) -> str | None:
    """Ask for a session's note and save it; None where it stays as it was. Call from a worker."""
    wanted = await screen.app.push_screen_wait(NoteEditor(note))
    if wanted is None:
        return None
    try:
        await asyncio.to_thread(save_note, services.paths.sessions, session, wanted)
    except StorageError as error:
        screen.notify(error.message, title="The note was not saved", severity="error", markup=False)
        return None
    return wanted


async def change_ratings(
    screen: Screen[Any], services: Services, session: str, ratings: Ratings
) -> Ratings | None:
    """The same for how it felt before and after."""
    before = await screen.app.push_screen_wait(DiscomfortScreen(BEFORE, ratings[0]))
    if before is None:
        return None
    after = await screen.app.push_screen_wait(DiscomfortScreen(AFTER, ratings[1]))
    if after is None or (before.value, after.value) == ratings:
        return None
    try:
        await asyncio.to_thread(save_ratings, services.paths.sessions, session, before.value, after.value)
    except StorageError as error:
        screen.notify(error.message, title="The ratings were not saved", severity="error", markup=False)
        return None
    return before.value, after.value
