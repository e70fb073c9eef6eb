"""`hipcoach history`: what was done, newest first."""

from __future__ import annotations

from argparse import Namespace
from datetime import datetime
from typing import Any

from hipcoach.commands.filters import asked_for, filters_from
from hipcoach.commands.log import entries_of
from hipcoach.commands.printing import say, say_csv, say_json, table
from hipcoach.core.record import counts
from hipcoach.core.session_entry import SessionEntry
from hipcoach.paths import AppPaths
from hipcoach.ui.format import clock_text

NOTHING_YET = (
    "No sessions yet. 'hipcoach' opens the coach; 'hipcoach start desk-break' takes five minutes, standing."
)
FIELDS = (
    "id",
    "routine",
    "title",
    "started",
    "day",
    "status",
    "active_seconds",
    "minutes",
    "planned_steps",
    "done_steps",
    "planned_reps",
    "done_reps",
    "counts",
    "note",
)
"""What JSON and CSV say of a session, in this order."""


def run(options: Namespace, paths: AppPaths) -> int:
    """Print the sessions."""
    now = datetime.now().astimezone()
    filters = filters_from(options, paths, now)
    entries = asked_for(entries_of(paths, now), filters, paths)
    entries.sort(key=lambda each: (each.started, each.id), reverse=True)
    if options.json:
        say_json([session_json(entry) for entry in entries])
    elif options.csv:
        say_csv(FIELDS, map(session_json, entries))
    elif entries:
        header = ("day", "time", "active", "status", "sets", "routine")
        say(table(header, [_row(entry) for entry in entries], right=[2, 4]))
    else:
        say(f"No sessions {filters.words()}." if filters.any else NOTHING_YET)
    return 0


def session_json(entry: SessionEntry) -> dict[str, Any]:
    """A session for scripts: seconds and minutes are active time, steps are sets and holds."""
    values = (
        entry.id,
        entry.routine,
        entry.title,
        entry.started.isoformat(timespec="seconds"),
        entry.day.isoformat(),
        entry.status.value,
        round(entry.active_seconds, 3),
        round(entry.active_seconds / 60, 1),
        entry.sets,
        entry.done_sets,
        entry.planned_reps,
        entry.done_reps,
        counts(entry),
        entry.note,
    )
    return dict(zip(FIELDS, values, strict=True))


def _row(entry: SessionEntry) -> tuple[str, ...]:
    return (
        entry.day.isoformat(),
        f"{entry.started:%H:%M}",
        clock_text(entry.active_seconds),
        entry.status.value,
        f"{entry.done_sets}/{entry.sets}",
        entry.title,
    )
