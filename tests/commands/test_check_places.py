"""Where `hipcoach check` says that a mistake is, and what it says is right."""

from __future__ import annotations

from pathlib import Path

from tests.commands.running import Run
from tests.storage.mistakes import GOOD


def lines(run: Run, path: Path) -> list[str]:
    return run("check", path).out.splitlines()


def test_a_mistake_has_its_line(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    text = GOOD.replace('"side-lying"', '"quadroped"').replace('exercise = "bow"', 'exercise = "bowe"')
    file.write_text(text.replace("seconds = 60", "seconds = -60"))
    written = text.split("\n")
    found = lines(run, file)
    for words, line in (
        ("quadroped", 'position = "quadroped"'),
        ("'bowe'", 'exercise = "bowe"'),
        ("seconds: must be", "seconds = 60"),
    ):
        (problem,) = [each for each in found if words in each]
        assert problem.startswith(f"{file}:{written.index(line) + 1}: ")


def test_the_nearest_word_and_all_that_is_allowed_are_named(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(GOOD.replace('"side-lying"', '"quadroped"').replace('breath = "in"', 'breath = "hold"'))
    first, second, _ = lines(run, file)
    assert (
        "'quadroped' is not known here: did you mean 'quadruped'? Allowed: half-kneeling, kneeling, " in first
    )
    assert "'hold' is not known here. Allowed: in, out" in second


def test_both_files_are_named_that_share_an_id(run: Run, tmp_path: Path) -> None:
    first, second = tmp_path / "a.toml", tmp_path / "b.toml"
    first.write_text(GOOD)
    second.write_text(GOOD.replace('"mine"', '"other"').replace('name = "Clam"', 'name = "Clamp"'))
    (problem, _) = lines(run, tmp_path)
    number = second.read_text().split("\n").index('id = "clam"') + 1
    assert problem == f"{second}:{number}: exercise 'clam': id: 'clam' is used twice, here and in {first}"


def test_what_is_wrong_with_one_of_two_is_said_of_its_own_file(run: Run, tmp_path: Path) -> None:
    first, second = tmp_path / "a.toml", tmp_path / "b.toml"
    first.write_text(GOOD.replace('exercise = "bow"', 'exercise = "bowe"'))
    second.write_text(GOOD)
    (problem,) = [each for each in lines(run, tmp_path) if "'bowe'" in each]
    assert problem.startswith(f"{first}:")
