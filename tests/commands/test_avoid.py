from __future__ import annotations

from pathlib import Path

import pytest

from hipcoach.paths import AppPaths
from tests.commands.running import Run


def test_what_is_avoided_is_said_in_the_plan(run: Run) -> None:
    result = run("plan", "six-drills", "--avoid", "wrists")
    assert "\nLeft out: Spiderman (wrists).\n" in result.out
    assert "\nKneeling adductor stretch instead of Adductor rockback (wrists).\n" in result.out
    assert "Joe Tichio" in result.out


def test_what_is_avoided_is_in_the_json(run: Run) -> None:
    plan = run("plan", "six-drills", "--avoid", "wrists", "--json").json
    assert plan["avoided"][1] == {
        "exercise": "adductor-rockback",
        "name": "Adductor rockback",
        "loads": ["wrists"],
        "instead": "kneeling-adductor-stretch",
        "instead_name": "Kneeling adductor stretch",
    }
    assert run("plan", "six-drills", "--avoid", "none", "--json").json["avoided"] == []


def test_an_emptied_routine_is_one_sentence(run: Run, tmp_path: Path) -> None:
    sentence = run("plan", "hips-and-upper-back", "--avoid", "wrists,knees").sentence
    assert sentence.startswith("What you avoid (knees, wrists) is in everything")
    target = tmp_path / "track.wav"
    assert run("render", "hips-and-upper-back", "--avoid", "knees", "-o", target).sentence
    assert not target.exists()


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("writs", "There is no load 'writs'; did you mean 'wrists'?"),
        ("knees,none", "There is no load 'none'; "),
        ("", "There is no load ''; there are: knees, wrists, deep-hip-flexion, balance"),
        ("crossing", "There is no load 'crossing'; there are: knees, wrists, "),
    ],
)
def test_what_makes_no_sense_is_one_sentence(run: Run, typed: str, sentence: str) -> None:
    assert sentence in run("plan", "six-drills", "--avoid", typed).sentence


def test_unknown_loads_of_ones_own_exercise_are_said(run: Run, paths: AppPaths) -> None:
    sheet = paths.config / "sheet.txt"
    sheet.parent.mkdir(parents=True)
    sheet.write_text("title: Mine\n\nBird dog 8/side\n")
    assert run("new", "--from", sheet).code == 0
    sentence = "Not known whether Bird dog loads the knees or loads the wrists: check for yourself"
    assert f"\n{sentence}.\n" in run("plan", "mine", "--avoid", "knees,wrists").out
    assert run("plan", "mine", "--avoid", "knees,wrists", "--json").json["loads_unknown"] == [sentence]
    assert "Not known" not in run("plan", "mine").out
    assert "not known" in run("exercises", "bird-dog").out
    known = run("exercises", "bird-dog", "--json").json
    assert (known["loads"], known["loads_known"]) == ([], False)
    path = paths.config / "routines" / "mine.toml"
    path.write_text(path.read_text().replace('id = "bird-dog"', 'id = "bird-dog"\nloads = []'))
    assert "Not known" not in run("plan", "mine", "--avoid", "knees,wrists").out
    assert run("exercises", "bird-dog", "--json").json["loads_known"] is True
