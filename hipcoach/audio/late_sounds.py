"""Sounds that are only chosen when something is first to sound: nothing of it is loaded to show a list."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from threading import Lock

from hipcoach.audio.api import Sounds, SoundStatus, TimedSound


class LateSounds:
    """Stands in for the sounds that `choose` gives, which is asked once, when they are first used.

    To close them, or to let them rest, is no use.
    """

    def __init__(self, choose: Callable[[], Sounds]) -> None:
        self._choose = choose
        self._chosen: Sounds | None = None
        self._choosing = Lock()

    @property
    def chosen(self) -> Sounds:
        """The sounds themselves."""
        with self._choosing:
            if self._chosen is None:
                self._chosen = self._choose()
        return self._chosen

    def open(self) -> None:
        """Get ready to sound; returns at once."""
        self.chosen.open()

    def close(self) -> None:
        """Stop every sound and leave nothing running."""
        if self._chosen is not None:
            self._chosen.close()

    def schedule(self, sounds: Sequence[TimedSound]) -> None:
        """Have these sound when they are due."""
        self.chosen.schedule(sounds)

    def cancel(self) -> None:
        """Take back everything scheduled so far."""
        if self._chosen is not None:
            self._chosen.cancel()

    def rest(self) -> None:
        """Nothing more will come for now."""
        if self._chosen is not None:
            self._chosen.rest()

    def play(self, name: str) -> None:
        """Sound this now."""
        self.chosen.play(name)

    def set_volume(self, volume: float) -> None:
        """Set the volume, from 0 to 1, of everything from now on."""
        self.chosen.set_volume(volume)

    def set_muted(self, muted: bool) -> None:
        """Silence everything, or let it be heard again."""
        self.chosen.set_muted(muted)

    @property
    def status(self) -> SoundStatus:
        """How it is going."""
        return self.chosen.status

    @property
    def head_start(self) -> float:
        """Seconds from now that a first sound should be due at the earliest."""
        return self.chosen.head_start
