"""`hipcoach export` and `import`: sessions as CSV, as JSON that can be imported again, or as a calendar."""

from __future__ import annotations

import json
from argparse import Namespace
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from hipcoach import __version__
from hipcoach.commands.arguments import SUFFIXES, Format
from hipcoach.commands.history import check_routines, filter_from
from hipcoach.commands.output import check_target, put, say, warn
from hipcoach.core.history.export import (
    SESSION_FIELDS,
    SET_FIELDS,
    calendar,
    csv_lines,
    session_row,
    set_rows,
)
from hipcoach.core.history.filter import SessionFilter, SessionSort
from hipcoach.core.history.record import SessionRecord
from hipcoach.errors import StorageError, UsageError
from hipcoach.paths import AppPaths
from hipcoach.storage.removed import original_of
from hipcoach.storage.session_export import carry_out, export_document, plan_import, read_export, session_text
from hipcoach.storage.session_index import SessionIndex
from hipcoach.storage.session_log import read_session
from hipcoach.ui.format import count_text

OLDEST_FIRST = SessionSort(turned=True)
LEFT_OUT = 1
"""Exit code where a session could not be read and so is not exported or imported."""


def run_export(options: Namespace, paths: AppPaths) -> int:
    """Write the export; 1 where a session could not be read.

    Raises:
        UsageError: what was asked for makes no sense, or the file cannot be written.
        StorageError: the log cannot be read.
    """
    target: Path | None = options.output
    form = _format(options.format, target)
    if options.sets and form is Format.ICAL:
        raise UsageError("A calendar holds whole sessions; --sets goes with csv and json.")
    check_target(target, overwrite=options.force)
    export = _Export(paths, filter_from(options, paths, datetime.now().astimezone()))
    put(export.text(form, sets=options.sets), target, overwrite=options.force)
    for problem in export.problems:
        warn(f"{problem} It is not in the export.")
    if target is not None:
        say(f"{target}: {count_text(export.count, 'session')}.")
    return LEFT_OUT if export.problems else 0


def _format(wanted: Format | None, target: Path | None) -> Format:
    if wanted is not None:
        return wanted
    if target is None:
        return Format.JSON
    if found := SUFFIXES.get(target.suffix.lower()):
        return found
    raise UsageError(f"'{target.name}' does not say what to write: give --format csv, json or ical.")


class _Export:
    """The sessions that are asked for, also those dated in the future, and what was met on the way."""

    def __init__(self, paths: AppPaths, wanted: SessionFilter) -> None:
        """Look at the log.

        Raises:
            StorageError: it cannot be read.
            UsageError: a routine that is asked for is neither in the log nor to be done.
        """
        self._directory = paths.sessions
        index = SessionIndex(paths.sessions, paths.session_index)
        log = index.read()
        if log.problems and log.files == 0:
            raise StorageError(" ".join(log.problems))
        check_routines(wanted, log.entries, paths)
        self._ids = [each.id for each in index.entries(wanted, OLDEST_FIRST)]
        self.problems = index.unread()
        self.count = 0

    def text(self, form: Format, *, sets: bool) -> Iterator[str]:
        """Return the export, piece by piece."""
        records = (record for _, record in self._sessions())
        if form is Format.ICAL:
            return calendar(__version__, records)
        if form is Format.JSON and not sets:
            return export_document(__version__, self._json())
        if not sets:
            return csv_lines(SESSION_FIELDS, map(session_row, records))
        rows = (row for record in records for row in set_rows(record))
        return csv_lines(SET_FIELDS, rows) if form is Format.CSV else _json_list(rows)

    def _sessions(self) -> Iterator[tuple[dict[str, Any], SessionRecord]]:
        """Yield what each file says, and what we understand of it; one at a time, however long the log is."""
        for name in self._ids:
            path = self._directory / f"{name}.toml"
            try:
                found = read_session(path, original_of(name) or name)
            except FileNotFoundError:
                continue  # it was removed just now
            except StorageError as error:
                self.problems.append(f"{path} {error.message}; it is left as it is.")
                continue
            self.count += 1
            yield found

    def _json(self) -> Iterator[str]:
        for values, record in self._sessions():
            try:
                text = session_text(values)
            except (ValueError, RecursionError):
                self.count -= 1
                self.problems.append(f"{record.id} holds what cannot be written again.")
            else:
                yield text


def _json_list(rows: Iterator[Any]) -> Iterator[str]:
    comma = "["
    for row in rows:
        yield f"{comma}\n  {json.dumps(row)}".replace("\x7f", "\\u007f")
        comma = ","
    yield "[]\n" if comma == "[" else "\n]\n"


def run_import(options: Namespace, paths: AppPaths) -> int:
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
