from __future__ import annotations

import os
import stat
import tomllib
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest
import tomli_w
from hypothesis import given

from hipcoach.core.history.record import SessionRecord, SessionStatus, judged
from hipcoach.core.plan import StepKind
from hipcoach.errors import StorageError
from hipcoach.storage.session_log import (
    FORMAT,
    LARGEST_FILE,
    new_id,
    record_from_toml,
    record_text,
    rewrite_session,
    save_record,
)
from tests.logs import load_log
from tests.storage.records import RECORDS
from tests.support import a_record, a_step_record


def written_and_read(record: SessionRecord) -> SessionRecord:
    return record_from_toml(tomllib.loads(record_text(record)), record.id)


@given(RECORDS)
def test_a_record_comes_back_as_it_was_but_for_what_is_judged(record: SessionRecord) -> None:
    found = written_and_read(record)
    assert found == judged(record)
    assert found.started.utcoffset() == record.started.utcoffset()


@given(RECORDS)
def test_what_has_been_judged_once_is_judged_the_same_ever_after(record: SessionRecord) -> None:
    found = written_and_read(record)
    assert written_and_read(found) == found


@given(RECORDS)
def test_what_reads_as_completed_has_half_of_its_work_done(record: SessionRecord) -> None:
    found = written_and_read(record)
    if found.status is SessionStatus.COMPLETED:
        assert found.counts
        assert record.status is SessionStatus.COMPLETED
    work = [step for step in found.steps if step.kind is not StepKind.WARMUP]
    planned = sum(step.seconds for step in work)
    assert found.work_planned == pytest.approx(planned)
    assert found.counts is (
        found.work_done >= planned / 2 - 1e-6 if planned else record.status == "completed"
    )
    if record.choices.get("pace") == "own":
        assert all(step.done_reps <= 2 * step.done_seconds + 1e-3 for step in found.steps)


def test_a_hold_has_no_reps(tmp_path: Path) -> None:
    record = a_record(steps=(a_step_record(kind=StepKind.HOLD, reps=None, done_reps=0),))
    path = save_record(tmp_path / "log", record)
    assert b"reps" not in path.read_bytes()
    assert load_log(tmp_path / "log").records == (record,)


def test_the_file_explains_itself(tmp_path: Path) -> None:
    local = timezone(timedelta(hours=-5))
    started = datetime(2026, 3, 1, 22, 30, tzinfo=local)
    record = a_record(date(2026, 3, 1), started=started, app_version="0.1.0", choices={"rounds": 3})
    values = tomllib.loads(save_record(tmp_path / "log", record).read_text(encoding="utf-8"))
    assert values["format"] == FORMAT
    assert values["started"] == datetime(2026, 3, 2, 3, 30, tzinfo=UTC)
    assert values["utc_offset_minutes"] == -300
    assert values["day"] == date(2026, 3, 1)
    assert values["app_version"] == "0.1.0"
    assert values["choices"] == {"rounds": 3}
    assert values["step"][0]["name"] == "Clam"
    assert values["step"][0]["dose_basis"] == "source"


def test_names_sort_by_start_wherever_the_machine_is() -> None:
    east, west = timezone(timedelta(hours=9)), timezone(timedelta(hours=-8))
    starts = [
        datetime(2026, 3, 2, 8, 0, tzinfo=east),
        datetime(2026, 3, 1, 23, 0, 1, tzinfo=UTC),
        datetime(2026, 3, 1, 15, 0, 2, tzinfo=west),
    ]
    names = [new_id(start, "ffffff") for start in starts]
    assert names == sorted(names)
    assert names[0] == "20260301T230000Z-ffffff"


@pytest.mark.skipif(os.name != "posix", reason="modes are POSIX's")
def test_only_the_user_may_read_the_log(tmp_path: Path) -> None:
    path = save_record(tmp_path / "data" / "sessions", a_record())
    rewrite_session(path.parent, path.stem, {"note": "private"})
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_saving_again_changes_nothing(tmp_path: Path) -> None:
    path = save_record(tmp_path / "log", a_record(note="first"))
    before = path.read_bytes()
    assert save_record(tmp_path / "log", a_record(note="second")) == path
    assert path.read_bytes() == before


def test_a_note_leaves_everything_else_alone(tmp_path: Path) -> None:
    path = save_record(tmp_path / "log", a_record(choices={"rounds": 3}))
    values = tomllib.loads(path.read_text(encoding="utf-8"))
    values["rating"] = 4
    values["later"] = {"deep": [1, {"deeper": True}]}
    values["step"][0]["weight"] = 2.5
    path.write_text(tomli_w.dumps(values), encoding="utf-8")
    rewrite_session(path.parent, path.stem, {"note": 'with "quotes"\nand a second line'})
    changed = tomllib.loads(path.read_text(encoding="utf-8"))
    assert changed == {**values, "note": 'with "quotes"\nand a second line'}
    assert load_log(path.parent).records[0].note == changed["note"]


