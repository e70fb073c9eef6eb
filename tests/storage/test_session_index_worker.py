"""A long log is read by a process of its own; where there is none, or it is stopped, nothing is lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from hipcoach.storage import session_index
from hipcoach.storage.session_index import SessionIndex
from hipcoach.storage.session_index_worker import Worker
from hipcoach.storage.session_log import record_text, save_record
from tests.storage.indexed_log import LATER, fresh, put, said, some_sessions
from tests.support import a_record


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
