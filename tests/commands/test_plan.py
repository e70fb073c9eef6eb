from __future__ import annotations

from pathlib import Path

import pytest

from hipcoach.paths import AppPaths
from tests.commands.running import Run

STEP_FIELDS = [
    "index",
    "kind",
    "exercise",
    "name",
    "side",
    "direction",
    "round",
    "reps",
    "seconds",
    "start",
    "pace",
    "dose_basis",
    "tempo_basis",
]


def test_the_json_has_the_promised_shape(run: Run) -> None:
    plan = run("plan", "leg-circuit", "--json").json
    assert list(plan) == ["routine", "title", "source", "total_seconds", "steps", "avoided", "loads_unknown"]
    assert plan["routine"] == "leg-circuit"
    assert plan["source"] == {
        "title": "Top 4 Hip Exercises That Help Back Pain",
        "author": "John Wolf",
        "published": "2016-10-04",
    }
    assert [list(step) for step in plan["steps"]] == [STEP_FIELDS] * len(plan["steps"])
    assert [step["index"] for step in plan["steps"]] == list(range(len(plan["steps"])))
    last = plan["steps"][-1]
    assert plan["total_seconds"] == last["start"] + last["seconds"]


@pytest.mark.parametrize(
    ("options", "rounds", "bases"),
    [
        ([], 3, {"source"}),
        (["--level", "mid"], 4, {"source"}),
        (["--level", "high"], 5, {"source"}),
        (["--level", "high", "--rounds", "3"], 3, {"source"}),
        (["--rounds", "1"], 1, {"user"}),
        (["--rounds", "99"], 99, {"user"}),
    ],
)
def test_rounds_come_from_the_choice_or_else_from_the_level(
    run: Run, options: list[str], rounds: int, bases: set[str]
) -> None:
    steps = run("plan", "leg-circuit", "--json", *options).json["steps"]
    assert max(step["round"] for step in steps) == rounds
    assert {step["dose_basis"] for step in steps if step["reps"]} == bases


def test_own_pace_is_told_in_each_step_and_makes_the_total_an_estimate(run: Run) -> None:
    steps = run("plan", "leg-circuit", "--own-pace", "--json").json["steps"]
    assert {step["pace"] for step in steps if step["reps"]} == {"own"}
    assert "In all about " in run("plan", "leg-circuit", "--own-pace").out
    assert "about" not in run("plan", "leg-circuit").out


def test_the_tempo_multiplies_the_seconds_of_every_repetition(run: Run) -> None:
    usual, slow = (
        run("plan", "leg-circuit", "--json", *options).json["steps"] for options in ([], ["--tempo", "1.5"])
    )
    assert [step["seconds"] * 1.5 for step in usual if step["reps"]] == [
        step["seconds"] for step in slow if step["reps"]
    ]
    assert {step["tempo_basis"] for step in slow if step["reps"]} == {"user"}


def test_rounds_of_ones_own_leave_the_doses_as_whose_they_are(run: Run) -> None:
    usual, own = (run("plan", "six-drills", *options).out for options in ((), ("--rounds", "2")))
    assert "your own" not in usual
    assert own.count("The number of rounds is your own, not the routine's.") == 1
    assert own.count("reps (suggested)") == 2 * usual.count("reps (suggested)") > 0
    for out in (usual, own):
        assert "Doses marked (suggested) are not given by the routine's source" in out
        assert "Adductor rockback: Fusion Trained, Adductor Rock Back" in out
        assert "after Mike Reinold" in out
    mixed = run("plan", "desk-break").out
    assert "  Lateral leg lift: John Wolf, Top 4 Hip Exercises That Help Back Pain, 2016-10-04" in mixed
    assert "Surfer squat: an unknown author, untitled and undated" in mixed


def test_the_warm_up_is_there_unless_it_is_left_out(run: Run) -> None:
    assert run("plan", "four-movements", "--json").json["steps"][0]["kind"] == "warmup"
    result = run("plan", "four-movements", "--no-warmup")
    assert "warm-up is left out" in result.out
    assert "Warm-up: " not in result.out


def test_the_gated_drill_is_there_unless_it_is_left_out(run: Run) -> None:
    with_it, without = (
        {step["exercise"] for step in run("plan", "six-drills", "--json", *options).json["steps"]}
        for options in ([], ["--no-gated"])
    )
    assert with_it - without == {"spiderman"}
    assert "Left out: Spiderman" in run("plan", "six-drills", "--no-gated").out


def test_the_settings_time_what_lies_between(run: Run, paths: AppPaths) -> None:
    paths.config.mkdir(parents=True)
    paths.settings.write_text("[session]\nlead_in = 3\n")
    steps = run("plan", "leg-circuit", "--first-side", "left", "--json").json["steps"]
    assert {step["seconds"] for step in steps if step["kind"] == "prepare"} == {3}
    assert next(step["side"] for step in steps if step["reps"]) == "left"


def test_people_see_every_step_with_side_dose_and_start(run: Run) -> None:
    result = run("plan", "leg-circuit")
    lines = result.out.splitlines()
    assert lines[:3] == [
        "Leg circuit",
        "By John Wolf, Top 4 Hip Exercises That Help Back Pain, 2016-10-04.",
        "In all 19:24, with 336 reps.",
    ]
    assert [line for line in lines if line.startswith("Round ")] == [f"Round {n} of 3" for n in (1, 2, 3)]
    assert " 0:08  Forward leg swing              right  12 reps  2.5 s a rep *" in lines
    steps = run("plan", "leg-circuit", "--json").json["steps"]
    assert sum(":" in line[:6] for line in lines) == len(steps)


def test_what_is_avoided_is_left_out_or_replaced(run: Run, tmp_path: Path) -> None:
    out = run("plan", "six-drills", "--avoid", "wrists").out
    assert "\nLeft out: Spiderman (wrists).\n" in out
    assert "\nKneeling adductor stretch instead of Adductor rockback (wrists).\n" in out
    assert run("plan", "six-drills", "--avoid", "wrists", "--json").json["avoided"][1] == {
        "exercise": "adductor-rockback",
        "name": "Adductor rockback",
        "loads": ["wrists"],
        "instead": "kneeling-adductor-stretch",
        "instead_name": "Kneeling adductor stretch",
    }
    assert run("plan", "six-drills", "--avoid", "none", "--json").json["avoided"] == []
    sentence = run("plan", "hips-and-upper-back", "--avoid", "wrists,knees").sentence
    assert sentence.startswith("What you avoid (knees, wrists) is in everything")
    target = tmp_path / "track.wav"
    assert run("render", "hips-and-upper-back", "--avoid", "knees", "-o", target).sentence
    assert not target.exists()


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
    path = paths.config / "routines" / "mine.toml"
    for text, known in (('id = "bird-dog"', False), ('id = "bird-dog"\nloads = []', True)):
        path.write_text(path.read_text().replace('id = "bird-dog"', text))
        shown = run("exercises", "bird-dog", "--json").json
        assert (shown["loads"], shown["loads_known"]) == ([], known)
    assert "Not known" not in run("plan", "mine", "--avoid", "knees,wrists").out
