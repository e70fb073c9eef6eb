"""Sessions and their sets as rows of plain values, for spreadsheets and scripts.

Times are ISO 8601 with their offset from UTC, lengths are seconds; pauses are not counted.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import TypeAlias

from hipcoach.core.history.record import Outcome, SessionRecord, counts

Row: TypeAlias = Mapping[str, str | int | float | bool | None]

SESSION_FIELDS = (
    "id",
    "routine",
    "title",
    "source",
    "started",
    "utc_offset_minutes",
    "day",
    "status",
    "counts",
    "active_seconds",
    "planned_sets",
    "done_sets",
    "planned_reps",
    "done_reps",
    "planned_work_seconds",
    "done_work_seconds",
    "discomfort_before",
    "discomfort_after",
    "app_version",
    "note",
)
"""What is said of a session, in this order."""
SET_FIELDS = (
    "session",
    "day",
    "routine",
    "set",
    "kind",
    "exercise",
    "name",
    "stage",
    "side",
    "direction",
    "round",
    "planned_reps",
    "planned_seconds",
    "dose_basis",
    "dose_source",
    "tempo_basis",
    "outcome",
    "done_reps",
    "done_seconds",
    "attempts",
    "reason",
)
"""What is said of a set, planned and done, in this order; `session` is the session's id."""


def session_row(record: SessionRecord) -> Row:
    """One session in all."""
    offset = record.started.utcoffset()
    values = (
        record.id,
        record.routine,
        record.title,
        record.source,
        record.started.isoformat(timespec="seconds"),
        int(offset.total_seconds() // 60) if offset else 0,
        record.day.isoformat(),
        record.status.value,
        counts(record),
        _rounded(record.active_seconds),
        len(record.steps),
        sum(step.outcome is Outcome.DONE for step in record.steps),
        sum(step.reps or 0 for step in record.steps),
        sum(step.done_reps for step in record.steps),
        _rounded(record.work_planned),
        _rounded(record.work_done),
        record.discomfort_before,
        record.discomfort_after,
        record.app_version,
        record.note,
    )
    return dict(zip(SESSION_FIELDS, values, strict=True))


def set_rows(record: SessionRecord) -> Iterator[Row]:
    """Every set of a session, also those that were skipped or not reached."""
    for number, step in enumerate(record.steps, 1):
        values = (
            record.id,
            record.day.isoformat(),
            record.routine,
            number,
            step.kind.value,
            step.exercise,
            step.name,
            step.stage,
            step.side.value if step.side else None,
            step.direction,
            step.round,
            step.reps,
            _rounded(step.seconds),
            step.dose_basis.value if step.dose_basis else None,
            step.dose_source,
            step.tempo_basis.value if step.tempo_basis else None,
            step.outcome.value,
            step.done_reps if step.reps is not None else None,
            _rounded(step.done_seconds),
            max(1, len(step.attempts))
            if step.outcome in (Outcome.DONE, Outcome.PARTIAL)
            else len(step.attempts),
            step.reason,
        )
        yield dict(zip(SET_FIELDS, values, strict=True))


def _rounded(seconds: float) -> float:
    return round(seconds, 3)


FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a formula may begin with; tabs and line ends are passed over by some, wide signs taken for narrow."""
APOSTROPHE = "'"


class _Line:
    """Hands back what is written; so does `writerow` then."""

    def write(self, text: str) -> str:
        return text


def csv_line(cells: Iterable[object], line_end: str = "\r\n") -> str:
    """A line with its line end. None is an empty cell, true and false are in small letters."""
    line: str = csv.writer(_Line(), lineterminator=line_end).writerow(map(_cell, cells))
    return line


def csv_row(fields: Iterable[str], values: Mapping[str, object]) -> str:
    """A line with the values of these fields."""
    return csv_line(values[field] for field in fields)


def guarded(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    if text.startswith((*FORMULA_SIGNS, APOSTROPHE)) or text.lstrip().startswith(FORMULA_SIGNS):
        return APOSTROPHE + text
    return text


def unguarded(text: str) -> str:
    """The text that `guarded` was given."""
    return text.removeprefix(APOSTROPHE)


def _cell(value: object) -> object:
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            return guarded(value)
        case _:
            return value


LONGEST_LINE = 75
"""Octets of a line without its end; longer ones are folded."""
SHORTEST_EVENT = timedelta(minutes=1)
"""An event that ends when it begins is left out by some calendars."""
LINE_END = "\r\n"


def calendar_begin(app_version: str) -> str:
    """What comes before the events."""
    return _lines(
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//hipcoach//hipcoach {app_version}//EN",
        "CALSCALE:GREGORIAN",
    )


def calendar_event(record: SessionRecord) -> str:
    """One session. Its UID is made of the session's id, so that importing it again changes the same event.

    It ends after its active time; pauses are not counted.
    """
    start = record.started.astimezone(UTC)
    end = start + max(timedelta(seconds=round(record.active_seconds)), SHORTEST_EVENT)
    return _lines(
        "BEGIN:VEVENT",
        f"UID:{_text(record.id)}@hipcoach",
        f"DTSTAMP:{_instant(end)}",
        f"DTSTART:{_instant(start)}",
        f"DTEND:{_instant(end)}",
        f"SUMMARY:{_text(record.title)}",
        f"DESCRIPTION:{_text(_description(record))}",
        "CATEGORIES:hipcoach",
        "CLASS:PRIVATE",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    )


def calendar_end() -> str:
    """What comes after the events."""
    return _lines("END:VCALENDAR")


def _description(record: SessionRecord) -> str:
    done = sum(step.outcome is Outcome.DONE for step in record.steps)
    minutes = round(record.active_seconds / 60, 1)
    facts = f"{record.status.value.capitalize()}, {done} of {len(record.steps)} sets, {minutes:g} min"
    return f"{facts}\n{record.note}" if record.note else facts


def _instant(when: datetime) -> str:
    return f"{when.year:04}{when:%m%dT%H%M%SZ}"


def _text(text: str) -> str:
    """Escaped, without the control characters that the format has no way to say."""
    # Half a character, as in the name of a file that is not UTF-8, is spelled out.
    text = text.encode(errors="backslashreplace").decode()
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = "".join(sign for sign in text if sign in "\n\t" or not (sign < " " or "\x7f" <= sign <= "\x9f"))
    for sign in "\\;,":
        text = text.replace(sign, "\\" + sign)
    return text.replace("\n", "\\n")


def _lines(*lines: str) -> str:
    return "".join(part + LINE_END for line in lines for part in _folded(line))


def _folded(line: str) -> Iterator[str]:
    """Parts of at most 75 octets, between characters; all but the first begin with a space."""
    part, size = "", 0
    for sign in line:
        octets = len(sign.encode())
        if size + octets > LONGEST_LINE:
            yield part
            part, size = " ", 1
        part += sign
        size += octets
    yield part
