"""The log in short is what a fresh reading of every file would give, whatever became of files and cache."""

from __future__ import annotations

import os
import sqlite3
import stat
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hipcoach.core.record import SessionRecord
from hipcoach.core.session_entry import entry_of
from hipcoach.storage import session_index, session_index_cache, session_index_reading, text_file
from hipcoach.storage.session_index import SessionIndex, SessionList
from hipcoach.storage.session_index_worker import Worker
from hipcoach.storage.session_log import load_log, record_text, save_note, save_record
from tests.storage.records import RECORDS
from tests.support import a_record

FIRST = date(2026, 3, 1)
LATER = time.time_ns() + 10**15
"""When no file is young any more."""
TIMES = count(10**18, 10**9)
"""Times of change that differ, however quick a test is."""


def put(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="")
    moment = next(TIMES)
    os.utime(path, ns=(moment, moment))


def some_sessions(directory: Path, number: int) -> list[Path]:
    directory.mkdir(parents=True, exist_ok=True)
    records = [a_record(FIRST + timedelta(days=each)) for each in range(number)]
    for record in records:
        put(directory / f"{record.id}.toml", record_text(record))
    return [directory / f"{record.id}.toml" for record in records]


def fresh(directory: Path) -> tuple[object, ...]:
    log = load_log(directory)
    return tuple(map(entry_of, log.records)), log.problems, log.copies


def said(listed: SessionList) -> tuple[object, ...]:
    assert listed.is_whole
    return listed.entries, listed.problems, listed.copies


