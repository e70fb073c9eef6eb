from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from hipcoach.errors import ExportFileError, StorageError
from hipcoach.storage.atomic import write_atomically
from hipcoach.storage.session_export import (
    carry_out,
    export_document,
    plan_import,
    read_export,
    session_text,
)
from hipcoach.storage.session_log import read_session, record_text, save_record
from tests.support import a_record, a_step_record

UNKNOWN = """
[future]
when = 07:30:00
day = 2026-03-05
local = 2026-03-05T07:30:00
exact = 2026-03-05T07:30:00.123456+05:30
odd = [inf, -0.0, { "$date" = "no date" }]
"""


@pytest.fixture
def log(tmp_path: Path) -> Path:
    """Three sessions, one of them with keys that we do not know."""
    directory = tmp_path / "log"
    for number in range(3):
        day = date(2026, 3, 2) + timedelta(days=number)
        record = a_record(day, id=f"{day:%Y%m%d}T120000Z-abcdef", note=f"=note {number}\n\x7fé")
        save_record(directory, record)
    path = directory / "20260302T120000Z-abcdef.toml"
    path.write_text(path.read_text() + UNKNOWN)
    return directory


@pytest.fixture
def file(tmp_path: Path, log: Path) -> Path:
    """Their export."""
    path = tmp_path / "export.json"
    path.write_text(exported(log))
    return path


def exported(directory: Path) -> str:
    def sessions() -> Iterator[str]:
        for path in sorted(directory.iterdir()):
            yield session_text(read_session(path, path.stem)[0])

    return "".join(export_document("1.2.3", sessions()))


def sessions_of(file: Path) -> list[Any]:
    return list(read_export(file))


def rewritten(file: Path, **changes: object) -> Path:
    """The export with other values at its top."""
    file.write_text(json.dumps(json.loads(file.read_text()) | changes))
    return file


def test_a_round_trip_loses_nothing(log: Path, file: Path, tmp_path: Path) -> None:
    text = file.read_text()
    assert text.isascii()
    assert text.replace("\n", "").isprintable()
    assert sum('"id"' in line for line in text.splitlines()) == 3
    first = json.loads(text)["sessions"][0]
    assert (first["started"], first["day"]) == ("2026-03-02T12:00:00Z", "2026-03-02")
    plan = plan_import(sessions_of(file), tmp_path / "new")
    assert (len(plan.new), plan.same, plan.different) == (3, [], {})
    assert carry_out(plan, tmp_path / "new") == 3
    assert exported(tmp_path / "new") == exported(log)
    for path in log.iterdir():
        assert (tmp_path / "new" / path.name).stat().st_mode & 0o777 == 0o600
    plain = "20260303T120000Z-abcdef.toml"
    assert (tmp_path / "new" / plain).read_bytes() == (log / plain).read_bytes()


def test_what_is_there_stays(log: Path, file: Path) -> None:
    path = log / "20260303T120000Z-abcdef.toml"
    path.rename(log / "20260303T120000Z-abcdef (1).toml")
    assert len(plan_import(sessions_of(file), log).same) == 3
    path.write_text("id = ")
    (difference,) = plan_import(sessions_of(file), log).different.values()
    assert "is not valid TOML" in difference


def test_of_one_id_with_two_sessions_the_first_is_taken(file: Path, tmp_path: Path) -> None:
    sessions = sessions_of(file)
    first = sessions[0]["id"]
    others = [sessions[0] | {"note": "another"}, sessions[0] | {"id": f"{first} (1)"}, {}, 3]
    sessions[0]["format"] = 7  # of a newer hipcoach, and taken as it is
    plan = plan_import([*sessions * 2, *others], tmp_path / "new")
    assert len(plan.new) == 3
    once_before = "is in there once before, and not the same; it is left out."
    assert plan.left_out[:2] == [
        f"Session 7 ('{first}') {once_before}",
        f"Session 8 ('{first} (1)') {once_before}",
    ]
    assert [each.partition(" (")[0] for each in plan.left_out[2:]] == [
        "Session 9 cannot be read",
        "Session 10 cannot be read",
    ]
    assert b"format = 7" in plan.new[first]


