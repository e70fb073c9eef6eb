"""Sounds through simpleaudio: each started at the moment it is due."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence
from threading import Lock

from hipcoach.audio.api import TimedSound
from hipcoach.audio.due_loop import DueLoop
from hipcoach.audio.outputs.output import Failed, OutputError
from hipcoach.audio.pcm import RATE, scaled

LEAD = 0.04
"""Seconds of silence before every sound: a server may swallow the first 15 ms of a stream that is opened
anew, as each is here. As all sounds have it, it is a constant latency."""

_SILENCE = bytes(2 * round(LEAD * RATE))


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
            # There is no other way to ask whether it has a device than to play: here 10 ms of silence. To
            # wait for their end would take as long as the device holds sound in advance, maybe seconds.
            simpleaudio.play_buffer(bytes(RATE // 100 * 2), 1, 2, RATE).stop()
        except Exception as error:
            # All that it can be: simpleaudio's own kind of error has a name in a private module alone.
            raise OutputError(f"simpleaudio finds no sound device ({error}).") from error
        self._prepare(sounds)
        self._loop = DueLoop(self._fire, self._guard)
        self._loop.start()

    def schedule(self, sounds: Sequence[TimedSound]) -> None:
        """Add sounds."""
        with self._guard:
            self._prepare(sound.name for sound in sounds)
        self._loop.schedule(sounds)

    def cancel(self) -> None:
        """Take back what waits and stop what sounds."""
        with self._guard:
            self._loop.cancel()
            self._simpleaudio.stop_all()

    def rest(self) -> None:
        """Do nothing: a device is held only while something sounds."""

    def set_gain(self, gain: float) -> None:
        """Set the factor on all samples; what sounds already goes on as it is, or stops at 0."""
        with self._guard:
            self._gain = gain
            names = [name for name in self._buffers if name in self._sounds]
            self._buffers.clear()
            self._prepare(names)
            if gain == 0.0:
                self._simpleaudio.stop_all()

    def close(self) -> None:
        """Stop everything."""
        self._loop.close()
        self._simpleaudio.stop_all()

    def _prepare(self, names: Iterable[str]) -> None:
        """Have the bytes ready that will be played, since there is no time for it when a sound is due."""
        for name in names:
            samples = self._sounds.get(name)
            if samples is not None and name not in self._buffers:
                self._buffers[name] = _SILENCE + scaled(samples, self._gain).tobytes()

    def _fire(self, name: str) -> None:
        if self._gain == 0.0 or name not in self._buffers:
            return
        try:
            self._simpleaudio.play_buffer(self._buffers[name], 1, 2, RATE)
        except Exception as error:  # noqa: BLE001  as above
            self._failed(f"simpleaudio cannot play any more ({error}).")
