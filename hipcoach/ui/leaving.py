"""What screens do about what is not saved yet, however the app is left."""

from __future__ import annotations

from typing import Protocol, runtime_checkable


@runtime_checkable
class Keeping(Protocol):
    """A screen that may hold what is not saved yet. The app calls it on every way out: a key, a signal, a
    terminal that is closed; what somebody writes is kept every few seconds too, against being killed."""

    def keep_unsaved(self) -> None:
        """Give it to the writer, saved or as a draft, without asking: nobody may be there to answer."""
        ...
