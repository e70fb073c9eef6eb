from __future__ import annotations

from argparse import Namespace
from pathlib import Path

import pytest

import hipcoach
from hipcoach.commands import listings
from hipcoach.commands.arguments import make_parser
from hipcoach.errors import DataError
from hipcoach.paths import AppPaths
from tests.commands.running import LOOKING, Run


def test_version(run: Run) -> None:
    result = run("--version")
    assert (result.code, result.out) == (0, f"hipcoach {hipcoach.__version__}\n")


def test_every_command_is_in_the_help_and_has_help_of_its_own(run: Run) -> None:
    everything = run("--help")
    assert everything.code == 0
    for name in make_parser().commands:
        assert f"\n    {name} " in everything.out
        result = run(name, "--help")
        assert result.code == 0
        assert result.out.startswith(f"usage: hipcoach {name} ")
        assert "--data-dir DIR" in result.out


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("start", "Choices hold for this session only"),
        ("start", "every Nth rep; 5 by default"),
        ("plan", "What you chose in the list of routines does not count here."),
        ("export", "can be imported again"),
        ("schema", "of a file with a routine (by default)"),
    ],
)
def test_help_says_what_holds_where_nothing_is_given(run: Run, command: str, words: str) -> None:
    assert words in " ".join(run(command, "--help").out.split())


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["histori"], "There is no command 'histori'; did you mean 'history'?"),
        (["x"], "There is no command 'x'; there are: start, routines"),
        (["plan"], "ROUTINE"),
        (["strat"], "There is no command 'strat'; did you mean 'start'?"),
        (["stat"], "There is no command 'stat'; did you mean 'stats'?"),
        (["exprot"], "There is no command 'exprot'; did you mean 'export'?"),
        (["Stats"], "There is no command 'Stats'; did you mean 'stats'?"),
        (["plan", "leg-cicruit"], "There is no routine 'leg-cicruit'; did you mean 'leg-circuit'?"),
        (["plan", "desk-brake"], "There is no routine 'desk-brake'; did you mean 'desk-break'?"),
        (["plan", "desk-break", "--rounds", "many"], "--rounds: 'many' is not a whole number from 1 to 99"),
        (["plan", "desk-break", "--rounds", "0"], "--rounds: '0' is not a whole number from 1 to 99"),
        (["plan", "desk-break", "--rounds", "9" * 5000], "is not a whole number from 1 to 99"),
        (["plan", "desk-break", "--level", "hi"], "--level: invalid choice: 'hi' (choose from"),
        (["plan", "desk-break", "--tempo", "fast"], "--tempo: 'fast' is not a number from 0.25 to 4"),
        (["plan", "desk-break", "--tempo", "1e999999999"], "is not a number from 0.25 to 4"),
        (["plan", "desk-break", "--tempo", "9"], "--tempo: '9' is not a number from 0.25 to 4"),
        (["plan", "desk-break", "--first-side", "up"], "--first-side: invalid choice: 'up' (choose from"),
        (["history", "--json", "--csv"], "not allowed with"),
        (["stats", "--yaml"], "--yaml"),
        (["check"], "PATH"),
        (["start", "nine-drill"], "did you mean 'nine-drills'?"),
        (["--data-dir"], "--data-dir"),
        (["paths", "--data-dir", ""], "needs the name of a directory"),
    ],
)
def test_bad_input_gets_one_sentence_and_exit_code_2(run: Run, arguments: list[str], words: str) -> None:
    assert words in run(*arguments).sentence


def test_what_was_typed_cannot_steer_the_terminal(run: Run) -> None:
    assert "\x1b" not in run("plan", "desk\x1b[31m-break\nx").sentence
    assert "\\x1b[31m" in run("stats", "--\x1b[31m").sentence


@pytest.mark.parametrize("arguments", LOOKING)
def test_piped_output_is_plain(run: Run, arguments: list[str]) -> None:
    result = run(*arguments)
    assert (result.code, result.err) == (0, "")
    assert result.out.replace("\n", "").isprintable()


@pytest.mark.parametrize("first", [True, False])
def test_the_data_directory_may_be_named_before_and_after_the_command(
    run: Run, tmp_path: Path, first: bool
) -> None:
    place = ["--data-dir", str(tmp_path / "log")]
    result = run(*place, "paths", "--json") if first else run("paths", "--json", *place)
    assert result.json["sessions"] == str(tmp_path / "log" / "sessions")


@pytest.mark.parametrize("arguments", [[], ["start"], ["start", "desk-break"]])
def test_without_a_terminal_the_coach_says_so(spawn: Run, arguments: list[str]) -> None:
    result = spawn(*arguments)
    assert result.code == 2
    assert result.out == ""
    assert result.err.splitlines()[-1] == (
        "hipcoach: The coach needs a terminal to draw on and to read keys from."
    )


def test_an_encoding_without_the_character_is_no_traceback(
    monkeypatch: pytest.MonkeyPatch, spawn: Run
) -> None:
    monkeypatch.setenv("PYTHONIOENCODING", "ascii")
    assert spawn("exercises").code == 0


def test_an_interruption_ends_quietly(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(options: Namespace, paths: AppPaths) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(listings, "routines", interrupted)
    result = run("routines")
    assert (result.code, result.out, result.err) == (130, "", "")


def test_every_problem_of_the_bundled_data_is_a_line(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(options: Namespace, paths: AppPaths) -> int:
        raise DataError("one: wrong\ntwo: wrong")

    monkeypatch.setattr(listings, "routines", broken)
    result = run("routines")
    assert (result.code, result.err) == (2, "hipcoach: one: wrong\nhipcoach: two: wrong\n")
