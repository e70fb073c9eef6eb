"""Sounds through what Windows has for playing a WAV file; one at a time."""

from __future__ import annotations

import importlib.util
import sys
from array import array
from collections.abc import Mapping, Sequence
from pathlib import Path
from threading import Lock

from hipcoach.audio.api import TimedSound
from hipcoach.audio.due_loop import DueLoop
from hipcoach.audio.outputs.output import Failed, OutputError
from hipcoach.audio.outputs.sound_files import SoundFiles


class WinsoundOutput:
    """Starts sounds one by one; a new one ends the one before.

    Volume is in the files themselves, since winsound has none.

    Raises:
        OutputError: this is not Windows.
    """

    detail = "winsound"

    def __init__(self, sounds: Mapping[str, array[int]], failed: Failed) -> None:
        if importlib.util.find_spec("winsound") is None:
            raise OutputError("winsound exists on Windows only.")
        self._files = SoundFiles(sounds)
        self._failed = failed
        self._guard = Lock()
        self._loop = DueLoop(self._fire, self._guard)
        self._loop.start()

    def schedule(self, sounds: Sequence[TimedSound]) -> None:
        """Add sounds."""
        self._loop.schedule(sounds)

    def cancel(self) -> None:
        """Take back what waits and stop what sounds."""
        with self._guard:
            self._loop.cancel()
            _play(None)

    def rest(self) -> None:
        """Do nothing: a device is held only while something sounds."""

    def set_gain(self, gain: float) -> None:
        """Set the factor on all samples; what sounds already goes on as it is, or stops at 0."""
        with self._guard:
            self._files.gain = gain
            if gain == 0.0:
                _play(None)

    def close(self) -> None:
        """Stop everything and remove the temporary files."""
        self._loop.close()
        _play(None)
        self._files.remove()

    def _fire(self, name: str) -> None:
        if self._files.gain == 0.0:
            return
        try:
            path = self._files.path_of(name)
            if path is not None:
                _play(path)
        except (OSError, RuntimeError) as error:
            self._failed(f"winsound cannot play any more ({error}).")


def _play(path: Path | None) -> None:
    if sys.platform == "win32":
        import winsound

        flags = winsound.SND_FILENAME | winsound.SND_ASYNC | winsound.SND_NODEFAULT
        winsound.PlaySound(None if path is None else str(path), flags)
