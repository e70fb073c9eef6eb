"""Changing what a logged session says of itself: its note and its ratings, asked for and written."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import Any

from textual.screen import Screen

from hipcoach.core.history.record import SessionEntry, SessionRecord
from hipcoach.live.drafts import NOTE, continued
from hipcoach.live.services import Services
from hipcoach.storage.session_log import Said
from hipcoach.ui.screens.discomfort import DiscomfortScreen
from hipcoach.ui.screens.note_editor import NoteEditor

BEFORE = "Discomfort before this session?"
AFTER = "Discomfort after this session?"


async def change_note(
    screen: Screen[Any], services: Services, session: SessionRecord | SessionEntry
) -> Said | None:
    """Ask for a session's note and write it. Returns what the session says then; None where it stays as it
    was. Call from a worker."""
    draft = await asyncio.to_thread(continued, services, NOTE + session.id)
    note = await screen.app.push_screen_wait(NoteEditor(session.note, draft, services.today))
    said = None
    if note is not None:
        said = await services.writer.done(partial(services.edit, session, {"note": note}))
    draft.drop()
    return said


async def change_ratings(
    screen: Screen[Any], services: Services, session: SessionRecord | SessionEntry
) -> Said | None:
    """The same for how it felt before and after."""
    ratings = (session.discomfort_before, session.discomfort_after)
    before = await screen.app.push_screen_wait(DiscomfortScreen(BEFORE, ratings[0]))
    if before is None:
        return None
    after = await screen.app.push_screen_wait(DiscomfortScreen(AFTER, ratings[1]))
    if after is None or (before.value, after.value) == ratings:
        return None
    said = {"discomfort_before": before.value, "discomfort_after": after.value}
    return await services.writer.done(partial(services.edit, session, said))
