"""The map between the samples of an open stream and the computer's monotonic clock."""

from __future__ import annotations

from collections import deque

WINDOW = 3.0
"""Seconds of observations the map rests on.

At 500 parts per million the middle of the window is 0.75 ms behind: far below what an ear can tell.
"""

LEAP = 0.04
"""Seconds by which several observations in a row must be off for the stream to count as interrupted."""

STALL = 0.15
"""Seconds by which a single late observation shows an interruption: more than the stream's buffer can
bridge."""

AGREEING = 3
"""How many observations in a row must be off by `LEAP`."""


class StreamClock:
    """Estimates when each sample of a stream is asked for, from the moments at which blocks were asked for.

    A sound card's clock differs from the computer's by up to a few hundred parts per million, blocks are
    asked for with jitter and sometimes in bursts, and after an interruption the stream goes on later than
    before. So the offset between sample count and clock is taken anew with every block, as the mean of the
    last seconds without its outer fifths, and found afresh after an interruption. The latency between
    asking and hearing is constant and not part of it.
    """

    def __init__(self, rate: int) -> None:
        self._rate = rate
        self._seen: deque[tuple[float, float]] = deque()
        self._odd: list[tuple[float, float]] = []
        self._offset: float | None = None

    @property
    def running(self) -> bool:
        """Whether anything has been observed yet."""
        return self._offset is not None

    def observe(self, sample: int, at: float) -> None:
        """Take note that the block beginning with `sample` was asked for at `at` (monotonic seconds)."""
        offset = at - sample / self._rate
        if self._offset is not None and self._interrupted(at, offset):
            self._seen = deque(self._odd)
            self._odd = []
        else:
            self._seen.append((at, offset))
        while self._seen[0][0] < at - WINDOW:
            self._seen.popleft()
        self._offset = _trimmed_mean([seen for _, seen in self._seen])

    def time_of(self, sample: float) -> float:
        """Return when `sample` is asked for, in monotonic seconds; something must have been observed."""
        return (self._offset or 0.0) + sample / self._rate

    def sample_at(self, time: float) -> float:
        """Return which sample is asked for at `time` (monotonic seconds); something must have been
        observed."""
        return (time - (self._offset or 0.0)) * self._rate

    def _interrupted(self, at: float, offset: float) -> bool:
        error = offset - (self._offset or 0.0)
        if abs(error) < LEAP:
            self._odd = []
            return False
        self._odd.append((at, offset))
        return error > STALL or (
            len(self._odd) >= AGREEING and max(o for _, o in self._odd) - min(o for _, o in self._odd) < LEAP
        )


def _trimmed_mean(values: list[float]) -> float:
    values.sort()
    fifth = len(values) // 5
    kept = values[fifth : len(values) - fifth]
    return sum(kept) / len(kept)
