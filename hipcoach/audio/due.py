"""Sounds that wait for their moment: a queue, and a thread that calls back when each is due."""

from __future__ import annotations

import heapq
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext
from threading import Condition, Thread

from hipcoach.audio.sounds import TimedSound

LATE = 0.06
"""Seconds after which a cue is worse than none and is dropped: a late beep misleads, a missing one does
not."""

_NEAR = 0.004
"""Seconds before the moment at which waiting on the condition, which may oversleep, gives way to short
sleeps."""

_NAP = 0.0005


class DueQueue:
    """Scheduled sounds in the order in which they are due; times in monotonic seconds."""

    def __init__(self) -> None:
        self._heap: list[tuple[float, int, str]] = []
        self._added = 0

    def __len__(self) -> int:
        return len(self._heap)

    @property
    def next_due(self) -> float | None:
        """When the first of them is due; None when there is none."""
        return self._heap[0][0] if self._heap else None

    def add(self, sounds: Iterable[TimedSound]) -> None:
        """Put these in their places; of two due together the one added first comes first."""
        for sound in sounds:
            self._added += 1
            heapq.heappush(self._heap, (sound.due, self._added, sound.name))

    def clear(self) -> None:
        """Forget all of them."""
        self._heap.clear()

    def take(self, until: float, now: float) -> list[TimedSound]:
        """Remove and return those due by `until`, without those that are late at `now` by more than
        `LATE`."""
        taken = []
        while self._heap and self._heap[0][0] <= until:
            due, _, name = heapq.heappop(self._heap)
            if now - due <= LATE:
                taken.append(TimedSound(name, due))
        return taken


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
        self._generation = 0
        self._queue = DueQueue()
        self._changed = Condition()
        self._closed = False
        self._thread = Thread(target=self._run, name="sounds due", daemon=True)
        self._thread.start()

    @property
    def waiting(self) -> int:
        """How many sounds are not yet due."""
        return len(self._queue)

    def close(self) -> None:
        """End the thread; nothing is called any more. Not to be called from `fire`."""
        with self._changed:
            self._closed = True
            self._changed.notify()
        self.cancel()
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
                wait = None if due is None else due - time.monotonic()
                if wait is None or wait > _NEAR:
                    self._changed.wait(None if wait is None else wait - _NEAR)
                    continue
            if wait > 0:
                time.sleep(min(wait, _NAP))
                continue
            with self._changed:
                now = time.monotonic()
                sounds, generation = self._queue.take(now, now), self._generation
            for sound in sounds:
                with self._guard:
                    if generation == self._generation:
                        self._fire(sound.name)
