"""From angles to a body that rests: what each angle's sign means, what stays in place, and how smoothly."""

from __future__ import annotations

from itertools import pairwise
from math import dist

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from hipcoach.core.exercise import Side
from hipcoach.core.figure.body import ANGLES, BONES, OUT, TRUNK, body_of
from hipcoach.core.figure.movement import (
    Figure,
    Moment,
    Pose,
    Reach,
    Stage,
    angles_of,
    blend_at,
    moments,
)
from hipcoach.core.figure.support import at_home, supported
from tests.figures.checking import RANGES, away_from_places, faults, joint_angles, out_of_range
from tests.figures.people import STANDING, circle, figure, held, pose, squat

STILL = Moment("hold")


def angle(moving: Figure, name: str, phase: str, through: float, direction: str | None = None) -> float:
    moment = Moment(next(iter(moving.stages)), None, direction, phase, through)
    return angles_of(blend_at(moving, moment))[name]


def test_standing_is_one_high_with_the_joints_where_winter_has_them() -> None:
    body = body_of({})
    sole = body.lowest("heel.right")
    heights = {"ankle.right": 0.039, "knee.right": 0.285, "hip.right": 0.530, "shoulder.right": 0.818}
    assert {name: body.points[name].z - sole for name in heights} == pytest.approx(heights)
    assert body.lowest("toes.right") == body.lowest("tip.right") == pytest.approx(sole)
    assert body.points["head"].z + BONES["head"].radius - sole == pytest.approx(1.0, abs=0.01)


@pytest.mark.parametrize(
    ("name", "point", "axis", "sign"),
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
    name: str, point: str, axis: int, sign: int
) -> None:
    moved = list(body_of({name: 30.0}).points[point] - body_of({}).points[point])
    assert moved[axis] * sign > 0.01


@given(st.lists(st.floats(-180, 180), min_size=len(ANGLES), max_size=len(ANGLES)))
def test_limbs_keep_their_lengths_and_left_is_the_mirror_image_of_right(angles: list[float]) -> None:
    named = dict(zip(ANGLES, angles, strict=True))
    body = body_of(named)
    for point, bone in BONES.items():
        if bone.start:
            assert dist(body.points[point], body.points[bone.start]) == pytest.approx(
                dist(bone.offset, (0, 0, 0))
            )
    other = {"left": "right", "right": "left"}
    swapped = {
        ".".join(other.get(part, part) for part in name.split(".")): degrees
        for name, degrees in named.items()
    }
    sideways = ("roll", "turn", "heading", "side")
    swapped |= {name: -swapped[name] for name in swapped if name.rpartition(".")[2] in sideways}
    for point, place in body_of(swapped).points.items():
        assert list(body.mirrored().points[point]) == pytest.approx(list(place), abs=1e-9)


