from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import to_builtins
from msgspec.structs import replace

from hipcoach.core.history.record import Outcome, SessionStatus
from hipcoach.core.plan import StepKind
from hipcoach.core.session import Attempt, Session
from hipcoach.storage.journal import (
    Journal,
    Unfinished,
    find_unfinished,
    lock_path,
    locked,
    remove_stray_locks,
)
from tests.storage.sessions import STARTED, a_header, run_on
from tests.support import a_record


def journal_of(directory: Path, *states: tuple[Session, float], beat: float | None = None) -> Path:
    """The journal that a session leaves which was seen in these states."""
    journal = Journal.begin(directory, a_header())
    before: Session | None = None
    for state, now in states:
        journal.note_changes(before, state, now)
        before = state
    if before is not None and beat is not None:
        journal.beat(before, beat)
    journal.close(remove=False)
    return journal.path


def begun() -> Session:
    return Session.begin(a_header().plan, 0.0)


def only(directory: Path) -> Unfinished:
    found = find_unfinished(directory)
    assert found.problems == ()
    (unfinished,) = found.unfinished
    return unfinished


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    return tmp_path / "journal"


def test_a_session_that_was_cut_off_goes_on_at_the_lead_in_of_the_step_in_progress(directory: Path) -> None:
    path = journal_of(directory, (begun(), 0.0), (run_on(begun(), 3), 21.0), beat=26.0)
    (directory / "notes.txt").write_text("?")
    found = only(directory)
    session = found.session(500.0)
    assert session.step is not None
    assert session.step.kind is StepKind.SWITCH
    assert session.elapsed(500.0) == 0
    assert session.attempts == (Attempt(1, 4, 8.0), Attempt(3, 2, 5.0))
    assert session.active_seconds(501.0) == 27.0
    record = found.record()
    assert (record.status, record.started, record.active_seconds) == (SessionStatus.STOPPED, STARTED, 26.0)
    assert (record.id, record.app_version) == ("20260302T110000Z-aaaaaa", "0.1.0")
    assert [step.outcome for step in record.steps] == [Outcome.DONE, Outcome.PARTIAL, Outcome.LEFT]
    assert (record.steps[1].done_reps, record.steps[1].done_seconds) == (2, 5.0)
    assert find_unfinished(directory).unfinished == ()  # claimed, it is not claimed twice
    found.close(remove=False)
    only(directory).close(remove=True)
    assert not path.exists()


def test_reasons_and_drops_are_remembered_also_as_older_journals_name_them(directory: Path) -> None:
    working = run_on(begun(), 1)
    dropped = working.hurts(12.0).drop(13.0)
    path = journal_of(directory, (begun(), 0.0), (working, 8.0), (dropped, 13.0))
    path.write_text(path.read_text().replace('"item":0,"index":3', '"item":0'))
    session = only(directory).session(0.0)
    assert (session.reasons, session.index) == (((1, "hurt"),), 4)
    assert session.dropped == {0}
    assert session.bring_back(1.0).index == 0


@pytest.mark.parametrize(
    ("end", "status", "active"), [(6, SessionStatus.COMPLETED, 57.0), (3, SessionStatus.STOPPED, 25.0)]
)
def test_a_session_that_had_ended_only_lacks_its_log(
    directory: Path, end: int, status: SessionStatus, active: float
) -> None:
    states = [(begun(), 0.0), (run_on(begun(), end), active)]
    if end < 6:
        states.append((states[1][0].finish(active), active))
    journal_of(directory, *states)
    found = only(directory)
    record = found.record()
    assert (found.ended, record.status, record.active_seconds) == (True, status, active)


def test_what_was_said_when_it_could_not_be_saved_is_kept(directory: Path) -> None:
    journal = Journal.begin(directory, replace(a_header(), discomfort_before=5))
    journal.note_changes(None, begun(), 0.0)
    journal.close(remove=False)
    found = only(directory)
    assert (found.record().discomfort_before, found.record().discomfort_after) == (5, None)
    journal = Journal.go_on(found.path, found.lock, found.content)
    journal.say(a_record(note="stiff today", discomfort_before=4, discomfort_after=3))
    journal.close(remove=False)
    record = only(directory).record()
    assert (record.note, record.discomfort_before, record.discomfort_after) == ("stiff today", 4, 3)


