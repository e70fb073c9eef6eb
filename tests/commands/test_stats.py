from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from hipcoach.paths import AppPaths
from tests.commands.running import Log, Run

PROMISED = {
    "sessions",
    "minutes",
    "week_streak",
    "best_week_streak",
    "day_streak",
    "best_day_streak",
    "week_days",
    "week_goal",
}


def test_nothing_done_is_all_zero(run: Run) -> None:
    shown = run("stats", "--json").json
    assert set(shown) >= PROMISED
    assert shown.pop("week_goal") == 3
    assert {value for value in shown.values() if not isinstance(value, dict)} == {0}


def test_days_and_minutes_add_up(run: Run, log: Log) -> None:
    # Noon, so that no change of the clocks moves a session to another day.
    noon = datetime.now().astimezone().replace(hour=12, minute=0, second=0, microsecond=0)
    for ago in (0, 1, 2, 10):
        log(noon - timedelta(days=ago), seconds=100.0)
    shown = run("stats", "--json").json
    assert shown["sessions"] == 4
    assert shown["minutes"] == 6.7
    assert (shown["day_streak"], shown["best_day_streak"]) == (3, 3)
    assert 1 <= shown["week_days"] <= 3
    assert shown["reps"]["left"] == shown["reps"]["right"] > 0


@pytest.mark.parametrize(
    ("minutes", "shown"),
    [(1, "1 minute"), (6.7, "7 minutes"), (119, "119 minutes"), (120, "2 h 0 min"), (6437.5, "107 h 18 min")],
)
def test_many_minutes_are_hours_for_a_person_and_a_number_for_a_script(
    run: Run, log: Log, minutes: float, shown: str
) -> None:
    noon = datetime.now().astimezone().replace(hour=12, minute=0, second=0, microsecond=0)
    log(noon - timedelta(days=30), seconds=minutes * 60)
    assert f"In all        1 session, {shown}\n" in run("stats").out
    assert run("stats", "--json").json["minutes"] == minutes


def test_the_settings_say_how_many_days_make_a_week(run: Run, log: Log, paths: AppPaths) -> None:
    paths.config.mkdir(parents=True)
    paths.settings.write_text("[week]\ngoal = 1\n")
    log(datetime.now().astimezone())
    shown = run("stats", "--json").json
    assert (shown["week_goal"], shown["week_streak"]) == (1, 1)
    assert "This week     1 of 1 day, 5 minutes\nWeek streak   1 week, best 1 week\n" in run("stats").out


def test_a_session_in_the_future_is_left_out_with_a_warning(run: Run, log: Log) -> None:
    future = log(datetime.now().astimezone() + timedelta(hours=27))
    result = run("stats", "--json")
    assert result.json["sessions"] == 0
    assert future.id in result.err
