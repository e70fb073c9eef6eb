"""The app's whole view of sound: what it may ask for, and how that is going."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import PurePath
from typing import NamedTuple


class TimedSound(NamedTuple):
    """A sound and the moment it is due, in seconds of `time.monotonic()`, which every process shares.

    `name` is the stem of a bundled WAV file, or the absolute path of a WAV file (16 bit, mono, any rate),
    such as a spoken utterance. A file that cannot be played is left out, and `SoundStatus.note` says so.
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
    `note` is one sentence on what last could not be played while everything else is; empty if nothing.
    """

    working: bool
    backend: str
    reason: str
    starting: bool = False
    note: str = ""


class Sounds:
    """What makes the cues heard. No method blocks, and none raises, whatever the sound system does.

    By itself it is silent; what makes sound overrides what it needs.
    """

    def __init__(self, reason: str = "Sound is switched off.") -> None:
        self._reason = reason

    @property
    def status(self) -> SoundStatus:
        """How it is going."""
        return SoundStatus(working=False, backend="silent", reason=self._reason)

    @property
    def head_start(self) -> float:
        """Seconds from now that a first sound should be due at the earliest: a device needs time to open."""
        return 0.0

    def open(self) -> None:
        """Get ready to play; returns at once."""

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

        What is scheduled is still played; the next `schedule` ends the rest.
        """

    def play(self, name: str) -> None:
        """Play this now."""
        self.schedule([TimedSound(name, time.monotonic())])

    def set_volume(self, volume: float) -> None:
        """Set the volume, from 0 to 1, of everything from now on."""

    def set_muted(self, muted: bool) -> None:
        """Mute or unmute everything; the schedule runs on."""


class SilentSounds(Sounds):
    """No sound at all: by the user's setting, or because nothing here can make any."""
