"""The app's whole view of sound: what it may ask for, how that is going, and what needs no player."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from pathlib import PurePath
from threading import Event, Lock, Thread
from typing import NamedTuple

LATE = 0.06
"""Seconds after which a cue is worse than none and is dropped: a late beep misleads, a missing one does
not."""
NEAR = 0.004
"""Seconds before a moment to wake for it: a thread that has slept for long may wake two milliseconds late."""
NAP = 0.0005
"""Seconds slept at a time from then on. On a busy machine one long sleep ends later than many short ones."""
BELL_GAP = 0.4
"""Least seconds between two bells: closer ones run together or make a terminal stutter."""


class TimedSound(NamedTuple):
    """A sound and the moment it is due, in seconds of `time.monotonic()`, which every process shares.

    `name` is the stem of a bundled WAV file, or the absolute path of a WAV file (16 bit, mono, any rate),
    such as a spoken utterance. A file that cannot be played is left out.
    """

    name: str
    due: float

    @property
    def is_file(self) -> bool:
        """Whether the name is a path, and not that of a bundled sound."""
        return PurePath(self.name).is_absolute()


class SoundStatus(NamedTuple):
    """How sound is doing now.

    `backend` is one of simpleaudio, miniaudio, system, bell, silent. `reason` is one sentence for people.
    `starting` is true while the first answer of a new player is awaited; `working` is then still false.
    """

    working: bool
    backend: str
    reason: str
    starting: bool = False


class Sounds:
    """What makes the cues heard. No method blocks, and none raises, whatever the sound system does.

    By itself it is silent; what makes sound overrides what it needs.
    """

    head_start = 0.0
    """Seconds from now that a first sound should be due at the earliest: a device needs time to open."""

    def __init__(self, reason: str = "Sound is switched off.") -> None:
        self.status = SoundStatus(working=False, backend="silent", reason=reason)
        """How it is going."""
        self._volume = 1.0
        self._muted = False

    def open(self) -> None:
        """Get ready to play; returns at once."""

    def wait_settled(self, timeout: float) -> None:
        """Wait up to `timeout` seconds until it is known whether sound works: the one method that blocks."""

    def close(self) -> None:
        """Stop every sound and leave nothing running; takes less than half a second."""

    def schedule(self, sounds: Sequence[TimedSound]) -> None:
        """Play these when they are due, in addition to what is scheduled already.

        A sound that comes more than 60 ms late is dropped.
        """

    def cancel(self) -> None:
        """Take back everything scheduled so far, and end what is playing.

        The device stays open, so that a paused session continues without losing its first cues.
        """

    def rest(self) -> None:
        """Let go of the device soon: nothing more will come for now.

        What is scheduled is still played. The next `open` or `schedule` takes it again, after `head_start`.
        """

    def play(self, name: str) -> None:
        """Play this now."""
        self.schedule([TimedSound(name, time.monotonic())])

    def set_volume(self, volume: float) -> None:
        """Set the volume, from 0 to 1, of everything from now on."""
        self._volume = volume

    def set_muted(self, muted: bool) -> None:
        """Mute or unmute everything; the schedule runs on."""
        self._muted = muted


class CueTimer:
    """Makes each call when it is due, or not at all, in a thread that only sleeps until then.

    One call is made at a time, and none that was cancelled once `cancel` has returned.
    """

    def __init__(self) -> None:
        self._calling = Lock()
        self._cancelled = Event()

    def call_at(self, due: float, action: Callable[[], None]) -> None:
        """Call `action` at `due` (monotonic seconds), unless it gets too late for that."""
        Thread(target=self._wait, args=(self._cancelled, due, action), daemon=True).start()

    def cancel(self) -> None:
        """Forget all calls that were not made."""
        with self._calling:
            self._cancelled.set()
            self._cancelled = Event()

    def _wait(self, cancelled: Event, due: float, action: Callable[[], None]) -> None:
        cancelled.wait(due - NEAR - time.monotonic())
        while not cancelled.is_set() and (left := due - time.monotonic()) > 0:
            time.sleep(min(left, NAP))
        with self._calling:
            if not cancelled.is_set() and time.monotonic() - due <= LATE:
                action()


class BellSounds(Sounds):
    """Rings the terminal's bell for every cue, at most once in `BELL_GAP` seconds, and never for speech,
    which only adds to a cue. It has no volume but 0.

    `bell` is called from another thread, and should neither block nor raise.
    """

    def __init__(self, bell: Callable[[], None], reason: str = "The terminal bell is used.") -> None:
        super().__init__()
        self.status = SoundStatus(working=True, backend="bell", reason=reason)
        self._bell = bell
        self._timer = CueTimer()
        self._is_open = False
        self._rang = float("-inf")

    def open(self) -> None:
        """Ring from now on."""
        self._is_open = True

    def close(self) -> None:
        """Ring no more."""
        self._is_open = False
        self.cancel()

    def schedule(self, sounds: Sequence[TimedSound]) -> None:
        """Ring when these are due."""
        for sound in sounds:
            if self._is_open and not sound.is_file:
                self._timer.call_at(sound.due, self._ring)

    def cancel(self) -> None:
        """Take back what waits."""
        self._timer.cancel()

    def _ring(self) -> None:
        now = time.monotonic()
        if not self._muted and self._volume > 0 and now - self._rang >= BELL_GAP:
            self._rang = now
            self._bell()
