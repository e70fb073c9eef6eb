"""What every way of making a sound heard has in common."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from hipcoach.audio.api import TimedSound

Failed = Callable[[str], None]
"""Called from any thread, with one sentence, when an output that has worked can do no more."""


class OutputError(Exception):
    """An output cannot be used here; the message is one sentence saying why."""


class Output(Protocol):
    """Plays scheduled sounds. The constructor checks that it can, and raises OutputError where it cannot."""

    @property
    def detail(self) -> str:
        """What plays the sounds, in a word or two for people."""

    def schedule(self, sounds: Sequence[TimedSound]) -> None:
        """Add sounds."""

    def cancel(self) -> None:
        """Take back what waits and end what sounds."""

    def rest(self) -> None:
        """Let go of the device once what is scheduled has sounded; the next `schedule` takes it again."""

    def set_gain(self, gain: float) -> None:
        """Set the factor on all samples, 0 to 1."""

    def close(self) -> None:
        """End everything and leave nothing behind."""
