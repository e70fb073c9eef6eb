"""Sessions and their sets as rows of plain values, as CSV, and as a calendar.

Times are ISO 8601 with their offset from UTC, lengths are seconds; pauses are not counted.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from msgspec import to_builtins
from msgspec.structs import asdict

from hipcoach.core.history.record import PLANNED, Outcome, SessionRecord

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
"""The columns of a session."""
SET_FIELDS = (
    *("session", "day", "routine", "set"),
    *(f"planned_{name}" if name in ("reps", "seconds") else name for name in PLANNED),
    "outcome",
    "done_reps",
    "done_seconds",
    "attempts",
    "reason",
)
"""The columns of a set, planned and done; `session` is the session's id."""
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a formula may begin with; tabs and line ends are passed over by some, wide signs taken for narrow."""
LONGEST_LINE = 75
"""Octets of a line without its end; longer ones are folded."""
SHORTEST_EVENT = timedelta(minutes=1)
"""An event that ends when it begins is left out by some calendars."""
LINE_END = "\r\n"
Row = Mapping[str, Any]


def session_row(record: SessionRecord) -> Row:
    """Return the values of `SESSION_FIELDS`."""
    offset = record.started.utcoffset() or timedelta()
    row = asdict(record) | {
        "started": record.started.isoformat(timespec="seconds"),
        "utc_offset_minutes": int(offset.total_seconds() // 60),
        "day": record.day.isoformat(),
        "counts": record.counts,
        "active_seconds": round(record.active_seconds, 3),
        "planned_sets": len(record.steps),
        "done_sets": record.done_sets,
        "planned_reps": record.planned_reps,
        "done_reps": record.done_reps,
        "planned_work_seconds": round(record.work_planned, 3),
        "done_work_seconds": round(record.work_done, 3),
    }
    return {name: row[name] for name in SESSION_FIELDS}


def set_rows(record: SessionRecord) -> Iterator[Row]:
    """Yield the values of `SET_FIELDS` for every set, also those that were skipped or not reached."""
    for number, step in enumerate(record.steps, 1):
        row = to_builtins(step) | {
            "session": record.id,
            "day": record.day.isoformat(),
            "routine": record.routine,
            "set": number,
            "planned_reps": step.reps,
            "planned_seconds": round(step.seconds, 3),
            "done_reps": step.done_reps if step.reps is not None else None,
            "done_seconds": round(step.done_seconds, 3),
            "attempts": len(step.attempts) or int(step.outcome in (Outcome.DONE, Outcome.PARTIAL)),
        }
        yield {name: row[name] for name in SET_FIELDS}


class _Line:
    """Hands back what is written; so does `writerow` then."""

    def write(self, text: str) -> str:
        return text


def csv_lines(fields: Sequence[str], rows: Iterable[Row], line_end: str = LINE_END) -> Iterator[str]:
    """Yield a line with the fields' names, then each row's, as RFC 4180 has it; no text is a formula."""
    writer: Any = csv.DictWriter(_Line(), fields, lineterminator=line_end)
    yield writer.writeheader()
    for row in rows:
        yield writer.writerow({name: _cell(value) for name, value in row.items()})


def _cell(value: object) -> object:
    """Return a value as CSV has it.

    A spreadsheet runs a text that begins with =, +, - or @ as a formula, quoted or not, and maybe after
    spaces. Such a text gets an apostrophe in front, which spreadsheets take for "this is text"; so does one
    that begins with an apostrophe, so that taking away one gives back every text as it was.
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str) and (
        value.startswith((*FORMULA_SIGNS, "'")) or value.lstrip().startswith(FORMULA_SIGNS)
    ):
        return f"'{value}"
    return value


def calendar(app_version: str, records: Iterable[SessionRecord]) -> Iterator[str]:
    """Yield sessions as an iCalendar file (RFC 5545): one event each, in UTC, that takes up no free time."""
    yield _lines(
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//hipcoach//hipcoach {app_version}//EN",
        "CALSCALE:GREGORIAN",
    )
    yield from map(_event, records)
    yield _lines("END:VCALENDAR")


def _event(record: SessionRecord) -> str:
    # The UID is made of the session's id, so that importing it again changes the same event.
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


def _description(record: SessionRecord) -> str:
    sets = f"{record.done_sets} of {len(record.steps)} sets"
    minutes = round(record.active_seconds / 60, 1)
    facts = f"{record.status.value.capitalize()}, {sets}, {minutes:g} min"
    return f"{facts}\n{record.note}" if record.note else facts


def _instant(when: datetime) -> str:
    return f"{when.year:04}{when:%m%dT%H%M%SZ}"


def _text(text: str) -> str:
    """Return a text escaped, without the control characters that the format has no way to say."""
    # Half a character, as in the name of a file that is not UTF-8, is spelled out.
    text = text.encode(errors="backslashreplace").decode()
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = "".join(each for each in text if each in "\n\t" or not (each < " " or "\x7f" <= each <= "\x9f"))
    for each in "\\;,":
        text = text.replace(each, "\\" + each)
    return text.replace("\n", "\\n")


def _lines(*lines: str) -> str:
    return "".join(part + LINE_END for line in lines for part in _folded(line))


def _folded(line: str) -> Iterator[str]:
    """Yield parts of at most 75 octets, between characters; all but the first begin with a space."""
    part, size = "", 0
    for character in line:
        octets = len(character.encode())
        if size + octets > LONGEST_LINE:
            yield part
            part, size = " ", 1
        part += character
        size += octets
    yield part
