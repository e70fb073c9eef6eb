"""An endless stream of samples with every cue at its exact place; what asks for the samples is not its
business."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from threading import Lock

from hipcoach.audio.api import TimedSound
from hipcoach.audio.due_queue import DueQueue
from hipcoach.audio.mixer import Mixer
from hipcoach.audio.pcm import RATE
from hipcoach.audio.stream_clock import StreamClock


class CueStream:
    """Turns scheduled sounds into the samples that a device asks for block by block.

    Where a cue belongs is decided only when its block is asked for, by the map of the stream's clock as it is
    then. Safe to use from several threads.
    """

    def __init__(self, sounds: Mapping[str, array[int]]) -> None:
        self._sounds = sounds
        self._lock = Lock()
        self._queue = DueQueue()
        self._gain = 1.0
        self._mixer = Mixer(self._gain)
        self._clock = StreamClock(RATE)
        self._position = 0
        self._asked_at: float | None = None
        self._busy_until = 0.0

    @property
    def next_due(self) -> float | None:
        """When the first waiting sound is due, in monotonic seconds; None when none waits."""
        with self._lock:
            return self._queue.next_due

    @property
    def busy_until(self) -> float:
        """When the last sound that was begun will have ended, in monotonic seconds."""
        return self._busy_until

    @property
    def asked_at(self) -> float | None:
        """When samples were last asked for since `restart`, in monotonic seconds; None: not yet."""
        return self._asked_at

    def restart(self) -> None:
        """Begin a new stream, on a newly opened device; what is scheduled stays scheduled."""
        with self._lock:
            self._clock = StreamClock(RATE)
            self._mixer = Mixer(self._gain)
            self._position = 0
            self._asked_at = None

    def schedule(self, sounds: Sequence[TimedSound]) -> None:
        """Add sounds; one that is not at hand is left out."""
        with self._lock:
            self._queue.add(sound for sound in sounds if sound.name in self._sounds)

    def cancel(self) -> None:
        """Take back what waits and fade out what sounds."""
        with self._lock:
            self._queue.clear()
            self._mixer.clear(self._position)

    def set_gain(self, gain: float) -> None:
        """Set the factor on all samples, 0 to 1."""
        with self._lock:
            self._gain = gain
            self._mixer.set_gain(gain)

    def render(self, now: float, count: int) -> bytes:
        """Return the next `count` samples, asked for at `now` (monotonic seconds)."""
        with self._lock:
            start, self._asked_at = self._position, now
            self._clock.observe(start, now)
            begins, ends = self._clock.time_of(start), self._clock.time_of(start + count)
            for sound in self._queue.take(ends, begins):
                samples = self._sounds.get(sound.name)
                if samples is None:
                    continue
                self._mixer.add(max(start, round(self._clock.sample_at(sound.due))), samples)
                self._busy_until = max(self._busy_until, max(now, sound.due) + len(samples) / RATE)
            self._position = start + count
            return self._mixer.render(start, count)
