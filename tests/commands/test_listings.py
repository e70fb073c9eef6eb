from __future__ import annotations

from hipcoach.paths import AppPaths
from hipcoach.storage.app_state import AppState, RoutineState, change_state
from tests.commands.running import CHECKOUT, Run

IDS = ["desk-break", "nine-drills", "leg-circuit", "hips-and-upper-back", "four-movements", "six-drills"]


def test_routines_as_json(run: Run) -> None:
    routines = run("routines", "--json").json
    assert [each["id"] for each in routines] == IDS
    for each in routines:
        plan = run("plan", each["id"], "--json").json
        assert each["total_seconds"] == plan["total_seconds"]
        assert {key: each["source"][key] for key in plan["source"]} == plan["source"]
        assert set(each["exercises"]) == {step["exercise"] for step in plan["steps"]} - {None}


def test_routines_of_ones_own_are_listed_and_planned(run: Run, paths: AppPaths) -> None:
    folder = paths.config / "routines"
    folder.mkdir(parents=True)
    bundled = (CHECKOUT / "data" / "routines" / "leg-circuit.toml").read_text()
    (folder / "mine.toml").write_text(bundled.replace('id = "leg-circuit"', 'id = "mine"'))
    (folder / "broken.toml").write_text("format = 1\n")
    result = run("routines", "--json")
    assert [each["id"] for each in result.json] == [*IDS, "mine"]
    assert f"{folder}/broken.toml: holds no routine, exercise or source" in result.err
    assert run("plan", "mine", "--json").json["routine"] == "mine"


def test_exercises_as_json(run: Run) -> None:
    exercises = {each["id"]: each for each in run("exercises", "--json").json}
    assert len(exercises) == 28
    assert exercises["spiderman"]["routines"] == ["six-drills"]
    (stage,) = exercises["fire-hydrant"]["stages"]
    assert stage["dose"] == {"low": 10, "high": 10, "per": "side", "basis": "source", "source": None}
    assert stage["rep_seconds"] == sum(phase["seconds"] for phase in stage["phases"])


def test_exercises_for_people_mark_suggestions(run: Run) -> None:
    lines = {line.split()[0]: line for line in run("exercises").out.splitlines() if line}
    assert len(lines) == 30
    assert lines["adductor-rockback"].endswith("10/side*")
    assert lines["fire-hydrant"].endswith("10/side")
    assert max(map(len, lines.values())) <= 90


def test_one_exercise_in_detail(run: Run) -> None:
    out = run("exercises", "kneeling-lunge").out
    for words in (
        "Kneeling lunge Half-kneeling on a towel",
        "Also called Hip flexor stretch/kneeling lunge",
        "Sides one-at-a-time First side right Side means the knee on the floor Equipment a towel",
        "Hold forward: 20s/side*; suggested by Shira Kramer",
        "rock forward 2 s, ease back 2 s (suggested by Michal Wilk",
        "Routines four-movements",
        "Source Joe Tichio",
    ):
        assert words in " ".join(out.split())
    assert run("exercises", "kneeling-lunge", "--json").json["id"] == "kneeling-lunge"
    assert "did you mean 'kneeling-lunge'?" in run("exercises", "kneeling-lung").sentence


def test_routines_leave_a_gated_drill_out_until_it_is_mastered_as_the_list_does(
    run: Run, paths: AppPaths
) -> None:
    before = run("routines").out
    lines = before.splitlines()
    assert [line.split()[0] for line in lines[1:7]] == IDS
    assert " 5  on all fours, half-kneeling, on your back" in lines[6]
    assert "Troy Vander Molen, after Mike Reinold" in lines[6]
    assert "Six drills: Spiderman is left out until you say that you are ready: Be sure of" in before
    change_state(paths.memory, [], AppState(routines={"six-drills": RoutineState(mastered=True)}))
    after = run("routines").out
    assert "Spiderman" not in after
    assert before.splitlines()[6] != after.splitlines()[6]


def test_one_routine_is_shown_as_a_sheet(run: Run) -> None:
    out = run("routines", "leg-circuit").out
    assert "circuit x3-5 per leg:\n  Forward leg swing   # 12/side\n" in out
    assert run("routines", "leg-circuit", "--json").json["id"] == "leg-circuit"
    assert "did you mean 'leg-circuit'?" in run("routines", "leg-circut").sentence


def test_paths(run: Run, home: object) -> None:
    places = run("paths", "--json").json
    assert places["sessions"] == f"{home}/.local/share/hipcoach/sessions"
    assert places["settings"] == f"{home}/.config/hipcoach/settings.toml"
    assert places["journal"] == f"{home}/.local/state/hipcoach/journal"
    assert places["cache"] == f"{home}/.cache/hipcoach"
    out = run("paths").out
    assert all(place in out for place in places.values())
