"""Threads of an event loop that can be asked whether anything is at work in them."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


class WatchedThreads(ThreadPoolExecutor):
    """To be the default executor of a loop: all of Textual's workers and `asyncio.to_thread` go by it."""

    def __init__(self) -> None:
        super().__init__()
        self.begun = 0
        """How much has been given to them so far."""
        self._unfinished: set[Future[None]] = set()

    @property
    def are_at_work(self) -> bool:
        """Whether the loop is still to hear of anything. It has what came of the rest in its queue."""
        self._unfinished = {each for each in self._unfinished if not each.done()}
        return bool(self._unfinished)

    def submit(self, call: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Do it in a thread."""
        outcome: Future[T] = Future()
        self.begun += 1
        self._unfinished.add(super().submit(_do, outcome, partial(call, *args, **kwargs)))
        return outcome


def _do(outcome: Future[T], call: Callable[[], T]) -> None:
    """Call it, and tell whoever waits for what comes of it, before the work counts as done."""
    if outcome.set_running_or_notify_cancel():
        try:
            result = call()
        except BaseException as error:  # noqa: BLE001 - raised where it is waited for
            outcome.set_exception(error)
        else:
            outcome.set_result(result)
