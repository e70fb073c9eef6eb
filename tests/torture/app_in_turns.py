"""The real app for callers that are no coroutines: it goes on only while a turn of theirs takes it on."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from contextlib import AsyncExitStack
from typing import Any, TypeVar

from textual.command import CommandPalette
from textual.screen import Screen

from hipcoach.live.services import Services
from tests.torture.watched_threads import WatchedThreads
from tests.ui.support import Coach, coach
from tests.ui.taking_in import is_over

T = TypeVar("T")


class AppInTurns:
    """One app after the other, on an event loop of its own. Must be closed.

    Textual keeps the app in context variables: all turns share one context, as `asyncio.Runner` has it.
    """

    def __init__(self) -> None:
        self._runner = asyncio.Runner()
        self._threads = WatchedThreads()
        self._runner.get_loop().set_default_executor(self._threads)
        self._open = AsyncExitStack()
        self._it: Coach | None = None

    @property
    def it(self) -> Coach:
        """The app that is open."""
        assert self._it is not None
        return self._it

    @property
    def is_open(self) -> bool:
        """Whether there is one."""
        return self._it is not None

    def take(self, turn: Coroutine[Any, Any, T]) -> T:
        """Let the app run until this is done.

        Raises:
            Exception: what broke the app, rather than what followed from that.
        """
        try:
            return self._runner.run(turn)
        finally:
            if self._it is not None and self._it.app._exception is not None:
                raise self._it.app._exception

    def open(self, services: Services, size: tuple[int, int], on: type[Screen[Any]]) -> None:
        """Open an app; the one before must have been left."""
        self._it = self.take(self._open.enter_async_context(coach(services, size=size, on=on)))
        self.rest()

    def rest(self) -> None:
        """Let the app take in everything, also what comes of threads, and what the palette looks for."""
        self.take(self._rest(self.it))

    async def _rest(self, it: Coach) -> None:
        await it.settle()
        begun = -1
        # What a thread has come to is taken in only after the thread has done, and may begin another.
        while begun != self._threads.begun:
            begun = self._threads.begun
            await it.until(lambda: is_over(it.app) or not self._is_at_work(it), "the threads and the palette")
            await it.settle()

    def _is_at_work(self, it: Coach) -> bool:
        looking = (each for each in it.app.workers if each.group == CommandPalette._GATHER_COMMANDS_GROUP)
        return self._threads.are_at_work or not all(each.is_finished for each in looking)

    def leave(self) -> None:
        """Take the app down.

        Raises:
            Exception: what broke it, if it was broken.
        """
        self._it = None
        self.take(self._open.aclose())

    def close(self) -> None:
        """Let go of the event loop, whatever still runs on it."""
        self._runner.close()
