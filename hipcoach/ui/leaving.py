"""What screens do about what is not saved yet when the app is left."""

from __future__ import annotations

from typing import Protocol, runtime_checkable


@runtime_checkable
class Leaving(Protocol):
    """A screen on which something can be lost when its owner leaves."""

    def leave_first(self) -> bool:
        """Save what can be saved. Whether something is lost still: the screen says so, the app stays."""
        ...


@runtime_checkable
class Saving(Protocol):
    """A screen that holds what is not saved yet."""

    def save_and_stop(self) -> None:
        """Save it at once, without asking."""
        ...
