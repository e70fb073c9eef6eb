"""The sounds a player has at hand: the bundled ones always, and the files used last."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping
from itertools import count
from pathlib import Path
from threading import Lock

from hipcoach.audio.pcm import RATE, read_wav

LONGEST = 30.0
"""Seconds; a longer file is no utterance but a mistake."""

KEPT = 120.0
"""Seconds of files that are kept: several times what is scheduled ahead, in about 10 MB."""


class SoundLibrary(Mapping[str, "array[int]"]):
    """Samples by bundled name or by path. `load` reads a file and may take its time; nothing else does.

    Safe to use from several threads. A file is read once: its content counts as fixed.
    """

    def __init__(self, bundled: Mapping[str, array[int]]) -> None:
        self._bundled = dict(bundled)
        self._lock = Lock()
        self._files: dict[str, array[int]] = {}
        self._used: dict[str, int] = {}
        self._uses = count()

    def __getitem__(self, name: str) -> array[int]:
        found = self._bundled.get(name)
        return self._files[name] if found is None else found

    def __iter__(self) -> Iterator[str]:
        return iter((*self._bundled, *self._files))

    def __len__(self) -> int:
        return len(self._bundled) + len(self._files)

    def use(self, name: str) -> bool:
        """Return whether a sound is at hand; if it is a file, it stays so for longer than the others."""
        with self._lock:
            if name in self._files:
                self._used[name] = next(self._uses)
        return name in self

    def load(self, path: str) -> None:
        """Have a file at hand, and let go of those used longest ago.

        Raises:
            ResourceError: it cannot be read, is no 16-bit mono WAV file, or is longer than `LONGEST`.
        """
        if self.use(path):
            return
        samples = read_wav(Path(path), LONGEST)
        with self._lock:
            self._files[path] = samples
            self._used[path] = next(self._uses)
            while sum(map(len, self._files.values())) > KEPT * RATE:
                oldest = min(self._files, key=self._used.__getitem__)
                del self._files[oldest], self._used[oldest]
