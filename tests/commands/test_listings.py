from __future__ import annotations

from hipcoach.paths import AppPaths
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


def test_routines_for_people(run: Run) -> None:
    lines = run("routines").out.splitlines()
    assert [line.split()[0] for line in lines[1:7]] == IDS
    assert "Troy Vander Molen, after Mike Reinold" in lines[6]


def test_exercises_as_json(run: Run) -> None:
    exercises = {each["id"]: each for each in run("exercises", "--json").json}
    assert len(exercises) == 28
    assert exercises["spiderman"]["routines"] == ["six-drills"]
    (stage,) = exercises["fire-hydrant"]["stages"]
    assert stage["dose"] == {"low": 10, "high": 10, "per": "side", "basis": "source", "source": None}
    assert stage["rep_seconds"] == sum(phase["seconds"] for phase in stage["phases"])


def test_exercises_for_people_mark_suggestions(run: Run) -> None:
    lines = {line.split()[0]: line for line in run("exercises").out.splitlines()}
    assert len(lines) == 29
    assert "(suggested)" in lines["adductor-rockback"]
    assert "(suggested)" not in lines["fire-hydrant"]


def test_paths(run: Run, home: object) -> None:
    places = run("paths", "--json").json
    assert places["sessions"] == f"{home}/.local/share/hipcoach/sessions"
    assert places["settings"] == f"{home}/.config/hipcoach/settings.toml"
    assert places["journal"] == f"{home}/.local/state/hipcoach/journal"
    assert places["cache"] == f"{home}/.cache/hipcoach"
    out = run("paths").out
    assert all(place in out for place in places.values())
