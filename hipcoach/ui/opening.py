"""What has to be said or asked when the app opens: safety first, then sessions that were cut off."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from hipcoach.core.choices import Choices
from hipcoach.errors import StorageError
from hipcoach.storage.recovery import Found, Unfinished, find_unfinished
from hipcoach.storage.session_log import save_record
from hipcoach.ui.format import clock_text, count_text
from hipcoach.ui.screens.choice import Answer, ChoiceScreen
from hipcoach.ui.screens.safety import SafetyScreen
from hipcoach.ui.services import Services
from hipcoach.ui.starting import start_routine, take_up

if TYPE_CHECKING:
    from hipcoach.ui.app import HipcoachApp

ANSWERS = (
    Answer("later", "l", "Decide later"),
    Answer("resume", "r", "Resume where it stopped"),
    Answer("save", "s", "Save what was done"),
    Answer("discard", "d", "Discard it"),
)


async def open_with(
    app: HipcoachApp, services: Services, start_with: str | None, choices: Choices | None
) -> None:
    """Say and ask what is due, then start the routine the command line named, if it did."""
    if not services.memory.safety_read:
        if not await app.push_screen_wait(SafetyScreen(first_time=True)):
            app.exit(0)
            return
        services.remember(replace(services.memory, safety_read=True))
    found = await asyncio.to_thread(_find, services)
    services.problems.extend(found.problems)
    for unfinished in found.unfinished:
        if await _ask_about(app, services, unfinished):
            break
    for problem in services.problems:
        app.notify(problem, title="Please note", severity="warning", timeout=12, markup=False)
    services.problems.clear()
    if start_with is not None and app.running_session is None:
        await start_routine(app, services, services.catalog.routines[start_with], choices)


def _find(services: Services) -> Found:
    """Look for sessions that were cut off. One that had ended only lacks its log file: it gets that now."""
    found = find_unfinished(services.paths.journals)
    waiting = []
    for unfinished in found.unfinished:
        if unfinished.ended:
            with suppress(StorageError):
                save_record(services.paths.sessions, unfinished.record())
                unfinished.close(remove=True)
                continue
        waiting.append(unfinished)
    return Found(tuple(waiting), found.problems)


async def _ask_about(app: HipcoachApp, services: Services, unfinished: Unfinished) -> bool:
    """Ask what to do with a session that was cut off. Returns whether it goes on now."""
    record = unfinished.record()
    done = sum(1 for step in record.steps if step.done_seconds > 0)
    text = (
        f"{record.title}, begun {record.started:%A %d %B at %H:%M}, was cut off after "
        f"{clock_text(record.active_seconds)}: {done} of {count_text(len(record.steps), 'set')} done."
    )
    answer = await app.push_screen_wait(ChoiceScreen("An unfinished session", text, ANSWERS))
    try:
        if answer == "resume":
            take_up(app, services, unfinished)
            return True
        if answer == "save":
            save_record(services.paths.sessions, record)
        unfinished.close(remove=answer in ("save", "discard"))
    except StorageError as error:
        app.notify(error.message, title=error.title, severity="error", timeout=12, markup=False)
    return False
