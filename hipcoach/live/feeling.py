"""How the user says it feels right now, kept until the session that it is meant for begins."""

from __future__ import annotations

STALE_AFTER = 3600.0
"""Seconds after which what was said is no longer about now."""


class Feeling:
    """The last rating of discomfort that no session has taken yet."""

    def __init__(self) -> None:
        self._rating: int | None = None
        self._at = 0.0

    def rate(self, rating: int | None, now: float) -> None:
        """Take a rating, 0 to 10, or take the last one back."""
        self._rating, self._at = rating, now

    def at(self, now: float) -> int | None:
        """The rating as it holds at a time of the app's clock; None where there is none or it is too old."""
        return self._rating if now - self._at <= STALE_AFTER else None

    def take(self, now: float) -> int | None:
        """The rating, for the session that begins now; the next one is not begun with it."""
        rating = self.at(now)
        self._rating = None
        return rating
