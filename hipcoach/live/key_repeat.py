"""A key held down repeats itself; what ends a set must not end the next one too."""

from __future__ import annotations

ENTER_REPEAT = 0.6
"""Seconds; enter pressed again sooner is the keyboard repeating itself."""


class FreshPress:
    """Tells a press from a repetition. `held` says that the key may be down from the beginning.

    Times are seconds of any clock that only goes forward.
    """

    def __init__(self, now: float, *, held: bool) -> None:
        self._last = now if held else float("-inf")

    def is_fresh(self, now: float) -> bool:
        """Whether a press at `now` is one of its own."""
        fresh = now - self._last > ENTER_REPEAT
        self._last = now
        return fresh
