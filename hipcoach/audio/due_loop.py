"""Calls back at the moment each sound is due, for what can only be told "play this now"."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from threading import Condition, Thread

from hipcoach.audio.api import TimedSound
from hipcoach.audio.due_queue import DueQueue

_NEAR = 0.004
"""Seconds before the moment at which waiting on the condition, which may oversleep, gives way to short
sleeps."""

_NAP = 0.0005


class DueLoop:
    """A thread that waits without using the processor and calls `fire(name)` when a sound is due.

    `guard` is held during the call. Whoever holds it while cancelling can be sure that nothing cancelled is
    called for afterwards.
    """

    def __init__(
        self, fire: Callable[[str], None], guard: AbstractContextManager[object] | None = None
    ) -> None:
        self._fire = fire
        self._guard = guard or nullcontext()
        self._clock = time.monotonic
        self._generation = 0
        self._queue = DueQueue()
        self._changed = Condition()
        self._closed = False
        self._thread = Thread(target=self._run, name="sounds due", daemon=True)

    @property
    def waiting(self) -> int:
        """How many sounds are not yet due."""
        return len(self._queue)

    def start(self) -> None:
        """Begin to wait."""
        self._thread.start()

    def close(self) -> None:
        """End the thread; nothing is called any more. Not to be called from `fire`."""
        with self._changed:
            self._closed = True
            self._queue.clear()
            self._generation += 1
            self._changed.notify()
        if self._thread.is_alive():
            # Bounded, in case what is called back waits for the very thread that closes.
            self._thread.join(0.2)

    def schedule(self, sounds: Sequence[TimedSound]) -> None:
        """Add sounds."""
        with self._changed:
            self._queue.add(sounds)
            self._changed.notify()

    def cancel(self) -> None:
        """Forget all sounds that have not been called for."""
        with self._changed:
            self._queue.clear()
            self._generation += 1

    def _run(self) -> None:
        while True:
            with self._changed:
                if self._closed:
                    return
                due = self._queue.next_due
                wait = None if due is None else due - self._clock()
                if wait is None or wait > _NEAR:
                    self._changed.wait(None if wait is None else wait - _NEAR)
                    continue
            if wait > 0:
                time.sleep(min(wait, _NAP))
                continue
            with self._changed:
                now = self._clock()
                sounds, generation = self._queue.take(now, now), self._generation
            for sound in sounds:
                with self._guard:
                    if generation == self._generation:
                        self._fire(sound.name)
