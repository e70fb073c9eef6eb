from __future__ import annotations

import csv
import io
from datetime import datetime, timedelta, timezone

import pytest

from hipcoach.paths import AppPaths
from hipcoach.storage.session_log import rewrite_session
from tests.commands.running import Log, Run

NOW = datetime(2026, 3, 4, 7, 30, tzinfo=timezone(timedelta(hours=2)))
FIELDS = ["id", "routine", "title", "started", "day", "status", "active_seconds", "minutes"]


def test_no_session_is_an_empty_list_and_a_kind_word(run: Run) -> None:
    assert run("history", "--json").json == []
    assert "hipcoach start desk-break" in run("history").out
    assert len(run("history", "--csv").out.splitlines()) == 1


def test_json_is_newest_first(run: Run, log: Log) -> None:
    records = [log(NOW + timedelta(days=day)) for day in (1, 0, 2)]
    shown = run("history", "--json").json
    assert [each["id"] for each in shown] == [records[place].id for place in (2, 0, 1)]


def test_json_tells_what_was_done(run: Run, log: Log) -> None:
    record = log(NOW, "leg-circuit", done=20, seconds=754.3216)
    (shown,) = run("history", "--json").json
    assert list(shown)[:8] == FIELDS
    assert shown["id"] == record.id
    assert shown["routine"] == "leg-circuit"
    assert shown["started"] == "2026-03-04T07:30:00+02:00"
    assert shown["day"] == "2026-03-04"
    assert shown["status"] == "stopped"
    assert shown["active_seconds"] == 754.322
    assert shown["minutes"] == 12.6
    assert (shown["planned_steps"], shown["done_steps"]) == (36, 20)
    assert shown["planned_reps"] == 336
    assert shown["counts"] is True


def test_less_than_half_does_not_count(run: Run, log: Log) -> None:
    log(NOW, "leg-circuit", done=2)
    assert run("history", "--json").json[0]["counts"] is False


def test_csv_has_a_line_for_each_session(run: Run, log: Log) -> None:
    log(NOW, note='tight, "really"')
    log(NOW + timedelta(days=1), done=1)
    rows = list(csv.DictReader(io.StringIO(run("history", "--csv").out)))
    assert [row["counts"] for row in rows] == ["false", "true"]
    assert rows[1]["note"] == 'tight, "really"'
    assert rows[1]["minutes"] == "5.0"


@pytest.mark.parametrize("command", [["history", "--csv"], ["export", "--format", "csv"]])
def test_no_spreadsheet_takes_a_note_for_a_formula(spawn: Run, log: Log, command: list[str]) -> None:
    notes = [
        '=HYPERLINK("http://example.org")',
        "=cmd|' /C calc'!A0",
        "+1 for the hips",
        "-1 on the left",
        "@SUM(1)",
        "\t=1+1",
        "\r=1+1",
        "'=1+1",
        "1-2 = fine",
    ]
    for day, note in enumerate(notes):
        log(NOW - timedelta(days=day), note=note, title=note or None)
    rows = list(csv.DictReader(io.StringIO(spawn(*command).out, newline="")))
    cells = [row[field] for row in rows for field in ("note", "title")]
    assert len(cells) == 2 * len(notes)
    assert all(cell.startswith("'") or cell == "1-2 = fine" for cell in cells)
    assert {cell.removeprefix("'").strip() for cell in cells} == {note.strip() for note in notes}
    # Numbers stay numbers.
    assert {float(row["active_seconds"]) for row in rows} == {300.0}


def test_people_see_a_table(run: Run, log: Log) -> None:
    log(NOW, "leg-circuit", done=20, seconds=754.3)
    lines = run("history").out.splitlines()
    assert lines[1].split() == ["2026-03-04", "07:30", "12:35", "stopped", "20/36", "Leg", "circuit"]


def test_people_see_what_was_said_of_a_session_below_it(run: Run, log: Log, paths: AppPaths) -> None:
    before = log(NOW, note="stiff at first,\nbetter " + "and better " * 12)
    log(NOW + timedelta(days=1))
    rewrite_session(paths.sessions, before.id, {"discomfort_before": 5, "discomfort_after": 2})
    lines = run("history").out.splitlines()
    assert [line[:10].strip() for line in lines] == ["day", "2026-03-05", "2026-03-04", "", "", ""]
    assert lines[3] == "            5 before, 2 after: less than before"
    assert lines[4].startswith("            stiff at first, better and better")
    assert all(len(line) <= 100 for line in lines)


def test_ratings_are_told_to_scripts_too_and_come_last(run: Run, log: Log, paths: AppPaths) -> None:
    rewrite_session(paths.sessions, log(NOW).id, {"discomfort_after": 0})
    (shown,) = run("history", "--json").json
    assert list(shown)[-3:] == ["note", "discomfort_before", "discomfort_after"]
    assert (shown["discomfort_before"], shown["discomfort_after"]) == (None, 0)
    heading, row = run("history", "--csv").out.splitlines()
    assert heading.endswith(",note,discomfort_before,discomfort_after")
    assert row.endswith(",,,0")


def test_a_log_from_elsewhere_cannot_steer_the_terminal(run: Run, log: Log) -> None:
    log(NOW, title="\x1b]0;pwned\x07Leg\ncircuit", note="\x9b31m\u202e")
    for options in ([], ["--json"], ["--csv"]):
        out = run("history", *options).out
        assert out.replace("\n", "").isprintable()
    assert run("history", "--json").json[0]["title"] == "\x1b]0;pwned\x07Leg\ncircuit"


def test_a_broken_file_is_named_and_the_rest_still_shown(run: Run, log: Log, paths: AppPaths) -> None:
    log(NOW)
    (paths.sessions / "broken.toml").write_text("routine = ")
    result = run("history", "--json")
    assert result.code == 0
    assert len(result.json) == 1
    assert str(paths.sessions / "broken.toml") in result.err


def test_a_session_in_the_future_is_left_out_with_a_warning(run: Run, log: Log) -> None:
    log(NOW)
    future = log(datetime.now().astimezone() + timedelta(days=3))
    result = run("history", "--json")
    assert len(result.json) == 1
    assert future.id in result.err


def test_the_log_may_be_elsewhere(run: Run, log: Log, paths: AppPaths, tmp_path: object) -> None:
    log(NOW)
    assert len(run("--data-dir", paths.data, "history", "--json").json) == 1
    assert run("history", "--json", "--data-dir", f"{tmp_path}/none").json == []
