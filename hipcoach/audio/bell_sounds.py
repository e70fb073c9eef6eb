"""The terminal's bell, where nothing better can be heard."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

from hipcoach.audio.due import DueLoop
from hipcoach.audio.sounds import Sounds, SoundStatus, TimedSound

BELL_GAP = 0.4
"""Least seconds between two bells: closer ones run together or make a terminal stutter."""


class BellSounds(Sounds):
    """Rings the terminal's bell for every cue, at most once in `BELL_GAP` seconds, and never for speech,
    which only adds to a cue.

    `bell` is called from another thread, and should neither block nor raise.
    """

    def __init__(self, bell: Callable[[], None], reason: str = "The terminal bell is used.") -> None:
        super().__init__(reason)
        self._bell = bell
        self._loop: DueLoop | None = None
        self._volume = 1.0
        self._muted = False
        self._rang = float("-inf")

    @property
    def status(self) -> SoundStatus:
        """Working, as far as anyone can tell."""
        return SoundStatus(working=True, backend="bell", reason=self._reason)

    def open(self) -> None:
        """Start waiting for bells that are due."""
        if self._loop is None:
            self._loop = DueLoop(self._ring)

    def close(self) -> None:
        """Stop waiting."""
        if self._loop is not None:
            self._loop.close()
            self._loop = None

    def schedule(self, sounds: Sequence[TimedSound]) -> None:
        """Ring when these are due."""
        if self._loop is not None:
            self._loop.schedule([sound for sound in sounds if not sound.is_file])

    def cancel(self) -> None:
        """Take back what waits."""
        if self._loop is not None:
            self._loop.cancel()

    def set_volume(self, volume: float) -> None:
        """Ring unless it is 0: a bell has no volume."""
        self._volume = volume

    def set_muted(self, muted: bool) -> None:
        """Ring or not."""
        self._muted = muted

    def _ring(self, _name: str) -> None:
        now = time.monotonic()
        if self._muted or self._volume <= 0 or now - self._rang < BELL_GAP:
            return
        self._rang = now
        self._bell()
