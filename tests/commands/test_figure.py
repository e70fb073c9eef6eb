from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree as Xml

import pytest

from hipcoach.storage.bundled import bundled_self_tests
from hipcoach.storage.catalog import bundled_catalog
from tests.commands.running import CHECKOUT, Run

NAME = "quadruped-rockback"
TEXT = "{http://www.w3.org/2000/svg}text"


def texts(path: Path) -> list[str]:
    return [each.text or "" for each in Xml.parse(path).getroot().iter(TEXT)]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (
            ["quadruped-rokback"],
            "There is no exercise 'quadruped-rokback'; did you mean 'quadruped-rockback'?",
        ),
        ([], "Name an exercise ('hipcoach exercises' lists them), or --sheet FILE.svg for all."),
        ([NAME, "--side", "up"], "--side: invalid choice: 'up'"),
        ([NAME, "--signs", "emoji"], "--signs: invalid choice: 'emoji'"),
        ([NAME, "--sheet", "x.svg"], "or --sheet FILE.svg for all"),
        ([NAME, "--svg", "x.svg", "--once"], "--once: not allowed with argument --svg"),
        ([NAME, "--svg", "x.png"], "Only SVG files are written, so 'x.png' should end in .svg."),
        ([NAME, "--svg", ""], "Only SVG files are written"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(
    run: Run, arguments: list[str], words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert words in run("figure", *arguments).sentence
    assert list(tmp_path.glob("*.svg")) == []


def test_without_a_terminal_start_middle_and_end_are_printed_once(spawn: Run) -> None:
    result = spawn("figure", NAME)
    assert (result.code, result.err) == (0, "")
    title, *_, words = result.out.splitlines()
    assert title == "Quadruped rockback"
    assert words.split() == ["start", "middle", "end"]
    assert result.out.replace("\n", "").isprintable()
    assert any("\u2801" <= sign <= "\u28ff" for sign in result.out)
    assert max(map(len, result.out.splitlines())) <= 80


@pytest.mark.parametrize("columns", [30, 200])
def test_pictures_fit_the_width(run: Run, monkeypatch: pytest.MonkeyPatch, columns: int) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    result = run("figure", NAME)
    assert max(map(len, result.out.splitlines()[1:])) <= columns
    assert result.out.split()[-1] == "end"


def test_every_stage_is_printed(run: Run) -> None:
    assert "\nHold back\n" in run("figure", "kneeling-adductor-stretch").out


def test_signs_are_those_of_the_encoding_or_as_asked_for(
    spawn: Run, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "█" in run("figure", NAME, "--signs", "blocks").out
    assert run("figure", NAME, "--signs", "ascii").out.isascii()
    monkeypatch.setenv("PYTHONIOENCODING", "ascii")
    result = spawn("figure", NAME)
    assert result.code == 0
    assert "oooo" in result.out
    assert "?" not in result.out


def test_left_mirrors_right(run: Run) -> None:
    right = run("figure", "fire-hydrant", "--side", "right", "--signs", "blocks").out
    left = run("figure", "fire-hydrant", "--side", "left", "--signs", "blocks").out
    assert left != right
    assert left.count("█") == pytest.approx(right.count("█"), rel=0.2)


def test_a_side_that_makes_no_difference_is_said(run: Run) -> None:
    result = run("figure", NAME, "--side", "left")
    assert result.code == 0
    assert (
        result.err
        == "hipcoach: Quadruped rockback works both sides at once, so --side makes no difference.\n"
    )


def test_one_exercise_as_a_picture(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "one.svg"
    result = run("figure", "kneeling-adductor-stretch", "--svg", path)
    assert (result.code, result.err) == (0, "")
    assert texts(path) == ["Kneeling adductor stretch", "Rock: start", "middle", "end", "Hold back"]
    assert "is there already; --force replaces it" in run("figure", NAME, "--svg", path).sentence
    assert run("figure", NAME, "--svg", path, "--force").code == 0
    assert texts(path)[0] == "Quadruped rockback"


def test_a_sheet_has_all_of_them(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "all.svg"
    assert run("figure", "--sheet", path).code == 0
    names = {exercise.name for exercise in bundled_catalog().exercises.values()}
    names |= {test.name for test in bundled_self_tests().tests}
    assert names <= set(texts(path))
    assert len(names) == 30


def test_an_exercise_of_ones_own_has_no_figure(run: Run, home: Path) -> None:
    own = home / ".config" / "hipcoach" / "exercises"
    own.mkdir(parents=True)
    text = (CHECKOUT / "data" / "exercises" / "rockbacks.toml").read_text()
    start = text.index("[[exercise]]")
    one = text[start : text.find("[[exercise]]", start + 1)]
    own.joinpath("own.toml").write_text("format = 1\n\n" + one.replace(NAME, "my-own"))
    result = run("figure", "my-own")
    assert (result.code, result.err) == (2, "hipcoach: There is no figure of 'my-own'.\n")
    own.joinpath("own.toml").write_text("format = 1\n\n" + one.replace('"rock back"', '"back"'))
    assert "does not know the stages that your own file gives it" in run("figure", NAME).err
