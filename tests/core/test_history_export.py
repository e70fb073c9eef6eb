"""Sessions and sets as CSV and as a calendar, for any program that reads these."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import icalendar
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from msgspec.structs import replace

from hipcoach.core.history.export import calendar, csv_lines
from hipcoach.core.history.record import SessionRecord
from tests.support import a_record

ANY_TEXTS = st.text(st.characters(exclude_categories=["Cs"]))


def line_of(*cells: object) -> str:
    names = [f"{number}" for number in range(len(cells))]
    _, line = csv_lines(names, [dict(zip(names, cells, strict=True))])
    return line


@given(st.lists(ANY_TEXTS, min_size=2, max_size=4))
@example(['a "b", c', "one\r\ntwo", "\r", "", "'", "''=1", "=1"])
def test_what_any_reader_of_csv_reads_is_the_text_but_for_an_apostrophe(texts: list[str]) -> None:
    (row,) = csv.reader(io.StringIO(line_of(*texts), newline=""), strict=True)
    assert [cell.removeprefix("'") for cell in row] == texts


@pytest.mark.parametrize("begin", ["=", "+", "-", "@", "\t=", "\r=", "\n=", "＝", " =", "\u00a0@", "\v+"])
def test_no_text_begins_like_a_formula(begin: str) -> None:
    text = f"{begin}HYPERLINK(example)"
    ((cell,),) = csv.reader(io.StringIO(line_of(text), newline=""), strict=True)
    assert cell == f"'{text}"


def test_numbers_and_words_are_as_they_are() -> None:
    assert line_of(-1.5, 3, None, True, False, "tight", "1-2") == "-1.5,3,,true,false,tight,1-2\r\n"


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
