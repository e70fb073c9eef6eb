from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from hipcoach.paths import AppPaths
from tests.commands.running import Log, Run


@pytest.fixture
def noon(log: Log) -> datetime:
    """Noon of today; there is a session at each noon of the last ten days, by turns of two routines."""
    noon = datetime.now().astimezone().replace(hour=12, minute=0, second=0, microsecond=0)
    for ago in range(10):
        log(noon - timedelta(days=ago), "leg-circuit" if ago % 2 else "desk-break", seconds=60.0)
    return noon


def days(run: Run, *options: str) -> int:
    return len(run("history", "--json", *options).json)


def test_history_of_some_days(run: Run, noon: datetime) -> None:
    assert days(run) == 10
    assert days(run, "--since", "today") == 1
    assert days(run, "--since", "yesterday") == 2
    assert days(run, "--since", "3d") == 4
    assert days(run, "--since", "1w", "--until", "3d") == 5
    assert days(run, "--until", "1w") == 3
    assert days(run, "--since", f"{noon - timedelta(days=2):%Y-%m-%d}") == 3


def test_history_of_one_routine(run: Run, noon: datetime) -> None:
    assert days(run, "--routine", "leg-circuit") == 5
    assert days(run, "--routine", "leg-circuit", "--since", "2d") == 1
    assert len(run("history", "--routine", "leg-circuit").out.splitlines()) == 6
    assert len(run("history", "--csv", "--routine", "leg-circuit").out.splitlines()) == 6


def test_nothing_found_is_said(run: Run, noon: datetime) -> None:
    out = run("history", "--until", "2020", "--routine", "leg-circuit").out
    assert out == "No sessions: routine leg-circuit · until 2020-12-31.\n"


def test_a_routine_that_is_gone_is_still_in_the_log(run: Run, noon: datetime, paths: AppPaths) -> None:
    path = next(paths.sessions.iterdir())
    path.write_text(path.read_text().replace('routine = "', 'routine = "my-old-'))
    name = next(each["routine"] for each in run("history", "--json").json if each["routine"].startswith("my"))
    assert days(run, "--routine", name) == 1
    for command in ("history", "stats", "export"):
        assert f"did you mean '{name}'?" in run(command, "--routine", f"{name}s").sentence


def test_streaks_are_of_all_sessions_totals_of_what_is_asked_for(run: Run, noon: datetime) -> None:
    everything = run("stats", "--json").json
    some = run("stats", "--json", "--routine", "leg-circuit", "--since", "5d").json
    assert (everything["sessions"], some["sessions"], some["minutes"]) == (10, 3, 3.0)
    assert 0 < some["reps"]["left"] < everything["reps"]["left"]
    assert some["day_streak"] == everything["day_streak"] == 10
    same = {"week_streak", "best_week_streak", "best_day_streak", "week_days", "week_goal", "week_minutes"}
    assert {name: some[name] for name in same} == {name: everything[name] for name in same}
    text = run("stats", "--routine", "leg-circuit").out
    assert "\nRoutine leg-circuit:\nIn all        5 sessions, 5 minutes\n" in text


def test_today_begins_when_the_settings_say(run: Run, log: Log, paths: AppPaths) -> None:
    paths.config.mkdir(parents=True)
    now = datetime.now().astimezone()
    log(now)
    paths.settings.write_text(f"[day]\nstarts_at = {min(23, now.hour + 1)}\n")
    # Until that hour it is still yesterday, to which the session above does not belong.
    assert days(run, "--since", "today", "--until", "today") == (1 if now.hour == 23 else 0)


@pytest.mark.parametrize("command", ["history", "stats"])
def test_bad_input_is_one_sentence(run: Run, command: str, tmp_path: Path) -> None:
    assert "upside down" in run(command, "--since", "today", "--until", "2w").sentence
    assert "'soon' is not a date such as" in run(command, "--since", "soon").sentence
