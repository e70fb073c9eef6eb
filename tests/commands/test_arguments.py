"""A command line is understood by the arguments of its own command alone, just as by those of all."""

from __future__ import annotations

import pytest

from hipcoach.commands.arguments import COMMANDS, make_parser, read_arguments
from hipcoach.errors import UsageError


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_by_itself_has_the_help_that_it_has_among_all(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    said = []
    for names in (COMMANDS, (command,)):
        with pytest.raises(SystemExit):
            make_parser(names).parse_args([command, "--help"])
        said.append(capsys.readouterr().out)
    assert said[0] == said[1]
    assert said[0].startswith(f"usage: hipcoach {command}")


@pytest.mark.parametrize(
    "line",
    (
        ["stats", "--since", "30d", "--data-dir", "somewhere"],
        ["plan", "leg-circuit", "--rounds", "3", "--tempo", "1.5", "--avoid", "knees"],
        ["routines"],
        ["figure", "spiderman", "--size", "40x20"],
    ),
    ids=" ".join,
)
def test_a_line_means_the_same(line: list[str]) -> None:
    assert vars(read_arguments(line)) == {"data_dir": None} | vars(make_parser().parse_args(line))


@pytest.mark.parametrize(
    "line", (["stats", "plan"], ["plan"], ["stats", "--rounds", "3"], ["schema", "plan"]), ids=" ".join
)
def test_a_line_is_refused_with_the_same_words(line: list[str]) -> None:
    with pytest.raises(UsageError) as refused:
        make_parser().parse_args(line)
    with pytest.raises(UsageError) as refused_alone:
        read_arguments(line)
    assert refused_alone.value.message == refused.value.message


def test_options_may_stand_before_the_command() -> None:
    options = read_arguments(["--data-dir", "plan", "plan", "leg-circuit"])
    assert (str(options.data_dir), options.command, options.routine) == ("plan", "plan", "leg-circuit")


@pytest.mark.parametrize(
    ("typed", "meant"),
    (
        ("strat", "start"),
        ("satrt", "start"),
        ("stat", "stats"),
        ("staet", "start"),
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
