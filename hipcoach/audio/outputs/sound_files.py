"""WAV files for what plays only files and knows no volume of its own."""

from __future__ import annotations

import shutil
import tempfile
import zlib
from array import array
from collections.abc import Mapping
from pathlib import Path

from hipcoach.audio.pcm import RATE, scaled, write_wav


class SoundFiles:
    """The sounds at one `gain` (0 to 1) as files in a temporary directory, each written when first needed."""

    def __init__(self, sounds: Mapping[str, array[int]]) -> None:
        self._sounds = sounds
        self.gain = 1.0
        self.directory = Path(tempfile.mkdtemp(prefix="hipcoach-"))

    def path_of(self, name: str) -> Path | None:
        """Return the file of a sound; None where it is not at hand.

        Raises:
            OSError: it cannot be written.
        """
        samples = self._sounds.get(name)
        if samples is None:
            return None
        stem, mark = Path(name).stem, zlib.crc32(name.encode())
        path = self.directory / f"{stem}-{mark:08x}{round(self.gain * 1000):04}.wav"
        if not path.exists():
            write_wav(path, scaled(samples, self.gain))
        return path

    def length_of(self, name: str) -> float:
        """Return the seconds that a sound takes."""
        return len(self._sounds.get(name, ())) / RATE

    def remove(self) -> None:
        """Remove the directory and all that is in it."""
        shutil.rmtree(self.directory, ignore_errors=True)
