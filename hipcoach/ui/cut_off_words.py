"""A session that was cut off, in a sentence. No widgets."""

from __future__ import annotations

from hipcoach.storage.journal import Unfinished
from hipcoach.ui.format import clock_text, sets_done_text


def how_far(unfinished: Unfinished) -> str:
    """What it was and how far it came."""
    record = unfinished.record()
    return (
        f"{record.title}, begun {record.started:%A %d %B at %H:%M}, was cut off after "
        f"{clock_text(round(record.active_seconds))}: {sets_done_text(record)}."
    )
