"""What every way of playing a sound has in common."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Sequence
from threading import Lock

from hipcoach.audio.due import DueLoop
from hipcoach.audio.sounds import TimedSound

Failed = Callable[[str], None]
"""Called from any thread, with one sentence, when an output that has worked can do no more."""


class OutputError(Exception):
    """An output cannot be used here; the message is one sentence with the reason."""


class Output(ABC):
    """Plays scheduled sounds. The constructor checks that it can, and raises OutputError where it cannot."""

    @property
    @abstractmethod
    def detail(self) -> str:
        """What plays the sounds, in a word or two for people."""

    @abstractmethod
    def schedule(self, sounds: Sequence[TimedSound]) -> None:
        """Add sounds."""

    @abstractmethod
    def cancel(self) -> None:
        """Take back what waits and end what is playing."""

    def rest(self) -> None:  # noqa: B027 - most outputs hold a device only while something plays
        """Let go of the device once what is scheduled has been played; the next `schedule` takes it again."""

    @abstractmethod
    def set_gain(self, gain: float) -> None:
        """Set the factor on all samples, 0 to 1."""

    @abstractmethod
    def close(self) -> None:
        """End everything and leave nothing behind."""


class OneByOneOutput(Output):
    """Starts each sound at the moment it is due, for what can only be told "play this now".

    What plays already keeps its volume when the gain changes, but stops at 0. The constructor of a subclass
    calls this one last, once it can play.
    """

    def __init__(self) -> None:
        self._gain = 1.0
        self._guard = Lock()
        self._loop = DueLoop(self._fire_unless_muted, self._guard)

    @abstractmethod
    def _prepare(self, names: Iterable[str]) -> None:
        """Get ready what will be played at the present gain: there is no time for it when a sound is due."""

    @abstractmethod
    def _fire(self, name: str) -> None:
        """Play a sound now, if it is at hand."""

    @abstractmethod
    def _stop(self) -> None:
        """End what is playing."""

    def schedule(self, sounds: Sequence[TimedSound]) -> None:
        """Add sounds."""
        with self._guard:
            self._prepare([sound.name for sound in sounds])
        self._loop.schedule(sounds)

    def cancel(self) -> None:
        """Take back what waits and stop what is playing."""
        with self._guard:
            self._loop.cancel()
            self._stop()

    def set_gain(self, gain: float) -> None:
        """Set the factor on all samples."""
        with self._guard:
            self._gain = gain
            if gain == 0.0:
                self._stop()

    def close(self) -> None:
        """Stop everything."""
        self._loop.close()
        with self._guard:
            self._stop()

    def _fire_unless_muted(self, name: str) -> None:
        if self._gain > 0.0:
            self._fire(name)
