"""Sounds through simpleaudio: each started at the moment it is due."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from threading import Lock

from hipcoach.audio.api import TimedSound
from hipcoach.audio.due_loop import DueLoop
from hipcoach.audio.outputs.output import Failed, OutputError
from hipcoach.audio.pcm import RATE, scaled


class SimpleaudioOutput:
    """Starts sounds one by one from a loop that waits precisely.

    Raises:
        OutputError: simpleaudio is not installed, or it has no device.
    """

    detail = "simpleaudio"

    def __init__(self, sounds: Mapping[str, array[int]], failed: Failed) -> None:
        try:
            import simpleaudio
        except ImportError as error:
            raise OutputError(f"simpleaudio cannot be loaded: {error}.") from error
        self._simpleaudio = simpleaudio
        self._sounds = sounds
        self._failed = failed
        self._gain = 1.0
        self._buffers: dict[str, bytes] = {}
        self._guard = Lock()
        try:
            # There is no other way to ask whether it has a device than to play: here 10 ms of silence.
            simpleaudio.play_buffer(bytes(RATE // 100 * 2), 1, 2, RATE).wait_done()
        except simpleaudio.SimpleaudioError as error:
            raise OutputError(f"simpleaudio finds no sound device ({error}).") from error
        self._load()
        self._loop = DueLoop(self._fire, self._guard)
        self._loop.start()

    def schedule(self, sounds: Sequence[TimedSound]) -> None:
        """Add sounds."""
        self._loop.schedule(sounds)

    def cancel(self) -> None:
        """Take back what waits and stop what sounds."""
        with self._guard:
            self._loop.cancel()
            self._simpleaudio.stop_all()

    def set_gain(self, gain: float) -> None:
        """Set the factor on all samples; what sounds already goes on as it is, or stops at 0."""
        with self._guard:
            self._gain = gain
            self._load()
            if gain == 0.0:
                self._simpleaudio.stop_all()

    def close(self) -> None:
        """Stop everything."""
        self._loop.close()
        self._simpleaudio.stop_all()

    def _load(self) -> None:
        self._buffers = {
            name: scaled(samples, self._gain).tobytes() for name, samples in self._sounds.items()
        }

    def _fire(self, name: str) -> None:
        if self._gain == 0.0 or name not in self._buffers:
            return
        try:
            self._simpleaudio.play_buffer(self._buffers[name], 1, 2, RATE)
        except self._simpleaudio.SimpleaudioError as error:
            self._failed(f"simpleaudio cannot play any more ({error}).")
