from __future__ import annotations

import re

import pytest
from msgspec.structs import replace

from hipcoach.core.exercise import Basis, Dose, Per, Position, Sides, StageKind
from hipcoach.core.fields import Range
from hipcoach.core.routine import Block, Item, OwnDose
from hipcoach.core.sheet.printing import sheet_text
from hipcoach.core.sheet.reading import OWN_SHEET, Sheet, read_sheet
from hipcoach.storage.catalog import bundled_catalog

CATALOG = bundled_catalog()
CIRCUIT = "  A 9\n  rest 10s\n  A 5\n  rest 60s\n"


def read(text: str) -> Sheet:
    return read_sheet(text, CATALOG, "tonight")


def blocks(text: str) -> tuple[Block, ...]:
    sheet = read(text)
    assert sheet.problems == ()
    assert sheet.routine is not None
    return sheet.routine.blocks


def doses_of(item: Item) -> dict[str, OwnDose]:
    """The doses, whether they count reps or seconds, by stage."""
    return {dose.stage: replace(dose, reps=dose.amount, seconds=None, stage="") for dose in item.doses}


def mine(low: int, high: int | None = None, per: Per = Per.SIDE, note: str = "") -> OwnDose:
    return OwnDose(reps=Range(low, high), per=per, basis=Basis.USER, note=note)


def test_the_lines_of_the_promise() -> None:
    sheet = read(
        "Clamshell 12/side\nFigure four 30s/side x2\nrest 20s\ncircuit x3:\n  Fire hydrant 10/side\n"
    )
    assert sheet.problems == ()
    assert [each.name for each in sheet.exercises] == ["Clamshell", "Figure four"]
    assert sheet.routine is not None
    first, second, third = sheet.routine.blocks
    assert first == Block((Item("clamshell"),))
    assert second == Block((Item("figure-four"),), Range(2))
    assert third.rounds == Range(3, 3)
    assert third.rest_between_exercises == 20


def test_an_unknown_exercise_becomes_a_simple_one_of_ones_own() -> None:
    (clam, wall) = read("Clamshell 12/side (squeeze)\nWall sit 1 min (standing)").exercises
    assert (clam.id, clam.position, clam.sides, clam.cues) == (
        "clamshell",
        Position.SIDE_LYING,
        Sides.ONE_AT_A_TIME,
        ("squeeze",),
    )
    assert clam.stages[0].dose == Dose(reps=Range(12), per=Per.SIDE)
    assert clam.stages[0].rep_seconds == 4
    assert clam.source == OWN_SHEET.id
    assert (wall.position, wall.sides, wall.stages[0].kind) == (Position.STANDING, Sides.BOTH, StageKind.HOLD)


def test_what_could_be_several_is_none_of_them_and_they_are_named() -> None:
    sheet = read("Figure four 30s/side")
    assert [each.id for each in sheet.exercises] == ["figure-four"]
    (understood,) = sheet.understood
    assert "there are also 'Supine figure four' or 'Inverted figure four'" in understood.words


@pytest.mark.parametrize(
    "line", ["Standing leg curl 10/side", "Side leg lift 10/side", "Hip opener 30s/side"]
)
def test_another_movement_is_never_taken_for_a_known_one(line: str) -> None:
    assert len(read(line).exercises) == 1


@pytest.mark.parametrize("line", ["Firehydrant 10/side", "fire-hydrants 10/side", "FIRE HYDRANT 10/side"])
def test_case_hyphens_and_plurals_do_not_matter(line: str) -> None:
    sheet = read(line)
    assert (sheet.exercises, sheet.problems) == ((), ())
    assert sheet.understood[0].words == "Fire hydrant 10/side"


def test_a_known_exercise_that_is_counted_otherwise_is_another() -> None:
    sheet = read("Fire hydrant 30s/side")
    assert [each.id for each in sheet.exercises] == ["fire-hydrant-2"]
    assert "not 'fire-hydrant', which is counted otherwise" in sheet.understood[0].words


