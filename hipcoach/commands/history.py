"""`hipcoach history`: what was done, newest first."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from hipcoach.commands.filters import asked_for, filters_from
from hipcoach.commands.log import entries_of
from hipcoach.commands.output import printable, say, say_json, table
from hipcoach.core.history.export import csv_line
from hipcoach.core.history.record import SessionEntry, counts
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
    "discomfort_before",
    "discomfort_after",
)
"""What JSON and CSV say of a session, in this order; what is new comes last."""
UNDER_THE_DAY = " " * 12
"""Before what was said of a session, below its line."""
WIDEST = 100
"""Characters of such a line, where the terminal has so many."""


def run(options: Namespace, paths: AppPaths) -> int:
    """Print the sessions."""
    now = datetime.now().astimezone()
    filters = filters_from(options, paths, now)
    entries = asked_for(entries_of(paths, now), filters, paths)
    entries.sort(key=lambda each: (each.started, each.id), reverse=True)
    if options.json:
        say_json([session_json(entry) for entry in entries])
    elif options.csv:
        say(csv_line(FIELDS, ""))
        for row in map(session_json, entries):
            cells = (printable(cell) if isinstance(cell, str) else cell for cell in row.values())
            say(csv_line(cells, ""))
    elif entries:
        say("\n".join(_lines(entries)))
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
        entry.discomfort_before,
        entry.discomfort_after,
    )
    return dict(zip(FIELDS, values, strict=True))


def _lines(entries: Sequence[SessionEntry]) -> Iterator[str]:
    """The table, and below a session how it felt and its note, where there are any."""
    import shutil
    import textwrap

    from hipcoach.core.history.discomfort import change_words

    width = max(40, min(WIDEST, shutil.get_terminal_size((WIDEST, 24)).columns))
    heading = ("day", "time", "active", "status", "sets", "routine")
    first, *rows = table(heading, map(_row, entries), right=[2, 4]).split("\n")
    yield first
    for row, entry in zip(rows, entries, strict=True):
        yield row
        for said in (change_words(entry.discomfort_before, entry.discomfort_after), entry.note):
            yield from textwrap.wrap(
                printable(said), width, initial_indent=UNDER_THE_DAY, subsequent_indent=UNDER_THE_DAY
            )


def _row(entry: SessionEntry) -> tuple[str, ...]:
    return (
        entry.day.isoformat(),
        f"{entry.started:%H:%M}",
        clock_text(entry.active_seconds),
        entry.status.value,
        f"{entry.done_sets}/{entry.sets}",
        entry.title,
    )
