from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from hipcoach.core.history.record import SessionRecord
from hipcoach.errors import StorageError
from hipcoach.storage.session_log import read_sessions, record_text, save_record, since_day
from tests.support import a_record

DAY = date(2026, 3, 4)


def saved(directory: Path, day: date = DAY, name: str = "", note: str = "") -> SessionRecord:
    record = a_record(day, id=name or f"{day:%Y%m%d}T120000Z-abcdef", note=note)
    save_record(directory, record)
    return record


def test_no_log_is_no_session(tmp_path: Path) -> None:
    assert list(read_sessions(tmp_path / "none", [])) == []


def test_each_session_comes_once_oldest_first(tmp_path: Path) -> None:
    records = [saved(tmp_path, DAY + timedelta(days=ahead)) for ahead in (1, 0, 2)]
    problems: list[str] = []
    found = list(read_sessions(tmp_path, problems))
    assert [each.record for each in found] == sorted(records, key=lambda each: each.day)
    assert problems == []


def test_unknown_keys_are_there_and_the_id_is_the_name_of_the_file(tmp_path: Path) -> None:
    text = record_text(a_record(DAY, id="inner")) + "[weather]\nrain = true\n"
    (tmp_path / "renamed.toml").write_text(text)
    (found,) = read_sessions(tmp_path, [])
    assert (found.id, found.record.id, found.values["id"]) == ("renamed",) * 3
    assert found.values["weather"] == {"rain": True}


def test_what_cannot_be_read_is_named(tmp_path: Path) -> None:
    kept = saved(tmp_path)
    (tmp_path / "a.toml").write_text("id = ")
    (tmp_path / "b.toml").write_text("format = 1\n")
    (tmp_path / ".c.toml").write_text("hidden")
    (tmp_path / "d.txt").write_text("no session")
    problems: list[str] = []
    (found,) = read_sessions(tmp_path, problems)
    assert found.record == kept
    assert [problem.split(" ", 1)[0] for problem in problems] == [f"{tmp_path}/a.toml", f"{tmp_path}/b.toml"]
    assert "started is missing" in problems[1]


def test_a_directory_that_cannot_be_listed_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageError, match="cannot be read"):
        list(read_sessions(tmp_path / "file", []))


def test_a_copy_of_a_sync_program_is_no_second_session(tmp_path: Path) -> None:
    record = saved(tmp_path)
    (tmp_path / f"{record.id} (1).toml").write_text(record_text(replace(record, note="from the laptop")))
    (found,) = read_sessions(tmp_path, [])
    assert found.record == record


@pytest.mark.parametrize("original", [None, "format = "])
def test_a_copy_stands_in_for_an_original_that_is_not_there_or_broken(
    tmp_path: Path, original: str | None
) -> None:
    record = a_record(DAY, id="20260304T120000Z-abcdef")
    (tmp_path / f"{record.id} (1).toml").write_text(record_text(record))
    (tmp_path / f"{record.id} (2).toml").write_text(record_text(replace(record, note="tight")))
    if original is not None:
        (tmp_path / f"{record.id}.toml").write_text(original)
    (found,) = read_sessions(tmp_path, [])
    assert found.record == replace(record, note="tight")


def test_only_files_that_may_be_of_a_day_are_opened(tmp_path: Path) -> None:
    for ago in range(6):
        saved(tmp_path, DAY - timedelta(days=ago))
    renamed = saved(tmp_path, DAY - timedelta(days=100), name="renamed")
    old = tmp_path / "20251130T120000Z-abcdef.toml"
    old.write_text("would be a problem if it were read")
    problems: list[str] = []
    found = [each.record for each in read_sessions(tmp_path, problems, since_day(DAY))]
    # Two days more, since a name is in UTC and a day begins when its owner says.
    assert [each.day for each in found if each != renamed] == [DAY - timedelta(days=ago) for ago in (2, 1, 0)]
    assert renamed in found
    assert problems == []
