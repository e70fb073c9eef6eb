"""`history` and `stats`: the log as a table, as JSON and as CSV, all of it or what is asked for."""

from __future__ import annotations

import csv
import io
from datetime import datetime, timedelta, timezone

import pytest

from hipcoach.paths import AppPaths
from hipcoach.storage.session_log import rewrite_session
from tests.commands.running import Log, Run

NOW = datetime(2026, 3, 4, 7, 30, tzinfo=timezone(timedelta(hours=2)))
STREAKS = {"week_streak", "best_week_streak", "day_streak", "best_day_streak", "week_days", "week_goal"}


@pytest.fixture
def noon() -> datetime:
    """Of today, so that no change of the clocks moves a session to another day."""
    return datetime.now().astimezone().replace(hour=12, minute=0, second=0, microsecond=0)


@pytest.fixture
def ten_days(log: Log, noon: datetime) -> datetime:
    """Noon of today; there is a session at each noon of the last ten days, by turns of two routines."""
    for ago in range(10):
        log(noon - timedelta(days=ago), "leg-circuit" if ago % 2 else "desk-break", seconds=60.0)
    return noon


def test_no_session_is_an_empty_list_a_kind_word_and_all_zero(run: Run) -> None:
    assert run("history", "--json").json == []
    assert "hipcoach start desk-break" in run("history").out
    assert len(run("history", "--csv").out.splitlines()) == 1
    shown = run("stats", "--json").json
    assert set(shown) >= {"sessions", "minutes", *STREAKS}
    assert shown.pop("week_goal") == 3
    assert {value for value in shown.values() if not isinstance(value, dict)} == {0}


def test_json_says_what_was_done_newest_first(run: Run, log: Log, paths: AppPaths) -> None:
    log(NOW - timedelta(days=1), "leg-circuit", done=2)
    record = log(NOW, "leg-circuit", done=20, seconds=754.3216)
    rewrite_session(paths.sessions, record.id, {"discomfort_after": 0})
    shown, before = run("history", "--json").json
    assert before["counts"] is False
    assert list(shown.items()) == [
        ("id", record.id),
        ("routine", "leg-circuit"),
        ("title", "Leg circuit"),
        ("started", "2026-03-04T07:30:00+02:00"),
        ("day", "2026-03-04"),
        ("status", "stopped"),
        ("active_seconds", 754.322),
        ("minutes", 12.6),
        ("planned_steps", 36),
        ("done_steps", 20),
        ("planned_reps", 336),
        ("done_reps", sum(step.done_reps for step in record.steps)),
        ("counts", True),
        ("note", ""),
        ("discomfort_before", None),
        ("discomfort_after", 0),
    ]
    heading, row, _ = run("history", "--csv").out.splitlines()
    assert heading == ",".join(shown)
    assert row.endswith(",true,,,0")


@pytest.mark.parametrize("command", [["history", "--csv"], ["export", "--format", "csv"]])
def test_no_spreadsheet_takes_a_note_for_a_formula(spawn: Run, log: Log, command: list[str]) -> None:
    notes = ['=HYPERLINK("http://example.org")', "+1 for the hips", "-1 on the left", "@SUM(1)", "'=1+1"]
    notes += ["\t=1+1", "\r=1+1", "1-2 = fine"]
    for day, note in enumerate(notes):
        log(NOW - timedelta(days=day), note=note, title=note or None)
    rows = list(csv.DictReader(io.StringIO(spawn(*command).out, newline="")))
    cells = [row[field] for row in rows for field in ("note", "title")]
    assert len(cells) == 2 * len(notes)
    assert all(cell.startswith("'") or cell == "1-2 = fine" for cell in cells)
    assert {cell.removeprefix("'").strip() for cell in cells} == {note.strip() for note in notes}
    # Numbers stay numbers.
    assert {float(row["active_seconds"]) for row in rows} == {300.0}


def test_people_see_a_table_and_what_was_said_of_a_session_below_it(
    run: Run, log: Log, paths: AppPaths
) -> None:
    before = log(NOW, note="stiff at first,\nbetter " + "and better " * 12)
    log(NOW + timedelta(days=1), "leg-circuit", done=20, seconds=754.3)
    rewrite_session(paths.sessions, before.id, {"discomfort_before": 5, "discomfort_after": 2})
    lines = run("history").out.splitlines()
    assert lines[1].split() == ["2026-03-05", "07:30", "12:35", "stopped", "20/36", "Leg", "circuit"]
    assert [line[:10].strip() for line in lines] == ["day", "2026-03-05", "2026-03-04", "", "", ""]
    assert lines[3] == "            5 before, 2 after: less than before"
    assert lines[4].startswith("            stiff at first, better and better")
    assert all(len(line) <= 100 for line in lines)