def test_a_note_on_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match=r"gone\.toml"):
        rewrite_session(tmp_path, "gone", {"note": "note"})
    (tmp_path / "bad.toml").write_bytes(b"\xff")
    with pytest.raises(StorageError, match=r"bad\.toml"):
        rewrite_session(tmp_path, "bad", {"note": "note"})
    assert (tmp_path / "bad.toml").read_bytes() == b"\xff"


def test_the_log_is_in_order_of_time(tmp_path: Path) -> None:
    days = [date(2026, 3, day) for day in (5, 1, 3)]
    for number, day in enumerate(days):
        save_record(tmp_path / "log", a_record(day, id=f"name-{number}"))
    assert [record.day.day for record in load_log(tmp_path / "log").records] == [1, 3, 5]


def test_without_a_directory_the_log_is_empty_and_none_is_made(tmp_path: Path) -> None:
    assert load_log(tmp_path / "log") == load_log(tmp_path / "log")
    assert load_log(tmp_path / "log").records == ()
    assert not (tmp_path / "log").exists()


GOOD = record_text(a_record())


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe",
        b"not toml at all",
        GOOD[:100].encode(),
        GOOD.replace("format = 1", "format = 0").encode(),
        GOOD.replace("format = 1", "format = 'one'").encode(),
        GOOD.replace('status = "completed"', 'status = "won"').encode(),
        GOOD.replace('status = "completed"', "").encode(),
        GOOD.replace("day = 2026-03-02", 'day = "monday"').encode(),
        GOOD.replace("day = 2026-03-02", "day = 2026-03-02T00:00:00").encode(),
        GOOD.replace("utc_offset_minutes = 0", "utc_offset_minutes = 100000").encode(),
        GOOD.replace("active_seconds = 600.0", "active_seconds = nan").encode(),
        GOOD.replace("active_seconds = 600.0", "active_seconds = true").encode(),
        GOOD.replace('outcome = "done"', "outcome = []").encode(),
        GOOD.replace("done_reps = 4", "done_reps = -4").encode(),
        GOOD.replace("done_reps = 4", "attempts = [[1]]").encode(),
        b"step = 5\n" + GOOD.split("[[step]]")[0].encode(),
        b"step = [5]\n" + GOOD.split("[[step]]")[0].encode(),
        b"step = ['text']\n" + GOOD.split("[[step]]")[0].encode(),
        b"a = " + b"[" * 5000,
    ],
)
def test_a_bad_file_is_named_kept_and_the_rest_is_read(tmp_path: Path, content: bytes) -> None:
    save_record(tmp_path / "log", a_record())
    bad = tmp_path / "log" / "20260301T000000Z-bad.toml"
    bad.write_bytes(content)
    log = load_log(tmp_path / "log")
    assert [record.id for record in log.records] == ["20260302"]
    (problem,) = log.problems
    assert str(bad) in problem
    assert "left as it is" in problem
    assert bad.read_bytes() == content


def test_a_newer_format_is_shown_as_far_as_it_is_understood_and_nothing_of_it_is_lost(tmp_path: Path) -> None:
    path = tmp_path / "log" / "20260302.toml"
    path.parent.mkdir()
    path.write_text(GOOD.replace("format = 1", 'format = 99\nmood = "good"'), encoding="utf-8")
    log = load_log(path.parent)
    assert log.records == (a_record(),)
    (problem,) = log.problems
    assert "a newer hipcoach wrote it" in problem
    rewrite_session(path.parent, "20260302", {"note": "fine"})
    values = tomllib.loads(path.read_text(encoding="utf-8"))
    assert (values["format"], values["mood"], values["note"]) == (99, "good", "fine")


def test_a_directory_and_a_huge_file_are_named_too(tmp_path: Path) -> None:
    save_record(tmp_path / "log", a_record())
    (tmp_path / "log" / "folder.toml").mkdir()
    with (tmp_path / "log" / "huge.toml").open("wb") as file:
        file.truncate(LARGEST_FILE + 1)
    log = load_log(tmp_path / "log")
    assert len(log.records) == 1
    assert [name for name in ("folder.toml", "huge.toml") if any(name in each for each in log.problems)] == [
        "folder.toml",
        "huge.toml",
    ]


def test_what_is_no_session_file_is_passed_over(tmp_path: Path) -> None:
    save_record(tmp_path / "log", a_record())
    for name in (".hipcoach-abc", ".20260301.toml", "notes.txt", "20260301.toml.bak"):
        (tmp_path / "log" / name).write_text("?")
    log = load_log(tmp_path / "log")
    assert len(log.records) == 1
    assert log.problems == ()


def test_a_file_in_place_of_the_directory_is_named(tmp_path: Path) -> None:
    (tmp_path / "log").write_text("")
    assert load_log(tmp_path / "log").records == ()
    assert str(tmp_path / "log") in load_log(tmp_path / "log").problems[0]
    with pytest.raises(StorageError, match="log"):
        save_record(tmp_path / "log", a_record())
