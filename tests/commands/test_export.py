from __future__ import annotations

import csv
import io
import json
import os
from datetime import datetime, timedelta, timezone
from pathlib import Path

import icalendar
import pytest

from hipcoach.core.history.export import SESSION_FIELDS, SET_FIELDS
from hipcoach.paths import AppPaths
from tests.commands.running import Log, Result, Run

NOW = datetime(2026, 3, 4, 7, 30, tzinfo=timezone(timedelta(hours=2)))


def rows(result: Result) -> list[dict[str, str]]:
    assert (result.code, result.err) == (0, "")
    return list(csv.DictReader(io.StringIO(result.out, newline=""), strict=True))


def test_without_anything_it_is_json_with_all_that_is_known(run: Run, log: Log) -> None:
    record = log(NOW, "leg-circuit", done=20)
    document = run("export").json
    assert document["hipcoach_export"] == 1
    (session,) = document["sessions"]
    assert session["id"] == record.id
    assert (session["started"], session["day"]) == ("2026-03-04T05:30:00Z", "2026-03-04")
    assert len(session["step"]) == 36


def test_sessions_as_csv(run: Run, log: Log) -> None:
    log(NOW + timedelta(days=1), done=1)
    log(NOW, note='=HYPERLINK("x"),\ntight – "really"')
    first, second = rows(run("export", "--format", "csv"))
    assert tuple(first) == SESSION_FIELDS
    assert first["note"] == '\'=HYPERLINK("x"),\ntight – "really"'
    assert (first["counts"], first["status"], second["status"]) == ("true", "completed", "stopped")
    assert first["started"] == "2026-03-04T07:30:00+02:00"


def test_sets_as_csv_and_as_json(run: Run, log: Log) -> None:
    record = log(NOW, "leg-circuit", done=20)
    sets = rows(run("export", "--format", "csv", "--sets"))
    assert tuple(sets[0]) == SET_FIELDS
    assert [each["outcome"] for each in sets] == ["done"] * 20 + ["left"] * 16
    assert (sets[0]["planned_reps"], sets[0]["done_reps"], sets[35]["done_reps"]) == ("12", "12", "0")
    assert (sets[0]["attempts"], sets[35]["attempts"]) == ("1", "0")
    listed = run("export", "--format", "json", "--sets").json
    assert [each["set"] for each in listed] == list(range(1, 37))
    assert {each["session"] for each in listed} == {record.id}
    assert tuple(listed[0]) == SET_FIELDS
    assert [type(each["attempts"]) for each in listed] == [int] * 36


def test_csv_has_the_line_ends_of_its_standard(run: Run, log: Log, tmp_path: Path) -> None:
    log(NOW)
    assert run("export", "-o", tmp_path / "a.csv").code == 0
    content = (tmp_path / "a.csv").read_bytes()
    assert content.count(b"\r\n") == content.count(b"\n") == 2


def test_a_calendar(run: Run, log: Log, tmp_path: Path) -> None:
    records = [log(NOW + timedelta(days=day)) for day in range(3)]
    assert run("export", "-o", tmp_path / "a.ics").out == f"{tmp_path}/a.ics: 3 sessions.\n"
    calendar = icalendar.Calendar.from_ical((tmp_path / "a.ics").read_bytes())
    assert [event["UID"] for event in calendar.events] == [f"{each.id}@hipcoach" for each in records]


@pytest.mark.parametrize(("name", "form"), [("a.CSV", "csv"), ("a.json", "json"), ("a.ical", "ical")])
def test_the_name_of_the_file_says_what_to_write(
    run: Run, log: Log, tmp_path: Path, name: str, form: str
) -> None:
    log(NOW)
    assert run("export", "-o", tmp_path / name).code == 0
    assert (tmp_path / name).read_bytes().decode() == run("export", "--format", form).out


@pytest.mark.parametrize("form", ["csv", "json", "ical"])
def test_an_empty_log_is_an_empty_export(run: Run, form: str) -> None:
    for sets in ((), ("--sets",)) if form != "ical" else ((),):
        result = run("export", "--format", form, *sets)
        assert (result.code, result.err) == (0, "")
        assert result.out