@pytest.mark.parametrize("removable", [True, False])
def test_an_empty_journal_goes_if_it_can_and_hides_no_other(
    directory: Path, removable: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = journal_of(directory, (begun(), 0.0))
    empty = directory / "20260101T000000Z-aaaaaa.jsonl"
    empty.touch()
    unlink = Path.unlink

    def refused(self: Path, missing_ok: bool = False) -> None:
        if self == empty and not removable:
            raise PermissionError(13, "Permission denied")
        unlink(self, missing_ok=missing_ok)

    monkeypatch.setattr(Path, "unlink", refused)
    found = find_unfinished(directory)
    assert [each.path for each in found.unfinished] == [good]
    assert [f"{empty} cannot be removed" in problem for problem in found.problems] == [True] * (not removable)
    assert empty.exists() is not removable
    locked(empty).release()


def test_what_was_left_out_can_be_brought_back_after_a_cut(directory: Path) -> None:
    working = run_on(begun(), 1)
    dropped = working.drop(13.0)
    path = journal_of(directory, (begun(), 0.0), (working, 8.0), (dropped, 13.0))
    found = only(directory)
    session = found.session(0.0)
    assert (session.dropped, session.left_out, session.index) == (frozenset({0}), (1,), 4)
    # Taken up, it writes down once more what it knows, and is cut off again.
    again = Journal.go_on(path, found.lock, found.content)
    again.note_changes(None, session, 0.0)
    again.close(remove=False)
    found = only(directory)
    session = found.session(0.0)
    assert session.left_out == (1,)
    back = session.bring_back(1.0)
    assert (back.dropped, back.left_out, back.index) == (frozenset(), (), 0)
    again = Journal.go_on(path, found.lock, found.content)
    again.note_changes(session, back, 1.0)
    again.close(remove=False)
    session = only(directory).session(0.0)
    assert (session.dropped, session.left_out, session.index) == (frozenset(), (), 0)


@given(cut=st.integers(1, 200))
def test_a_torn_end_loses_only_what_it_said(cut: int, tmp_path_factory: pytest.TempPathFactory) -> None:
    directory = tmp_path_factory.mktemp("torn")
    path = journal_of(directory, (begun(), 0.0), (run_on(begun(), 3), 21.0), beat=26.0)
    content = path.read_bytes()
    path.write_bytes(content[:-cut])
    found = only(directory)
    assert found.index in (0, 3)
    assert set(found.session(0.0).attempts) <= {Attempt(1, 4, 8.0), Attempt(3, 2, 5.0)}
    found.close(remove=True)


def test_what_is_written_after_a_torn_line_counts(directory: Path) -> None:
    path = journal_of(directory, (begun(), 0.0), (run_on(begun(), 1), 8.0))
    with path.open("ab") as file:
        file.write(b'{"event":"be')
    found = only(directory)
    taken_up = found.session(0.0)
    journal = Journal.go_on(found.path, found.lock, found.content)
    again = run_on(taken_up, 3)
    journal.note_changes(None, taken_up, 0.0)
    journal.note_changes(taken_up, again, 21.0)
    journal.close(remove=False)
    once_more = only(directory)
    assert once_more.index == 3
    assert once_more.attempts[-1] == Attempt(1, 4, 8.0)
    assert once_more.active_seconds == 29.0


def test_a_journal_that_is_held_is_left_out(directory: Path) -> None:
    path = journal_of(directory, (begun(), 0.0))
    lock = locked(path)
    assert find_unfinished(directory).unfinished == ()
    lock.release()
    assert only(directory).index == 0


HEADER = {"format": 1, **to_builtins(a_header())}
PLAN = HEADER["plan"]


@pytest.mark.parametrize(
    "first",
    [
        b"\x00\x00",
        b'{"format": 1',
        b"5",
        b"[]",
        json.dumps(HEADER | {"format": 2}).encode(),
        json.dumps(HEADER | {"started": "yesterday"}).encode(),
        json.dumps(HEADER | {"plan": {}}).encode(),
        json.dumps(HEADER | {"plan": PLAN | {"steps": []}}).encode(),
        json.dumps({key: value for key, value in HEADER.items() if key != "id"}).encode(),
        json.dumps(HEADER | {"id": "../../elsewhere"}).encode(),
        json.dumps(HEADER | {"started": "2026-03-02T12:00:00"}).encode(),
        json.dumps(HEADER | {"day": "9999-12-31"}).encode(),
        json.dumps(HEADER | {"choices": None}).encode(),
        json.dumps(HEADER | {"plan": {**PLAN, "steps": 5}}).encode(),
        json.dumps(HEADER | {"plan": {**PLAN, "steps": PLAN["steps"][1:]}}).encode(),
        json.dumps(HEADER | {"plan": {**PLAN, "steps": [PLAN["steps"][0] | {"kind": "reps"}]}}).encode(),
        b"[" * 100_000,
    ],
)
def test_an_unreadable_journal_is_named_kept_and_let_go(directory: Path, first: bytes) -> None:
    good = journal_of(directory, (begun(), 0.0))
    bad = directory / "20260303T000000Z-bad.jsonl"
    bad.write_bytes(first)
    (directory / "odd.jsonl").mkdir()
    found = find_unfinished(directory)
    assert [each.path for each in found.unfinished] == [good]
    problem, odd = found.problems
    assert str(bad) in problem
    assert "odd.jsonl" in odd
    assert "it is kept" in problem
    assert bad.read_bytes() == first
    locked(bad).release()


@pytest.mark.parametrize(
    "line",
    [
        b'{"event":"enter","index":99,"active":1}',
        b'{"event":"enter","index":-1,"active":1}',
        b'{"event":"enter","index":2.0,"active":1}',
        b'{"event":"beat","active":1e999}',
        b'{"event":"beat","active":NaN}',
        b'{"event":"beat","active":-5}',
        b'{"event":"attempt","index":1,"reps":1e999,"seconds":1}',
        b'{"event":"attempt","index":5000,"reps":1,"seconds":1}',
        b'{"event":"drop","item":"x"}',
        b'{"event":"discomfort","before":5,"after":99}',
        b'{"event":"enter","ind',
        b"\x00\x00\x00",
        b"[]",
        b"{}",
        b"[" * 100_000,
        b"\xff\xfe",
    ],
)
def test_a_line_that_makes_no_sense_is_passed_over(directory: Path, line: bytes) -> None:
    path = journal_of(directory, (begun(), 0.0))
    before = only(directory)
    record = before.record()
    before.close(remove=False)
    with path.open("ab") as file:
        file.write(line + b"\n")
    after = only(directory)
    assert after.record() == record
    after.close(remove=False)


def test_a_lock_that_outlived_its_journal_goes_when_it_is_old_and_free(directory: Path) -> None:
    path = journal_of(directory, (begun(), 0.0))
    stray, taken = lock_path(directory / "stray.jsonl"), directory / "taken.jsonl"
    stray.touch()
    lock = locked(taken)
    now = time.time()
    remove_stray_locks(directory, now - 3600)
    assert stray.exists()
    remove_stray_locks(directory, now + 3600)
    assert not stray.exists()
    assert lock_path(taken).exists()
    assert lock_path(path).exists()
    lock.release()
    remove_stray_locks(directory / "missing", now)


def test_a_journal_whose_lock_cannot_be_taken_is_named(directory: Path) -> None:
    path = journal_of(directory, (begun(), 0.0))
    lock_path(path).unlink(missing_ok=True)
    lock_path(path).mkdir()
    found = find_unfinished(directory)
    assert found.unfinished == ()
    (problem,) = found.problems
    assert str(directory) in problem
