"""Reading figure files: what they can say, and that a mistake is reported with its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from hipcoach.core.figure.movement import Figure, PhasePath, Support
from hipcoach.core.figure.pose import Reach
from hipcoach.core.figure.props import PropKind
from hipcoach.core.figure.view import VIEWS, View
from hipcoach.errors import DataError
from hipcoach.storage import figures
from hipcoach.storage.figures import figure_ids, load_figure, read_figure, stances
from hipcoach.storage.text_file import read_toml

GOOD = """
format = 1
exercise = "bow"
view = { turn = 30, tilt = 15 }
working = ["leg.right"]
props = [
  "floor",
  { kind = "chair", at = [0, 0.4, 0], facing = 180 },
  { kind = "towel", between = ["wrist.left", "toes.left"] },
]
anchor = "foot.left"
pins = ["hand.left", { point = "hand.right", at = [0.2, 0.3, 0.5] }]
stance = "standing"
far = ["arm.left"]

[base]
neck.bend = 5

[poses.start]
hip = { flexion = 10, right = { flexion = 20, abduction = 5 } }
knee = 12
ankle.left = 7

[poses.low]
like = "start"
knee = { left = 40, right = 50 }
pelvis = { pitch = 30 }

[poses.low.reach]
"foot.right" = [0.1, 0.2, 0.0]
"hand.left" = "knee.left"
"hand.right" = { point = "hip.right", offset = [0.05, 0, 0.02] }

[stages.bow]
start = "start"
reverse = "back"
phases.down = "low"
phases.up = ["low", "start"]

