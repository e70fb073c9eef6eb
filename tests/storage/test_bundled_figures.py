"""The figures that come with the program: one for each exercise and self-test, all bodies that can be."""

from __future__ import annotations

from itertools import pairwise

import pytest

from hipcoach.core.exercise import Sides, StageKind
from hipcoach.core.figure.body import body_points
from hipcoach.core.figure.inspection import below_ground, faults, frames, out_of_range
from hipcoach.core.figure.movement import blends
from hipcoach.core.figure.pose import blended
from hipcoach.core.figure.support import supported
from hipcoach.storage.catalog_toml import bundled_catalog
from hipcoach.storage.figures import figure_ids, load_figure, stances
from hipcoach.storage.self_tests import bundled_self_tests

EXERCISES = bundled_catalog().exercises
SELF_TESTS = [test.figure for test in bundled_self_tests().tests]
FRAMES = 24
"""Moments of each phase that are looked at: about as many as are shown."""
STEP = 0.16
"""Body units that no point moves farther between two of those moments: nothing jumps."""


def test_every_exercise_and_self_test_has_a_figure_and_nothing_else_has() -> None:
    assert set(figure_ids()) == {*EXERCISES, *SELF_TESTS}


@pytest.mark.parametrize("name", sorted(EXERCISES.keys() & set(figure_ids())))
def test_a_figure_has_the_stages_and_phases_of_its_exercise(name: str) -> None:
    exercise, figure = EXERCISES[name], load_figure(name)
    assert list(figure.stages) == [stage.id for stage in exercise.stages]
    for stage in exercise.stages:
        path = figure.stages[stage.id]
        assert [phase.name for phase in path.phases] == [phase.name for phase in stage.phases]
        assert bool(path.phases) is (stage.kind is StageKind.REPS)
        assert path.reverse in ("", *stage.directions)
        assert bool(path.reverse) is bool(stage.directions), "each direction goes its own way"
    assert figure.alternates is (exercise.sides is Sides.ALTERNATING)
    if exercise.sides is not Sides.BOTH:
        assert figure.working, "the working limb has the side's colour"


@pytest.mark.parametrize("name", sorted(EXERCISES.keys() & set(figure_ids())))
def test_what_is_held_is_where_the_stage_before_ended(name: str) -> None:
    exercise, figure = EXERCISES[name], load_figure(name)
    for before, after in pairwise(exercise.stages):
        if after.entry.value != "direct":
            continue
        path = figure.stages[before.id]
        phases = {phase.name: phase.poses[-1] for phase in path.phases}
        ended = phases[before.held_after] if before.held_after else path.start
        held = figure.stages[after.id]
        assert figure.poses[held.comes_from or held.start] == figure.poses[ended]


@pytest.mark.parametrize("name", figure_ids())
def test_every_moment_can_be(name: str) -> None:
    figure = load_figure(name)
    assert [fault for stage in figure.stages for fault in faults(figure, stage, FRAMES)] == []


@pytest.mark.parametrize("name", figure_ids())
def test_nothing_jumps(name: str) -> None:
    figure = load_figure(name)
    for stage in figure.stages:
        bodies = [body.points for _, body in frames(figure, stage, FRAMES)]
        for before, after in pairwise(bodies):
            for point, (x, y, z) in after.items():
                a, b, c = before[point]
                assert max(abs(x - a), abs(y - b), abs(z - c)) < STEP, (stage, point)


@pytest.mark.parametrize("name", figure_ids())
def test_a_repetition_ends_where_it_began(name: str) -> None:
    figure = load_figure(name)
    for stage in (path.id for path in figure.stages.values() if path.phases):
        moments = [blend for _, blend in blends(figure, stage, 4)]
        first, last = supported(figure, moments[0]), supported(figure, moments[-1])
        for point, place in first.points.items():
            assert last.points[point] == pytest.approx(place, abs=1e-6), stage


@pytest.mark.parametrize("name", sorted(stances()))
def test_a_stance_is_within_range_and_above_ground(name: str) -> None:
    angles = stances()[name].angles
    body = body_points(angles)
    assert out_of_range(body, angles) == {}
    lowest = max(below_ground(body, -10.0).values())
    body.shift((0.0, 0.0, lowest))
    assert below_ground(body) == {}


def test_no_two_figures_look_the_same() -> None:
    seen: dict[tuple[object, ...], str] = {}
    for name in figure_ids():
        figure = load_figure(name)
        moments = [blend for stage in figure.stages for _, blend in blends(figure, stage, 4)]
        looks = (figure.view, *(tuple(round(angle) for angle in blended(blend)) for blend in moments))
        assert seen.setdefault(looks, name) == name
