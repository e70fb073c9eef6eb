from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import to_builtins

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


def test_without_a_directory_there_is_nothing(directory: Path) -> None:
    found = find_unfinished(directory)
    assert (found.unfinished, found.problems) == ((), ())
    assert not directory.exists()


def test_it_goes_on_at_the_lead_in_of_the_step_in_progress(directory: Path) -> None:
    journal_of(directory, (begun(), 0.0), (run_on(begun(), 3), 21.0), beat=26.0)
    found = only(directory)
    session = found.session(500.0)
    assert session.step is not None
    assert session.step.kind is StepKind.SWITCH
    assert session.elapsed(500.0) == 0
    assert session.attempts == (Attempt(1, 4, 8.0), Attempt(3, 2, 5.0))
    assert session.active_seconds(501.0) == 27.0
    found.close(remove=True)
    assert list(directory.iterdir()) == []


def test_the_record_is_what_the_log_would_have_kept(directory: Path) -> None:
    working = run_on(begun(), 3)
    journal_of(directory, (begun(), 0.0), (working, 21.0), beat=26.0)
    record = only(directory).record()
    assert record.status is SessionStatus.STOPPED
    assert record.started == STARTED
    assert (record.id, record.app_version) == ("20260302T110000Z-aaaaaa", "0.1.0")
    assert [step.outcome for step in record.steps] == [Outcome.DONE, Outcome.PARTIAL, Outcome.LEFT]
    assert (record.steps[1].done_reps, record.steps[1].done_seconds) == (2, 5.0)
    assert record.active_seconds == 26.0


def test_reasons_and_drops_are_remembered(directory: Path) -> None:
    working = run_on(begun(), 1)
    dropped = working.hurts(12.0).drop(13.0)
    journal_of(directory, (begun(), 0.0), (working, 8.0), (dropped, 13.0))
    session = only(directory).session(0.0)
    assert session.reasons == ((1, "hurt"),)
    assert session.dropped == {0}
    assert session.index == 4


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


def test_a_journal_of_before_names_only_what_was_dropped(directory: Path) -> None:
    working = run_on(begun(), 1)
    path = journal_of(directory, (begun(), 0.0), (working, 8.0))
    with path.open("a") as file:
        file.write('{"event":"drop","item":0}\n{"event":"enter","index":4,"active":13.0}\n')
    session = only(directory).session(0.0)
    assert (session.dropped, session.left_out, session.index) == (frozenset({0}), (1,), 4)
    assert session.bring_back(1.0).index == 0


def test_a_session_that_reached_its_end_only_lacks_its_log(directory: Path) -> None:
    over = run_on(begun(), 6)
    journal_of(directory, (begun(), 0.0), (over, 57.0))
    found = only(directory)
    assert found.ended
    record = found.record()
    assert record.status is SessionStatus.COMPLETED
    assert {step.outcome for step in record.steps} == {Outcome.DONE}
    assert record.active_seconds == 57.0


def test_a_stopped_session_that_lacks_its_log(directory: Path) -> None:
    working = run_on(begun(), 3)
    journal_of(directory, (begun(), 0.0), (working, 21.0), (working.finish(25.0), 25.0))
    found = only(directory)
    assert found.ended
    record = found.record()
    assert record.status is SessionStatus.STOPPED
    assert [step.outcome for step in record.steps] == [Outcome.DONE, Outcome.PARTIAL, Outcome.LEFT]


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


@pytest.mark.parametrize("torn", [b'{"event":"enter","ind', b"\x00\x00\x00", b"\xff\xfe", b"[]", b"5", b"{}"])
def test_a_torn_last_line_is_passed_over(directory: Path, torn: bytes) -> None:
    path = journal_of(directory, (begun(), 0.0), (run_on(begun(), 3), 21.0), beat=26.0)
    with path.open("ab") as file:
        file.write(torn)
    assert only(directory).session(0.0).attempts == (Attempt(1, 4, 8.0), Attempt(3, 2, 5.0))


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


def test_a_claimed_journal_is_not_claimed_twice_until_it_is_let_go(directory: Path) -> None:
    journal_of(directory, (begun(), 0.0))
    found = only(directory)
    assert find_unfinished(directory).unfinished == ()
    found.close(remove=False)
    only(directory).close(remove=True)


HEADER = {"format": 1, **to_builtins(a_header())}


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
        json.dumps(HEADER | {"plan": HEADER["plan"] | {"steps": []}}).encode(),
        json.dumps({key: value for key, value in HEADER.items() if key != "id"}).encode(),
        json.dumps(HEADER | {"id": "../../elsewhere"}).encode(),
        json.dumps(HEADER | {"started": "2026-03-02T12:00:00"}).encode(),
        json.dumps(HEADER | {"day": "9999-12-31"}).encode(),
        json.dumps(HEADER | {"choices": None}).encode(),
        b"[" * 100_000,
    ],
)
def test_an_unreadable_journal_is_named_kept_and_let_go(directory: Path, first: bytes) -> None:
    good = journal_of(directory, (begun(), 0.0))
    bad = directory / "20260303T000000Z-bad.jsonl"
    bad.write_bytes(first)
    found = find_unfinished(directory)
    assert [each.path for each in found.unfinished] == [good]
    (problem,) = found.problems
    assert str(bad) in problem
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


def test_a_directory_in_place_of_a_journal_is_named(directory: Path) -> None:
    (directory / "odd.jsonl").mkdir(parents=True)
    found = find_unfinished(directory)
    assert found.unfinished == ()
    assert "odd.jsonl" in found.problems[0]


def test_other_files_are_passed_over(directory: Path) -> None:
    path = journal_of(directory, (begun(), 0.0))
    (directory / "notes.txt").write_text("?")
    lock_path(path).touch()
    assert only(directory).path == path


def test_the_note_of_a_session_that_could_not_be_saved_is_kept(directory: Path) -> None:
    working = run_on(begun(), 3)
    path = journal_of(directory, (begun(), 0.0), (working, 21.0), (working.finish(25.0), 25.0))
    found = only(directory)
    journal = Journal.go_on(path, found.lock, found.content)
    journal.say(a_record(note="stiff today"))
    journal.close(remove=False)
    assert only(directory).record().note == "stiff today"


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


def test_an_empty_journal_of_a_session_that_never_began_is_cleared_away(directory: Path) -> None:
    directory.mkdir()
    (directory / "20260303T000000Z-aaaaaa.jsonl").touch()
    found = find_unfinished(directory)
    assert (found.unfinished, found.problems) == ((), ())
    assert list(directory.iterdir()) == []


def test_an_empty_journal_that_cannot_be_removed_hides_no_other(
    directory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = journal_of(directory, (begun(), 0.0))
    empty = directory / "20260101T000000Z-aaaaaa.jsonl"
    empty.touch()
    unlink = Path.unlink

    def refused(self: Path, missing_ok: bool = False) -> None:
        if self == empty:
            raise PermissionError(13, "Permission denied")
        unlink(self, missing_ok=missing_ok)

    monkeypatch.setattr(Path, "unlink", refused)
    found = find_unfinished(directory)
    assert [each.path for each in found.unfinished] == [good]
    (problem,) = found.problems
    assert f"{empty} cannot be removed" in problem
    locked(empty).release()