@pytest.mark.parametrize(
    "name",
    ["../evil", "a\\b", ".hidden", "Mon 7:30", "a\nb", "x" * 200, "\udcff", "\ud800", "/etc/x", "ends. "],
)
def test_a_session_with_a_name_of_no_file_gets_one_of_ours_and_always_the_same(
    file: Path, tmp_path: Path, name: str
) -> None:
    sessions = sessions_of(file)
    sessions[1]["id"] = name
    plan = plan_import(sessions, tmp_path / "new")
    assert plan.left_out == []
    assert carry_out(plan, tmp_path / "new") == 3
    names = sorted(path.name for path in (tmp_path / "new").iterdir())
    assert names[1].startswith("20260303T120000Z-") and len(names[1]) == len("20260303T120000Z-abcdef.toml")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["export.json", "home", "log", "new"]
    assert len(plan_import(sessions, tmp_path / "new").same) == 3


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"id": None}, "null stands where"),
        ({"id": ""}, "its id is none"),
        ({"id": 3}, "id: expected str, got int"),
        ({"note": "x" * 20_000_000}, "its file would be larger than 20000 kB, the most that is read"),
        ({"day": "soon"}, "soon"),
        ({"started": "2026-03-02T12:00:00"}, "not a time with an offset"),
        ({"status": "flying"}, "flying"),
        ({"step": [{"kind": "reps"}]}, "is missing"),
        ({"step": 3}, "int"),
        ({"note": "\ud800"}, "surrogates"),
        ({"future": {"text": "\ud800"}}, "surrogates"),
        ({"future": None}, "null"),
        ({"future": {"$date": "soon"}}, "soon"),
    ],
)
def test_a_session_that_is_none_is_named_and_the_others_are_imported(
    file: Path, tmp_path: Path, change: dict[str, object], words: str
) -> None:
    sessions = sessions_of(file)
    sessions[1] |= change
    plan = plan_import(sessions, tmp_path / "new")
    (sentence,) = plan.left_out
    assert sentence.startswith("Session 2")
    assert words in sentence
    assert sentence.endswith("; it is left out.")
    assert "\n" not in sentence
    assert list(plan.new) == [sessions[0]["id"], sessions[2]["id"]]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is not JSON"),
        (b"{", "is not JSON"),
        (b"\xff\xfe\xff", "is not JSON"),
        (b"[]", "is not an export"),
        (b"[{}]", "is not an export"),
        (b'{"sessions": []}', "is not an export"),
        (b'{"hipcoach_export": "1", "sessions": []}', "is not a whole export"),
        (b'{"hipcoach_export": 1}', "is not a whole export"),
        (b'{"hipcoach_export": 2, "sessions": []}', "newer hipcoach"),
        (b"[" * 100_000, "nested too deep"),
        (b'{"hipcoach_export": 1, "sessions": [' + b"9" * 5000 + b"]}", "is not JSON"),
    ],
)
def test_what_is_no_export_is_refused(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "file.json"
    path.write_bytes(content)
    with pytest.raises(ExportFileError, match=words):
        read_export(path)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_what_windows_makes_of_the_file_is_read_too(file: Path, encoding: str) -> None:
    file.write_text(file.read_text(), encoding=encoding)
    assert len(read_export(file)) == 3


def test_where_writing_fails_nothing_is_left(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = plan_import(sessions_of(file), tmp_path / "new")

    def failing(path: Path, content: bytes, *, replace: bool) -> None:
        if path.name.startswith("20260304"):
            raise StorageError("No space left on device.")
        write_atomically(path, content, replace=replace)

    monkeypatch.setattr("hipcoach.storage.session_export.write_atomically", failing)
    with pytest.raises(StorageError, match="No space"):
        carry_out(plan, tmp_path / "new")
    assert list((tmp_path / "new").iterdir()) == []


def test_a_session_that_arrives_meanwhile_stays(file: Path, tmp_path: Path) -> None:
    directory = tmp_path / "new"
    plan = plan_import(sessions_of(file), directory)
    arrived = a_record(date(2026, 3, 2), id="20260302T120000Z-abcdef", steps=(a_step_record(),) * 2)
    save_record(directory, arrived)
    assert carry_out(plan, directory) == 2
    assert (directory / f"{arrived.id}.toml").read_text() == record_text(arrived)
