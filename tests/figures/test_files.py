"""Reading figure files: what they can say, and that a mistake is reported with its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from hipcoach.core.figure.movement import Figure, Prop, Reach, Stage, View
from hipcoach.errors import DataError
from hipcoach.storage.bundled import load_figure, read_figure, stances

GOOD = """
format = 1
view = { turn = 30, tilt = 15 }
working = ["leg.right"]
props = [{ kind = "chair", at = [0, 0.4, 0], height = 0.2, facing = 180 }]
anchor = "foot.left"
anchor_at = [0.0, 0.1, 0.2]
pins = ["hand.left", "knee.right"]
stance = "standing"

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
"foot.right" = { at = [0.1, 0.2, 0.0] }
"hand.right" = { point = "hip.right", at = [0.05, 0, 0.02] }

[stages.bow]
start = "start"
reverse = "back"
phases.down = ["low"]
phases.up = ["low", "start"]

[stages.hold]
start = "low"
from = "start"
"""


def read(text: str, tmp_path: Path) -> Figure:
    path = tmp_path / "bow.toml"
    path.write_text(text, encoding="utf-8")
    return read_figure(path)


def test_a_good_file_is_read(tmp_path: Path) -> None:
    figure = read(GOOD, tmp_path)
    assert (figure.view, figure.working) == (View(30.0, 15.0), ("leg.right",))
    assert (figure.anchor, figure.anchor_at, figure.pins) == (
        "foot.left",
        (0.0, 0.1, 0.2),
        ("hand.left", "knee.right"),
    )
    assert figure.props == (Prop("chair", (0.0, 0.4, 0.0), 0.2, facing=180.0),)
    assert figure.stages == {
        "bow": Stage("start", {"down": ("low",), "up": ("low", "start")}, reverse="back"),
        "hold": Stage("low", comes_from="start"),
    }
    assert figure.home is figure.poses["start"]


def test_a_pose_differs_from_stance_and_base_in_what_it_says(tmp_path: Path) -> None:
    figure = read(GOOD, tmp_path)
    start, low = figure.poses["start"], figure.poses["low"]
    assert start.angles == {
        **stances()["standing"].angles,
        "neck.bend": 5,
        "hip.left.flexion": 10,
        "hip.right.flexion": 20,
        "hip.right.abduction": 5,
        "knee.left": 12,
        "knee.right": 12,
        "ankle.left": 7,
    }
    assert low.angles == {**start.angles, "knee.left": 40, "knee.right": 50, "pelvis.pitch": 30}
    assert low.reach == {
        "foot.right": Reach((0.1, 0.2, 0.0)),
        "hand.right": Reach((0.05, 0.0, 0.02), "hip.right"),
    }
    assert start.reach == {}


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("format = 1", "format = 2", "Invalid enum value 2 - at `$.format`"),
        ("tilt = 15", "tilt = 95", "`$.view.tilt`"),
        ("facing = 180", "facin = 180", "unknown field `facin` - at `$.props[0]`"),
        ('anchor = "foot.left"', "", "missing required field `anchor`"),
        ("neck.bend = 5", "neck.bnd = 5", "'neck.bnd'"),
        ("knee = 12", "knee = 1200", "Expected `float` <= 360.0"),
        ('like = "start"', 'like = "later"', "'later'"),
        ("at = [0.05, 0, 0.02]", "at = [0.05, 0, 200]", "<= 10"),
        ("format = 1", "format = ", "is not valid TOML"),
    ],
)
def test_a_mistake_is_named(old: str, new: str, problem: str, tmp_path: Path) -> None:
    assert old in GOOD
    with pytest.raises(DataError) as raised:
        read(GOOD.replace(old, new, 1), tmp_path)
    assert raised.value.message.startswith("bow.toml: ")
    assert problem in raised.value.message


@pytest.mark.parametrize("name", ["no-such-exercise", "stances", "../sources", ""])
def test_what_has_no_figure_is_a_key_error(name: str) -> None:
    with pytest.raises(KeyError):
        load_figure(name)