[stages.hold]
held = "low"
from = "start"
"""


def read(text: str, tmp_path: Path) -> Figure:
    path = tmp_path / "bow.toml"
    path.write_text(text, encoding="utf-8")
    return read_figure(path)


def test_a_good_file_is_read(tmp_path: Path) -> None:
    figure = read(GOOD, tmp_path)
    assert (figure.id, figure.view, figure.working) == ("bow", View(30.0, 15.0), ("leg.right",))
    assert figure.anchor == Support("foot.left")
    assert figure.pins == (Support("hand.left"), Support("hand.right", (0.2, 0.3, 0.5)))
    assert [prop.kind for prop in figure.props] == [PropKind.FLOOR, PropKind.CHAIR, PropKind.TOWEL]
    assert figure.props[1].facing == 180.0
    assert figure.props[1].height > 0, "what is not said has its usual size"
    assert (figure.far, figure.alternates) == (("arm.left",), False)
    bow, hold = figure.stages.values()
    assert bow.phases == (PhasePath("down", ("low",)), PhasePath("up", ("low", "start")))
    assert (bow.reverse, bow.round, bow.comes_from) == ("back", False, "")
    assert (hold.start, hold.phases, hold.comes_from) == ("low", (), "start")
    assert figure.home is figure.poses["start"]


def test_a_pose_differs_from_stance_and_base_in_what_it_says(tmp_path: Path) -> None:
    figure = read(GOOD, tmp_path)
    start, low = figure.poses["start"], figure.poses["low"]
    assert start.angle("neck.bend") == 5
    assert start.angle("forearm.left") == stances()["standing"].angle("forearm.left") != 0
    assert (start.angle("hip.left.flexion"), start.angle("hip.right.flexion")) == (10, 20)
    assert (start.angle("knee.left"), start.angle("knee.right")) == (12, 12)
    assert (start.angle("ankle.left"), start.angle("ankle.right")) == (7, 0)
    assert (low.angle("knee.left"), low.angle("knee.right")) == (40, 50)
    assert low.angle("hip.right.abduction") == 5, "what it is like"
    assert start.reaches == ()
    assert low.reaches == (
        Reach("foot.right", "", (0.1, 0.2, 0.0)),
        Reach("hand.left", "knee.left"),
        Reach("hand.right", "hip.right", (0.05, 0.0, 0.02)),
    )


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('exercise = "bow"', "", "exercise: is missing"),
        ("format = 1", "format = 2", "Invalid enum value 2 - at `$.format`"),
        ("view = { turn = 30, tilt = 15 }", 'view = "bak"', "'bak' is not known here: did you mean 'back'?"),
        ("turn = 30", 'turn = "half"', "Expected `float`, got `str` - at `$.view.turn`"),
        ("tilt = 15", "tilt = 95", "`$.view.tilt`"),
        ('["leg.right"]', '["leg"]', "working: 'leg' is not known here"),
        ('"floor"', '"flor"', "'flor'"),
        ("facing = 180", "facin = 180", "unknown field `facin` - at `$.props[1]`"),
        ("at = [0, 0.4, 0]", "at = [0, 0.4]", "`$.props[1].at`"),
        ('["wrist.left", "toes.left"]', '["wrist.left"]', "`$.props[2].between`"),
        ('between = ["wrist.left", "toes.left"]', "height = 1", "between: must be the two points"),
        ('"toes.left"]', '"toe.left"]', "'toe.left' is not known here: did you mean 'toes.left'?"),
        ('anchor = "foot.left"', "", "missing required field `anchor`"),
        ('anchor = "foot.left"', 'anchor = "foot"', "anchor: 'foot' is not known here"),
        ('pins = ["hand.left"', 'pins = ["pelvis"', "pins: 'pelvis' is not known here"),
        ('point = "hand.right", at = [0.2, 0.3, 0.5]', 'point = "hand.right", at = 3', "`$.pins[1].at`"),
        ("pins = [", "pins = [5, ", "`$.pins[0]`"),
        ('stance = "standing"', 'stance = "standin"', "did you mean 'standing'?"),
        ("neck.bend = 5", "neck.bnd = 5", "base: 'neck.bnd' is not known here: did you mean 'neck.bend'?"),
        ("knee = 12", "knee = 1200", "poses.start.knee: must be from -360 to 360"),
        ("knee = 12", "knees = 12", "poses.start: 'knees' is not known here: did you mean 'knee'?"),
        ("ankle.left = 7", 'ankle.left = "7"', "poses.start.ankle.left: must be a number (is '7')"),
        ("abduction = 5", "abducton = 5", "did you mean 'hip.right.abduction'?"),
        ('like = "start"', 'like = "later"', "poses.low.like: 'later' is not known here"),
        ('"foot.right" = [', '"knee.right" = [', "poses.low.reach: 'knee.right' is not known here"),
        ('"knee.left"\n', '"knee"\n', "poses.low.reach.hand.left: 'knee' is not known here"),
        ("offset = [0.05, 0, 0.02]", "offset = [0.05, 0, 200]", "<= 10"),
        ('start = "start"', 'start = "begin"', "stages.bow.start: 'begin' is not known here"),
        (
            'phases.down = "low"',
            'phases.down = "lo"',
            "phases.down: 'lo' is not known here: did you mean 'low'?",
        ),
        ('phases.down = "low"', "phases.down = []", "`$.stages[...].phases[...]`"),
        ('["low", "start"]', '["start", "low"]', "phases.up: must end in 'start'"),
        ('held = "low"', 'held = "high"', "stages.hold.held: 'high' is not known here"),
        ('held = "low"\nfrom = "start"', 'start = "low"', "stages.hold: phases: is missing"),
        ('from = "start"', 'from = "top"', "stages.hold.from: 'top' is not known here"),
        ("[stages.bow]", "[stage.bow]", "unknown field `stage`"),
        ("format = 1", "format = 1\nalternates = 3", "`$.alternates`"),
        ("format = 1", "format = ", "is not valid TOML"),
    ],
)
def test_a_mistake_is_reported_with_its_place(old: str, new: str, problem: str, tmp_path: Path) -> None:
    assert old in GOOD
    with pytest.raises(DataError) as raised:
        read(GOOD.replace(old, new, 1), tmp_path)
    assert problem in raised.value.message
    assert raised.value.message.startswith("bow.toml: ")


def test_a_file_that_is_not_there_is_a_problem(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="cannot be read"):
        read_figure(tmp_path / "none.toml")


def test_the_views_have_names(tmp_path: Path) -> None:
    for name, view in VIEWS.items():
        assert read(GOOD.replace("{ turn = 30, tilt = 15 }", f'"{name}"'), tmp_path).view == view


def test_only_the_figure_asked_for_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    name = figure_ids()[0]
    stances()
    read_from: list[str] = []

    def watched(path: Path, largest: int) -> dict[str, object]:
        read_from.append(path.name)
        return read_toml(path, largest)

    monkeypatch.setattr(figures, "read_toml", watched)
    load_figure.cache_clear()
    assert load_figure(name).id == name
    assert load_figure(name) is load_figure(name), "and it is read once"
    assert read_from == [f"{name}.toml"]


@pytest.mark.parametrize("name", ["no-such-exercise", "stances", "../sources", ""])
def test_what_has_no_figure_is_a_key_error(name: str) -> None:
    with pytest.raises(KeyError):
        load_figure(name)


def test_bundled_files_with_problems_are_a_data_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "figures"
    folder.mkdir()
    (folder / "bow.toml").write_text(GOOD.replace("knee = 12", "kne = 12"), encoding="utf-8")
    (folder / "other.toml").write_text(GOOD, encoding="utf-8")
    stances()
    monkeypatch.setattr(figures, "bundled", lambda _: tmp_path)
    figure_ids.cache_clear()
    try:
        assert figure_ids() == ("bow", "other")
        with pytest.raises(DataError, match="did you mean 'knee'"):
            load_figure("bow")
        with pytest.raises(DataError, match="is not 'other'"):
            load_figure("other")
    finally:
        figure_ids.cache_clear()
        load_figure.cache_clear()
