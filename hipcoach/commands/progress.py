"""A bar that says how far a long command has come, where somebody is looking."""

from __future__ import annotations

from typing import TextIO

WIDTH = 30
"""Characters."""


class Progress:
    """A bar on one line of a terminal; nothing at all on any other stream."""

    def __init__(self, whole: float, stream: TextIO) -> None:
        self._whole = max(whole, 1e-9)
        self._stream = stream
        self._is_seen = stream.isatty()
        self._percent = -1

    def show(self, done: float) -> None:
        """Show how much of the whole is done; draws only what changes."""
        percent = min(100, int(100 * done / self._whole))
        if self._is_seen and percent != self._percent:
            self._percent = percent
            filled = WIDTH * percent // 100
            self._stream.write(f"\r[{'#' * filled}{'.' * (WIDTH - filled)}] {percent:3}%")
            self._stream.flush()

    def end(self) -> None:
        """Take the bar away."""
        if self._percent >= 0:
            self._stream.write("\r\x1b[K")
            self._stream.flush()
            self._percent = -1
