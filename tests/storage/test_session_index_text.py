"""What is made of a session's text piece by piece is what the full reading makes of it, or nothing."""

from __future__ import annotations

import tomli_w
from hypothesis import given, settings
from hypothesis import strategies as st

from hipcoach.core.history.record import SessionRecord, entry_of
from hipcoach.core.history.streaks import balance, total_balance
from hipcoach.storage.session_index_text import EntryReader
from hipcoach.storage.session_log import record_in, record_text, record_to_toml
from tests.storage.records import RECORDS
from tests.support import a_record, a_step_record

ODD_LINES = [
    "",
    "[[step]]",
    "[choices]",
    "[other]",
    " [other]",
    "[[other]]",
    "[",
    "]",
    "attempts = [",
    "attempts = [[1, 2.0]]",
    "extra = {a = 1}",
    "done_seconds = 3.5",
    "done_seconds = 03",
    "done_seconds = -1",
    'done_seconds = "3"',
    'kind = "hold"',
    "reps = true",
    "step = 5",
    "choices = 5",
    "choices.level = 5",
    'note = """',
    "note = '''",
    'note = "a # b"',
    'note = "\\n[[step]]\\n"',
    "# done_seconds = 7",
    "day = 2026-03-02T00:00:00",
    "started = 2026-03-02 12:00:00+00:00",
    "started = 2026-13-02 12:00:00+00:00",
    "active_seconds = 1e3",
    "format = 1",
    "format = 2",
    "unknown = 1979-05-27",
    '"quoted" = 1',
    "\tdone_reps = 2",
    "done_reps = 2\r",
    "\x00",
]


@settings(deadline=None)
@given(RECORDS)
def test_an_entry_is_that_of_the_whole_record(record: SessionRecord) -> None:
    text = record_text(record)
    full, problem = record_in(text, record.id)
    assert full is not None
    assert problem == ""
    found = EntryReader().entry(text, record.id)
    if not record.steps:
        assert found is None  # an empty list of steps stands among the other keys
        return
    assert found == entry_of(full)
    assert found is not None
    assert found.started.utcoffset() == full.started.utcoffset()


@settings(deadline=None)
@given(st.lists(RECORDS, max_size=4))
def test_one_reader_reads_many_texts(records: list[SessionRecord]) -> None:
    reader = EntryReader()
    texts = [record_text(record) for record in records for _ in range(2)]
    for text in texts:
        full, _ = record_in(text, "name")
        assert full is not None
        assert reader.entry(text, "name") == (entry_of(full) if full.steps else None)


@settings(deadline=None)
@given(
    RECORDS,
    st.lists(st.tuples(st.integers(0, 60), st.sampled_from(("insert", "drop", "double", "swap", "cut")),
                       st.sampled_from(ODD_LINES)), min_size=1, max_size=3),
)  # fmt: skip
def test_a_damaged_text_is_never_read_otherwise_than_in_full(
    record: SessionRecord, damage: list[tuple[int, str, str]]
) -> None:
    lines = record_text(record).split("\n")
    for place, what, line in damage:
        place %= len(lines)
        if what == "insert":
            lines.insert(place, line)
        elif what == "drop" and len(lines) > 1:
            del lines[place]
        elif what == "double":
            lines.insert(place, lines[place])
        elif what == "swap":
            lines[place], lines[-1 - place] = lines[-1 - place], lines[place]
        else:
            lines[place] = lines[place][: len(lines[place]) // 2]
    text = "\n".join(lines)
    found = EntryReader().entry(text, "name")
    full, problem = record_in(text, "name")
    if found is not None:
        assert full is not None, text
        assert problem == ""
        assert found == entry_of(full)


def test_each_odd_line_at_each_place() -> None:
    lines = record_text(a_record(choices={"level": "low"}, steps=(a_step_record(),) * 2)).split("\n")
    for place in range(len(lines) + 1):
        for odd in ODD_LINES:
            text = "\n".join([*lines[:place], odd, *lines[place:]])
            found = EntryReader().entry(text, "name")
            full, problem = record_in(text, "name")
            if found is not None:
                assert (full is not None and entry_of(full), problem) == (found, ""), (place, odd)


def test_what_a_newer_hipcoach_wrote_is_read_in_full() -> None:
    values = record_to_toml(a_record())
    assert EntryReader().entry(tomli_w.dumps(values), "name") is not None
    assert EntryReader().entry(tomli_w.dumps({**values, "format": 2}), "name") is None
    assert EntryReader().entry(tomli_w.dumps({**values, "more": {"deep": 1}}), "name") is None


@settings(deadline=None)
@given(st.lists(RECORDS, max_size=5))
def test_left_and_right_add_up_as_they_do_in_the_records(records: list[SessionRecord]) -> None:
    whole, short = balance(records), total_balance(map(entry_of, records))
    assert short.reps == whole.reps
    for side, seconds in whole.hold_seconds.items():
        assert abs(short.hold_seconds[side] - seconds) < 1e-3
