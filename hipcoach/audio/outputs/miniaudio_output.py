"""Sounds through an open stream of miniaudio, each at its exact sample."""

from __future__ import annotations

import time
from array import array
from collections.abc import Generator, Mapping, Sequence
from threading import Condition, Thread
from typing import TYPE_CHECKING

from hipcoach.audio.outputs.output import Failed, Output, OutputError
from hipcoach.audio.pcm import RATE
from hipcoach.audio.sounds import TimedSound
from hipcoach.audio.stream import CueStream

if TYPE_CHECKING:
    import miniaudio

AHEAD = 5.0
"""Seconds before a sound is due at which the device is opened; one may need more than a second to run
evenly."""

LINGER = 600.0
"""Seconds the device stays open after the last sound.

A device that has just been opened runs unevenly and may swallow what comes first, so neither a long hold nor
a pause should close it; only one so long that the session may well have been forgotten.
"""

LINGER_RESTING = 1.0
"""The same when nothing more will come for now; a speaker may be that far behind."""

SILENT_FOR = 2.0
"""Seconds without being asked for samples after which an open device counts as lost."""

_PERIOD_MS = 40
"""Half of that makes no difference to where sounds are placed; but PulseAudio's null sink, which the tests
record, rounds its clock at every piece, and then runs 200 parts per million fast."""

_PERIODS = 4
"""With 60 ms in advance, a machine busy on all cores left gaps in the sound, and with 120 one that had twice
as much to do as it could. These 160 ms are a constant latency, and the most that can still be heard after
something was taken back."""

_MARGIN = 0.045
"""Seconds by which all sounds come later than they could: a block and the way from the app. So even a sound
that is wanted at once has its exact place, and is not late by what is left of a block."""


class MiniaudioOutput(Output):
    """Owns the device: open while sounds are near, closed otherwise.

    Raises:
        OutputError: miniaudio is not installed, or there is no device but its silent one.
    """

    def __init__(self, sounds: Mapping[str, array[int]], failed: Failed) -> None:
        self._failed = failed
        self._stream = CueStream(sounds)
        self._changed = Condition()
        self._closed = False
        self._lost = False
        self._linger = LINGER
        device = self._open()
        self._detail = str(device.backend)
        device.close()
        self._thread = Thread(target=self._keep, name="sound device", daemon=True)
        self._thread.start()

    @property
    def detail(self) -> str:
        """The sound system behind miniaudio, such as PulseAudio."""
        return self._detail

    def schedule(self, sounds: Sequence[TimedSound]) -> None:
        """Add sounds, and open the device where they are near."""
        self._stream.schedule(sounds)
        with self._changed:
            self._linger = LINGER
            self._changed.notify()

    def cancel(self) -> None:
        """Take back what waits and fade out what sounds."""
        self._stream.cancel()

    def rest(self) -> None:
        """Close the device soon."""
        with self._changed:
            self._linger = LINGER_RESTING
            self._changed.notify()

    def set_gain(self, gain: float) -> None:
        """Set the factor on all samples."""
        self._stream.set_gain(gain)

    def close(self) -> None:
        """Take everything back and close the device."""
        self._stream.cancel()
        with self._changed:
            self._closed = True
            self._changed.notify()
        self._thread.join()

    def _open(self) -> miniaudio.PlaybackDevice:
        try:
            import miniaudio
        except ImportError as error:
            raise OutputError(f"miniaudio cannot be loaded: {error}.") from error
        # The silent Null backend would take everything and let nobody hear it.
        real = sorted(
            miniaudio.get_enabled_backends() - {miniaudio.Backend.NULL}, key=lambda one: int(one.value)
        )
        try:
            return miniaudio.PlaybackDevice(
                output_format=miniaudio.SampleFormat.SIGNED16,
                nchannels=1,
                sample_rate=RATE,
                buffersize_msec=_PERIOD_MS,
                callback_periods=_PERIODS,
                backends=real,
                app_name="hipcoach",
            )
        except miniaudio.MiniaudioError as error:
            raise OutputError(f"miniaudio finds no sound device ({error.args[0]}).") from error

    def _keep(self) -> None:
        device: miniaudio.PlaybackDevice | None = None
        opened = 0.0
        while True:
            with self._changed:
                if self._closed:
                    break
                now, due = time.monotonic(), self._stream.next_due
                near = due is not None and due - now < AHEAD
                if device is None and not near:
                    self._changed.wait(None if due is None else due - now - AHEAD)
                    continue
            if device is None:
                device = self._begin()
                if device is None:
                    return
                opened = time.monotonic()
            elif not near and now > max(opened, self._stream.busy_until) + self._linger:
                self._end(device)
                device = None
            elif self._lost or now - (self._stream.asked_at or opened) > SILENT_FOR:
                self._failed("The sound device stopped.")
                return
            else:
                with self._changed:
                    if not self._closed:
                        self._changed.wait(1.0)
        if device is not None:
            self._end(device)

    def _begin(self) -> miniaudio.PlaybackDevice | None:
        try:
            device = self._open()
            self._stream.restart()
            self._lost = False
            device.stop_callback = self._note_loss
            samples = self._samples()
            next(samples)
            device.start(samples)
        except Exception as error:  # noqa: BLE001 - whatever it is, the app must hear that there is no sound
            self._failed(f"The sound device cannot be opened ({error}).")
            return None
        return device

    def _end(self, device: miniaudio.PlaybackDevice) -> None:
        device.stop_callback = None
        device.close()

    def _note_loss(self) -> None:
        self._lost = True

    def _samples(self) -> Generator[bytes, int, None]:
        count = yield b""
        while True:
            count = yield self._stream.render(time.monotonic() - _MARGIN, count)
