"""What rests stays where it is, and no limb is stretched for it."""

from __future__ import annotations

from math import dist

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hipcoach.core.figure import skeleton as bones
from hipcoach.core.figure.body import body_points
from hipcoach.core.figure.inspection import frames, support_errors
from hipcoach.core.figure.limb import bend
from hipcoach.core.figure.movement import Figure, PhasePath, StagePath, Support, rest_blend
from hipcoach.core.figure.pose import ANGLES, Pose, Reach
from hipcoach.core.figure.support import home_body, supported
from tests.core.figure.people import STANDING, circle, figure, pose, squat


def hold(start: Pose, *, anchor: Support | None = None, pins: tuple[Support, ...] = ()) -> Figure:
    return figure({"still": start}, {"hold": StagePath("hold", "still")}, anchor=anchor, pins=pins)


def test_the_starting_pose_stands_on_the_ground() -> None:
    points = home_body(squat()).points
    assert min(point[2] - bones.radius(name) for name, point in points.items()) == pytest.approx(0.0)
    assert points["pelvis"][:2] == (0.0, 0.0)


@pytest.mark.parametrize("moving", [squat(), circle()], ids=["squat", "circle"])
def test_anchor_and_pins_do_not_move(moving: Figure) -> None:
    for stage in moving.stages:
        for name, body in frames(moving, stage, 12):
            assert max(support_errors(moving, body).values()) < 1e-9, name
            for point in ("heel.left", "toes.left", "tip.left"):
                assert body.points[point] == pytest.approx(home_body(moving).points[point]), name


def test_an_anchor_can_be_given_its_place() -> None:
    body = home_body(hold(STANDING, anchor=Support("foot.left", (0.1, 0.2, 0.5))))
    assert body.points["ankle.left"] == pytest.approx((0.1, 0.2, 0.5 + 0.039))
    assert body.points["heel.left"][2] - bones.radius("heel") == pytest.approx(0.5)


def test_a_pin_can_be_given_its_place() -> None:
    moving = hold(STANDING, pins=(Support("foot.left", (-0.1, 0.2, 0.2)),))
    body = supported(moving, rest_blend(moving, "hold"))
    assert body.points["ankle.left"] == pytest.approx((-0.1, 0.2, 0.2 + 0.039))
    assert support_errors(moving, body)["foot.left"] < 1e-9
    assert body.points["knee.left"][1] > 0.1, "the knee comes out to the front"


def test_what_is_out_of_reach_is_pointed_at_with_a_straight_limb_and_can_be_measured() -> None:
    moving = hold(STANDING, pins=(Support("hand.right", (1.5, 0.0, 0.818)),))
    body = supported(moving, rest_blend(moving, "hold"))
    arm = dist(body.points["shoulder.right"], body.points["wrist.right"])
    assert arm == pytest.approx(bones.UPPER_ARM + bones.FOREARM)
    assert body.points["wrist.right"][0] > 0.4
    away = 1.5 - bones.SHOULDER_OUT - arm
    assert support_errors(moving, body)["hand.right"] == pytest.approx(away, abs=0.01)


def test_a_toe_pin_lets_the_heel_rise() -> None:
    poses = {"flat": STANDING, "up": pose(knee__left=50.0, hip__left__flexion=20.0)}
    path = StagePath("rise", "flat", (PhasePath("lift", ("up",)), PhasePath("lower", ("flat",))))
    moving = figure(poses, {"rise": path}, pins=(Support("toes.left"),))
    heels = []
    for name, body in frames(moving, "rise", 6):
        assert support_errors(moving, body)["toes.left"] < 1e-9, name
        heels.append(body.points["heel.left"][2])
    assert max(heels) > heels[0] + 0.03


def test_a_pinned_knee_is_aimed_at() -> None:
    kneeling = {
        f"{joint}.{side}": bend for joint, bend in (("knee", 92.0), ("ankle", -50.0)) for side in bones.SIDES
    }
    moving = hold(Pose().changed(kneeling), anchor=Support("knee.right"), pins=(Support("knee.left"),))
    body = supported(moving, rest_blend(moving, "hold"))
    assert max(support_errors(moving, body).values()) < 1e-9


def test_a_hand_reaches_a_point_of_the_body_and_follows_it() -> None:
    on_hip = Pose(STANDING.angles, (Reach("hand.right", "hip.right", (0.07, 0.0, 0.06)),))
    poses = {"still": on_hip, "lean": on_hip.changed({"pelvis.roll": -15.0})}
    path = StagePath("lean", "still", (PhasePath("go", ("lean",)), PhasePath("return", ("still",))))
    moving = figure(poses, {"lean": path}, anchor=Support("foot.left"))
    for name, body in frames(moving, "lean", 6):
        x, y, z = body.points["hip.right"]
        assert body.points["wrist.right"] == pytest.approx((x + 0.07, y, z + 0.06)), name


def test_a_foot_goes_smoothly_to_the_place_that_a_pose_names() -> None:
    there = Pose(STANDING.angles, (Reach("foot.right", "", (0.2, 0.2, 0.1)),))
    path = StagePath("tap", "still", (PhasePath("go", ("there",)), PhasePath("return", ("still",))))
    moving = figure({"still": STANDING, "there": there}, {"tap": path}, anchor=Support("foot.left"))
    bodies = [body for name, body in frames(moving, "tap", 20) if name.startswith("go")]
    assert bodies[-1].points["ankle.right"] == pytest.approx((0.2, 0.2, 0.1 + 0.039))
    heights = [body.points["ankle.right"][2] for body in bodies]
    assert heights == sorted(heights)
    assert bodies[0].points["ankle.right"] == pytest.approx(home_body(moving).points["ankle.right"])


def test_a_pin_stays_where_the_starting_pose_reached_for() -> None:
    start = Pose(STANDING.angles, (Reach("hand.left", "", (-0.25, 0.2, 0.6)),))
    poses = {"start": start, "sunk": squat().poses["down"]}
    path = StagePath("sink", "start", (PhasePath("down", ("sunk",)), PhasePath("up", ("start",))))
    moving = figure(poses, {"sink": path}, pins=(Support("foot.left"), Support("hand.left")))
    for name, body in frames(moving, "sink", 6):
        assert body.points["wrist.left"][:2] == pytest.approx((-0.25, 0.2), abs=1e-6), name


@given(
    st.lists(st.floats(-90, 90), min_size=len(ANGLES), max_size=len(ANGLES)),
    st.tuples(*(st.floats(-1, 1) for _ in range(3))),
    st.sampled_from([("hip", "knee", "ankle"), ("shoulder", "elbow", "wrist")]),
)
def test_no_limb_is_stretched_to_reach_anything(
    angles: list[float], target: tuple[float, float, float], limb: tuple[str, str, str]
) -> None:
    body = body_points(tuple(angles))
    root, middle, end = limb
    lengths = (
        dist(body.points[f"{root}.left"], body.points[f"{middle}.left"]),
        dist(body.points[f"{middle}.left"], body.points[f"{end}.left"]),
    )
    bend(body, root, "left", target, keeps=False)
    start, knee, stop = (body.points[f"{name}.left"] for name in limb)
    assert (dist(start, knee), dist(knee, stop)) == pytest.approx(lengths, abs=1e-6)
    least, most = abs(lengths[0] - lengths[1]), sum(lengths)
    missing = max(0.0, dist(start, target) - most, least - dist(start, target))
    assert dist(stop, target) == pytest.approx(missing, abs=1e-5)
    assert dist(body.points["wrist.left"], body.points["fingers.left"]) == pytest.approx(bones.HAND)