def index_of(tmp_path: Path) -> SessionIndex:
    return SessionIndex(tmp_path / "log", tmp_path / "cache" / "index.sqlite3", now_ns=lambda: LATER)


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of all files that are read."""
    names: list[str] = []
    read_text = text_file.read_text

    def reading(path: Path, largest: int) -> str:
        names.append(path.name)
        return read_text(path, largest)

    monkeypatch.setattr(session_index_reading, "read_text", reading)
    return names


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


def test_only_what_changed_is_read_again(tmp_path: Path, opened: list[str]) -> None:
    paths = some_sessions(tmp_path / "log", 20)
    index_of(tmp_path).read()
    assert sorted(opened) == [path.name for path in paths]
    opened.clear()
    assert said(index_of(tmp_path).read()) == fresh(tmp_path / "log")
    assert opened == []
    save_note(tmp_path / "log", paths[3].stem, "stiff")
    paths[5].unlink()
    listed = index_of(tmp_path).read()
    assert opened == [paths[3].name]
    assert listed.entries[3].note == "stiff"
    assert len(listed.entries) == 19


def test_the_same_list_is_given_again_while_nothing_changes(tmp_path: Path) -> None:
    some_sessions(tmp_path / "log", 3)
    index = index_of(tmp_path)
    assert index.read() is index.read()


def test_a_file_as_long_and_as_old_as_before_is_read_again(tmp_path: Path) -> None:
    (path,) = some_sessions(tmp_path / "log", 1)
    status = path.stat()
    index = index_of(tmp_path)
    assert index.read().entries[0].active_seconds == 600
    other = record_text(a_record(FIRST, active_seconds=601.0))
    assert len(other) == status.st_size
    temporary = path.with_suffix(".new")
    temporary.write_text(other, encoding="utf-8")
    os.utime(temporary, ns=(status.st_atime_ns, status.st_mtime_ns))
    temporary.replace(path)
    assert index.read().entries[0].active_seconds == 601
    assert index_of(tmp_path).read().entries[0].active_seconds == 601


def test_a_file_that_was_just_changed_is_not_believed_unread(tmp_path: Path, opened: list[str]) -> None:
    some_sessions(tmp_path / "log", 1)
    for _ in range(2):
        SessionIndex(tmp_path / "log", tmp_path / "cache" / "index.sqlite3").read()
    assert len(opened) == 2


def truncate(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def garble(path: Path) -> None:
    content = bytearray(path.read_bytes())
    for place in range(150, len(content), 97):
        content[place] ^= 0x55
    path.write_bytes(content)


def sql(*statements: str) -> Callable[[Path], None]:
    def spoil(path: Path) -> None:
        with closing(sqlite3.connect(path)) as database:
            for statement in statements:
                database.execute(statement)
            database.commit()

    return spoil


@pytest.mark.parametrize(
    "spoil",
    [
        truncate,
        garble,
        lambda path: path.write_bytes(b""),
        lambda path: path.write_bytes(b"no database"),
        lambda path: path.unlink(),
        sql("PRAGMA user_version = 77"),
        sql("UPDATE session SET entry = replace(entry, '600', '999')"),
        sql("UPDATE session SET problem = 'is a lie'"),
        sql("UPDATE session SET entry = NULL, stamp = 5"),
        sql("UPDATE session SET totals = CAST(x'ff' AS TEXT)"),
        sql("DROP TABLE session"),
        sql("DROP TABLE session", "CREATE TABLE session (name TEXT)"),
        sql("DROP TABLE session", "CREATE VIEW session AS SELECT 1", "PRAGMA user_version = 5"),
    ],
)
def test_a_damaged_cache_is_made_anew_and_never_believed(
    tmp_path: Path, spoil: Callable[[Path], None], opened: list[str]
) -> None:
    some_sessions(tmp_path / "log", 30)
    index_of(tmp_path).read()
    spoil(tmp_path / "cache" / "index.sqlite3")
    for _ in range(2):
        assert said(index_of(tmp_path).read()) == fresh(tmp_path / "log")
    opened.clear()
    assert said(index_of(tmp_path).read()) == fresh(tmp_path / "log")
    assert opened == [], "it was not made anew"


def test_without_a_place_for_the_cache_all_goes_on(tmp_path: Path) -> None:
    some_sessions(tmp_path / "log", 3)
    (tmp_path / "cache" / "index.sqlite3").mkdir(parents=True)
    assert said(index_of(tmp_path).read()) == fresh(tmp_path / "log")
    (tmp_path / "file").write_text("")
    index = SessionIndex(tmp_path / "log", tmp_path / "file" / "index.sqlite3", now_ns=lambda: LATER)
    assert said(index.read()) == fresh(tmp_path / "log")


def test_another_instance_that_is_writing_does_no_harm(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session_index_cache, "PATIENCE", 0.01)
    paths = some_sessions(tmp_path / "log", 3)
    index_of(tmp_path).read()
    with closing(sqlite3.connect(tmp_path / "cache" / "index.sqlite3", isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        save_note(tmp_path / "log", paths[0].stem, "stiff")
        assert said(index_of(tmp_path).read()) == fresh(tmp_path / "log")
        other.execute("ROLLBACK")
    assert said(index_of(tmp_path).read()) == fresh(tmp_path / "log")


def test_two_at_once(tmp_path: Path) -> None:
    some_sessions(tmp_path / "log", 60)
    found: list[SessionList] = []
    shared = index_of(tmp_path)
    indexes = [shared, shared, index_of(tmp_path), index_of(tmp_path)]
    threads = [threading.Thread(target=lambda each=each: found.append(each.read())) for each in indexes]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [said(each) for each in found] == [fresh(tmp_path / "log")] * 4


@pytest.mark.skipif(os.name != "posix", reason="modes are POSIX's")
def test_the_cache_is_for_its_owner_alone(tmp_path: Path) -> None:
    some_sessions(tmp_path / "log", 3)
    before = os.umask(0)
    try:
        index_of(tmp_path).read()
    finally:
        os.umask(before)
    path = tmp_path / "cache" / "index.sqlite3"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_an_empty_log_leaves_no_trace(tmp_path: Path) -> None:
    assert index_of(tmp_path).read() == SessionList()
    assert {path.name for path in tmp_path.iterdir()}.isdisjoint({"log", "cache"})


def test_the_newest_are_reported_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session_index, "FIRST_REPORT", -1.0)
    monkeypatch.setattr(session_index, "REPORTS", -1.0)
    paths = some_sessions(tmp_path / "log", 10)
    parts: list[SessionList] = []
    whole = index_of(tmp_path).read(parts.append)
    assert [(part.done, part.files) for part in parts] == [(number, 10) for number in range(1, 10)]
    assert [part.is_whole for part in parts] == [False] * 9
    assert [entry.id for entry in parts[0].entries] == [paths[-1].stem]
    assert whole.is_whole


def test_reading_that_is_stopped_keeps_what_it_has_read(tmp_path: Path, opened: list[str]) -> None:
    some_sessions(tmp_path / "log", 10)
    listed = index_of(tmp_path).read(stop=lambda: len(opened) >= 4)
    assert (listed.done, len(listed.entries), listed.is_whole) == (4, 4, False)
    assert said(index_of(tmp_path).read()) == fresh(tmp_path / "log")
    assert len(opened) == 10


@pytest.fixture
def few_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session_index, "MANY", 5)
    monkeypatch.setattr(session_index, "AT_ONCE", 3)


@pytest.mark.usefixtures("few_are_many")
def test_another_process_reads_the_same(tmp_path: Path, opened: list[str]) -> None:
    paths = some_sessions(tmp_path / "log", 60)
    for number, path in enumerate(paths[:20]):
        put(path, "damaged" if number % 2 else record_text(a_record(note="näh\x1b", id=path.stem)))
    save_record(tmp_path / "log", replace(a_record(), id="20260301T120000Z-aaaaaa"))
    save_record(tmp_path / "log", replace(a_record(), id="20260301T120000Z-aaaaaa (1)", note="stiff"))
    index = SessionIndex(tmp_path / "log", tmp_path / "index", apart=True, now_ns=lambda: LATER)
    assert said(index.read()) == fresh(tmp_path / "log")
    assert len(opened) == 3


@pytest.mark.usefixtures("few_are_many")
@pytest.mark.parametrize("python", ["", "/nowhere/python", "/bin/false"])
def test_where_no_process_can_be_had_the_files_are_read_here(
    tmp_path: Path, python: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hipcoach.storage.session_index_worker.sys.executable", python)
    some_sessions(tmp_path / "log", 30)
    index = SessionIndex(tmp_path / "log", apart=True)
    assert said(index.read()) == fresh(tmp_path / "log")


@pytest.mark.usefixtures("few_are_many")
def test_reading_that_is_stopped_ends_the_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    closed: list[int | None] = []
    close = Worker.close

    def closing_it(worker: Worker) -> None:
        close(worker)
        closed.append(worker._process.returncode)

    monkeypatch.setattr(Worker, "close", closing_it)
    some_sessions(tmp_path / "log", 30)
    listed = SessionIndex(tmp_path / "log", apart=True).read(stop=lambda: True)
    assert listed.done == 1
    assert len(closed) == 1
    assert closed[0] is not None