def test_the_angles_of_a_body_are_found_again() -> None:
    angles = {
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
    found = joint_angles(body_of(angles), angles)
    assert {name: found[name] for name in angles} == pytest.approx(angles, abs=0.01)
    assert out_of_range(body_of(angles), angles) == {}


@pytest.mark.parametrize("name", sorted(RANGES))
def test_a_joint_beyond_its_range_is_found(name: str) -> None:
    joint, _, rest = name.partition(".")
    full = name if joint in ("spine", "neck") else ".".join(filter(None, (joint, "right", rest)))
    angles = {full: RANGES[name][1] + 12}
    assert out_of_range(body_of(angles), angles)


def test_every_joint_has_a_range() -> None:
    kinds = {".".join(part for part in name.split(".") if part not in OUT) for name in ANGLES}
    assert {kind for kind in kinds if not kind.startswith("pelvis")} == set(RANGES)


def test_faults_say_what_is_wrong_and_when() -> None:
    odd = held(pose(hip__right__flexion=160.0), anchor="foot.left", anchor_at=(0.0, 0.0, -0.1))
    found = " / ".join(faults(odd, 1))
    assert "hold, 0.0 0.00: hip.right.flexion is 160 degrees" in found
    assert "heel.left is 0.100 below the ground" in found


@pytest.mark.parametrize("moving", [squat(), circle()], ids=["squat", "circle"])
def test_anchor_and_pins_do_not_move(moving: Figure) -> None:
    start, _ = at_home(moving)
    assert start.lowest(*BONES) == pytest.approx(0.0)
    for moment in moments(moving, next(iter(moving.stages)), 12):
        body = supported(moving, blend_at(moving, moment))
        assert max(away_from_places(moving, body).values()) < 1e-9
        for point in ("heel.left", "toes.left", "tip.left"):
            assert list(body.points[point]) == pytest.approx(list(start.points[point]))


def test_an_anchor_can_be_given_its_place() -> None:
    body = at_home(held(STANDING, anchor="foot.left", anchor_at=(0.1, 0.2, 0.5)))[0]
    assert list(body.points["ankle.left"]) == pytest.approx((0.1, 0.2, 0.5 + 0.039))
    assert body.lowest("heel.left") == pytest.approx(0.5)


def test_a_toe_pin_lets_the_heel_rise() -> None:
    poses = {"flat": STANDING, "up": pose(knee__left=50.0, hip__left__flexion=20.0)}
    stage = Stage("flat", {"lift": ("up",), "lower": ("flat",)})
    moving = replace(figure(poses, {"rise": stage}), pins=("toes.left",))
    bodies = [supported(moving, blend_at(moving, moment)) for moment in moments(moving, "rise", 6)]
    assert max(away_from_places(moving, body)["toes.left"] for body in bodies) < 1e-9
    assert max(body.points["heel.left"].z for body in bodies) > bodies[0].points["heel.left"].z + 0.03


def test_a_hand_reaches_a_point_of_the_body_and_follows_it() -> None:
    on_hip = replace(STANDING, reach={"hand.right": Reach((0.07, 0.0, 0.06), "hip.right")})
    leaning = replace(on_hip, angles={**on_hip.angles, "pelvis.roll": -15.0})
    stage = Stage("still", {"go": ("lean",), "return": ("still",)})
    moving = replace(figure({"still": on_hip, "lean": leaning}, {"lean": stage}), anchor="foot.left")
    for moment in moments(moving, "lean", 6):
        points = supported(moving, blend_at(moving, moment)).points
        x, y, z = points["hip.right"]
        assert list(points["wrist.right"]) == pytest.approx((x + 0.07, y, z + 0.06))


def test_a_foot_goes_smoothly_to_the_place_that_a_pose_names() -> None:
    there = replace(STANDING, reach={"foot.right": Reach((0.2, 0.2, 0.1))})
    stage = Stage("still", {"go": ("there",), "return": ("still",)})
    moving = replace(figure({"still": STANDING, "there": there}, {"tap": stage}), anchor="foot.left")
    bodies = [supported(moving, blend_at(moving, each)) for each in list(moments(moving, "tap", 20))[:21]]
    ankles = [list(body.points["ankle.right"]) for body in bodies]
    assert ankles[0] == pytest.approx(list(at_home(moving)[0].points["ankle.right"]))
    assert ankles[-1] == pytest.approx((0.2, 0.2, 0.1 + 0.039))
    assert [z for _, _, z in ankles] == sorted(z for _, _, z in ankles)


@given(
    st.lists(st.floats(-90, 90), min_size=len(ANGLES), max_size=len(ANGLES)),
    st.tuples(*(st.floats(-1, 1) for _ in range(3))),
    st.sampled_from(["hand.left", "foot.left", "hand.right"]),
)
def test_no_limb_is_stretched_to_reach_anything(
    angles: list[float], target: tuple[float, float, float], limb: str
) -> None:
    start = Pose(dict(zip(ANGLES, angles, strict=True)), {limb: Reach(target)})
    body = supported(moving := held(start, anchor="pelvis"), blend_at(moving, STILL))
    for point, bone in BONES.items():
        if point not in TRUNK:
            length = dist(bone.offset, (0, 0, 0))
            assert dist(body.points[point], body.points[bone.start]) == pytest.approx(length, abs=1e-6)


def test_between_two_poses_it_is_slow_at_both_ends() -> None:
    way = [angle(squat(), "knee.left", "sink", number / 10) for number in range(-1, 12)]
    assert (way[0], way[1], way[6], way[-2], way[-1]) == pytest.approx((0.0, 0.0, 37.5, 75.0, 75.0))
    assert way == sorted(way)
    assert way[2] - way[1] < way[6] - way[5] > way[11] - way[10]
    assert angle(squat(), "knee.left", "rise", 0.0) == 75.0


def test_four_poses_make_a_true_circle_and_the_other_direction_runs_it_backwards() -> None:
    for number in range(21):
        through = number / 20
        flexion = angle(circle(), "hip.right.flexion", "down", through)
        abduction = angle(circle(), "hip.right.abduction", "down", through)
        assert dist((flexion, abduction), (45.0, 0.0)) == pytest.approx(15.0)
        back = angle(circle(), "hip.right.abduction", "up", 1.0 - through, "inward")
        assert back == pytest.approx(angle(circle(), "hip.right.abduction", "down", through, "outward"))
    assert angle(circle(), "hip.right.abduction", "down", 0.5) == pytest.approx(15.0)


@pytest.mark.parametrize("count", [2, 3, 4, 5, 6, 8])
def test_a_round_way_passes_through_each_of_its_poses(count: int) -> None:
    names = [f"pose{number}" for number in range(count)]
    poses = {name: pose(knee__right=float(number * number)) for number, name in enumerate(names)}
    moving = figure(poses, {"turn": Stage(names[0], {"all": (*names[1:], names[0])}, round=True)})
    for number in range(count):
        assert angle(moving, "knee.right", "all", number / count) == pytest.approx(number * number)


def test_a_phase_through_several_poses_passes_each_without_a_jerk() -> None:
    bends = {"a": 0.0, "b": 30.0, "c": 80.0, "d": 90.0}
    poses = {name: pose(knee__right=bend) for name, bend in bends.items()}
    moving = figure(poses, {"walk": Stage("a", {"go": ("b", "c", "d"), "return": ("a",)})})
    way = [angle(moving, "knee.right", "go", number / 300) for number in range(301)]
    assert (way[0], way[300]) == (0.0, 90.0)
    assert all(min(abs(bend - passed) for bend in way) < 0.3 for passed in (30.0, 80.0))
    steps = [after - before for before, after in pairwise(way)]
    assert max(abs(after - before) for before, after in pairwise(steps)) < 0.05


@pytest.mark.parametrize("moment", [Moment("jump"), Moment("squat", phase="jump"), Moment("jump", held=1.0)])
def test_what_a_figure_does_not_have_is_a_key_error(moment: Moment) -> None:
    with pytest.raises(KeyError):
        blend_at(squat(), replace(moment, side=Side.LEFT))
