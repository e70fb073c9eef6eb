"""Notices that nobody was looking after the session: a stalled program, or a machine that slept."""

from __future__ import annotations

from collections.abc import Callable

LONGEST_GAP = 2.0
"""Seconds without a look; a longer gap is a stall or a sleep, and the session pauses."""


class StallWatch:
    """Told the time (seconds) at every look; says whether the time since the last look was lost."""

    def __init__(self, now: float, boot: Callable[[], float] | None) -> None:
        self._boot = boot
        self.last_seen = now
        self._asleep = self._ahead(now)

    def lost_time(self, now: float) -> bool:
        """Whether more than two seconds went by unseen, on this clock or the one that never stands."""
        ahead = self._ahead(now)
        slept = ahead - self._asleep
        gap = now - self.last_seen
        self._asleep = ahead
        return gap > LONGEST_GAP or slept > LONGEST_GAP

    def looked(self, now: float) -> None:
        """Note that the session has been seen to up to `now`."""
        self.last_seen = now

    def _ahead(self, now: float) -> float:
        """How far the boot-time clock is ahead: it grows only while the machine sleeps."""
        return 0.0 if self._boot is None else self._boot() - now
