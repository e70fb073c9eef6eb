"""The figures that come with the program: one for each exercise and self-test, all bodies that can be."""

from __future__ import annotations

from itertools import pairwise
from math import dist

import pytest
from msgspec.structs import replace

from hipcoach.core.exercise import Side, Sides, StageKind
from hipcoach.core.figure.body import BONES, Vec, body_of
from hipcoach.core.figure.movement import ENDS, LIMBS, PINS, SUPPORTS, View, angles_of, blend_at, moments
from hipcoach.core.figure.scene import drawing_at
from hipcoach.core.figure.support import supported
from hipcoach.storage.bundled import bundled_self_tests, figure_ids, load_figure, stances
from hipcoach.storage.catalog import bundled_catalog
from tests.figures.checking import SLACK, faults, out_of_range

EXERCISES = bundled_catalog().exercises
SELF_TESTS = [test.figure for test in bundled_self_tests().tests]
MOMENTS = 24
"""Moments of each phase that are looked at: about as many as are shown."""
STEP = 0.16
"""Body units that no point moves farther between two of those moments: nothing jumps."""
BACK, FROM_THE_SIDE = View(0.0), View(90.0)


def test_every_exercise_and_self_test_has_a_figure_and_nothing_else_has() -> None:
    assert set(figure_ids()) == {*EXERCISES, *SELF_TESTS}


@pytest.mark.parametrize("name", sorted(EXERCISES))
def test_a_figure_has_the_stages_and_phases_of_its_exercise(name: str) -> None:
    exercise, figure = EXERCISES[name], load_figure(name)
    assert list(figure.stages) == [stage.id for stage in exercise.stages]
    for stage in exercise.stages:
        path = figure.stages[stage.id]
        assert list(path.phases) == [phase.name for phase in stage.phases]
        assert bool(path.phases) is (stage.kind is StageKind.REPS)
        assert path.reverse in ("", *stage.directions)
        assert bool(path.reverse) is bool(stage.directions), "each direction goes its own way"
    assert figure.alternates is (exercise.sides is Sides.ALTERNATING)
    if exercise.sides is not Sides.BOTH:
        assert figure.working, "the working limb has the side's colour"


@pytest.mark.parametrize("name", figure_ids())
def test_a_figure_names_only_what_there_is_and_a_repetition_comes_back(name: str) -> None:
    figure = load_figure(name)
    assert {*figure.working, *figure.pins, figure.anchor} <= {*LIMBS, *PINS, *SUPPORTS}
    for pose in figure.poses.values():
        assert pose.reach.keys() <= set(ENDS)
        assert {each.point for each in pose.reach.values()} <= {"", *SUPPORTS}
    for stage in figure.stages.values():
        assert {*stage.way, stage.comes_from or stage.start} <= figure.poses.keys()
        assert stage.way[-1] == stage.start


@pytest.mark.parametrize("name", sorted(EXERCISES))
def test_what_is_held_is_where_the_stage_before_ended(name: str) -> None:
    exercise, figure = EXERCISES[name], load_figure(name)
    for before, after in pairwise(exercise.stages):
        if after.entry.value != "direct":
            continue
        path, held = figure.stages[before.id], figure.stages[after.id]
        ended = path.phases[before.held_after][-1] if before.held_after else path.start
        assert figure.poses[held.comes_from or held.start] == figure.poses[ended]


@pytest.mark.parametrize("name", figure_ids())
def test_joints_are_in_range_supports_hold_and_nothing_is_below_the_floor(name: str) -> None:
    assert list(faults(load_figure(name), MOMENTS)) == []


@pytest.mark.parametrize("name", figure_ids())
def test_nothing_jumps_and_a_repetition_ends_where_it_began(name: str) -> None:
    figure = load_figure(name)
    for stage, path in figure.stages.items():
        shown = (blend_at(figure, moment) for moment in moments(figure, stage, MOMENTS))
        bodies = [supported(figure, blend).points for blend in shown]
        for before, after in pairwise(bodies):
            for point in BONES:
                steps = (abs(a - b) for a, b in zip(before[point], after[point], strict=True))
                assert max(steps) < STEP, (stage, point)
        for point in BONES if path.phases else ():
            assert dist(bodies[-1][point], bodies[0][point]) < 1e-6, stage


@pytest.mark.parametrize("name", sorted(stances()))
def test_a_stance_is_within_range_and_above_ground(name: str) -> None:
    angles = stances()[name].angles
    body = body_of(angles)
    assert out_of_range(body, angles) == {}
    body.shift(Vec(0.0, 0.0, -body.lowest(*BONES)))
    assert body.lowest(*BONES) > -SLACK


def test_no_two_figures_look_the_same() -> None:
    seen: dict[tuple[object, ...], str] = {}
    for name in figure_ids():
        figure = load_figure(name)
        shown = [moment for stage in figure.stages for moment in moments(figure, stage, 4)]
        angles = [angles_of(blend_at(figure, moment)).values() for moment in shown]
        looks = (figure.view, *(tuple(map(round, each)) for each in angles))
        assert seen.setdefault(looks, name) == name


def way_of_the_foot(name: str, view: View, side: Side, direction: str) -> list[tuple[float, float]]:
    """Return where the tip of the working foot is over one circle, in the picture: to the right, and up."""
    figure = replace(load_figure(name), view=view)
    shown = (replace(each, side=side) for each in moments(figure, "circle", 12, direction))
    drawings = [drawing_at(figure, moment).lines for moment in shown]
    feet = [[line for line in lines if line.part == f"leg.{side.value}"] for lines in drawings]
    return [(foot[-1].end.x, foot[-1].end.y) for foot in feet]


def turn(path: list[tuple[float, float]]) -> float:
    """Return the area that a closed path goes round: below zero clockwise, above it counter-clockwise."""
    following = [*path[1:], path[0]]
    return sum(x * v - u * y for (x, y), (u, v) in zip(path, following, strict=True)) / 2


@pytest.mark.parametrize("side", Side)
def test_clockwise_is_clockwise_on_both_legs(side: Side) -> None:
    name = "standing-leg-circle"
    for view in (BACK, load_figure(name).view):
        assert turn(way_of_the_foot(name, view, side, "clockwise")) < -1e-3
        assert turn(way_of_the_foot(name, view, side, "counter-clockwise")) > 1e-3
    assert "Clockwise is as you look along the leg" in " ".join(EXERCISES[name].cues)


@pytest.mark.parametrize(
    ("name", "view", "first", "second"),
    [
        ("forward-leg-circle", BACK, "outward", "inward"),
        ("lateral-leg-circle", FROM_THE_SIDE, "forward", "backward"),
    ],
)
def test_outward_and_forward_are_mirrored_on_the_other_leg(
    name: str, view: View, first: str, second: str
) -> None:
    right, left = (
        [turn(way_of_the_foot(name, view, side, direction)) for direction in (first, second)]
        for side in (Side.RIGHT, Side.LEFT)
    )
    assert abs(right[0]) > 1e-3
    assert right[1] == pytest.approx(-right[0], rel=0.05)
    assert left == pytest.approx([-area for area in right])


@pytest.mark.parametrize(("side", "away"), [(Side.RIGHT, 1), (Side.LEFT, -1)])
def test_outward_starts_away_from_the_standing_leg(side: Side, away: int) -> None:
    for direction, sign in (("outward", away), ("inward", -away)):
        path = way_of_the_foot("forward-leg-circle", BACK, side, direction)
        assert (path[6][0] - path[0][0]) * sign > 1e-2
