from __future__ import annotations

import sys
from datetime import UTC, datetime, timedelta
from types import ModuleType

import pytest

from hipcoach.commands import start
from hipcoach.paths import AppPaths
from tests.commands.running import Log, Run

NOW = datetime(2026, 3, 4, tzinfo=UTC)


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str | None]:
    """The routines that the app was opened with, on a terminal; the app itself is not run."""
    opened: list[str | None] = []

    def run_app(paths: AppPaths, start_with: str | None = None, avoid: object = None) -> int:
        opened.append(start_with)
        return 7

    app = ModuleType("hipcoach.ui.running")
    app.run_app = run_app  # type: ignore[attr-defined]  # a module in place of the app
    monkeypatch.setitem(sys.modules, "hipcoach.ui.running", app)
    monkeypatch.setattr(start, "on_terminal", lambda: True)
    return opened


def test_without_a_command_the_app_opens_and_gives_the_exit_code(run: Run, opened: list[str | None]) -> None:
    assert run().code == 7
    assert opened == [None]


def test_start_goes_straight_into_the_routine(run: Run, opened: list[str | None]) -> None:
    result = run("start", "six-drills")
    assert (result.code, result.err) == (7, "")
    assert opened == ["six-drills"]


def test_start_without_a_name_takes_the_one_done_last(run: Run, log: Log, opened: list[str | None]) -> None:
    log(NOW, "leg-circuit")
    log(NOW + timedelta(days=1), "six-drills", done=1)
    log(NOW - timedelta(days=1), "nine-drills")
    result = run("start")
    assert result.err == ""
    assert opened == ["six-drills"]


def test_a_routine_that_is_gone_is_passed_over(
    run: Run, log: Log, paths: AppPaths, opened: list[str | None]
) -> None:
    log(NOW, "leg-circuit")
    gone = log(NOW + timedelta(days=1), "six-drills")
    path = paths.sessions / f"{gone.id}.toml"
    path.write_text(path.read_text().replace('routine = "six-drills"', 'routine = "gone"'))
    run("start")
    assert opened == ["leg-circuit"]


def test_start_without_a_name_and_nothing_done_yet_takes_the_first_and_says_so(
    run: Run, opened: list[str | None]
) -> None:
    assert "No session has been done yet, so this starts 'Desk break'." in run("start").err
    assert opened == ["desk-break"]


def test_start_of_an_unknown_routine_opens_nothing(run: Run, opened: list[str | None]) -> None:
    assert run("start", "nothing-like-it").code == 2
    assert opened == []
