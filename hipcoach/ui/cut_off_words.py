"""A session that was cut off, in a sentence. No widgets."""

from __future__ import annotations

from hipcoach.core.history.record import Outcome
from hipcoach.storage.journal import Unfinished
from hipcoach.ui.format import clock_text, count_text


def how_far(unfinished: Unfinished) -> str:
    """What it was and how far it came."""
    record = unfinished.record()
    done = sum(1 for step in record.steps if step.outcome is Outcome.DONE)
    begun = sum(1 for step in record.steps if step.outcome is Outcome.PARTIAL)
    return (
        f"{record.title}, begun {record.started:%A %d %B at %H:%M}, was cut off after "
        f"{clock_text(record.active_seconds)}: {done} of {count_text(len(record.steps), 'set')} done"
        f"{f', {begun} in part' if begun else ''}."
    )
