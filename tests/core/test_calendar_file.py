from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import icalendar
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from hipcoach.core.history.export import calendar
from hipcoach.core.history.record import SessionRecord
from tests.support import a_record

TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n"))


def written(*records: SessionRecord) -> str:
    return "".join(calendar("1.2.3", records))


def events(text: str) -> list[Any]:
    calendar = icalendar.Calendar.from_ical(text)
    assert not calendar.errors
    assert (calendar["VERSION"], calendar["PRODID"]) == ("2.0", "-//hipcoach//hipcoach 1.2.3//EN")
    for event in calendar.events:
        assert not event.errors
    return list(calendar.events)


def test_a_session_is_an_event_in_utc() -> None:
    started = datetime(2026, 3, 4, 7, 30, tzinfo=timezone(timedelta(hours=2)))
    record = replace(a_record(id="20260304T053000Z-abcdef"), started=started, active_seconds=601.6)
    (event,) = events(written(record))
    assert event["UID"] == "20260304T053000Z-abcdef@hipcoach"
    assert event.start == datetime(2026, 3, 4, 5, 30, tzinfo=UTC)
    assert event.end - event.start == timedelta(seconds=602)
    assert event["SUMMARY"] == "Routine"
    assert event["DESCRIPTION"] == "Completed, 1 of 1 sets, 10 min"
    assert event["TRANSP"] == "TRANSPARENT"
    assert "DTSTART:20260304T053000Z\r\n" in written(record)


def test_the_same_session_is_written_the_same() -> None:
    assert written(a_record()) == written(a_record())


def test_an_event_takes_a_minute_at_least() -> None:
    (event,) = events(written(a_record(active_seconds=2.0)))
    assert event.end - event.start == timedelta(minutes=1)


@given(TEXTS.filter(str.strip), TEXTS)
def test_every_text_reads_back_and_no_line_is_too_long(title: str, note: str) -> None:
    text = written(a_record(title=title, note=note), a_record(date(2026, 3, 3)))
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    first, second = events(text)
    assert first["SUMMARY"] == title
    assert first["DESCRIPTION"].partition("\n")[2] == note
    assert second["SUMMARY"] == "Routine"


def test_control_characters_are_left_out() -> None:
    (event,) = events(written(a_record(title="Leg\x1b[31m\x00 \x9bcircuit", note="one\r\ntwo\rthree")))
    assert event["SUMMARY"] == "Leg[31m circuit"
    assert event["DESCRIPTION"].splitlines()[1:] == ["one", "two", "three"]


def test_no_property_can_be_smuggled_in() -> None:
    (event,) = events(written(a_record(title="Legs\r\nATTENDEE:mailto:x@example.org")))
    assert "ATTENDEE" not in event
