"""`hipcoach export` and `import`: sessions as CSV, as JSON that can be imported again, or as a calendar."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from hipcoach import __version__
from hipcoach.commands.history import filter_from, open_log
from hipcoach.commands.output import json_text, put, say, warn
from hipcoach.core.history.export import (
    SESSION_FIELDS,
    SET_FIELDS,
    Row,
    calendar,
    csv_lines,
    session_row,
    set_rows,
)
from hipcoach.core.history.filter import SessionSort
from hipcoach.core.history.record import SessionRecord
from hipcoach.errors import StorageError, UsageError
from hipcoach.paths import AppPaths
from hipcoach.storage.removed import original_of
from hipcoach.storage.session_export import carry_out, export_document, plan_import, read_export, session_text
from hipcoach.storage.session_log import read_session
from hipcoach.ui.format import count_text

OLDEST_FIRST = SessionSort(turned=True)
LEFT_OUT = 1
"""Exit code where a session could not be read and so is not exported or imported."""
FORMATS = {".csv": "csv", ".json": "json", ".ics": "ical", ".ical": "ical"}
"""What the end of a file's name asks for."""


def export(options: Namespace, paths: AppPaths) -> int:
    """Write the sessions, also those dated in the future; 1 where one could not be read.

    Raises:
        UsageError: what was asked for makes no sense, or the file cannot be written.
        StorageError: the log cannot be read.
    """
    target: Path | None = options.output
    form = options.format or (FORMATS.get(target.suffix.lower()) if target else "json")
    if form is None:
        raise UsageError(f"'{options.output}' does not say what to write: give --format csv, json or ical.")
    if options.sets and form == "ical":
        raise UsageError("A calendar holds whole sessions; --sets goes with csv and json.")
    wanted = filter_from(options, paths, datetime.now().astimezone())
    log = open_log(paths, wanted, quiet=True)
    files = [paths.sessions / f"{each.id}.toml" for each in log.entries(wanted, OLDEST_FIRST)]
    problems = log.unread()
    exported: list[str] = []
    put(_text(form, _sessions(files, exported, problems), sets=options.sets), target, overwrite=options.force)
    for problem in problems:
        warn(f"{problem} It is not in the export.")
    if target is not None:
        say(f"{target}: {count_text(len(exported), 'session')}.")
    return LEFT_OUT if problems else 0


Session = tuple[dict[str, Any], SessionRecord]
"""What a file says, and what is understood of it."""


def _sessions(files: Iterable[Path], exported: list[str], problems: list[str]) -> Iterator[Session]:
    """Yield the sessions one at a time, however long the log is; note down which, and what went wrong."""
    for path in files:
        try:
            values, record = read_session(path, original_of(path.stem) or path.stem)
        except FileNotFoundError:
            continue  # it was removed just now
        except StorageError as error:
            problems.append(f"{path} {error.message}; it is left as it is.")
            continue
        exported.append(path.stem)
        yield values, record


def _text(form: str, sessions: Iterator[Session], *, sets: bool) -> Iterator[str]:
    """Return the export, piece by piece."""
    if form == "json" and not sets:
        return export_document(__version__, (session_text(values) for values, _ in sessions))
    records = (record for _, record in sessions)
    if form == "ical":
        return calendar(__version__, records)
    if not sets:
        return csv_lines(SESSION_FIELDS, map(session_row, records))
    rows = (row for record in records for row in set_rows(record))
    return csv_lines(SET_FIELDS, rows) if form == "csv" else _json_list(rows)


def _json_list(rows: Iterable[Row]) -> Iterator[str]:
    """Yield a list with a row on each line."""
    comma = "["
    for row in rows:
        yield f"{comma}\n  {json_text(row, indent=None)}"
        comma = ","
    yield "[]\n" if comma == "[" else "\n]\n"


def import_sessions(options: Namespace, paths: AppPaths) -> int:
    """Import what is new, and say what was there already, differs from what is there, or cannot be read.

    Raises:
        ExportFileError: the file is none of ours; nothing was imported.
        StorageError: the log cannot be read or written; nothing was imported.
    """
    plan = plan_import(read_export(options.file), paths.sessions)
    added = len(plan.new) if options.dry_run else carry_out(plan, paths.sessions)
    for name, words in plan.different.items():
        say(f"{name} differs and stays as it is ({words}).")
    parts = [f"{count_text(added, 'session')} {'would be imported' if options.dry_run else 'imported'}"]
    if plan.same:
        parts.append(f"{len(plan.same)} already there")
    if plan.different:
        parts.append(f"{len(plan.different)} there with a difference")
    if plan.left_out:
        parts.append(f"{len(plan.left_out)} left out")
    say(f"{', '.join(parts)}.")
    for sentence in plan.left_out:
        warn(sentence)
    return LEFT_OUT if plan.left_out else 0
