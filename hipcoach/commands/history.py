"""`hipcoach history`: what was done, newest first."""

from __future__ import annotations

from argparse import Namespace
from datetime import datetime
from typing import Any

from hipcoach.commands.log import records_of
from hipcoach.commands.printing import say, say_csv, say_json, table
from hipcoach.core.record import Outcome, SessionRecord, counts
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
    records = sorted(records_of(paths, now), key=lambda each: (each.started, each.id), reverse=True)
    if options.json:
        say_json([session_json(record) for record in records])
    elif options.csv:
        say_csv(FIELDS, map(session_json, records))
    elif records:
        header = ("day", "time", "active", "status", "sets", "routine")
        say(table(header, [_row(record) for record in records], right=[2, 4]))
    else:
        say(NOTHING_YET)
    return 0


def session_json(record: SessionRecord) -> dict[str, Any]:
    """A session for scripts: seconds and minutes are active time, steps are sets and holds."""
    values = (
        record.id,
        record.routine,
        record.title,
        record.started.isoformat(timespec="seconds"),
        record.day.isoformat(),
        record.status.value,
        round(record.active_seconds, 3),
        round(record.active_seconds / 60, 1),
        len(record.steps),
        _done(record),
        sum(step.reps or 0 for step in record.steps),
        sum(step.done_reps for step in record.steps),
        counts(record),
        record.note,
    )
    return dict(zip(FIELDS, values, strict=True))


def _row(record: SessionRecord) -> tuple[str, ...]:
    return (
        record.day.isoformat(),
        f"{record.started:%H:%M}",
        clock_text(record.active_seconds),
        record.status.value,
        f"{_done(record)}/{len(record.steps)}",
        record.title,
    )


def _done(record: SessionRecord) -> int:
    return sum(step.outcome is Outcome.DONE for step in record.steps)
