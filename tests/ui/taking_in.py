"""Keys for a running app, and waiting until it has taken in what there was for it.

Pilot's own ways wait for an idle processor, which a busy machine is long in coming to, and in vain for
widgets that are removed meanwhile.
"""

from __future__ import annotations

import asyncio
from collections import deque
from typing import Any

from textual import events
from textual._queue import Queue
from textual.app import App
from textual.message import Message
from textual.message_pump import MessagePump

from tests.ui.sparing import draw

PATIENCE = 30.0
"""Seconds until a condition that was waited for counts as failed."""
MOST_DRAWINGS = 20
"""Of `settle`: what moves by itself, such as a running session, need never come to rest."""
SHORT_TURNS = 200
"""Turns of the event loop after which a busy app is looked at less often."""
SIGNS = {
    "space": " ",
    "slash": "/",
    "plus": "+",
    "equals_sign": "=",
    "minus": "-",
    "question_mark": "?",
    "exclamation_mark": "!",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "enter": "\r",
    "tab": "\t",
}
"""What a key writes, where that is not its name."""
NAMES = {sign: name for name, sign in SIGNS.items() if sign.isprintable()}


async def press(app: App[Any], *keys: str) -> None:
    """Press keys, each by its name or as the sign it writes, and let the app take each in."""
    for key in keys:
        send(app, key)
        await settle(app)


def send(app: App[Any], key: str) -> None:
    """Press a key and do not wait for anything, as whoever types fast."""
    name = NAMES.get(key, key)
    app.post_message(events.Key(name, SIGNS.get(name, name if len(name) == 1 else None)))


async def settle(app: App[Any]) -> None:
    """Let the app, its screen and its widgets take in what waits for them, until nothing does; and draw."""
    await asyncio.sleep(0)
    for _ in range(MOST_DRAWINGS):
        await _come_to_rest(app)
        if is_over(app):
            return
        app.screen._on_timer_update()
        draw(app.screen)
        if not app.screen._callbacks and not _busy(app):
            return


def is_over(app: App[Any]) -> bool:
    """Whether the app is on its way out, so that nothing need be taken in any more."""
    return app._exit or app._closing or app._exception is not None


def _busy(app: App[Any]) -> list[MessagePump]:
    """Who has something to take in, or is at it. What is being removed need not be waited for."""
    return [each for each in (app, *app.screen.walk_children(with_self=True)) if not _is_idle(each)]


def _is_idle(pump: MessagePump) -> bool:
    if pump._closing or pump._closed:
        return True
    queue: Queue[Message | None] = pump._message_queue
    # Nothing waits for it, and it waits for something: it is not in the midst of taking in the last.
    waiters: deque[asyncio.Future[bool]] = queue.ready_event._waiters
    return queue.empty() and any(not each.done() for each in waiters) and not pump._next_callbacks


async def _come_to_rest(app: App[Any]) -> None:
    """Wait until nobody has anything to take in, and nothing that was begun, such as a worker, can go on."""
    loop = asyncio.get_running_loop()
    end = loop.time() + PATIENCE
    turns = 0
    while not is_over(app) and ((busy := _busy(app)) or loop._ready):  # type: ignore[attr-defined]  # asyncio's own
        if loop.time() > end:
            state = {name: getattr(app, name) for name in ("_running", "_closed", "_return_code")}
            waits: int = app._message_queue.qsize()
            raise AssertionError(
                f"{busy} take nothing in; the first: {busy[0]._task if busy else None}; {state}; {waits}"
            )
        turns += 1
        await asyncio.sleep(0 if turns < SHORT_TURNS else 0.002)
