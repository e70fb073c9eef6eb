"""Lines as physiotherapists write them: each is understood to the letter, or asked about."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hipcoach.core.exercise import Exercise, Sides, StageKind
from hipcoach.core.routine import Block, Item
from hipcoach.core.sheet.reading import Sheet, read_sheet
from hipcoach.storage.catalog import bundled_catalog

CATALOG = bundled_catalog()


def read(text: str) -> Sheet:
    return read_sheet(text, CATALOG, "tonight")


def parts(sheet: Sheet) -> tuple[Block, Item, Exercise]:
    assert sheet.problems == ()
    assert sheet.routine is not None
    ((block,),) = [sheet.routine.blocks]
    (item,) = block.items
    known = {**CATALOG.exercises, **{each.id: each for each in sheet.exercises}}
    return block, item, known[item.exercise]


def meant(line: str) -> str:
    """The exercise, how much of what, and all that is said of sets, rest and hold, in few words."""
    block, item, exercise = parts(read(line))
    (stage,) = exercise.stages
    dose = item.dose_of(stage)
    sets = f", {block.rounds} sets" if block.stated else ""
    rest = f", rest {block.rest_between_rounds}" if block.rest_between_rounds else ""
    hold = next((f", hold {phase.seconds}" for phase in stage.phases if phase.name == "hold"), "")
    unit = "s" if stage.kind is StageKind.HOLD else "reps"
    # What is done on both sides at once has nothing that a side or a total could be told by.
    per = "" if exercise.sides is Sides.BOTH else f"/{dose.per.value}"
    cues = () if exercise.id in CATALOG.exercises else exercise.cues
    said = "".join(f" ({each})" for each in (*cues, dose.note) if each)
    return f"{exercise.name}: {dose.amount} {unit}{per}{sets}{rest}{hold}{said}"


UNDERSTOOD = [
    # The issue's own.
    ("Glute bridge 3x12, hold 2 sec", "Glute bridge: 12 reps, 3 sets, hold 2"),
    ('Hip flexor stretch 30" x 3', "Hip flexor stretch: 30 s/side, 3 sets"),
    ("Cat cow x 10", "Cat cow: 10 reps"),
    ("Cat-cow 10x", "Cat-cow: 10 reps"),
    # Known ones.
    ("fire hydrants 12 each leg", "Fire hydrant: 12 reps/side"),
    ("fire-hydrant 12", "Fire hydrant: 12 reps/side"),
    ("3. Fire hydrant – 12 /leg", "Fire hydrant: 12 reps/side"),
    ("12 reps each side fire hydrant", "Fire hydrant: 12 reps/side"),
    ("Fire hydrant 12 total", "Fire hydrant: 12 reps/total"),
    ("Fire hydrant 12/side (slowly)   # as on Monday", "Fire hydrant: 12 reps/side (slowly)"),
    ("Standing leg circle 5 each way", "Standing leg circle: 5 reps/direction"),
    ("Overhead squat 10", "Overhead squat: 10 reps"),
    ("Surfer squat 5/side", "Surfer squat: 5 reps/side"),
    ("Fire hydrant 12/side × 2-3", "Fire hydrant: 12 reps/side, 2–3 sets"),
    # Repetitions.
    ("Clamshell 12", "Clamshell: 12 reps"),
    ("Clamshell x10", "Clamshell: 10 reps"),
    ("Clamshell reps: 12", "Clamshell: 12 reps"),
    ("Clamshell 8-12", "Clamshell: 8–12 reps"),
    ("Clamshell 8 to 12 repetitions", "Clamshell: 8–12 reps"),
    ("12 clamshells", "Clamshells: 12 reps"),
    # Sets.
    ("Clamshell 3x12", "Clamshell: 12 reps, 3 sets"),
    ("Clamshell 3×12", "Clamshell: 12 reps, 3 sets"),
    ("Clamshell 3 x 8-12/side", "Clamshell: 8–12 reps/side, 3 sets"),
    ("Clamshell 3 sets of 12", "Clamshell: 12 reps, 3 sets"),
    ("Clamshell 3 sets x 12 reps", "Clamshell: 12 reps, 3 sets"),
    ("Clamshell sets: 3 reps: 12", "Clamshell: 12 reps, 3 sets"),
    ("Clamshell 12 reps x 3 sets", "Clamshell: 12 reps, 3 sets"),
    ("Clamshell 12 reps x3", "Clamshell: 12 reps, 3 sets"),
    ("Clamshell 3x8ea", "Clamshell: 8 reps/side, 3 sets"),
    ("Clamshell 8 - 12 reps", "Clamshell: 8–12 reps"),
    ("3 sets of 12 clamshells", "Clamshells: 12 reps, 3 sets"),
    ("Clamshell (3x12)", "Clamshell: 12 reps, 3 sets"),
    ("Fire hydrant, 3 sets", "Fire hydrant: 10 reps/side, 3 sets"),
    # Seconds and minutes.
    ("Wall sit 30 sec", "Wall sit: 30 s"),
    ('Wall sit 30"', "Wall sit: 30 s"),
    ("Wall sit 30''", "Wall sit: 30 s"),
    ("Wall sit 1 min", "Wall sit: 60 s"),
    ("Wall sit 1'", "Wall sit: 60 s"),
    ("Wall sit 1:30", "Wall sit: 90 s"),
    ("Wall sit 1 min 30 s", "Wall sit: 90 s"),
    ("Wall sit 1'30\"", "Wall sit: 90 s"),
    ("Wall sit 1.5 min", "Wall sit: 90 s"),
    ("Wall sit 1-2 min", "Wall sit: 60–120 s"),
    ('Wall sit 30"-60"', "Wall sit: 30–60 s"),
    ("Wall sit 30 seconds x 3 reps", "Wall sit: 30 s, 3 sets"),
    ("Wall sit 10 x 5s", "Wall sit: 5 s, 10 sets"),
    ("Plank, hold for 30 sec", "Plank: 30 s"),
    ("Plank hold 30 s x 3", "Plank: 30 s, 3 sets"),
    ("Supine figure four x3", "Supine figure four: 30 s/side, 3 sets"),
    ("Hip flexor stretch 3 reps, hold 30 s", "Hip flexor stretch: 30 s/side, 3 sets"),
    ("Hamstring stretch hold 30 sec each leg repeat 3 times", "Hamstring stretch: 30 s/side, 3 sets"),
    # Sides.
    ("Bird dog 10/side", "Bird dog: 10 reps/side"),
    ("Bird dog 10 each", "Bird dog: 10 reps/side"),
    ("Bird dog 10 per leg", "Bird dog: 10 reps/side"),
    ("Bird dog 10 reps on both sides", "Bird dog: 10 reps/side"),
    ("Bird dog 10 L+R", "Bird dog: 10 reps/side"),
    ("Calf stretch - 2 x 30 s - each side", "Calf stretch: 30 s/side, 2 sets"),
    ("Hip circle 10 each direction", "Hip circle: 10 reps/direction"),
    # Holds in every repetition, and rests.
    ('Bridge 3x12, 5" hold', "Bridge: 12 reps, 3 sets, hold 5"),
    ("Bridge 3x12, rest 30s between sets", "Bridge: 12 reps, 3 sets, rest 30"),
    ("Bridge 3x12, 30 sec rest", "Bridge: 12 reps, 3 sets, rest 30"),
    ("Bridge. 3 sets of 12. Rest 1 min.", "Bridge: 12 reps, 3 sets, rest 60"),
    ("Bridge 3x12\nRest 30 s between sets", "Bridge: 12 reps, 3 sets, rest 30"),
    (
        "3 sets of 10 bridges, hold 2 seconds, rest 30 seconds",
        "Bridges: 10 reps, 3 sets, rest 30, hold 2",
    ),
    ("Glute bridge for 30 sec", "Glute bridge: 30 s"),
    ("Glute bridge 12 reps/3 sets", "Glute bridge: 12 reps, 3 sets"),
    ("Glute bridge 3x8/8", "Glute bridge: 8 reps/side, 3 sets"),
    # Boxes and leaders.
    ("☐ Glute bridge 10x", "Glute bridge: 10 reps"),
    ("[ ] Glute bridge 10x", "Glute bridge: 10 reps"),
    ("Glute bridge 10x ☐", "Glute bridge: 10 reps"),
    ("Glute bridge_____10x", "Glute bridge: 10 reps"),
    # Remarks, bullets, and names that have numbers or apostrophes in them.
    ("Clamshell 12/side, slowly", "Clamshell: 12 reps/side (slowly)"),
    ("Fire hydrant (slowly) (with a band) 12", "Fire hydrant: 12 reps/side (slowly, with a band)"),
    ("Clamshell 3x12 (5 kg)", "Clamshell: 12 reps, 3 sets (5 kg)"),
    ("Clamshell (with band) 3x12", "Clamshell (with band): 12 reps, 3 sets"),
    ("1) Clamshell 3x12", "Clamshell: 12 reps, 3 sets"),
    ("1.Clamshell 3x12", "Clamshell: 12 reps, 3 sets"),
    ("• Clamshell 3x12", "Clamshell: 12 reps, 3 sets"),
    ("Supine figure 4 30s/side", "Supine figure four: 30 s/side"),
    ('"Quad sets" 10', "Quad sets: 10 reps"),
    ("Fire hydrant kicks 12/side", "Fire hydrant kicks: 12 reps/side"),
    # What the routines that come with the program print.
    ("Fire hydrant, 3-5 sets, rest 30s", "Fire hydrant: 10 reps/side, 3–5 sets, rest 30"),
]


@pytest.mark.parametrize(("line", "means"), UNDERSTOOD)
def test_what_is_written_is_understood(line: str, means: str) -> None:
    assert meant(line) == means


@pytest.mark.parametrize(
    ("line", "words", "instead"),
    [
        ("Squats 8-12", "does 'Squats' mean 'Overhead squat' or 'Surfer squat'", "Overhead squat 8-12"),
        ("Squats 8-12", "an exercise of your own", '"Squats" 8-12'),
        ("Fire hydrent 10/side", "does 'Fire hydrent' mean 'Fire hydrant'", "Fire hydrant 10/side"),
        (
            "Posterior hip 30s",
            "does 'Posterior hip' mean 'Posterior hip stretch'",
            "Posterior hip stretch 30s",
        ),
        ("Clamshell 12 x 3", "'12 x 3' is 12 sets of 3, or 3 sets of 12", "Clamshell 3 sets of 12"),
        ("Fire hydrant x3", "is it 3 sets, or 3 repetitions?", "Fire hydrant, 3 sets"),
        (
            "Fire hydrant 12/side, hold 2 s",
            "a tempo of its own",
            '"Fire hydrant with a hold" 12/side, hold 2 s',
        ),
        ("Clamshell 3x12 with band", "left over: 'with band'", "Clamshell 3x12 (with band)"),
        ("Clamshell 12/side, 2x per day", "left over: '2x per day'", "Clamshell 12/side (mine: 2x per day)"),
        ("90/90 hip switches 10", "'90/90' in '90/90 hip switches'", '"90/90 hip switches" 10'),
        ("Clamshell 12 left", "a routine does both sides", None),
        ("Side plank left 30s", "'left' in 'Side plank left' is one side", None),
        ("Glute bridge ~10", "'~' in 'Glute bridge ~'", "Glute bridge 10 (about)"),
        ("Glute bridge + 10", "'+' in 'Glute bridge +'", "Glute bridge 10 (or more)"),
        ("Glute bridge ≥10", "'≥' in 'Glute bridge ≥'", "Glute bridge 10 (or more)"),
        ("Fire hydrant ~10", "a character that is no part of a name", "Fire hydrant 10 (about)"),
        ("~10 Glute bridge", "left over: 'Glute bridge'", None),
        ("Glute bridge ca. 10", "'ca' in 'Glute bridge ca'", "Glute bridge 10 (ca)"),
        ("Glute bridge do 10", "'do' in 'Glute bridge do'", "Glute bridge 10"),
        ("Dead bug slow 3x10", "'slow' in 'Dead bug slow'", "Dead bug 3x10 (slow)"),
        ("Monday: Glute bridge 12", "'Monday:' in", "Glute bridge 12 (Monday)"),
        ("Warm up: Clamshell 10", "in 'Warm up: Clamshell'", "Clamshell 10 (Warm up)"),
        ("Glute bridge & clamshell 10", "'&' in 'Glute bridge & clamshell'", None),
        ("Glute bridge then clamshell 10", "'then' in 'Glute bridge then clamshell'", None),
        ("Glute bridge 12,5", "there is no amount", None),
        ("Glute bridge tempo 3-1-3 10 reps", "'3' in 'Glute bridge tempo 3-1-3'", None),
        ("Glute bridge up to 10", "'up to' in 'Glute bridge up to'", "Glute bridge 10 (up to)"),
        ("Glute bridge sets of 12", "'sets' in 'Glute bridge sets of'", None),
        ("Glute bridge (L) 10", "'L' in 'Glute bridge (L)' is one side", None),
        ("Bridge 12 x 3/3", "12 sets of 3, or 3 sets of 12", "Bridge 3 sets of 12/side"),
        ("Clamshell 3x12, 5 kg", "left over: 'kg'", None),
        ("Clamshell 10 reps, hold 5 s each", "left over: 'each'", None),
        ("Bridge 3x10x5s", "twice how many sets", None),
        ("Bridge 3x10, rest", "left over: 'rest'", None),
        ("Bridge 12, rest 30s", "it says no sets", None),
        ("Bridge 3x12, rest 30-60s", "a rest is one number", None),
        ("Bridge 10, hold 5-10 s", "is one number of seconds", None),
        ("Bridge 12 reps, 30 s", "has one amount", None),
        ("Bridge 12 L, 12 R", "a routine does both sides", None),
        ("Quad sets 10", "has one amount", None),
        ("Bridge 3 - 12 reps", "'3 - 12 reps' is 3 sets of 12, or 3 to 12", "Bridge 3 sets of 12"),
        ("Hip flexor stretch 8-12 hold 2 s 17", "in more than one way", None),
        ("Bridge ten reps", "there is no amount", None),
        ("Do these 2x per day", "left over: '2x per day'", None),
        ("rest 2 hours", "left over: 'hours'", None),
        ("3x12", "the name of no exercise", None),
        ("Kneeling lunge: rock 5, hold", "left over: 'hold'", None),
        ("Kneeling lunge: rock 5, 20s", "say which part is meant", None),
        ("Kneeling lunge: rock 3x5, hold 20s", "stand at the end", None),
        ("Clamshell 12/side and", "left over: 'and'", None),
        ("Clamshell 12/side [fire-hydrant]", "left over: '[fire-hydrant]'", None),
        ("Rest 30 s between sets", "say it where the sets are", None),
        ("rest 60s between rounds", "at its end", "rest 60s"),
        ("Fire hydrant 10 alternating", "does not change sides", '"Fire hydrant alternating" 10 alternating'),
    ],
)
def test_what_is_in_doubt_is_asked_about_and_what_to_write_is_said(
    line: str, words: str, instead: str | None
) -> None:
    sheet = read(f"Spiderman\n{line}")
    (problem,) = sheet.problems
    assert (problem.number, problem.line) == (2, line)
    assert words in problem.words
    assert sheet.routine is not None
    assert [item.exercise for item in sheet.routine.items] == ["spiderman"]
    assert instead is None or instead in problem.instead
    for each in problem.instead:
        # What is offered leaves no doubt, or it would be asked about for ever.
        assert read(f"Spiderman\n{each}\nSpiderman").problems == (), each
        # And no amount becomes a name.
        quoted = re.findall('"[^"]+"', each)
        assert not re.search(
            r"\d|\b(?:up to|about|sets|for|left|[LR])\b", "".join(quoted).replace("90/90", "")
        )


MAY_BE_TITLES = ["Clamshell 12", "Clamshell: 12", "12 clamshells"]


@pytest.mark.parametrize(
    "line", [line for line, _ in UNDERSTOOD if "\n" not in line and line not in MAY_BE_TITLES]
)
def test_the_first_line_is_no_title_where_it_is_an_exercise(line: str) -> None:
    sheet = read(f"{line}\nSpiderman")
    assert sheet.routine is not None
    assert len(sheet.routine.items) == 2
    assert sheet.routine.title == "tonight"


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("Physio, June", "Physio, June"),
        ("Physio June 2026", "Physio June 2026"),
        ("Hip program, week 2", "Hip program, week 2"),
        ("10 minute morning routine", "10 minute morning routine"),
        ("# Knees, part 2", "Knees, part 2"),
        ("Title: Knees 3x12", "Knees 3x12"),
        ("Stretches:", "Stretches"),
    ],
)
def test_a_title_is_one_and_is_said_to_be(line: str, title: str) -> None:
    sheet = read(f"{line}\n\nSpiderman")
    assert sheet.problems == ()
    assert sheet.routine is not None
    assert (sheet.routine.title, len(sheet.routine.items)) == (title, 1)


@pytest.mark.parametrize(
    "line",
    ["Clamshell 3x12 with band", "Squats 8-12", "Bird-dog 5/5", "21.11.2026", "2000", "Bow 9 # part 2"],
)
def test_a_first_line_in_doubt_is_asked_about_and_does_not_vanish(line: str) -> None:
    sheet = read(f"{line}\nSpiderman")
    (problem,) = sheet.problems
    assert problem.number == 1
    assert sheet.routine is not None
    assert sheet.routine.title == "tonight"


@pytest.mark.parametrize(
    ("line", "exercise"),
    [
        ("Rehab 24", '"Rehab" 24'),
        ("Morning 10", '"Morning" 10'),
        ("Dr Smith 3", '"Dr Smith" 3'),
        ("Hip mobility 15 min", '"Hip mobility" 15 min'),
        ("5 minute hips", '"hips" 5 minute'),
        ("Bird-dog 5/5", '"Bird-dog" 5/5'),
        *((line, None) for line in MAY_BE_TITLES),
    ],
)
def test_a_first_line_with_a_bare_number_or_minutes_is_the_title_or_an_exercise(
    line: str, exercise: str | None
) -> None:
    (problem,) = read(f"{line}\nSpiderman").problems
    assert (problem.number, problem.words) == (1, "is it the title, or an exercise?")
    title, other = problem.instead
    assert title == f"title: {line}"
    assert exercise in (None, other)
    as_title, as_exercise = (read(f"{each}\nSpiderman") for each in problem.instead)
    assert as_title.problems == as_exercise.problems == ()
    assert as_title.routine is not None
    assert as_exercise.routine is not None
    assert (as_title.routine.title, len(as_title.routine.items)) == (line, 1)
    assert len(as_exercise.routine.items) == 2
    # Behind a title, and alone, it is what it says.
    for text in (f"title: Mine\n{line}\nSpiderman", line, f"# only a remark\n{line}"):
        assert read(text).problems == ()


@pytest.mark.parametrize("line", ["Rehab 24", "Fire hydrant 10", "rehab 24:"])
def test_a_first_line_with_the_name_that_was_typed_is_the_title(line: str) -> None:
    name = line.rstrip(":").replace("rehab", "Rehab")
    sheet = read_sheet(f"{line}\nSpiderman", CATALOG, name)
    assert sheet.problems == ()
    assert sheet.routine is not None
    assert (sheet.routine.title, len(sheet.routine.items)) == (name, 1)


def test_a_hold_is_a_part_of_every_repetition() -> None:
    _, _, exercise = parts(read("Glute bridge 3x12, hold 2 sec"))
    assert [f"{phase.name} {phase.seconds}" for phase in exercise.stages[0].phases] == [
        "there 2",
        "hold 2",
        "back 2",
    ]
    again = read("Bridge 10, hold 5 s\nBridge 8, hold 5 s")
    assert (len(again.exercises), again.problems) == (1, ())
    (problem,) = read("Bridge 10, hold 5 s\nBridge 10, hold 3 s").problems
    assert "a tempo of its own" in problem.words


def test_what_alternates_does_so() -> None:
    _, _, exercise = parts(read("Marching 20 alternating"))
    assert exercise.sides is Sides.ALTERNATING


NAMES = ["Clamshell", "Fire hydrant", "Hip flexor stretch", "Wobble walk", "Squats", "Cat cow", "Spiderman"]
SAID = (
    "3x12|3 x 12|3 sets of 12|x10|10x|8-12|30\"|30 sec|1 min|1:30|1'|12 reps|each side|L+R|per leg|/side|"
    "both sides|hold 2 s|rest 30|rest 45s between sets|slowly|with a band|5 kg|2x/day|left|(gently)|(20 cm)|"
    "at home|x|17|90/90"
)
PIECES = SAID.split("|")
GRAMMAR = "x × sets set of reps rep sec s min hold rest between each both side sides per leg l r a"


@given(
    st.lists(st.sampled_from(PIECES), max_size=2),
    st.sampled_from(NAMES),
    st.lists(st.tuples(st.sampled_from(PIECES), st.sampled_from([" ", ", ", " - "])), max_size=4),
)
def test_no_word_and_no_number_of_a_line_vanishes(
    before: list[str], name: str, after: list[tuple[str, str]]
) -> None:
    line = " ".join([*before, name]) + "".join(f"{apart}{piece}" for piece, apart in after)
    sheet = read(f"Spiderman\n{line}")
    if sheet.problems:
        assert all(each.number == 2 for each in sheet.problems)
        assert sheet.exercises == ()
        return
    assert sheet.routine is not None
    block, item = sheet.routine.blocks[-1], sheet.routine.items[-1]
    exercise = {**CATALOG.exercises, **{each.id: each for each in sheet.exercises}}[item.exercise]
    stage = exercise.stages[0]
    dose = item.dose_of(stage)
    texts = " ".join([exercise.name, *exercise.also_called, dose.note, *exercise.cues]).lower()
    words = set(re.findall(r"[^\W\d]+", line.lower())) - set(GRAMMAR.split())
    assert words <= set(re.findall(r"[^\W\d]+", texts))
    rounds = block.rounds if block.stated else None
    numbers = {dose.amount.low, dose.amount.high, block.rest_between_rounds}
    numbers |= {int(phase.seconds) for phase in stage.phases if phase.name == "hold"}
    numbers |= {rounds.low, rounds.high} if rounds else set()
    numbers |= set(map(int, re.findall(r"\d+", texts)))
    plain = re.sub(r"1(?: min|') 30(?=\"| sec)", "90", line)
    plain = plain.replace("1 min", "60").replace("1:30", "90").replace("1'", "60")
    assert set(map(int, re.findall(r"\d+", plain))) <= numbers
    if exercise.id not in CATALOG.exercises:
        assert not re.search(r"\d|[\"″×]|\b(?:x|sets|reps|sec|min|hold|rest|each)\b", exercise.name.lower())
