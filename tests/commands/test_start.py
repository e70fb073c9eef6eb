from __future__ import annotations

import sys
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from types import ModuleType

import pytest

from hipcoach.commands import start
from hipcoach.core.choices import Pace
from hipcoach.core.exercise import Load, Side
from hipcoach.core.fields import Intensity
from hipcoach.live.choices import NO_OVERRIDES, CliOverrides
from hipcoach.paths import AppPaths
from tests.commands.running import Log, Run

NOW = datetime(2026, 3, 4, tzinfo=UTC)


@pytest.fixture
def chosen() -> list[CliOverrides | None]:
    """The choices that the app was opened with."""
    return []


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch, chosen: list[CliOverrides | None]) -> list[str | None]:
    """The routines that the app was opened with, on a terminal; the app itself is not run."""
    opened: list[str | None] = []

    def run_app(paths: AppPaths, start_with: str | None = None, once: CliOverrides | None = None) -> int:
        opened.append(start_with)
        chosen.append(once)
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
    for typed in (["nothing-like-it"], ["leg-circuit", "--rounds", "0", "--plain"]):
        assert run("start", *typed).code == 2
    assert opened == ["desk-break"]


@pytest.mark.usefixtures("opened")
@pytest.mark.parametrize(
    ("typed", "once"),
    [
        ("", NO_OVERRIDES),
        ("--rounds 4 --level high", CliOverrides(rounds=4, level=Intensity.HIGH)),
        ("--own-pace --no-warmup --no-gated", CliOverrides(pace=Pace.OWN, warmup=False, gated=False)),
        (
            "--no-own-pace --warmup --tempo 1.5",
            CliOverrides(pace=Pace.PACED, warmup=True, tempo=Fraction(3, 2)),
        ),
        (
            "--first-side left --avoid knees",
            CliOverrides(first_side=Side.LEFT, avoid=frozenset({Load.KNEES})),
        ),
        ("--avoid none", CliOverrides(avoid=frozenset())),
    ],
)
def test_start_takes_choices_for_this_once(
    run: Run, chosen: list[CliOverrides | None], typed: str, once: CliOverrides
) -> None:
    assert run("start", "leg-circuit", *typed.split()).code == 7
    assert chosen == [once]
