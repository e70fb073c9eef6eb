"""What may stand on a command line, and one sentence on what may not."""

from __future__ import annotations

from pathlib import Path

import pytest

from hipcoach.commands.arguments import COMMANDS, read_arguments
from hipcoach.errors import UsageError


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_its_help(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        read_arguments([command, "--help"])
    assert capsys.readouterr().out.startswith(f"usage: hipcoach {command}")


def test_options_may_stand_before_the_command() -> None:
    options = read_arguments(["--data-dir", "plan", "plan", "leg-circuit"])
    assert (options.data_dir, options.command) == (Path.cwd() / "plan", "plan")
    assert options.routine == "leg-circuit"


@pytest.mark.parametrize(
    ("typed", "meant"),
    (
        ("strat", "start"),
        ("satrt", "start"),
        ("stat", "stats"),
        ("staet", "start"),
        ("starts", "start"),
        ("Stats", "stats"),
        ("histroy", "history"),
        ("rountines", "routines"),
        ("routine", "routines"),
        ("exort", "export"),
        ("exprot", "export"),
        ("imprt", "import"),
        ("plna", "plan"),
        ("chekc", "check"),
        ("doctr", "doctor"),
        ("pahts", "paths"),
    ),
)
def test_a_slip_is_answered_with_the_command_that_was_meant(typed: str, meant: str) -> None:
    with pytest.raises(UsageError) as refused:
        read_arguments([typed])
    assert refused.value.message == f"There is no command '{typed}'; did you mean '{meant}'?"


def test_what_is_like_no_command_is_told_all_of_them() -> None:
    with pytest.raises(UsageError, match=r"^There is no command 'zzzz'; there are: start, routines"):
        read_arguments(["zzzz"])
