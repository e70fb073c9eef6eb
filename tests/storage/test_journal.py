from __future__ import annotations

import errno
import json
import os
import shutil
import stat
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given
from msgspec import to_builtins
from msgspec.structs import replace

from hipcoach.core.plan import Plan
from hipcoach.core.session import Session
from hipcoach.errors import StorageError
from hipcoach.storage.atomic import make_directory
from hipcoach.storage.journal import Journal, JournalHeader, header_of, lock_path, locked
from tests.core.strategies import plans
from tests.storage.sessions import a_header, run_on


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]


def wait_until(condition: Callable[[], object]) -> None:
    end = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < end
        threading.Event().wait(0.002)


@pytest.fixture
def header() -> JournalHeader:
    return a_header()


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    return tmp_path / "state" / "journal"


def test_the_first_line_holds_all_that_the_log_will_need(directory: Path, header: JournalHeader) -> None:
    journal = Journal.begin(directory, header)
    journal.close(remove=False)
    (first,) = lines(journal.path)
    assert first["format"] == 1
    assert first["id"] == header.id
    assert first["started"] == "2026-03-02T12:00:00+01:00"
    assert first["day"] == "2026-03-02"
    assert first["choices"] == {"rounds": 1}
    assert first["plan"] == json.loads(json.dumps(to_builtins(header.plan)))
    assert journal.path.name == f"{header.id}.jsonl"


def test_every_event_is_a_line(directory: Path, header: JournalHeader) -> None:
    journal = Journal.begin(directory, header)
    begun = Session.begin(header.plan, 0.0)
    journal.note_changes(None, begun, 0.0)
    working = run_on(begun, 1)
    journal.note_changes(begun, working, 8.0)
    journal.beat(working, 13.0)
    hurt = working.hurts(14.0)
    journal.note_changes(working, hurt, 14.0)
    dropped = hurt.drop(15.0)
    journal.note_changes(hurt, dropped, 15.0)
    ended = dropped.finish(16.0)
    journal.note_changes(dropped, ended, 16.0)
    journal.close(remove=False)
    assert lines(journal.path)[1:] == [
        {"event": "enter", "index": 0, "active": 0.0},
        {"event": "enter", "index": 1, "active": 8.0},
        {"event": "beat", "active": 13.0, "index": 1, "reps": 2, "seconds": 5.0},
        {"event": "attempt", "index": 1, "reps": 3, "seconds": 6.0},
        {"event": "reason", "index": 1, "reason": "hurt"},
        {"event": "enter", "index": 2, "active": 14.0},
        {"event": "drop", "item": 0, "index": 3},
        {"event": "enter", "index": 4, "active": 15.0},
        {"event": "end", "active": 16.0, "reached_end": False},
    ]


@pytest.mark.skipif(os.name != "posix", reason="modes are POSIX's")
def test_only_the_user_may_read_it(directory: Path, header: JournalHeader) -> None:
    journal = Journal.begin(directory, header)
    wait_until(journal.path.exists)
    assert stat.S_IMODE(journal.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(lock_path(journal.path).stat().st_mode) == 0o600
    assert stat.S_IMODE(directory.stat().st_mode) == 0o700
    journal.close(remove=True)


@given(plans())
def test_a_plan_comes_back_as_it_was_whatever_else_is_said(plan: Plan) -> None:
    assume(plan.steps)
    values = {"format": 1, "weather": "fair", **to_builtins(replace(a_header(), plan=plan))}
    assert header_of(json.dumps(values).encode()).plan == plan
    for step in values["plan"]["steps"]:
        step["mood"] = "good"
        if step["basis_in_round"] is None:
            del step["basis_in_round"]  # as journals of before do not say it
    assert header_of(json.dumps(values).encode()).plan == plan


def test_nobody_else_gets_it_while_it_is_held_and_after_saving_nothing_is_left(
    directory: Path, header: JournalHeader
) -> None:
    journal = Journal.begin(directory, header)
    journal.append({"event": "beat", "active": 1.0})
    wait_until(lambda: journal.path.exists() and len(lines(journal.path)) == 2)
    with pytest.raises(StorageError, match="another window"):
        locked(journal.path)
    closing = threading.Thread(target=journal.close, kwargs={"remove": False})
    closing.start()
    closing.join()
    Journal.go_on(journal.path, locked(journal.path), journal.path.read_bytes()).close(remove=True)
    assert list(directory.iterdir()) == []


def test_a_full_disk_is_said_and_what_was_not_written_follows(
    directory: Path, header: JournalHeader, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal = Journal.begin(directory, header)
    wait_until(lambda: journal.path.exists() and lines(journal.path))

    def full(*_: object) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patched:
        patched.setattr(os, "write", full)
        journal.append({"event": "beat", "active": 1.0})
        wait_until(lambda: journal.problem)
        assert journal.problem == "The session is not being saved: No space left on device."
    journal.append({"event": "beat", "active": 2.0})
    wait_until(lambda: not journal.problem)
    journal.close(remove=False)
    assert [line["active"] for line in lines(journal.path)[1:]] == [1.0, 2.0]


@pytest.mark.parametrize("in_the_way", ["state", "state/journal"])
def test_a_journal_that_cannot_be_begun_is_begun_later_with_all_that_happened(
    tmp_path: Path, header: JournalHeader, in_the_way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries: list[Path] = []

    def trying(path: Path) -> None:
        tries.append(path)
        make_directory(path)

    monkeypatch.setattr("hipcoach.storage.journal.RETRY", 0.01)
    monkeypatch.setattr("hipcoach.storage.journal.make_directory", trying)
    obstacle = tmp_path / in_the_way
    obstacle.parent.mkdir(exist_ok=True)
    obstacle.write_text("in the way")
    journal = Journal.begin(tmp_path / "state" / "journal", header)
    assert journal.problem.startswith("The session is not being saved: ")
    assert "state" in journal.problem
    journal.append({"event": "beat", "active": 1.0})
    wait_until(lambda: len(tries) > 5)  # without a new line
    obstacle.unlink()
    wait_until(lambda: not journal.problem)
    os.truncate(journal.path, 10)
    journal.append({"event": "beat", "active": 2.0})
    with pytest.raises(StorageError, match="another window"):
        locked(journal.path)
    journal.close(remove=False)
    assert lines(journal.path)[0]["id"] == header.id
    assert [line["active"] for line in lines(journal.path)[1:]] == [1.0, 2.0]


def test_deleted_with_its_directory_it_is_written_anew_and_held_again(
    directory: Path, header: JournalHeader
) -> None:
    journal = Journal.begin(directory, header)
    journal.append({"event": "beat", "active": 1.0})
    wait_until(lambda: journal.path.exists() and len(lines(journal.path)) == 2)
    shutil.rmtree(directory)
    journal.append({"event": "beat", "active": 2.0})
    wait_until(lambda: journal.path.exists() and len(lines(journal.path)) == 3)
    with pytest.raises(StorageError, match="another window"):
        locked(journal.path)
    journal.close(remove=False)
