"""The terminal's bell, for where nothing better can be heard."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

from hipcoach.audio.api import SoundStatus, TimedSound
from hipcoach.audio.due_loop import DueLoop

APART = 0.4
"""Least seconds between two bells: closer ones run together or make a terminal stutter."""


class BellSounds:
    """Rings the bell for every cue, whichever it is, but not more often than every `APART` seconds; never for
    a file, since what is spoken only adds to a cue.

    `bell` is called from another thread, and should neither block nor raise.
    """

    def __init__(self, bell: Callable[[], None], reason: str = "The terminal bell is used.") -> None:
        self._bell = bell
        self._reason = reason
        self._loop: DueLoop | None = None
        self._volume = 1.0
        self._muted = False
        self._rang = float("-inf")

    def open(self) -> None:
        """Get ready."""
        if self._loop is None:
            self._loop = DueLoop(self._ring)
            self._loop.start()

    def close(self) -> None:
        """Ring no more."""
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

    def rest(self) -> None:
        """Do nothing: a bell holds no device."""

    def play(self, name: str) -> None:
        """Ring now."""
        self.schedule([TimedSound(name, time.monotonic())])

    def set_volume(self, volume: float) -> None:
        """Ring or not: a bell knows no volume, but 0 silences it."""
        self._volume = volume

    def set_muted(self, muted: bool) -> None:
        """Ring or not."""
        self._muted = muted

    @property
    def status(self) -> SoundStatus:
        """Working, as far as anyone can tell."""
        return SoundStatus(working=True, backend="bell", reason=self._reason)

    @property
    def head_start(self) -> float:
        """None: a bell rings at once."""
        return 0.0

    def _ring(self, _name: str) -> None:
        now = time.monotonic()
        if self._muted or self._volume <= 0 or now - self._rang < APART:
            return
        self._rang = now
        self._bell()
