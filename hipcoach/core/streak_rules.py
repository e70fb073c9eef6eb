"""What the user may set about streaks."""

from __future__ import annotations

from msgspec import Struct


class StreakRules(Struct, frozen=True):
    """What the user may set about streaks."""

    week_goal: int = 3
    """Different days a week, 1 to 7."""
    first_weekday: int = 0
    """0 Monday to 6 Sunday."""
