"""What the player process should know, kept so that it can be told again to a new one."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from threading import Condition

from hipcoach.audio.api import TimedSound
from hipcoach.audio.due_queue import LATE
from hipcoach.audio.messages import Command
from hipcoach.audio.pcm import gain_of

LIMIT = 1_000
"""How many sounds are kept waiting; more than any app schedules 2 s ahead, and a bound if one goes wrong."""


class Outbox:
    """The wanted state of the player, and what of it the present player has not been told.

    Instead of a queue of messages that could fill up, only the state is kept: a player that does not read
    makes nothing grow and blocks nobody, and a new one is told all that still matters. Safe to use from
    several threads.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._changed = Condition()
        self._reader = 0
        self._number = 0
        self._generation = 1
        self._volume = 1.0
        self._muted = False
        self._rest = True
        self._pending: list[TimedSound] = []
        self._untold: list[TimedSound] = []
        self._news = False

    def schedule(self, sounds: Sequence[TimedSound]) -> None:
        """Add sounds to the present generation."""
        with self._changed:
            self._drop_past()
            self._rest = False
            room = LIMIT - len(self._pending)
            self._pending.extend(sounds[:room])
            self._untold.extend(sounds[:room])
            self._tell()

    def cancel(self) -> None:
        """Begin a new generation without any sound."""
        with self._changed:
            self._generation += 1
            self._pending.clear()
            self._untold.clear()
            self._tell()

    def rest(self) -> None:
        """Say that nothing more will come for now."""
        with self._changed:
            self._rest = True
            self._tell()

    def set_volume(self, volume: float) -> None:
        """Set the volume, 0 to 1."""
        with self._changed:
            self._volume = volume
            self._tell()

    def set_muted(self, muted: bool) -> None:
        """Mute or not."""
        with self._changed:
            self._muted = muted
            self._tell()

    def pending(self) -> tuple[TimedSound, ...]:
        """Return the sounds that are still to come."""
        with self._changed:
            self._drop_past()
            return tuple(self._pending)

    def attach(self) -> int:
        """Let a new reader be told everything from the beginning; the one before gets None. Returns its
        mark."""
        with self._changed:
            self._reader += 1
            self._drop_past()
            self._untold = list(self._pending)
            self._tell()
            return self._reader

    def detach(self) -> None:
        """Tell the present reader that there is no more."""
        with self._changed:
            self._reader += 1
            self._changed.notify_all()

    def take(self, reader: int) -> Command | None:
        """Wait for news for `reader` (the mark of `attach`) and return it; None when another has taken
        over."""
        with self._changed:
            self._changed.wait_for(lambda: self._news or self._reader != reader)
            if self._reader != reader:
                return None
            self._news = False
            self._number += 1
            sounds, self._untold = tuple(self._untold), []
            gain = gain_of(self._volume, self._muted)
            return Command(self._number, self._generation, gain, sounds, self._rest)

    def _tell(self) -> None:
        self._news = True
        self._changed.notify_all()

    def _drop_past(self) -> None:
        oldest = self._clock() - LATE
        self._pending = [sound for sound in self._pending if sound.due >= oldest]
        self._untold = [sound for sound in self._untold if sound.due >= oldest]
