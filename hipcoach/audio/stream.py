"""An endless stream of samples with every cue at its exact place, and the clock that places them.

What asks for the samples is not its business.
"""

from __future__ import annotations

from array import array
from bisect import insort
from collections import deque
from operator import itemgetter
from threading import Lock

from hipcoach.audio.samples import RATE, Library, Mixer
from hipcoach.audio.sounds import LATE, TimedSound

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

    def __init__(self) -> None:
        self._offset = 0.0
        self._seen: deque[tuple[float, float]] = deque()
        """When blocks were asked for, and the offset of each."""

    def observe(self, sample: int, at: float) -> None:
        """Take note that the block beginning with `sample` was asked for at `at` (monotonic seconds)."""
        offset = at - sample / RATE
        if offset - self._offset > STALL:
            self._seen.clear()
        self._seen.append((at, offset))
        latest = list(self._seen)[-AGREEING:]
        errors = [seen - self._offset for _, seen in latest]
        if min(map(abs, errors)) > LEAP > max(errors) - min(errors):
            self._seen = deque(latest)
        while self._seen[0][0] < at - WINDOW:
            self._seen.popleft()
        self._offset = _trimmed_mean([seen for _, seen in self._seen])

    def time_of(self, sample: float) -> float:
        """Return when `sample` is asked for, in monotonic seconds; something must have been observed."""
        return self._offset + sample / RATE

    def sample_at(self, time: float) -> float:
        """Return which sample is asked for at `time` (monotonic seconds); something must have been
        observed."""
        return (time - self._offset) * RATE


class CueStream:
    """Turns scheduled sounds into the samples that a device asks for block by block.

    Where a cue belongs is decided only when its block is asked for, by the map of the stream's clock as it is
    then. Times are monotonic seconds. Safe to use from several threads.
    """

    def __init__(self, library: Library) -> None:
        self._library = library
        self._lock = Lock()
        self._waiting: list[tuple[float, array[int]]] = []
        self._clock = StreamClock()
        self._mixer = Mixer()
        self._position = 0

    def schedule(self, sound: TimedSound) -> None:
        """Add a sound."""
        samples = self._library(sound.name)
        with self._lock:
            insort(self._waiting, (sound.due, samples), key=itemgetter(0))

    def cancel(self) -> None:
        """Take back what waits and fade out what sounds."""
        with self._lock:
            self._waiting.clear()
            self._mixer.clear(self._position)

    def set_gain(self, gain: float) -> None:
        """Set the factor on all samples, 0 to 1."""
        with self._lock:
            self._mixer.gain = gain

    def render(self, now: float, count: int) -> bytes:
        """Return the next `count` samples, asked for at `now`."""
        with self._lock:
            start = self._position
            self._clock.observe(start, now)
            begins, ends = self._clock.time_of(start), self._clock.time_of(start + count)
            while self._waiting and self._waiting[0][0] <= ends:
                due, samples = self._waiting.pop(0)
                if begins - due <= LATE:
                    self._mixer.add(max(start, round(self._clock.sample_at(due))), samples)
            self._position = start + count
            return self._mixer.render(start, count)


def _trimmed_mean(values: list[float]) -> float:
    values.sort()
    fifth = len(values) // 5
    kept = values[fifth : len(values) - fifth]
    return sum(kept) / len(kept)
