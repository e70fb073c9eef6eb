"""Sounds through simpleaudio: each started at the moment it is due."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping

from hipcoach.audio.outputs.output import Failed, OneByOneOutput, OutputError
from hipcoach.audio.pcm import RATE, scaled

LEAD = 0.04
"""Seconds of silence before every sound: a server may swallow the first 15 ms of a stream that has just been
opened, as each is here. As all sounds have it, it is a constant latency."""

_SILENCE = bytes(2 * round(LEAD * RATE))


class SimpleaudioOutput(OneByOneOutput):
    """Plays buffers that are ready before they are due.

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
        self._buffers: dict[str, bytes] = {}
        try:
            # There is no other way to ask whether it has a device than to play: here 10 ms of silence. To
            # wait for their end would take as long as the device holds sound in advance, maybe seconds.
            simpleaudio.play_buffer(bytes(RATE // 100 * 2), 1, 2, RATE).stop()
        except Exception as error:
            # All that it can be: simpleaudio's own kind of error has a name in a private module alone.
            raise OutputError(f"simpleaudio finds no sound device ({error}).") from error
        super().__init__()
        self._prepare(sounds)

    def set_gain(self, gain: float) -> None:
        """Set the factor on all samples."""
        super().set_gain(gain)
        with self._guard:
            names = list(self._buffers)
            self._buffers.clear()
            self._prepare(names)

    def _prepare(self, names: Iterable[str]) -> None:
        for name in names:
            samples = self._sounds.get(name)
            if samples is not None and name not in self._buffers:
                self._buffers[name] = _SILENCE + scaled(samples, self._gain).tobytes()

    def _fire(self, name: str) -> None:
        buffer = self._buffers.get(name)
        if buffer is None:
            return
        try:
            self._simpleaudio.play_buffer(buffer, 1, 2, RATE)
        except Exception as error:  # noqa: BLE001  as above
            self._failed(f"simpleaudio cannot play any more ({error}).")

    def _stop(self) -> None:
        self._simpleaudio.stop_all()
