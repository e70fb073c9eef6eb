"""What has to be said or asked when the app opens: safety first, then sessions that were cut off."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from hipcoach.core.choices import Choices
from hipcoach.core.record import Outcome
from hipcoach.errors import StorageError
from hipcoach.paths import AppPaths
from hipcoach.storage.atomic import remove_leftovers
from hipcoach.storage.recovery import Found, Unfinished, find_unfinished, remove_stray_locks
from hipcoach.storage.session_log import is_saved, save_record
from hipcoach.ui.format import clock_text, count_text
from hipcoach.ui.screens.choice import Answer, ChoiceScreen
from hipcoach.ui.screens.safety import SafetyScreen
from hipcoach.ui.services import Services
from hipcoach.ui.starting import start_routine, take_up

if TYPE_CHECKING:
    from hipcoach.ui.app import HipcoachApp

LEFTOVER_AGE = 3600.0
"""Seconds after which a temporary file is no longer somebody's work in progress."""
ANSWERS = (
    Answer("resume", "r", "Resume where it stopped"),
    Answer("save", "s", "Save what was done"),
    Answer("discard", "d", "Discard it"),
    Answer("later", "l", "Decide later"),
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
    waiting = list(found.unfinished)
    while waiting:
        if await _ask_about(app, services, waiting.pop(0)):
            break
    for unfinished in waiting:
        unfinished.close(remove=False)
    # What has just been saved was done last; the picker may have read the log before.
    app.picker.on_screen_resume()
    if services.problems:
        first, *more = services.problems
        others = f" (and {len(more)} more: see 'hipcoach doctor')" if more else ""
        app.notify(f"{first}{others}", title="Please note", severity="warning", timeout=12, markup=False)
    services.problems.clear()
    if start_with is not None and app.running_session is None:
        await start_routine(app, services, services.catalog.routines[start_with], choices)


def _find(services: Services) -> Found:
    """Clear away what killed processes left, then look for sessions that were cut off."""
    paths = services.paths
    old = time.time() - LEFTOVER_AGE
    for directory in (paths.sessions, paths.state):
        remove_leftovers(directory, old)
    remove_stray_locks(paths.journals, old)
    found = find_unfinished(paths.journals)
    waiting: list[Unfinished] = []
    problems = list(found.problems)
    for unfinished in found.unfinished:
        if unfinished.ended or is_saved(paths.sessions, unfinished.header.id):
            problems.extend(_finish(paths, unfinished))
        else:
            waiting.append(unfinished)
    return Found(tuple(waiting), tuple(problems))


def _finish(paths: AppPaths, unfinished: Unfinished) -> Iterator[str]:
    """A session that had ended lacks its log file, or only still has its journal: put both right."""
    try:
        save_record(paths.sessions, unfinished.record())
        unfinished.close(remove=True)
    except StorageError as error:
        unfinished.lock.release()
        when = f"{unfinished.header.started:%d %B, %H:%M}"
        yield f"The session of {when} still waits in its journal: {error.message}"


async def _ask_about(app: HipcoachApp, services: Services, unfinished: Unfinished) -> bool:
    """Ask what to do with a session that was cut off. Returns whether it goes on now."""
    record = unfinished.record()
    done = sum(1 for step in record.steps if step.outcome is Outcome.DONE)
    begun = sum(1 for step in record.steps if step.outcome is Outcome.PARTIAL)
    text = (
        f"{record.title}, begun {record.started:%A %d %B at %H:%M}, was cut off after "
        f"{clock_text(record.active_seconds)}: {done} of {count_text(len(record.steps), 'set')} done"
        f"{f', {begun} in part' if begun else ''}."
    )
    answer = await app.push_screen_wait(
        ChoiceScreen("An unfinished session", text, ANSWERS, harmless="later")
    )
    try:
        if answer == "resume":
            take_up(app, services, unfinished)
            return True
        if answer == "save":
            save_record(services.paths.sessions, record)
        unfinished.close(remove=answer in ("save", "discard"))
    except StorageError as error:
        unfinished.lock.release()
        app.notify(error.message, title=error.title, severity="error", timeout=12, markup=False)
    return False
