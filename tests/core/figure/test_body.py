"""From angles to points: lengths that never change, and what each angle's sign means."""

from __future__ import annotations

from math import dist

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hipcoach.core.figure import skeleton as bones
from hipcoach.core.figure.body import Body, body_points
from hipcoach.core.figure.pose import ANGLES, Pose
from hipcoach.core.figure.ranges import RANGES
from hipcoach.core.figure.vector import UPRIGHT, rotation, times, turned_back

LENGTHS = {
    ("hip", "knee"): bones.THIGH,
    ("knee", "ankle"): bones.SHIN,
    ("shoulder", "elbow"): bones.UPPER_ARM,
    ("elbow", "wrist"): bones.FOREARM,
    ("wrist", "fingers"): bones.HAND,
}


def body(**angles: float) -> Body:
    named = {name.replace("__", "."): degrees for name, degrees in angles.items()}
    return body_points(Pose().changed(named).angles)


def test_standing_is_one_high_with_the_joints_where_winter_has_them() -> None:
    points = body().points
    sole = points["heel.right"][2] - bones.radius("heel")
    assert points["toes.right"][2] - bones.radius("toes") == pytest.approx(sole)
    assert points["tip.right"][2] - bones.radius("tip") == pytest.approx(sole)
    assert points["ankle.right"][2] - sole == pytest.approx(0.039)
    assert points["knee.right"][2] - sole == pytest.approx(0.285)
    assert points["hip.right"][2] - sole == pytest.approx(0.530)
    assert points["shoulder.right"][2] - sole == pytest.approx(0.818)
    assert points["head"][2] + bones.radius("head") - sole == pytest.approx(1.0, abs=0.01)


def test_every_point_has_a_thickness() -> None:
    assert all(bones.radius(name) > 0 for name in body().points)


@given(st.lists(st.floats(-180, 180), min_size=len(ANGLES), max_size=len(ANGLES)))
def test_limbs_keep_their_lengths_whatever_the_angles(angles: list[float]) -> None:
    points = body_points(tuple(angles)).points
    for (start, end), long in LENGTHS.items():
        for side in bones.SIDES:
            assert dist(points[f"{start}.{side}"], points[f"{end}.{side}"]) == pytest.approx(long)
    assert dist(points["hip.left"], points["hip.right"]) == pytest.approx(2 * bones.HIP_OUT)
    assert dist(points["shoulder.left"], points["shoulder.right"]) == pytest.approx(2 * bones.SHOULDER_OUT)


@pytest.mark.parametrize(
    ("angle", "point", "axis", "sign"),
    [
        ("pelvis.pitch", "head", 1, 1),
        ("pelvis.roll", "head", 0, 1),
        ("pelvis.turn", "shoulder.left", 1, 1),
        ("pelvis.heading", "shoulder.left", 1, 1),
        ("spine.bend", "head", 1, 1),
        ("spine.side", "head", 0, 1),
        ("spine.turn", "shoulder.left", 1, 1),
        ("neck.bend", "head", 1, 1),
        ("neck.side", "head", 0, 1),
        ("shoulder.right.flexion", "elbow.right", 1, 1),
        ("shoulder.right.abduction", "elbow.right", 0, 1),
        ("shoulder.left.abduction", "elbow.left", 0, -1),
        ("elbow.left", "wrist.left", 1, 1),
        ("wrist.left", "fingers.left", 1, -1),
        ("hip.left.flexion", "knee.left", 1, 1),
        ("hip.left.abduction", "knee.left", 0, -1),
        ("hip.right.abduction", "knee.right", 0, 1),
        ("hip.right.rotation", "toes.right", 0, 1),
        ("hip.left.rotation", "toes.left", 0, -1),
        ("knee.right", "ankle.right", 1, -1),
        ("ankle.right", "toes.right", 2, 1),
        ("toes.right", "tip.right", 2, 1),
    ],
)
def test_a_positive_angle_goes_forward_outward_right_or_up(
    angle: str, point: str, axis: int, sign: int
) -> None:
    moved = body_points(Pose().changed({angle: 30.0}).angles).points[point][axis]
    assert (moved - body().points[point][axis]) * sign > 0.01


def test_a_raised_arm_or_leg_is_abducted_out_of_the_plane_it_was_raised_in() -> None:
    points = body(shoulder__right__flexion=90, shoulder__right__abduction=90).points
    assert points["elbow.right"][0] - points["shoulder.right"][0] == pytest.approx(bones.UPPER_ARM)
    points = body(hip__left__flexion=90, hip__left__abduction=30).points
    assert points["knee.left"][2] == pytest.approx(points["hip.left"][2])
    assert points["knee.left"][0] - points["hip.left"][0] == pytest.approx(-bones.THIGH / 2)


def test_sole_and_palm_turn_inward() -> None:
    turns = body(inversion__right=30, forearm__right=90, inversion__left=30).turns
    assert turns["ankle.right"][0][2] > 0.4, "the top of the right foot leans outward"
    assert turns["ankle.left"][0][2] < -0.4
    assert turns["wrist.right"][0][1] == pytest.approx(-1.0), "the right palm faces left"


def test_left_is_the_mirror_image_of_right() -> None:
    joints = {"hip.{}.flexion": 40.0, "hip.{}.abduction": 20.0, "hip.{}.rotation": 30.0, "knee.{}": 50.0}
    joints |= {"shoulder.{}.flexion": 70.0, "shoulder.{}.abduction": 25.0, "shoulder.{}.rotation": 35.0}
    joints |= {
        "elbow.{}": 60.0,
        "forearm.{}": 120.0,
        "wrist.{}": 20.0,
        "ankle.{}": 10.0,
        "inversion.{}": 12.0,
    }
    both = {name.format(side): degrees for name, degrees in joints.items() for side in bones.SIDES}
    points = body_points(Pose().changed(both).angles).points
    for name, (x, y, z) in points.items():
        if name.endswith(".left"):
            assert points[name.replace("left", "right")] == pytest.approx((-x, y, z))


def test_the_spines_bend_is_shared_by_waist_and_chest() -> None:
    turns = body(spine__bend=40).turns
    assert turns["waist"][1][2] == pytest.approx(rotation(-20, 0, 0)[1][2])
    assert turns["chest"][1][2] == pytest.approx(rotation(-40, 0, 0)[1][2])


@given(*(st.floats(-180, 180) for _ in range(3)))
def test_a_rotation_and_its_opposite_are_none(a: float, b: float, c: float) -> None:
    turn = rotation(a, b, c)
    for row, upright in zip(times(turn, turned_back(turn)), UPRIGHT, strict=True):
        assert row == pytest.approx(upright, abs=1e-9)


def test_every_joint_has_a_range() -> None:
    kinds = {".".join(part for part in name.split(".") if part not in bones.SIDES) for name in ANGLES}
    assert kinds - {f"pelvis.{angle}" for angle in ("pitch", "roll", "turn", "heading")} == set(RANGES)
