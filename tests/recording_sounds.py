"""Sounds that only remember what they were asked for: for tests of whatever uses them."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

from hipcoach.audio.sounds import Sounds, SoundStatus, TimedSound


class RecordingSounds(Sounds):
    """Keeps what was asked for; what would be heard is `heard(until)`.

    `scheduled` is what is still planned, `calls` every call in order as (name, argument). `status` and
    `head_start` may be set.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._clock = clock
        self.scheduled: list[TimedSound] = []
        self.calls: list[tuple[str, object]] = []
        self.opened = False
        self.volume = 1.0
        self.muted = False
        self.status = SoundStatus(working=True, backend="miniaudio", reason="Recording for a test.")
        self._past: list[TimedSound] = []

    def open(self) -> None:
        """Note it."""
        self.calls.append(("open", None))
        self.opened = True

    def close(self) -> None:
        """Note it; nothing more will be heard."""
        self._settle(self._clock())
        self.calls.append(("close", None))
        self.scheduled.clear()
        self.opened = False

    def schedule(self, sounds: Sequence[TimedSound]) -> None:
        """Note it."""
        self.calls.append(("schedule", tuple(sounds)))
        self.scheduled.extend(sounds)

    def cancel(self) -> None:
        """Keep what was due by now, forget the rest."""
        self._settle(self._clock())
        self.calls.append(("cancel", None))
        self.scheduled.clear()

    def rest(self) -> None:
        """Note it."""
        self.calls.append(("rest", None))

    def play(self, name: str) -> None:
        """Note it, as due now."""
        self.calls.append(("play", name))
        self.scheduled.append(TimedSound(name, self._clock()))

    def set_volume(self, volume: float) -> None:
        """Note it."""
        self.calls.append(("volume", volume))
        self.volume = volume

    def set_muted(self, muted: bool) -> None:
        """Note it."""
        self.calls.append(("muted", muted))
        self.muted = muted

    def heard(self, until: float | None = None) -> list[TimedSound]:
        """Return every sound due up to `until` (now, unless given) that was not taken back before, by due
        time."""
        end = self._clock() if until is None else until
        self._settle(end)
        return sorted((sound for sound in self._past if sound.due <= end), key=lambda sound: sound.due)

    def _settle(self, until: float) -> None:
        self._past.extend(sound for sound in self.scheduled if sound.due <= until)
        self.scheduled = [sound for sound in self.scheduled if sound.due > until]
