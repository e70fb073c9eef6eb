from __future__ import annotations

import subprocess
import sys
from argparse import Namespace
from datetime import datetime, timedelta

import pytest

from hipcoach.commands import history
from hipcoach.paths import AppPaths
from hipcoach.storage.day_files import DayKind, mark_day
from tests.commands.running import CHECKOUT, Log, Run


@pytest.fixture
def noon() -> datetime:
    """Of today, so that no change of the clocks moves a session to another day."""
    return datetime.now().astimezone().replace(hour=12, minute=0, second=0, microsecond=0)


def test_without_a_session_one_is_due(run: Run) -> None:
    result = run("due")
    assert (result.code, result.err) == (0, "")
    assert result.out.startswith("A session is due: 0 of 3 days this week, ")


def test_after_one_it_is_done_for_today(run: Run, log: Log, noon: datetime) -> None:
    log(noon)
    result = run("due")
    assert (result.code, result.err) == (1, "")
    assert result.out.startswith("Done for today: ")
    for quiet in ("-q", "--quiet"):
        result = run("due", quiet)
        assert (result.code, result.out, result.err) == (1, "", "")


def test_a_marked_day_is_off(run: Run, paths: AppPaths, noon: datetime) -> None:
    mark_day(paths.days, noon.date(), DayKind.REST)
    result = run("due")
    assert (result.code, result.out) == (1, "Today is marked off (0 of 3 days this week).\n")


def test_the_goal_may_be_reached_and_a_session_still_due_daily(
    run: Run, log: Log, paths: AppPaths, noon: datetime
) -> None:
    paths.config.mkdir(parents=True)
    starts = f"{noon - timedelta(days=1):%A}".lower()
    paths.settings.write_text(f'[week]\ngoal = 1\nstarts_on = "{starts}"\n')
    log(noon - timedelta(days=1))
    assert run("due").out == "The week's goal is reached: 1 of 1 day this week.\n"
    result = run("due", "--daily")
    assert (result.code, result.out) == (0, "A session is due today (1 of 1 day this week).\n")


def test_for_scripts(run: Run) -> None:
    shown = run("due", "--json").json
    assert 1 <= shown.pop("days_left") <= 7
    assert shown.pop("text").startswith("A session is due")
    assert shown == {"due": True, "reason": "due", "week_days": 0, "week_goal": 3}


def test_what_cannot_be_read_is_named_unless_it_is_to_be_quiet(
    run: Run, log: Log, noon: datetime, paths: AppPaths
) -> None:
    log(noon)
    (paths.sessions / f"{noon:%Y%m%d}T235959Z-abcdef.toml").write_text("new and broken")
    assert "is not valid TOML" in run("due").err
    assert run("due", "-q").err == ""


@pytest.mark.parametrize("arguments", [["due", "--loud"], ["due", "--quiet", "--json"]])
def test_bad_input_is_neither_answer(run: Run, arguments: list[str]) -> None:
    assert run(*arguments).code == 2


def test_a_log_that_cannot_be_read_is_neither_answer(run: Run, paths: AppPaths) -> None:
    paths.data.mkdir(parents=True)
    paths.sessions.write_text("a file")
    assert "cannot be used" in run("due", "-q").sentence


def test_what_nobody_foresaw_is_neither_answer(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(options: Namespace, paths: AppPaths) -> int:
        raise ZeroDivisionError

    monkeypatch.setattr(history, "due", broken)
    assert run("due").code == 2


def test_a_prompt_waits_for_no_catalogue() -> None:
    """What takes long to load is left alone: a shell prompt runs this every time."""
    code = "import sys; from hipcoach.cli import main; main(['due']); print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=CHECKOUT, capture_output=True, text=True, check=True
    )
    loaded = set(done.stdout.splitlines()[-1].split())
    assert "hipcoach.core.history.streaks" in loaded
    assert not {name.split(".")[0] for name in loaded} & {"textual", "rich", "asyncio", "subprocess"}
    assert not loaded & {"hipcoach.core.compile", "hipcoach.storage.catalog"}
