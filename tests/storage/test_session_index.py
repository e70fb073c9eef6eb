"""The log in short is read only where it has changed, newest first, and may be stopped half way."""

from __future__ import annotations

from pathlib import Path

import pytest

from hipcoach.storage import session_index
from hipcoach.storage.session_index import SessionList
from hipcoach.storage.session_log import rewrite_session
from tests.storage.indexed_log import fresh, index_of, said, some_sessions


def test_only_what_changed_is_read_again(tmp_path: Path, opened: list[str]) -> None:
    paths = some_sessions(tmp_path / "log", 20)
    expected = fresh(tmp_path / "log")
    opened.clear()
    index_of(tmp_path).read()
    assert sorted(opened) == [path.name for path in paths]
    opened.clear()
    assert said(index_of(tmp_path).read()) == expected
    assert opened == []
    rewrite_session(tmp_path / "log", paths[3].stem, {"note": "stiff"})
    paths[5].unlink()
    listed = index_of(tmp_path).read()
    assert opened == [paths[3].name]
    assert listed.entries[3].note == "stiff"
    assert len(listed.entries) == 19


def test_a_file_that_was_just_changed_is_not_believed_unread(tmp_path: Path, opened: list[str]) -> None:
    (path,) = some_sessions(tmp_path / "log", 1)
    path.touch()
    for _ in range(2):
        index_of(tmp_path).read()
    assert len(opened) == 2


def test_an_empty_log_leaves_no_trace(tmp_path: Path) -> None:
    assert index_of(tmp_path).read() == SessionList()
    assert {path.name for path in tmp_path.iterdir()}.isdisjoint({"log", "cache"})


def test_the_newest_are_reported_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session_index, "AT_A_TIME", 1)
    monkeypatch.setattr(session_index, "REPORTS", 0.0)
    monkeypatch.setattr(session_index, "RARELY", 0)
    paths = some_sessions(tmp_path / "log", 10)
    parts: list[SessionList] = []
    whole = index_of(tmp_path).read(parts.append)
    assert [(part.done, part.files) for part in parts] == [(number, 10) for number in range(1, 10)]
    assert [part.is_whole for part in parts] == [False] * 9
    assert [entry.id for entry in parts[0].entries] == [paths[-1].stem]
    assert whole.is_whole


def test_who_asks_while_another_reads_is_given_what_there_is_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session_index, "AT_A_TIME", 1)
    some_sessions(tmp_path / "log", 3)
    index = index_of(tmp_path)
    parts: list[SessionList] = []
    stopped = SessionList(files=1)

    def meanwhile() -> bool:
        if not parts:
            assert index.read(parts.append, lambda: True) == stopped
        return False

    assert index.read(stop=meanwhile).is_whole
    assert [(part.done, len(part.entries), part.is_whole) for part in parts] == [(1, 1, False)]


def test_reading_that_is_stopped_keeps_what_it_has_read(
    tmp_path: Path, opened: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session_index, "AT_A_TIME", 2)
    some_sessions(tmp_path / "log", 10)
    expected = fresh(tmp_path / "log")
    opened.clear()
    listed = index_of(tmp_path).read(stop=lambda: len(opened) >= 4)
    assert (listed.done, len(listed.entries), listed.is_whole) == (4, 4, False)
    assert said(index_of(tmp_path).read()) == expected
    assert len(opened) == 10
