"""Sessions as an iCalendar file (RFC 5545): one event each, in UTC, that takes up no free time.

Written here and not by a library: what is needed is one kind of component with seven properties, which
takes three rules (escaping, folding, times), against three packages more to install.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from hipcoach.core.record import Outcome, SessionRecord

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
