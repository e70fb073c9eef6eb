"""How a session felt: in its log file, in its journal, and after a crash."""

from __future__ import annotations

import shutil
import tomllib
from pathlib import Path

import pytest
import tomli_w
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from hipcoach.core.session import Session
from hipcoach.errors import StorageError
from hipcoach.storage.journal import Journal, find_unfinished
from hipcoach.storage.session_log import edit_session, record_from_toml, record_text, save_record
from tests.logs import load_log
from tests.storage.sessions import a_header
from tests.support import a_record

MAYBE = st.none() | st.integers(0, 10)


@given(MAYBE, MAYBE)
def test_ratings_come_back_as_they_were(before: int | None, after: int | None) -> None:
    record = a_record(discomfort_before=before, discomfort_after=after)
    text = record_text(record)
    assert record_from_toml(tomllib.loads(text), record.id) == record
    assert ("discomfort_before" in text, "discomfort_after" in text) == (
        before is not None,
        after is not None,
    )


@pytest.mark.parametrize("value", [11, -1, 5.5, True, "five", [5]])
@pytest.mark.parametrize("key", ["discomfort_before", "discomfort_after"])
def test_what_is_no_rating_is_named_and_the_file_left_alone(tmp_path: Path, key: str, value: object) -> None:
    path = tmp_path / "odd.toml"
    path.write_text(tomli_w.dumps(tomllib.loads(record_text(a_record())) | {key: value}), encoding="utf-8")
    before = path.read_bytes()
    log = load_log(tmp_path)
    assert log.records == ()
    assert f"({key}: expected int" in log.problems[0]
    assert path.read_bytes() == before


def test_ratings_of_a_saved_session_can_be_changed_and_taken_out(tmp_path: Path) -> None:
    record = a_record(note="fine", discomfort_before=4)
    path = save_record(tmp_path, record)
    values = tomllib.loads(path.read_text(encoding="utf-8")) | {"mood": {"deep": [1]}}
    path.write_text(tomli_w.dumps(values), encoding="utf-8")
    edit_session(tmp_path, record.id, [{"discomfort_after": None}], {"discomfort_after": 2})
    assert tomllib.loads(path.read_text(encoding="utf-8")) == values | {"discomfort_after": 2}
    assert load_log(tmp_path).records == (replace(record, discomfort_after=2),)
    edit_session(
        tmp_path,
        record.id,
        [{"discomfort_before": 4, "discomfort_after": 2}],
        {"discomfort_before": None, "discomfort_after": None},
    )
    del values["discomfort_before"]
    assert tomllib.loads(path.read_text(encoding="utf-8")) == values


def test_ratings_of_a_session_that_is_gone(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="no longer in the history"):
        edit_session(tmp_path, "gone", [{"discomfort_after": None}], {"discomfort_after": 1})


def journal_of(
    tmp_path: Path, before: int | None, after: tuple[int | None, int | None] | None = None
) -> Path:
    """A copy of the journal of a running session, as a crash leaves it."""
    journal = Journal.begin(tmp_path / "journal", replace(a_header(), discomfort_before=before))
    journal.note_changes(None, Session.begin(a_header().plan, 0.0), 0.0)
    if after is not None:
        journal.say(a_record(discomfort_before=after[0], discomfort_after=after[1]))
    journal.close(remove=False)
    return Path(shutil.copytree(tmp_path / "journal", tmp_path / "left"))


@pytest.mark.parametrize("before", [None, 0, 7])
def test_the_rating_before_a_session_outlives_a_crash(tmp_path: Path, before: int | None) -> None:
    (found,) = find_unfinished(journal_of(tmp_path, before)).unfinished
    assert found.record().discomfort_before == before
    assert found.record().discomfort_after is None
    found.close(remove=True)


def test_ratings_that_could_not_be_saved_are_in_the_journal(tmp_path: Path) -> None:
    (found,) = find_unfinished(journal_of(tmp_path, 5, (5, 3))).unfinished
    assert (found.record().discomfort_before, found.record().discomfort_after) == (5, 3)
    found.close(remove=True)


def test_a_rating_that_makes_no_sense_costs_no_session(tmp_path: Path) -> None:
    directory = journal_of(tmp_path, 5)
    (path,) = directory.glob("*.jsonl")
    path.write_text(path.read_text() + '{"event":"discomfort","before":5,"after":99}\n')
    (found,) = find_unfinished(directory).unfinished
    assert (found.record().discomfort_before, found.record().discomfort_after) == (5, None)
    found.close(remove=True)
