from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from hipcoach.paths import AppPaths
from tests.commands.running import CHECKOUT, Run
from tests.storage.mistakes import GOOD as WHOLE

GOOD = """
format = 1

[routine]
id = "mine"
title = "Mine"
source = "me"
summary = "A routine of my own."

[[block]]
rounds = { low = 2, high = 3 }

[[block.item]]
exercise = "fire-hydrant"

[[source]]
id = "me"
kind = "ours"
author = "Me"
"""

WRONG = """
format = 1

[routine]
id = "Mine"
title = "Mine"
source = "nobody"
sumary = "A typing error."

[[block]]
rounds = { low = 5, high = 3 }

[[block.item]]
exercise = "fire-hydrent"
"""


@pytest.fixture
def good(tmp_path: Path) -> Path:
    path = tmp_path / "good.toml"
    path.write_text(GOOD)
    return path


@pytest.fixture
def wrong(tmp_path: Path) -> Path:
    path = tmp_path / "wrong.toml"
    path.write_text(WRONG)
    return path


def test_a_good_file_may_refer_to_bundled_exercises(run: Run, good: Path) -> None:
    result = run("check", good)
    assert (result.code, result.err) == (0, "")
    assert result.out.splitlines() == [
        f"{good}: routine 'mine' is good and takes 3:13 to 4:46.",
        "No problems: 1 routine, 1 source.",
    ]


def test_every_problem_is_told_at_once(run: Run, wrong: Path) -> None:
    result = run("check", wrong)
    assert (result.code, result.err) == (1, "")
    *problems, last = result.out.splitlines()
    assert all(str(wrong) in problem for problem in problems)
    for words in (
        "'Mine' is not an id",
        "summary: is missing",
        "sumary: is not a field here: did you mean 'summary'?",
        "upside down",
        "there is no source 'nobody'",
        "there is no exercise 'fire-hydrent': did you mean 'fire-hydrant'?",
    ):
        assert any(words in problem for problem in problems), words
    assert last == f"{len(problems)} problems found."


def test_problems_come_file_by_file_and_line_by_line(run: Run, wrong: Path, tmp_path: Path) -> None:
    # Ids that lead nowhere are only found when every file has been read.
    first = tmp_path / "a first.toml"
    first.write_text(WRONG.replace('"Mine"', '"other"'))
    result = run("check", first, wrong)
    places = [
        (str(first) != found[1], int(found[2]))
        for line in result.out.splitlines()
        if (found := re.match(r"(.*\.toml):(\d+): ", line))
    ]
    assert len(places) == len(result.out.splitlines()) - 1 >= 10
    assert places == sorted(places)


def test_a_directory_is_searched_to_its_depths(run: Run, tmp_path: Path, good: Path) -> None:
    deep = tmp_path / "deep" / "er"
    deep.mkdir(parents=True)
    good.rename(deep / "good.toml")
    assert "routine 'mine' is good" in run("check", tmp_path).out


def test_taking_the_place_of_something_bundled_is_a_note(run: Run, good: Path) -> None:
    good.write_text(GOOD.replace('"mine"', '"desk-break"'))
    result = run("check", good)
    assert result.code == 0
    assert f"Note: {good}: routine 'desk-break' replaces the bundled routine of that id.\n" in result.out


def test_a_routine_may_refer_to_ones_own_exercises_that_are_in_use(
    run: Run, good: Path, paths: AppPaths
) -> None:
    folder = paths.config / "exercises"
    folder.mkdir(parents=True)
    bundled = (CHECKOUT / "data" / "exercises" / "squats.toml").read_text()
    (folder / "mine.toml").write_text(bundled.replace('id = "surfer-squat"', 'id = "my-squat"'))
    good.write_text(GOOD.replace("fire-hydrant", "my-squat"))
    assert run("check", good).code == 0


def test_breaking_a_bundled_routine_is_a_problem(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "lunges.toml"
    bundled = (CHECKOUT / "data" / "exercises" / "leg-swings.toml").read_text()
    path.write_text(bundled.replace('sides = "one-at-a-time"', 'sides = "both"'))
    result = run("check", path)
    assert result.code == 1
    assert "routine 'leg-circuit' no longer fits with it: a circuit per leg" in result.out


def test_the_bundled_data_is_good(run: Run) -> None:
    result = run("check", CHECKOUT / "data")
    assert result.code == 0
    assert "used twice" not in result.out


@pytest.mark.parametrize(
    "make",
    [
        lambda path: None,
        lambda path: path.mkdir(),
        lambda path: path.write_bytes(b"title = '\xff'"),
        lambda path: os.mkfifo(path),
    ],
    ids=["missing", "empty directory", "not UTF-8", "pipe"],
)
def test_what_cannot_be_read_gives_exit_code_2(
    run: Run, tmp_path: Path, make: Callable[[Path], object]
) -> None:
    path = tmp_path / "file.toml"
    make(path)
    assert str(path) in run("check", path).sentence


def test_what_can_be_read_is_still_checked(run: Run, tmp_path: Path, wrong: Path) -> None:
    result = run("check", tmp_path / "missing.toml", wrong)
    assert result.code == 2
    assert "upside down" in result.out
    assert result.err == f"hipcoach: {tmp_path}/missing.toml cannot be read: No such file or directory.\n"


def test_a_file_cannot_steer_the_terminal(run: Run, good: Path) -> None:
    good.write_text(GOOD.replace('"fire-hydrant"', '"\\u001b[31m"'))
    result = run("check", good)
    assert result.code == 1
    assert result.out.replace("\n", "").isprintable()


def test_a_mistake_has_its_line(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    text = WHOLE.replace('"side-lying"', '"quadroped"').replace('exercise = "bow"', 'exercise = "bowe"')
    file.write_text(text.replace("seconds = 60", "seconds = -60"))
    written = text.split("\n")
    found = run("check", file).out.splitlines()
    for words, line in (
        ("quadroped", 'position = "quadroped"'),
        ("'bowe'", 'exercise = "bowe"'),
        ("seconds: must be", "seconds = 60"),
    ):
        (problem,) = [each for each in found if words in each]
        assert problem.startswith(f"{file}:{written.index(line) + 1}: ")


def test_both_files_are_named_that_share_an_id(run: Run, tmp_path: Path) -> None:
    first, second = tmp_path / "a.toml", tmp_path / "b.toml"
    first.write_text(WHOLE)
    second.write_text(WHOLE.replace('"mine"', '"other"').replace('name = "Clam"', 'name = "Clamp"'))
    (problem, _) = run("check", tmp_path).out.splitlines()
    number = second.read_text().split("\n").index('id = "clam"') + 1
    assert problem == f"{second}:{number}: exercise 'clam': id: 'clam' is used twice, here and in {first}"
