"""What has to be said or asked when the app opens: safety first, then sessions that were cut off."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING

from msgspec.structs import replace

from hipcoach.errors import StorageError
from hipcoach.live.choices import NO_OVERRIDES
from hipcoach.live.services import Services
from hipcoach.ui.numbers import count_text
from hipcoach.ui.screens.choice import Answer, ChoiceScreen

if TYPE_CHECKING:
    from hipcoach.live.choices import CliOverrides
    from hipcoach.storage.journal import Found, Unfinished
    from hipcoach.ui.app import HipcoachApp

ANSWERS = (
    Answer("resume", "r", "Resume where it stopped"),
    Answer("save", "s", "Save what was done"),
    Answer("discard", "d", "Discard it"),
    Answer("later", "l", "Decide later"),
)


async def open_with(
    app: HipcoachApp, services: Services, start_with: str | None, once: CliOverrides | None
) -> None:
    """Say and ask what is due, then start the routine the command line named, if it did, with its
    choices."""
    if not services.state.safety_read:
        from hipcoach.ui.screens.safety import SafetyScreen

        if not await app.push_screen_wait(SafetyScreen(first_time=True)):
            app.exit(0)
            return
        services.remember(lambda state: replace(state, safety_read=True))
    found = await asyncio.to_thread(_look, services)
    for problem in found.problems:
        services.tell(problem)
    waiting = list(found.unfinished)
    try:
        while waiting:
            if await _ask_about(app, services, waiting.pop(0)):
                break
    finally:
        for unfinished in waiting:
            unfinished.close(remove=False)
    if found.unfinished or found.any_settled:
        app.picker.look_again()  # what has just been saved was done last
    app.tell_problems()
    if start_with is None and (kept := await asyncio.to_thread(_kept, services)):
        app.notify(kept, title="You have not saved", timeout=6, markup=False)
    if start_with is not None and app.running_session is None:
        from hipcoach.ui.starting import start_routine

        await start_routine(app, services, services.catalog.routines[start_with], once or NO_OVERRIDES)


def _look(services: Services) -> Found:
    """What was cut off. Reads files, and loads what can read them, after the picker's list is there."""
    from hipcoach.live.cut_off import find_cut_off

    return find_cut_off(services.paths)


def _kept(services: Services) -> str:
    """What was written and not saved, and how to go on with it. Reads files."""
    from hipcoach.live.drafts import NOTE, ROUTINE, drafts

    routines, notes = drafts(services, ROUTINE), drafts(services, NOTE)
    lines = [count_text(len(routines), "routine") + ": b in this list continues"] if routines else []
    lines += [count_text(len(notes), "note") + ": e on the session in the history continues"] if notes else []
    return "\n".join(lines)


async def _ask_about(app: HipcoachApp, services: Services, unfinished: Unfinished) -> bool:
    """Ask what to do with a session that was cut off. Returns whether it goes on now."""
    from hipcoach.live.cut_off import close_cut_off
    from hipcoach.ui.cut_off_words import how_far
    from hipcoach.ui.starting import take_up

    question = ChoiceScreen("An unfinished session", how_far(unfinished), ANSWERS, harmless="later")
    try:
        answer = await app.push_screen_wait(question)
    except asyncio.CancelledError:
        # The app is left over the question: the next start, also one in this process, asks again.
        unfinished.close(remove=False)
        raise
    try:
        if answer == "resume" and app.running_session is None:
            take_up(app, services, unfinished)
            return True
        close = partial(close_cut_off, services.paths, unfinished)
        await services.writer.done(partial(close, save=answer == "save", discard=answer == "discard"))
    except StorageError as error:
        app.notify(error.message, title=error.title, severity="error", timeout=12, markup=False)
    return False
