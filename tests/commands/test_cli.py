from __future__ import annotations

import subprocess
import sys
from argparse import Namespace
from pathlib import Path

import pytest

import hipcoach
from hipcoach.commands import listings
from hipcoach.commands.arguments import make_parser
from hipcoach.errors import DataError
from hipcoach.paths import AppPaths
from tests.commands.running import CHECKOUT, LOOKING, Run


def test_every_command_is_in_the_help_and_has_help_of_its_own(run: Run) -> None:
    assert run("--version").out == f"hipcoach {hipcoach.__version__}\n"
    everything = run("--help")
    assert everything.code == 0
    for name in make_parser().commands:
        assert f"\n    {name} " in everything.out
        result = run(name, "--help")
        assert result.code == 0
        assert result.out.startswith(f"usage: hipcoach {name} ")
        assert "--data-dir DIR" in result.out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["histori"], "There is no command 'histori'; did you mean 'history'?"),
        (["x"], "There is no command 'x'; there are: start, routines"),
        (["plan", "six-drills", "--avoid", "writs"], "There is no load 'writs'; did you mean 'wrists'?"),
        (["plan", "six-drills", "--avoid", "knees,none"], "There is no load 'none'; "),
        (["plan", "six-drills", "--avoid", ""], "there are: knees, wrists, deep-hip-flexion, balance"),
        (["history", "--since", "today", "--until", "2w"], "upside down"),
        (["stats", "--since", "soon"], "'soon' is not a date such as"),
        (["plan"], "ROUTINE"),
        (["Stats"], "There is no command 'Stats'; did you mean 'stats'?"),
        (["plan", "leg-cicruit"], "There is no routine 'leg-cicruit'; did you mean 'leg-circuit'?"),
        (["plan", "desk-break", "--rounds", "many"], "--rounds: 'many' is not a whole number from 1 to 99"),
        (["plan", "desk-break", "--rounds", "9" * 5000], "is not a whole number from 1 to 99"),
        (["plan", "desk-break", "--level", "hi"], "--level: invalid choice: 'hi' (choose from"),
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


LIGHT = (
    *LOOKING,
    ["due"],
    ["export"],
    ["export", "--format", "csv", "--sets"],
    ["export", "--format", "ical"],
    ["stats", "--routine", "leg-circuit"],
    ["routines", "leg-circuit"],
    ["exercises", "spiderman"],
    ["schema"],
    ["figure", "quadruped-rockback"],
)


def test_commands_that_only_look_print_plain_text_and_make_nothing(run: Run, home: Path) -> None:
    for arguments in LIGHT:
        result = run(*arguments)
        assert (result.code, result.err) == (0, "")
        assert result.out.replace("\n", "").replace("\r", "").isprintable()
    assert list(home.iterdir()) == []


def test_no_interface_is_loaded(run: Run, tmp_path: Path) -> None:
    (tmp_path / "sheet.txt").write_text("Bridge 10\n")
    export = str(tmp_path / "log.json")
    lines = [*LIGHT, ["new", "--from", f"{tmp_path}/sheet.txt", "-o", f"{tmp_path}/a.toml"]]
    lines += [["export", "-o", export], ["import", export]]
    code = "import sys; from hipcoach.cli import main\n"
    code += f"for each in {lines}: main(each)\nprint(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=CHECKOUT, capture_output=True, text=True, check=True
    )
    loaded = {name.split(".")[0] for name in done.stdout.splitlines()[-1].split()}
    assert "hipcoach" in loaded
    assert not loaded & {"textual", "rich", "asyncio", "miniaudio", "wakepy"}


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
