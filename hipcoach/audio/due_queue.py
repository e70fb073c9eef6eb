"""Sounds waiting for their moment."""

from __future__ import annotations

import heapq
from collections.abc import Iterable

from hipcoach.audio.api import TimedSound

LATE = 0.06
"""Seconds after which a cue is worse than none and is dropped: a late beep misleads, a missing one does
not."""


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
