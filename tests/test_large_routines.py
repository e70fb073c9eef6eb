"""Routines that are far too large: refused in a sentence with the line, and never compiled."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

from hipcoach.core.catalog import MOST_STEPS
from hipcoach.paths import user_paths
from hipcoach.storage.app_state import AppState
from hipcoach.storage.catalog import load_own
from hipcoach.ui.screens.session import SessionScreen
from tests.commands.running import CHECKOUT
from tests.ui.support import coach
from tests.ui.surroundings import services_below

if os.name != "posix":
    pytest.skip("only POSIX limits the memory of a process", allow_module_level=True)

import resource

HEAD = """\
format = 1

[routine]
id = "big"
title = "Big"
source = "hipcoach"
summary = "Of my own."

[[block]]
rounds = {rounds}
"""
ITEM = '\n[[block.item]]\nexercise = "{}"\n'
MEMORY = 600_000_000
"""Bytes of address space: a third of it is what the program takes; the plan of 988 kB took 3 GB."""


def routine_file(path: Path, items: Iterable[str], rounds: int = 1) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(HEAD.format(rounds=rounds) + "".join(map(ITEM.format, items)), encoding="utf-8")
    return path


def hipcoach(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """The program, with no more state and time than a sentence needs."""
    return subprocess.run(
        (sys.executable, "-m", "hipcoach", *arguments),
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=60,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY)),
    )


@pytest.mark.parametrize(
    ("count", "rounds", "line", "words"),
    [
        (25_300, 99, 3, "has 25,300 exercises, and 1,000 are the most"),
        (200, 99, 3, "takes up to 39,600 steps, and a session has 10,000 at most"),
    ],
)
def test_a_file_too_large_is_a_problem_with_its_line(
    tmp_path: Path, count: int, rounds: int, line: int, words: str
) -> None:
    path = routine_file(tmp_path / "big.toml", ["spiderman"] * count, rounds)
    checked = hipcoach("check", path)
    assert (checked.returncode, checked.stderr) == (1, "")
    problem, last = checked.stdout.splitlines()
    assert problem.startswith(f"{path}:{line}: ")
    assert words in problem
    assert last == "1 problem found."


def test_rounds_that_make_it_too_large_are_refused_in_a_sentence() -> None:
    routine_file(user_paths().config / "routines" / "big.toml", ["spiderman"] * 200)
    assert hipcoach("plan", "big").returncode == 0
    refused = hipcoach("plan", "big", "--rounds", "99")
    assert (refused.returncode, refused.stdout) == (2, "")
    (sentence,) = refused.stderr.splitlines()
    assert sentence.startswith("hipcoach: Big would take up to ")
    assert sentence.endswith("a session has 10,000 at most: choose fewer rounds.")


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("circuit x99:\n" + "  Spiderman 5\n" * 300, 301, "a session has 10,000 at most"),
        ("Spiderman 5\n" * 5000, 1001, "1,000 are the most"),
    ],
)
def test_so_is_a_sheet(tmp_path: Path, text: str, line: int, words: str) -> None:
    path = tmp_path / "sheet.txt"
    path.write_text(text, encoding="utf-8")
    done = hipcoach("new", "Mine", "--from", path, "--yes")
    assert done.returncode == 2
    problem, last = done.stderr.splitlines()
    assert problem.startswith(f"hipcoach: line {line}, ")
    assert words in problem
    assert last == "hipcoach: Nothing was saved: the routine would be larger than one may be."
    assert not user_paths().config.exists()


async def test_rounds_in_the_list_end_where_a_session_is_full(tmp_path: Path) -> None:
    home = services_below(tmp_path).paths
    routine_file(home.config / "routines" / "big.toml", ["spiderman"] * 200)
    own = load_own(home.config)
    assert own.problems == ()
    state = AppState(safety_read=True).with_routine("big", rounds=99)
    services = services_below(tmp_path, catalog=own.catalog, state=state)
    async with coach(services) as it:
        it.picker.refill("big")
        await it.settle()
        routine = own.catalog.routines["big"]
        rounds = it.picker.choices_for(routine).rounds
        assert rounds is not None
        assert 1 < rounds < 99
        plan = it.picker.plan_for(routine, it.picker.choices_for(routine))
        assert len(plan.steps) <= MOST_STEPS
        await it.press("plus")
        await it.until(it.notices, "why there are no more")
        assert it.notices() == ["A session has 99 rounds and 10,000 steps at most."]
        assert it.picker.choices_for(routine).rounds == rounds
        await it.press("enter")
        await it.on(SessionScreen)