def test_a_log_from_elsewhere_cannot_steer_the_terminal(run: Run, log: Log, paths: AppPaths) -> None:
    log(NOW, title="\x1b]0;pwned\x07Leg\ncircuit", note="\x9b31m\u202e")
    for options in ([], ["--json"], ["--csv"]):
        out = run("history", *options).out
        assert out.replace("\n", "").isprintable()
    elsewhere = ("--data-dir", paths.data)
    assert run("history", "--json", *elsewhere).json[0]["title"] == "\x1b]0;pwned\x07Leg\ncircuit"


@pytest.mark.parametrize("command", ["history", "stats"])
def test_what_is_broken_or_in_the_future_is_named_and_the_rest_still_shown(
    run: Run, log: Log, paths: AppPaths, command: str
) -> None:
    log(NOW)
    (paths.sessions / "broken.toml").write_text("routine = ")
    future = log(datetime.now().astimezone() + timedelta(hours=27))
    result = run(command, "--json")
    assert result.code == 0
    assert (len(result.json) if command == "history" else result.json["sessions"]) == 1
    assert str(paths.sessions / "broken.toml") in result.err
    assert future.id in result.err


@pytest.mark.parametrize(
    ("options", "days"),
    [
        ("--since today", 1),
        ("--since yesterday", 2),
        ("--since 1w --until 3d", 5),
        ("--until 1w", 3),
        ("--routine leg-circuit", 5),
        ("--routine leg-circuit --since 2d", 1),
        ("--routine leg-circuit --routine desk-break", 10),
    ],
)
@pytest.mark.usefixtures("ten_days")
def test_some_of_the_history(run: Run, options: str, days: int) -> None:
    assert len(run("history", "--json", *options.split()).json) == days
    assert len(run("history", "--csv", *options.split()).out.splitlines()) == days + 1
    assert run("stats", "--json", *options.split()).json["sessions"] == days


def test_a_routine_that_is_gone_is_still_in_the_log(run: Run, log: Log, paths: AppPaths) -> None:
    log(NOW)
    (path,) = paths.sessions.iterdir()
    path.write_text(path.read_text().replace('routine = "', 'routine = "my-old-'))
    assert len(run("history", "--json", "--routine", "my-old-desk-break").json) == 1
    for command in ("history", "stats", "export"):
        assert "did you mean 'my-old-desk-break'?" in run(command, "--routine", "my-old-desk").sentence
    out = run("history", "--until", "2020", "--routine", "leg-circuit").out
    assert out == "No sessions: routine leg-circuit · until 2020-12-31.\n"


@pytest.mark.usefixtures("ten_days")
def test_streaks_are_of_all_sessions_totals_of_what_is_asked_for(run: Run) -> None:
    everything = run("stats", "--json").json
    some = run("stats", "--json", "--routine", "leg-circuit", "--since", "5d").json
    assert (everything["sessions"], some["sessions"], some["minutes"]) == (10, 3, 3.0)
    assert some["reps"]["left"] == some["reps"]["right"]
    assert 0 < some["reps"]["left"] < everything["reps"]["left"]
    assert some["day_streak"] == everything["day_streak"] == 10
    same = STREAKS | {"week_minutes"}
    assert {name: some[name] for name in same} == {name: everything[name] for name in same}
    text = run("stats", "--routine", "leg-circuit").out
    assert "\nRoutine leg-circuit:\nIn all        5 sessions, 5 minutes\n" in text


@pytest.mark.parametrize(
    ("minutes", "shown"), [(1, "1 minute"), (6.7, "7 minutes"), (120, "2 h 0 min"), (6437.5, "107 h 18 min")]
)
def test_the_settings_make_a_week_and_many_minutes_are_hours(
    run: Run, log: Log, paths: AppPaths, noon: datetime, minutes: float, shown: str
) -> None:
    paths.config.mkdir(parents=True)
    paths.settings.write_text("[week]\ngoal = 1\n")
    log(noon, seconds=minutes * 60)
    out = run("stats").out
    assert f"This week     1 of 1 day, {shown}\nWeek streak   1 week, best 1 week\n" in out
    assert f"In all        1 session, {shown}\n" in out
    assert run("stats", "--json").json["minutes"] == minutes


def test_today_begins_when_the_settings_say(run: Run, log: Log, paths: AppPaths) -> None:
    paths.config.mkdir(parents=True)
    now = datetime.now().astimezone()
    log(now)
    paths.settings.write_text(f"[day]\nstarts_at = {min(23, now.hour + 1)}\n")
    # Until that hour it is still yesterday, to which the session above does not belong.
    found = run("history", "--json", "--since", "today", "--until", "today").json
    assert len(found) == (1 if now.hour == 23 else 0)
