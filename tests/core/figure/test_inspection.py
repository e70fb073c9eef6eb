"""What makes a body impossible is found: joints, ground, supports."""

from __future__ import annotations

import pytest

from hipcoach.core.figure.body import body_points
from hipcoach.core.figure.inspection import below_ground, faults, joint_angles, out_of_range
from hipcoach.core.figure.movement import StagePath, Support
from hipcoach.core.figure.pose import Pose
from hipcoach.core.figure.ranges import RANGES
from tests.core.figure.people import circle, figure, pose, squat, standing

ANGLES = {
    "spine.bend": 20.0,
    "neck.turn": -30.0,
    "hip.left.flexion": 95.0,
    "hip.left.abduction": 25.0,
    "hip.left.rotation": -30.0,
    "hip.right.flexion": -15.0,
    "shoulder.left.flexion": 120.0,
    "shoulder.right.abduction": 60.0,
    "shoulder.right.rotation": 40.0,
    "elbow.left": 80.0,
    "wrist.left": 30.0,
    "knee.left": 110.0,
    "ankle.left": 15.0,
    "ankle.right": -40.0,
    "inversion.right": 20.0,
}


def test_the_angles_of_a_body_are_found_again() -> None:
    angles = Pose().changed(ANGLES).angles
    found = joint_angles(body_points(angles), angles)
    for name, degrees in ANGLES.items():
        assert found[name] == pytest.approx(degrees, abs=0.01), name
    assert out_of_range(body_points(angles), angles) == {}


@pytest.mark.parametrize("name", sorted(RANGES))
def test_a_joint_beyond_its_range_is_found(name: str) -> None:
    low, high = RANGES[name]
    joint, _, angle = name.partition(".")
    full = name if joint in ("spine", "neck") else ".".join(part for part in (joint, "right", angle) if part)
    if name in ("elbow", "knee", "forearm", "shoulder.abduction"):
        beyond = [high + 12]  # the other way round it is another joint's movement, or another angle's
    elif name == "wrist":
        beyond = [high + 12]  # bent to either side it counts alike
    else:
        beyond = [low - 12, high + 12]
    for degrees in beyond:
        angles = Pose().changed({full: degrees}).angles
        found = out_of_range(body_points(angles), angles)
        assert found, f"{full} {degrees}"


def test_what_is_under_the_ground_is_found_with_its_thickness() -> None:
    body = body_points(Pose().angles)
    body.shift((0.0, 0.0, 0.52))
    assert set(below_ground(body)) == {
        f"{point}.{side}" for point in ("heel", "toes", "tip") for side in ("left", "right")
    }
    assert below_ground(body)["heel.left"] == pytest.approx(0.01)
    body.shift((0.0, 0.0, 0.01))
    assert below_ground(body) == {}


def test_a_sound_figure_has_no_faults() -> None:
    for moving in (squat(), circle(), standing()):
        assert [fault for stage in moving.stages for fault in faults(moving, stage)] == []


def test_faults_say_what_is_wrong_and_when() -> None:
    moving = figure(
        {"odd": pose(hip__right__flexion=160.0)},
        {"hold": StagePath("hold", "odd")},
        anchor=Support("foot.left"),
        pins=(Support("hand.left", (-2.0, 0.0, 0.8)),),
    )
    found = " / ".join(faults(moving, "hold"))
    assert "hold, held: hip.right.flexion is 160 degrees" in found
    assert "hold, held: hand.left is 1." in found and "from its place" in found
