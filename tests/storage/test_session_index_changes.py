"""Whatever becomes of the files of the log, its index says what a fresh reading of them says."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from hipcoach.core.history.record import SessionRecord
from hipcoach.storage.session_log import record_text
from tests.storage.indexed_log import TIMES, fresh, index_of, put, said
from tests.storage.records import RECORDS
from tests.support import a_record

NAMES = st.sampled_from(
    [
        "20260301T120000Z-aaaaaa",
        "20260302T120000Z-bbbbbb",
        "20260301T120000Z-aaaaaa (1)",
        "20260301T120000Z-aaaaaa-laptop",
        "20260302T120000Z-bbbbbb.sync-conflict-20260302-120000-ABCDEFG",
        "my own",
        ".hidden",
    ]
)
CHANGES = st.one_of(
    st.tuples(st.just("put"), NAMES, RECORDS),
    st.tuples(st.just("same"), NAMES, st.just(a_record())),
    st.tuples(st.just("note"), NAMES, st.text()),
    st.tuples(st.just("newer"), NAMES, RECORDS),
    st.tuples(st.just("damage"), NAMES, st.sampled_from(["", "?", "format = 1", "a = " + "[" * 300])),
    st.tuples(st.just("remove"), NAMES, st.none()),
    st.tuples(st.just("touch"), NAMES, st.none()),
    st.tuples(st.just("forget"), NAMES, st.none()),
)


def change(path: Path, what: str, value: object) -> None:
    if isinstance(value, SessionRecord):
        text = record_text(value)
        put(path, text.replace("format = 1", "format = 9", 1) if what == "newer" else text)
    elif what == "damage":
        put(path, str(value))
    elif not path.exists():
        return
    elif what == "note":
        text = path.read_text(encoding="utf-8", errors="replace")
        put(path, text.replace('note = ""', 'note = "stiff"', 1))
    elif what == "remove":
        path.unlink()
    elif what == "touch":
        moment = next(TIMES)
        os.utime(path, ns=(moment, moment))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(CHANGES, st.booleans()), max_size=8))
def test_whatever_becomes_of_the_files_it_says_what_they_say(
    changes: list[tuple[tuple[str, str, object], bool]],
) -> None:
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        (home / "log").mkdir()
        going_on = index_of(home)
        for (what, stem, value), look in changes:
            if what == "forget":
                going_on = index_of(home)
            change(home / "log" / f"{stem}.toml", what, value)
            if look:
                assert said(going_on.read()) == fresh(home / "log")
        assert said(going_on.read()) == fresh(home / "log")
        assert said(index_of(home).read()) == fresh(home / "log")
