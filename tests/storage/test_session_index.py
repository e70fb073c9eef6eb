"""The log in short is read only where it has changed, newest first, and may be stopped half way."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from hipcoach.storage import session_index
from hipcoach.storage.session_index import SessionIndex, SessionList
from hipcoach.storage.session_log import record_text, rewrite_session
from tests.storage.indexed_log import FIRST, fresh, index_of, said, some_sessions
from tests.support import a_record


def test_only_what_changed_is_read_again(tmp_path: Path, opened: list[str]) -> None:
    paths = some_sessions(tmp_path / "log", 20)
    index_of(tmp_path).read()
    assert sorted(opened) == [path.name for path in paths]
    opened.clear()
    assert said(index_of(tmp_path).read()) == fresh(tmp_path / "log")
    assert opened == []
    rewrite_session(tmp_path / "log", paths[3].stem, {"note": "stiff"})
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
