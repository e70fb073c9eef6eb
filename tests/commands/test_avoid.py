from __future__ import annotations

from pathlib import Path

import pytest

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
        ("writs", "'writs' is nothing to avoid (did you mean 'wrists'?)"),
        ("knees,none", "'none' is nothing to avoid"),
        ("", "what to avoid is any of knees, wrists, deep-hip-flexion, balance, or none"),
        ("crossing", "(there are knees, wrists,"),
    ],
)
def test_what_makes_no_sense_is_one_sentence(run: Run, typed: str, sentence: str) -> None:
    assert sentence in run("plan", "six-drills", "--avoid", typed).sentence