def test_only_what_is_asked_for_and_what_is_in_the_future(run: Run, log: Log) -> None:
    for day, routine in ((0, "desk-break"), (1, "leg-circuit"), (2, "desk-break")):
        log(NOW + timedelta(days=day), routine)
    future = log(datetime.now().astimezone() + timedelta(days=3), "leg-circuit")

    def days(*options: str) -> list[str]:
        return [each["day"] for each in rows(run("export", "--format", "csv", *options))]

    assert days("--since", "2026-03-05", "--until", "2026-03") == ["2026-03-05", "2026-03-06"]
    assert days("--routine", "leg-circuit") == ["2026-03-05", f"{future.day}"]
    assert days("--routine", "six-drills") == []


def test_what_cannot_be_read_is_named_and_told_by_the_exit_code(run: Run, log: Log, paths: AppPaths) -> None:
    log(NOW)
    (paths.sessions / "broken.toml").write_text("routine = ")
    result = run("export")
    assert result.code == 1
    assert len(result.json["sessions"]) == 1
    assert f"{paths.sessions}/broken.toml" in result.err
    assert "not in the export" in result.err


@pytest.mark.skipif(os.name != "posix", reason="names of files are bytes on POSIX alone")
def test_a_file_whose_name_is_not_utf_8_is_named_and_left_out(spawn: Run, log: Log, paths: AppPaths) -> None:
    for day in range(2):
        log(NOW + timedelta(days=day))
    first = min(paths.sessions.iterdir())
    first.rename(os.fsdecode(os.fsencode(paths.sessions) + b"/knee \xff.toml"))
    result = spawn("export", "--format", "csv")
    assert (result.code, result.out.count("\n")) == (1, 2)
    assert "knee ?.toml has a name that is not text in UTF-8; please rename it." in result.err
    assert "please rename it" in spawn("history").err
    assert spawn("stats", "--json").json["sessions"] == 1


def test_a_file_is_written_for_its_owner_alone_and_never_over_another(
    run: Run, log: Log, tmp_path: Path
) -> None:
    log(NOW)
    target = tmp_path / "log.json"
    assert run("export", "-o", target).code == 0
    assert target.stat().st_mode & 0o777 == 0o600
    assert "is there already; --force replaces it" in run("export", "-o", target).sentence
    os.mkfifo(tmp_path / "pipe.csv")
    assert "is not an ordinary file" in run("export", "-o", tmp_path / "pipe.csv", "--force").sentence
    target.write_text("old")
    assert run("export", "-o", target, "--force").code == 0
    assert json.loads(target.read_text())["sessions"]
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["log.json"]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["-o", "."], "is a directory"),
        (["-o", "none/log.json"], "none/log.json cannot be written: No such file or directory"),
        (["-o", "log.xls"], "'log.xls' does not say what to write: give --format csv, json or ical"),
        (["-o", ""], "'.' does not say what to write"),
        (["--format", "xml"], "--format: invalid choice: 'xml' (choose from"),
        (["--format", "ical", "--sets"], "--sets goes with csv and json"),
        (["--since", "2026-02-30"], "'2026-02-30' is not in the calendar"),
        (["--routine", "leg-circuits"], "did you mean 'leg-circuit'?"),
    ],
)
def test_bad_input_is_one_sentence(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, options: list[str], words: str
) -> None:
    monkeypatch.chdir(tmp_path)
    if options[:2] == ["-o", "."]:
        options = ["--format", "csv", *options]
    assert words in run("export", *options).sentence


def test_on_a_screen_a_note_steers_nothing(run: Run, log: Log, monkeypatch: pytest.MonkeyPatch) -> None:
    log(NOW, note="\x1b[31mred\x9b")
    assert "\x1b" in run("export", "--format", "csv").out
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    for form in ("csv", "json", "ical"):
        assert run("export", "--format", form).out.replace("\n", "").isprintable()
