"""The index's database may be damaged, out of reach or in use: what it says is right all the same."""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from hipcoach.core.history import record as history_record
from hipcoach.core.history.record import Balance, SessionStatus
from hipcoach.storage import session_index
from hipcoach.storage.session_index import SessionIndex, SessionList
from hipcoach.storage.session_log import rewrite_session
from tests.golden import SKIPPED_SESSION
from tests.storage.indexed_log import fresh, index_of, said, some_sessions


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
        sql("UPDATE sessions SET status = 'flying'"),
        sql("UPDATE sessions SET day = NULL"),
        sql("UPDATE sessions SET note = x'ff'"),
        sql("DROP TABLE files"),
        sql("DROP TABLE sessions"),
        sql("DROP TABLE sessions", "CREATE TABLE sessions (name TEXT)"),
        sql("DROP VIEW shown", "CREATE VIEW shown AS SELECT 1", "PRAGMA user_version = 5"),
    ],
)
def test_a_damaged_database_is_made_again_and_never_believed(
    tmp_path: Path, spoil: Callable[[Path], None], opened: list[str]
) -> None:
    some_sessions(tmp_path / "log", 30)
    expected = fresh(tmp_path / "log")
    index_of(tmp_path).read()
    spoil(tmp_path / "cache" / "index.sqlite3")
    for _ in range(2):
        assert said(index_of(tmp_path).read()) == expected
    opened.clear()
    assert said(index_of(tmp_path).read()) == expected
    assert opened == [], "it was not made again"


def test_sets_that_are_lost_while_it_is_open_are_read_again(tmp_path: Path) -> None:
    some_sessions(tmp_path / "log", 3)
    index = index_of(tmp_path)
    index.read()
    before = index.exercises()
    sql("DROP TABLE sets")(tmp_path / "cache" / "index.sqlite3")
    assert index.exercises() == before


def test_who_asks_before_it_was_read_keeps_it_from_no_file(tmp_path: Path) -> None:
    some_sessions(tmp_path / "log", 3)
    index = index_of(tmp_path)
    assert (index.entries(), index.exercises(), index.balance()) == ([], (), Balance())
    assert said(index.read()) == fresh(tmp_path / "log")
    assert (tmp_path / "cache" / "index.sqlite3").exists()


@pytest.mark.parametrize("error", [FileNotFoundError, PermissionError])
def test_a_database_of_another_version_that_cannot_be_removed_does_no_harm(
    tmp_path: Path, error: type[OSError], monkeypatch: pytest.MonkeyPatch
) -> None:
    some_sessions(tmp_path / "log", 3)
    index_of(tmp_path).read()
    sql("PRAGMA user_version = 77")(tmp_path / "cache" / "index.sqlite3")

    def refused(self: Path, missing_ok: bool = False) -> None:
        raise error("another window was quicker, or has it open")

    monkeypatch.setattr(Path, "unlink", refused)
    assert said(index_of(tmp_path).read()) == fresh(tmp_path / "log")


def test_without_a_place_for_the_database_all_goes_on(tmp_path: Path) -> None:
    some_sessions(tmp_path / "log", 3)
    (tmp_path / "cache" / "index.sqlite3").mkdir(parents=True)
    assert said(index_of(tmp_path).read()) == fresh(tmp_path / "log")
    (tmp_path / "file").write_text("")
    index = SessionIndex(tmp_path / "log", tmp_path / "file" / "index.sqlite3")
    assert said(index.read()) == fresh(tmp_path / "log")


def test_another_instance_that_is_writing_does_no_harm(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session_index, "PATIENCE", 0.01)
    paths = some_sessions(tmp_path / "log", 3)
    index_of(tmp_path).read()
    with closing(sqlite3.connect(tmp_path / "cache" / "index.sqlite3", isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        rewrite_session(tmp_path / "log", paths[0].stem, {"note": "stiff"})
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
def test_the_database_is_for_its_owner_alone(tmp_path: Path) -> None:
    some_sessions(tmp_path / "log", 3)
    before = os.umask(0)
    try:
        index_of(tmp_path).read()
    finally:
        os.umask(before)
    path = tmp_path / "cache" / "index.sqlite3"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_what_another_version_judged_is_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    log = tmp_path / "log"
    log.mkdir()
    shutil.copy(SKIPPED_SESSION, log)
    with monkeypatch.context() as before:
        before.setattr(session_index, "VERSION", 1)
        before.setattr(history_record, "ENOUGH", 0.0)
        (entry,) = index_of(tmp_path).read().entries
        assert entry.status is SessionStatus.COMPLETED
    (entry,) = index_of(tmp_path).read().entries
    assert entry.status is SessionStatus.STOPPED
