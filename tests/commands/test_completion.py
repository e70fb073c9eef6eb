"""What may come next, by itself and in real shells: bash always, zsh and fish where they are installed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from hipcoach.commands.arguments import make_parser
from hipcoach.paths import AppPaths, user_paths
from tests.commands.running import CHECKOUT, Run

if os.name != "posix":
    pytest.skip("these shells are POSIX's", allow_module_level=True)

from tests.terminal import Terminal

OWN = """\
format = 1

[routine]
id = "my-sheet"
title = "My: sheet"
source = "hipcoach"
summary = "Of my own."

[[block]]
[[block.item]]
exercise = "overhead-squat"
"""


@pytest.fixture(autouse=True)
def own(home: Path) -> AppPaths:
    """A routine of the user's, and a file with a problem, which must not be in the way."""
    paths = user_paths()
    (paths.config / "routines").mkdir(parents=True)
    (paths.config / "routines" / "own.toml").write_text(OWN, encoding="utf-8")
    (paths.config / "routines" / "bad.toml").write_text("nonsense", encoding="utf-8")
    return paths


@pytest.fixture
def offered(home: Path, tmp_path: Path) -> Callable[[str], list[tuple[str, str]]]:
    """What a shell is offered at the end of a line: each word, and what it means."""

    def offered(line: str) -> list[tuple[str, str]]:
        answer = tmp_path / "answer"
        asked = {
            "_ARGCOMPLETE": "1",
            "_ARGCOMPLETE_DFS": "\t",
            "_ARGCOMPLETE_IFS": "\n",
            "_ARGCOMPLETE_SHELL": "fish",
            "_ARGCOMPLETE_SUPPRESS_SPACE": "1",
            "_ARGCOMPLETE_STDOUT_FILENAME": str(answer),
            "COMP_LINE": line,
            "COMP_POINT": str(len(line)),
        }
        here = tmp_path / "here"
        (here / "folder").mkdir(parents=True, exist_ok=True)
        (here / "a sheet.toml").touch()
        done = subprocess.run(
            [sys.executable, "-m", "hipcoach"],
            cwd=here,
            env={**os.environ, "PYTHONPATH": str(CHECKOUT), **asked},
            capture_output=True,
            timeout=60,
            check=True,
        )
        assert (done.stdout, done.stderr.strip()) == (b"", b"")
        return [(word, meaning) for word, _, meaning in map(_parted, answer.read_text().splitlines())]

    return offered


def _parted(line: str) -> tuple[str, str, str]:
    return line.partition("\t")


Offered = Callable[[str], list[tuple[str, str]]]


def test_every_command_is_offered_with_what_it_does(offered: Offered) -> None:
    meanings = dict(offered("hipcoach "))
    assert meanings.keys() >= set(make_parser().commands)
    assert meanings["plan"] == "show every step of a routine"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("pla", ["plan"]),
        ("plan my", ["my-sheet"]),
        ("exercises fire", ["fire-hydrant"]),
        ("plan --level ", ["high", "low", "mid"]),
        ("plan --level=h", ["--level=high"]),
        ("plan --first-side r", ["right"]),
        ("plan --rounds ", []),
        ("plan --no-w", ["--no-warmup"]),
        ("start --avoid knees,w", ["knees,wrists"]),
        ("start --pl", ["--plain"]),
        ("export --format i", ["ical"]),
        ("--data-dir ", ["folder/"]),
        ("render six-drills -o a", ["a sheet.toml"]),
        ("sounds lead-in sw", ["switch"]),
        ("nonsense x", []),
    ],
)
def test_what_fits_is_offered(offered: Offered, line: str, expected: list[str]) -> None:
    assert sorted(word for word, _ in offered(f"hipcoach {line}")) == expected


def test_a_routine_is_offered_with_its_title_in_one_line(offered: Offered) -> None:
    assert offered("hipcoach plan my") == [("my-sheet", "My: sheet")]


def test_an_unknown_shell_is_a_sentence(run: Run) -> None:
    assert "invalid choice: 'tcsh'" in run("completion", "tcsh").sentence


@pytest.fixture
def on_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """`hipcoach` as a command, and a directory with a file to be found."""
    folder = tmp_path / "bin"
    folder.mkdir()
    program = folder / "hipcoach"
    program.write_text(f'#!/bin/sh\nPYTHONPATH="{CHECKOUT}" exec "{sys.executable}" -m hipcoach "$@"\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    here = tmp_path / "here"
    here.mkdir(exist_ok=True)
    (here / "a sheet.toml").touch()
    return here


def in_terminal(here: Path, command: list[str], setup: str, typed: str, expected: str) -> None:
    terminal = Terminal(command, cwd=here)
    try:
        terminal.press(f"{setup}; PS1='re'; PS1=${{PS1}}'ady> '\n")
        terminal.shows("ready> ")
        terminal.press(typed)
        terminal.shows(expected)
    finally:
        terminal.close()


def test_a_tab_completes_in_a_real_bash(on_path: Path) -> None:
    setup = "source <(hipcoach completion bash)"
    for typed, completed in (
        ("plan my", "plan my-sheet "),
        ("check a", "check a\\ sheet.toml "),
        ("plan --level=m", "plan --level=mid "),
    ):
        line, expected = f"hipcoach {typed}\t", f"hipcoach {completed}"
        in_terminal(on_path, ["bash", "--norc", "-i"], setup, line, expected)


@pytest.mark.skipif(shutil.which("zsh") is None, reason="zsh is not installed")
def test_a_tab_completes_in_a_real_zsh(on_path: Path) -> None:
    setup = "autoload -U compinit; compinit -D -u; source <(hipcoach completion zsh)"
    in_terminal(on_path, ["zsh", "-f", "-i"], setup, "hipcoach plan my\t", "my-sheet")
    in_terminal(on_path, ["zsh", "-f", "-i"], setup, "hipcoach check a\t", "sheet.toml")


@pytest.mark.skipif(shutil.which("fish") is None, reason="fish is not installed")
def test_fish_offers_it(on_path: Path) -> None:
    script = (
        "hipcoach completion fish | source; complete -C 'hipcoach plan my'; complete -C 'hipcoach check a'"
    )
    done = subprocess.run(
        ["fish", "--no-config", "-c", script],
        cwd=on_path,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=True,
    )
    assert done.stdout.splitlines() == ["my-sheet\tMy: sheet", "a sheet.toml"]
