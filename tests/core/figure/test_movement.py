"""Through which poses a phase goes, and how smoothly."""

from __future__ import annotations

from itertools import pairwise
from math import hypot

import pytest

from hipcoach.core.figure.movement import Figure, PhasePath, StagePath, blends, eased, phase_blend, rest_blend
from hipcoach.core.figure.pose import Pose, blended
from tests.core.figure.people import circle, figure, pose, squat


def angle(moving: Figure, phase: str, through: float, name: str, direction: str | None = None) -> float:
    stage = next(iter(moving.stages))
    return Pose(blended(phase_blend(moving, stage, phase, through, direction))).angle(name)


def test_a_phase_begins_where_the_one_before_ended_and_the_last_ends_at_the_start() -> None:
    assert angle(squat(), "sink", 0.0, "knee.left") == 0.0
    assert angle(squat(), "sink", 1.0, "knee.left") == 75.0
    assert angle(squat(), "rise", 0.0, "knee.left") == 75.0
    assert angle(squat(), "rise", 1.0, "knee.left") == 0.0
    assert blended(rest_blend(squat(), "hold")) == squat().poses["down"].angles


def test_between_two_poses_it_is_slow_at_both_ends() -> None:
    way = [angle(squat(), "sink", number / 10, "knee.left") for number in range(11)]
    assert way == sorted(way)
    assert way[1] - way[0] < way[5] - way[4]
    assert way[10] - way[9] < way[6] - way[5]
    assert way[5] == pytest.approx(75.0 / 2)
    assert (eased(0.0), eased(1.0)) == (0.0, 1.0)


def test_what_is_outside_a_phase_is_its_nearest_end() -> None:
    assert angle(squat(), "sink", -1.0, "knee.left") == 0.0
    assert angle(squat(), "sink", 7.0, "knee.left") == 75.0


def test_a_relation_of_angles_that_both_ends_keep_is_kept_in_between() -> None:
    for _, blend in blends(squat(), "squat", 7):
        at = Pose(blended(blend))
        sole = at.angle("pelvis.pitch") - at.angle("hip.left.flexion") + at.angle("knee.left")
        assert at.angle("ankle.left") == pytest.approx(sole)


def test_four_poses_make_a_true_circle() -> None:
    moving = circle()
    for phase in ("down", "up"):
        for number in range(21):
            flexion = angle(moving, phase, number / 20, "hip.right.flexion")
            abduction = angle(moving, phase, number / 20, "hip.right.abduction")
            assert hypot(flexion - 45.0, abduction) == pytest.approx(15.0)
    assert angle(moving, "down", 0.5, "hip.right.abduction") == pytest.approx(15.0)
    assert angle(moving, "down", 1.0, "hip.right.flexion") == pytest.approx(30.0)


@pytest.mark.parametrize("count", [2, 3, 4, 5, 6, 8])
def test_a_round_way_passes_through_each_of_its_poses(count: int) -> None:
    names = [f"pose{number}" for number in range(count)]
    poses = {name: pose(knee__right=float(number * number)) for number, name in enumerate(names)}
    path = StagePath("turn", names[0], (PhasePath("all", (*names[1:], names[0])),), round=True)
    moving = figure(poses, {"turn": path})
    for number in range(count):
        assert angle(moving, "all", number / count, "knee.right") == pytest.approx(number * number)


def test_the_other_direction_runs_the_same_way_backwards() -> None:
    moving = circle()
    assert angle(moving, "down", 0.5, "hip.right.abduction", "outward") == pytest.approx(15.0)
    assert angle(moving, "down", 0.5, "hip.right.abduction", "inward") == pytest.approx(-15.0)
    for through in (0.0, 0.3, 1.0):
        there = angle(moving, "down", through, "hip.right.abduction", "outward")
        assert angle(moving, "up", 1.0 - through, "hip.right.abduction", "inward") == pytest.approx(there)


def test_a_phase_through_several_poses_passes_each_without_a_jerk() -> None:
    poses = {
        name: pose(knee__right=bend) for name, bend in (("a", 0.0), ("b", 30.0), ("c", 80.0), ("d", 90.0))
    }
    phases = (PhasePath("go", ("b", "c", "d")), PhasePath("return", ("a",)))
    moving = figure(poses, {"walk": StagePath("walk", "a", phases)})
    way = [angle(moving, "go", number / 300, "knee.right") for number in range(301)]
    assert (way[0], way[300]) == (0.0, 90.0)
    assert min(abs(bend - 30.0) for bend in way) < 0.3
    assert min(abs(bend - 80.0) for bend in way) < 0.3
    steps = [after - before for before, after in pairwise(way)]
    assert max(abs(after - before) for before, after in pairwise(steps)) < 0.05


def test_the_moments_of_a_stage_are_named() -> None:
    assert [name for name, _ in blends(squat(), "squat", 2)] == [
        *("sink 0.00", "sink 0.50", "sink 1.00"),
        *("rise 0.00", "rise 0.50", "rise 1.00"),
    ]
    assert [name for name, _ in blends(squat(), "hold", 2)] == ["held"]


def test_what_a_figure_does_not_have_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        phase_blend(squat(), "jump", "sink", 0.0, None)
    with pytest.raises(KeyError):
        phase_blend(squat(), "squat", "jump", 0.0, None)
    with pytest.raises(KeyError):
        rest_blend(squat(), "jump")


def test_weights_add_up_to_one() -> None:
    for moving, stage in ((circle(), "circle"), (squat(), "squat")):
        for _, blend in blends(moving, stage, 9):
            assert sum(weight for _, weight in blend) == pytest.approx(1.0)
