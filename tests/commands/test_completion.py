"""What may come next, by itself and in real shells: bash always, zsh and fish where they are installed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from hipcoach.commands.arguments import COMMANDS
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
def completed(run: Run) -> Callable[..., list[str]]:
    """What the last of some words can be made of."""

    def completed(*words: str) -> list[str]:
        result = run("completion", "--words", *words)
        assert (result.code, result.err) == (0, "")
        return [line.split("\t")[0] for line in result.out.splitlines()]

    return completed


def test_every_command_is_offered_with_what_it_does(run: Run) -> None:
    lines = run("completion", "--words", "").out.splitlines()
    assert dict(line.split("\t") for line in lines) == COMMANDS


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["pla"], ["plan"]),
        (["plan", "le"], ["leg-circuit"]),
        (["plan", "my"], ["my-sheet"]),
        (["start", "si"], ["six-drills"]),
        (["plan", "--level", ""], ["low", "mid", "high"]),
        (["plan", "--level=h"], ["--level=high"]),
        (["plan", "--level", "=", "h"], ["high"]),
        (["plan", "--level", "="], ["low", "mid", "high"]),
        (["plan", "--level", "=", "low", "le"], ["leg-circuit"]),
        (["plan", "--first-side", "r"], ["right"]),
        (["plan", "--rounds", ""], []),
        (["plan", "--rounds", "3", "le"], ["leg-circuit"]),
        (["plan", "--no-w"], ["--no-warmup"]),
        (["plan", "leg-circuit", "--no-warmup", "--no-"], ["--no-gated"]),
        (["start", "--avoid", "knees,w"], ["knees,wrists"]),
        (["start", "--pl"], ["--plain"]),
        (["--data-dir", ""], [":directories"]),
        (["--data-dir", "somewhere", "pla"], ["plan"]),
        (["render", "six-drills", "-o", ""], [":files"]),
        (["render", "--output=a"], [":files"]),
        (["check", "one.toml", ""], [":files"]),
        (["sounds", "lead-in", "sw"], ["switch"]),
        (["completion", "z"], ["zsh"]),
        (["nonsense", "x"], []),
    ],
)
def test_what_fits_is_offered(
    completed: Callable[..., list[str]], words: list[str], expected: list[str]
) -> None:
    assert completed(*words) == expected


def test_where_no_name_can_come_options_are_offered(completed: Callable[..., list[str]]) -> None:
    assert "--json" in completed("plan", "leg-circuit", "")
    assert "--words" not in completed("completion", "--")


def test_no_words_at_all_are_an_empty_one(completed: Callable[..., list[str]]) -> None:
    assert completed() == list(COMMANDS)


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
    here.mkdir()
    (here / "a sheet.toml").touch()
    return here


def bash(here: Path, *words: str) -> list[str]:
    """What bash would offer for the last of these words."""
    script = (
        'source <(hipcoach completion bash); COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); '
        '_hipcoach 2>/dev/null; printf "%s\\n" "${COMPREPLY[@]}"'
    )
    done = subprocess.run(
        ["bash", "-c", script, "bash", "hipcoach", *words],
        cwd=here,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=True,
    )
    assert done.stderr == ""
    return done.stdout.split("\n")[:-1]


def test_bash_offers_it(on_path: Path) -> None:
    assert bash(on_path, "plan", "my") == ["my-sheet"]
    assert bash(on_path, "plan", "--level", "=", "m") == ["mid"]
    assert bash(on_path, "check", "a") == ["a sheet.toml"]
    assert bash(on_path, "plan", "--rounds", "") == [""]


def in_terminal(here: Path, command: list[str], setup: str, typed: str, expected: str) -> None:
    terminal = Terminal(command, here)
    try:
        terminal.press(f"{setup}; PS1='re'; PS1=${{PS1}}'ady> '\n")
        terminal.shows("ready> ")
        terminal.press(typed)
        terminal.shows(expected)
    finally:
        terminal.close()


def test_a_tab_completes_in_a_real_bash(on_path: Path) -> None:
    setup = "source <(hipcoach completion bash)"
    in_terminal(on_path, ["bash", "--norc", "-i"], setup, "hipcoach plan my\t", "hipcoach plan my-sheet ")


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
