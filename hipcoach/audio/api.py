"""The app side's whole view of sound: what it may ask for, and what it is told about how that goes.

No dataclasses here, nor in anything else that the player process loads: they bring 1.5 MB along.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath
from typing import NamedTuple, Protocol


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
    `note` is one sentence on what last could not be sounded while everything else does; empty if nothing.
    """

    working: bool
    backend: str
    reason: str
    starting: bool = False
    note: str = ""


class Sounds(Protocol):
    """What can make the cues heard. No method blocks, and none raises, whatever the sound system does."""

    def open(self) -> None:
        """Get ready to sound; returns at once."""

    def close(self) -> None:
        """Stop every sound and leave nothing running; takes less than half a second."""

    def schedule(self, sounds: Sequence[TimedSound]) -> None:
        """Have these sound when they are due, in addition to what is scheduled already.

        A sound that comes more than 60 ms late is dropped.
        """

    def cancel(self) -> None:
        """Take back everything scheduled so far, and end what is sounding.

        The device stays open, so that a paused session goes on without losing its first cues.
        """

    def rest(self) -> None:
        """Nothing more will come for now: let go of the device soon.

        What is scheduled still sounds; the next `schedule` ends the rest.
        """

    def play(self, name: str) -> None:
        """Sound this now."""

    def set_volume(self, volume: float) -> None:
        """Set the volume, from 0 to 1, of everything from now on."""

    def set_muted(self, muted: bool) -> None:
        """Silence everything, or let it be heard again; the schedule runs on."""

    @property
    def status(self) -> SoundStatus:
        """How it is going."""

    @property
    def head_start(self) -> float:
        """Seconds from now that a first sound should be due at the earliest: a device needs time to open."""


class SilentSounds:
    """No sound at all: by the user's setting, or because nothing here can make any."""

    def __init__(self, reason: str = "Sound is switched off.") -> None:
        self._status = SoundStatus(working=False, backend="silent", reason=reason)

    def open(self) -> None:
        """Do nothing."""

    def close(self) -> None:
        """Do nothing."""

    def schedule(self, sounds: Sequence[TimedSound]) -> None:
        """Do nothing."""

    def cancel(self) -> None:
        """Do nothing."""

    def rest(self) -> None:
        """Do nothing."""

    def play(self, name: str) -> None:
        """Do nothing."""

    def set_volume(self, volume: float) -> None:
        """Do nothing."""

    def set_muted(self, muted: bool) -> None:
        """Do nothing."""

    @property
    def status(self) -> SoundStatus:
        """Not working, and why."""
        return self._status

    @property
    def head_start(self) -> float:
        """None: there is nothing to wait for."""
        return 0.0
