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
    Said,
    edit_session,
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
    assert found == judged(record) == written_and_read(found)
    assert found.started.utcoffset() == record.started.utcoffset()
    if found.status is SessionStatus.COMPLETED:
        assert found.counts
        assert record.status is SessionStatus.COMPLETED
    work = [step for step in found.steps if step.kind is not StepKind.WARMUP]
    planned = sum(step.seconds for step in work)
    assert found.work_done <= planned + 1e-6
    if record.choices.get("pace") == "own":
        assert all(
            step.done_reps <= 2 * step.done_seconds + 1e-3 for step in found.steps if step.done_seconds
        )


def test_the_file_explains_itself_to_its_owner_alone(tmp_path: Path) -> None:
    started = datetime(2026, 3, 1, 22, 30, tzinfo=timezone(timedelta(hours=-5)))
    hold = a_step_record(kind=StepKind.HOLD, reps=None, done_reps=0)
    record = a_record(
        date(2026, 3, 1), started=started, app_version="0.1.0", choices={"rounds": 3}, steps=(hold,)
    )
    path = save_record(tmp_path / "data" / "sessions", record)
    assert b"reps" not in path.read_bytes()
    assert path.name == "20260301.toml"
    if os.name == "posix":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    values = tomllib.loads(path.read_text(encoding="utf-8"))
    assert (values["format"], values["day"], values["app_version"]) == (1, date(2026, 3, 1), "0.1.0")
    assert values["started"] == datetime(2026, 3, 2, 3, 30, tzinfo=UTC)
    assert (values["utc_offset_minutes"], values["choices"]) == (-300, {"rounds": 3})
    assert (values["step"][0]["name"], values["step"][0]["dose_basis"]) == ("Clam", "source")
    assert load_log(path.parent).records == (record,)


def test_names_sort_by_start_wherever_the_machine_is() -> None:
    east, west = timezone(timedelta(hours=9)), timezone(timedelta(hours=-8))
    names = [
        new_id(datetime(2026, 3, 2, 8, 0, tzinfo=east), "ffffff"),
        new_id(datetime(2026, 3, 1, 15, 0, 2, tzinfo=west), "ffffff"),
    ]
    assert names == ["20260301T230000Z-ffffff", "20260301T230002Z-ffffff"]


def test_saving_again_adds_only_what_was_missing(tmp_path: Path) -> None:
    path = save_record(tmp_path, a_record(note="first"))
    assert save_record(tmp_path, a_record(note="second", discomfort_after=3)) == path
    assert load_log(tmp_path).records == (a_record(note="first", discomfort_after=3),)


def test_what_is_said_afterwards_leaves_everything_else_alone(tmp_path: Path) -> None:
    path = save_record(tmp_path, a_record(choices={"rounds": 3}, discomfort_before=4))
    values = tomllib.loads(path.read_text(encoding="utf-8"))
    values |= {"rating": 4, "later": {"deep": [1, {"deeper": True}]}}
    values["step"][0]["weight"] = 2.5
    path.write_text(tomli_w.dumps(values), encoding="utf-8")
    said: Said = {
        "note": 'with "quotes"\nand a second line',
        "discomfort_before": None,
        "discomfort_after": 2,
    }
    seen: list[Said] = [{"note": "", "discomfort_before": 4, "discomfort_after": None}]
    assert edit_session(tmp_path, path.stem, seen, said) == (said, "")
    del values["discomfort_before"]
    assert tomllib.loads(path.read_text(encoding="utf-8")) == values | {
        "note": said["note"],
        "discomfort_after": 2,
    }


def test_what_is_said_of_a_session_that_is_gone_or_damaged(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="no longer in the history"):
        edit_session(tmp_path, "gone", [{"discomfort_after": None}], {"discomfort_after": 1})
    (tmp_path / "bad.toml").write_bytes(b"\xff")
    with pytest.raises(StorageError, match=r"bad\.toml"):
        edit_session(tmp_path, "bad", [], {"note": "note"})
    with pytest.raises(StorageError, match=r"bad\.toml"):
        rewrite_session(tmp_path, "bad", {"note": "note"})
    assert (tmp_path / "bad.toml").read_bytes() == b"\xff"


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
        GOOD.replace("2026-03-02 12:00:00+00:00", "2026-03-02T12:00:00").encode(),
        GOOD.replace("day = 2026-03-02", "day = 9000-01-01").encode(),
        GOOD.replace("utc_offset_minutes = 0", "utc_offset_minutes = true").encode(),
        *(
            GOOD.replace("[choices]", f"discomfort_after = {value}\n[choices]").encode()
            for value in ("11", "true")
        ),
        b"a = " + b"[" * 5000,
    ],
)
def test_a_bad_file_is_named_kept_and_the_rest_is_read(tmp_path: Path, content: bytes) -> None:
    save_record(tmp_path / "log", a_record())
    bad = tmp_path / "log" / "20260301T000000Z-bad.toml"
    bad.write_bytes(content)
    for name in (".hipcoach-abc", ".20260301.toml", "20260301.toml.bak", "~syncthing~1.toml.tmp"):
        (tmp_path / "log" / name).write_text("?")
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


def test_a_file_in_place_of_the_directory_is_named(tmp_path: Path) -> None:
    (tmp_path / "log").write_text("")
    assert load_log(tmp_path / "log").records == ()
    assert str(tmp_path / "log") in load_log(tmp_path / "log").problems[0]
    with pytest.raises(StorageError, match="log"):
        save_record(tmp_path / "log", a_record())
