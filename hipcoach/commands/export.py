"""`hipcoach export`: the sessions as CSV, as JSON that can be imported again, or as a calendar."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from datetime import datetime
from itertools import chain
from pathlib import Path

from hipcoach import __version__
from hipcoach.commands.arguments import SUFFIXES, Format
from hipcoach.commands.filters import Filters, check_routines, filters_from
from hipcoach.commands.output import check_target, put, say, warn
from hipcoach.errors import UsageError
from hipcoach.paths import AppPaths
from hipcoach.storage.session_log import SessionFile, read_sessions, since_day
from hipcoach.ui.format import count_text

LEFT_OUT = 1
"""Exit code where a session could not be read and so is not in the export."""


class Export:
    """The sessions that are asked for, one at a time, and what was met on the way.

    Raises:
        StorageError: the log cannot be read.
    """

    def __init__(self, paths: AppPaths, filters: Filters) -> None:
        self.filters = filters
        self.problems: list[str] = []
        self.count = 0
        wanted = since_day(filters.since) if filters.since else None
        # Here, before the first byte is written.
        self._found = read_sessions(paths.sessions, self.problems, wanted)

    def sessions(self) -> Iterator[SessionFile]:
        """Every session asked for, oldest first; also one dated in the future, since nothing may get lost."""
        for each in self._found:
            if self.filters.take(each.record.routine, each.record.day):
                self.count += 1
                yield each


def run(options: Namespace, paths: AppPaths) -> int:
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
    export = Export(paths, filters_from(options, paths, datetime.now().astimezone()))
    every = (each.record.routine for each in read_sessions(paths.sessions, []))
    check_routines(export.filters, every, paths)
    put(_text(export, form, sets=options.sets), target, overwrite=options.force)
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


def _text(export: Export, form: Format, *, sets: bool) -> Iterator[str]:
    if form is Format.ICAL:
        return _calendar(export)
    if form is Format.CSV:
        return _csv(export, sets=sets)
    return _set_list(export) if sets else _json(export)


def _csv(export: Export, *, sets: bool) -> Iterator[str]:
    from hipcoach.core.history.export import (
        SESSION_FIELDS,
        SET_FIELDS,
        csv_line,
        csv_row,
        session_row,
        set_rows,
    )

    fields = SET_FIELDS if sets else SESSION_FIELDS
    yield csv_line(fields)
    for each in export.sessions():
        for row in set_rows(each.record) if sets else [session_row(each.record)]:
            yield csv_row(fields, row)


def _json(export: Export) -> Iterator[str]:
    from hipcoach.storage.export_json import export_document, session_text

    def sessions() -> Iterator[str]:
        for each in export.sessions():
            try:
                text = session_text(each.values)
            except (ValueError, RecursionError):
                export.count -= 1
                export.problems.append(f"{each.id} holds what cannot be written again.")
            else:
                yield text

    return export_document(__version__, sessions())


def _set_list(export: Export) -> Iterator[str]:
    import json

    from hipcoach.core.history.export import set_rows

    comma = "["
    for each in export.sessions():
        for row in set_rows(each.record):
            yield f"{comma}\n  {json.dumps(row)}".replace("\x7f", "\\u007f")
            comma = ","
    yield "[]\n" if comma == "[" else "\n]\n"


def _calendar(export: Export) -> Iterator[str]:
    from hipcoach.core.history.export import calendar_begin, calendar_end, calendar_event

    events = (calendar_event(each.record) for each in export.sessions())
    return chain([calendar_begin(__version__)], events, [calendar_end()])