def test_the_same_new_exercise_twice_is_one() -> None:
    sheet = read("Clamshell 12/side\nClamshell 12/side (with a band)\nClamshell 8/side")
    assert len(sheet.exercises) == 1
    assert sheet.routine is not None
    again = mine(12, note="with a band")
    assert [doses_of(item) for item in sheet.routine.items] == [{}, {"": again}, {"": mine(8)}]


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("Kneeling lunge 5/side, 20s/side", "Kneeling lunge: rock 5/side, hold 20s/side"),
        ("Kneeling lunge: hold 20s/side, 2 sets", "Kneeling lunge: hold 20s/side, 2 sets"),
        # A rest comes before what follows it, and parts blocks; what comes first has none.
        (
            "A 5\nA 9\nrest 20s\nA 8\nrest 20s\nA 7\nA 6",
            "A 5\nA 9\n---\nrest 20s\nA 8\nrest 20s\nA 7\n---\nA 6",
        ),
        ("A 5\nrest 10s\nA 9", "A 5\nrest 10s\nA 9"),
        ("A 3x9\nRest 20 s between sets\nA 8", "A 9, 3 sets, rest 20s\n\nA 8"),
        *(
            (f"{head}\n{CIRCUIT}A 8", f"circuit x3 per leg:\n{CIRCUIT}\nA 8")
            for head in ("circuit x3 per leg:", "3 rounds, each leg:", "Superset × 3, for each leg")
        ),
        # Without an indent it ends at an empty line.
        ("circuit x2:\nA 9\nA 8\nrest 9s\n\nA 7", "circuit x2:\n  A 9\n  A 8\n  rest 9s\n\nA 7"),
        ("A 9\nonly when: You can.", "A 9\nonly when: You can."),
    ],
)
def test_the_blocks_that_lines_make(text: str, printed: str) -> None:
    sheet = read(text.replace("A ", "Fire hydrant "))
    assert sheet.problems == ()
    assert sheet.routine is not None
    lines = sheet_text(sheet.routine, CATALOG).partition("\n\n")[2].rstrip()
    assert re.sub(r"Fire hydrant (\d+)/side", r"A \1", lines) == printed


def test_what_is_said_of_the_routine() -> None:
    sheet = read(
        "title: Evening\nid: late\nby: Dr. Roe\nabout: For sleep.\nwhen: At night.\ncaution: Gently.\n"
        "note: From June.\nwarm-up 5 min: Walk | Climb stairs\nSpiderman\n"
    )
    assert sheet.routine is not None
    assert sheet_text(sheet.routine, CATALOG).startswith(
        "title: Evening\nid: late\nsource: dr-roe\nabout: For sleep.\nwhen: At night.\ncaution: Gently.\n"
        "note: From June.\nwarm-up 300s: Walk | Climb stairs\n\nSpiderman"
    )
    assert [(each.id, each.author) for each in sheet.sources] == [("dr-roe", "Dr. Roe")]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("Clamshell", "there is no amount such as 12/side or 30s"),
        (
            "Figure four",
            "is it 'Supine figure four' or 'Inverted figure four' or 'Figure four on your back'?",
        ),
        ("Fire hydrant 12-8/side", "the range 12-8 is upside down"),
        ("Fire hydrant 0/side", "is not from 1 to"),
        ("Fire hydrant 12/side x200", "99 rounds at most"),
        ("Spiderman [no-such] 5", "there is no exercise with the id 'no-such'"),
        ("rest 2 hours", "left over: 'hours'"),
        ("rest 20 min", "a rest takes at most 600 s"),
        ("warm-up 3-5 min: Walk", "one number of seconds or minutes"),
        ("warm-up 300s (source somebody): Walk", "'warm-up' in 'warm-up'"),
        ("rest 20s\nrest 20s", "a rest follows a rest"),
        ("Bridge 10\nrest 20s", "nothing follows this rest"),
        ("circuit x3:", "this circuit has no exercise"),
        ("circuit x3 per leg:\n  Overhead squat", "only what is done one side at a time"),
        ("circuit x3:\n  Spiderman, 2 sets", "in a circuit everything is done once a round"),
        ("source: nobody", "there is no source with that id"),
        (
            "circuit:\n Spiderman\n rest 5s\n Fire hydrant\n Surfer squat",
            "one rest between all its exercises: 5 s",
        ),
        ("Bridge 10\nrest 9s\ncircuit:\n Spiderman\n Surfer squat", "the rest before it is left out"),
        ("Bridge 10\ncircuit:\n rest 9s\n Spiderman\n Surfer squat", "the rest before it is left out"),
        ("circuit:\nrest 9s", "nothing follows this rest"),
        ("Week 2", "there is no amount such as"),
        ("title: one\ntitle: two", "was said before"),
        ("id: My Id", "is no id"),
        ("note: ", "needs a text that can be printed"),
        ("Bridge 10, 30s", "a new exercise has one amount"),
        ("Bridge 3x10 x2", "it says twice how many sets"),
        ("Bridge " + "x" * 600 + " 12", "longer than 500 characters"),
    ],
)
def test_what_is_not_understood_is_named_by_its_line(line: str, words: str) -> None:
    sheet = read(f"Spiderman\n{line}")
    assert any(words in problem.words and problem.number >= 2 for problem in sheet.problems), sheet.problems
    assert sheet.routine is not None


def test_a_condition_needs_its_exercise() -> None:
    (problem,) = read("only when: ready\nSpiderman").problems
    assert problem.words == "'only when' follows an exercise"


def test_nothing_is_no_routine() -> None:
    assert read("").routine is None
    assert read("# only a remark\n\nrest 20s").routine is None
