"""The one thread that writes what the user chooses and says: no disk holds up the screen or the count."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, TypeVar

from hipcoach.errors import StorageError
from hipcoach.storage.atomic import FILE_MODE, make_directory

if TYPE_CHECKING:
    from concurrent.futures import Future, ThreadPoolExecutor

LONGEST_WAIT = 30.0
"""Seconds that leaving waits for a disk to take what is still to be written."""
OTHER_WINDOW = 20.0
"""Seconds that a change waits for another window to finish its own."""

Result = TypeVar("Result")


class Writer:
    """Does the jobs that change a user's files, one after the other and in one window at a time.

    Whatever two windows may write goes through here, and each job reads its file again before it changes
    it: so no window undoes what another one wrote.
    """

    def __init__(self, lock: Path) -> None:
        """`lock`: the file that all windows of a user lock while they write."""
        self.on_done: Callable[[Future[Any]], None] = _nothing
        """Called after each job, from the thread that did it."""
        self._lock = lock
        self._thread: ThreadPoolExecutor | None = None
        self._turn = Lock()
        self._last: Future[Any] | None = None
        self._waiting: dict[str, Future[Any]] = {}

    @property
    def is_idle(self) -> bool:
        """Whether all that was asked for is done."""
        return self._last is None or self._last.done()

    def write(self, job: Callable[[], Result], once: str = "") -> Future[Result]:
        """Have a job done; returns at once.

        A job named by `once` that still waits for its turn is not queued a second time: it does all there is
        to do when its turn comes. So keys pressed fast do not make a slow disk slower.
        """
        # Late, like what else is loaded in here: most of what is started writes nothing for long.
        from concurrent.futures import ThreadPoolExecutor

        with self._turn:
            waiting = self._waiting.get(once)
            if waiting is not None:
                return waiting
            if self._thread is None:
                self._thread = ThreadPoolExecutor(1, "writer")
            future = self._thread.submit(self._do, job, once)
            if once:
                self._waiting[once] = future
            self._last = future
        future.add_done_callback(self.on_done)
        return future

    async def done(self, job: Callable[[], Result]) -> Result:
        """Have a job done and wait for it; it is done even if nobody waits for it any more."""
        return await result_of(self.write(job))

    def wait(self, seconds: float = LONGEST_WAIT) -> bool:
        """Wait until all that was asked for by now is done. Returns whether it is. Not for the event loop."""
        last = self._last
        if last is None:
            return True
        from concurrent.futures import wait

        return last in wait([last], seconds).done

    def _do(self, job: Callable[[], Result], once: str) -> Result:
        with self._turn:
            self._waiting.pop(once, None)
        with _in_no_other_window(self._lock):
            return job()


async def result_of(future: Future[Result]) -> Result:
    """Wait for a job that was asked for, without the event loop waiting too."""
    import asyncio

    return await asyncio.shield(asyncio.wrap_future(future))


@contextmanager
def _in_no_other_window(path: Path) -> Iterator[None]:
    """Hold the lock that keeps other windows from writing meanwhile.

    Where there can be no lock, or another window was stopped while it held it, the job is done without: a
    change that is lost for certain is worse than one that another window might undo.
    """
    from filelock import FileLock, Timeout

    lock = FileLock(path, timeout=OTHER_WINDOW, mode=FILE_MODE)
    try:
        make_directory(path.parent)
        lock.acquire(poll_interval=0.01)
    except (Timeout, OSError, NotImplementedError, StorageError):
        yield
        return
    try:
        yield
    finally:
        lock.release()


def _nothing(_future: Future[Any]) -> None:
    """Do nothing."""
