"""The six routines compiled: the numbers that their articles add up to."""

from __future__ import annotations

from collections import Counter
from itertools import groupby

import pytest

from hipcoach.core.choices import Choices
from hipcoach.core.compile import compile_plan
from hipcoach.core.exercise import Basis, Position
from hipcoach.core.fields import Intensity
from hipcoach.core.plan import Plan, Step, StepKind, StepSide
from hipcoach.storage.catalog import bundled_catalog

LEFT, RIGHT = StepSide.LEFT, StepSide.RIGHT
LOW, HIGH = Intensity.LOW, Intensity.HIGH


def plan_of(routine: str, choices: Choices | None = None) -> Plan:
    catalog = bundled_catalog()
    return compile_plan(catalog.routines[routine], catalog, choices)


def sets_of(plan: Plan, exercise: str | None = None) -> list[Step]:
    return [
        step
        for step in plan.steps
        if step.kind is StepKind.REPS and (exercise is None or step.exercise == exercise)
    ]


def hold_seconds(plan: Plan) -> list[float]:
    return [step.seconds for step in plan.steps if step.kind is StepKind.HOLD]


@pytest.mark.parametrize(
    ("routine", "choices", "sets", "reps", "holds"),
    [
        ("leg-circuit", Choices(), 36, 336, 0),
        ("leg-circuit", Choices(rounds=3), 36, 336, 0),
        ("leg-circuit", Choices(level=Intensity.MID), 48, 448, 0),
        ("leg-circuit", Choices(level=HIGH), 60, 560, 0),
        ("leg-circuit", Choices(rounds=5), 60, 560, 0),
        ("nine-drills", Choices(), 11, 130, 120),
        ("hips-and-upper-back", Choices(), 10, 96, 0),
        ("hips-and-upper-back", Choices(level=Intensity.MID), 10, 98, 0),
        ("hips-and-upper-back", Choices(level=HIGH), 10, 100, 0),
    ],
)
def test_a_routine_adds_up(routine: str, choices: Choices, sets: int, reps: int, holds: float) -> None:
    plan = plan_of(routine, choices)
    assert len(sets_of(plan)) == sets
    assert plan.reps == reps
    assert sum(hold_seconds(plan)) == holds


def test_the_leg_circuit_does_all_drills_on_one_leg_and_then_all_on_the_other() -> None:
    plan = plan_of("leg-circuit", Choices(rounds=3))
    drills = ["forward-leg-swing", "lateral-leg-lift", "forward-leg-circle", "lateral-leg-circle"]
    legs = [
        (
            round_number,
            side,
            list(dict.fromkeys(step.exercise for step in steps)),
            sum(s.reps or 0 for s in steps),
        )
        for (round_number, side), group in groupby(sets_of(plan), key=lambda step: (step.round, step.side))
        for steps in [list(group)]
    ]
    assert legs == [(number, side, drills, 56) for number in (1, 2, 3) for side in (RIGHT, LEFT)]
    directed = [step for step in sets_of(plan) if step.direction]
    assert len(directed) == 24
    assert {step.reps for step in directed} == {8}
    changes = [step for step in plan.steps if step.switched]
    assert len(changes) == 5
    assert {step.kind for step in changes} == {StepKind.PREPARE}
    assert [step.round for step in plan.steps if step.ends_round] == [1, 2, 3]


def test_nine_drills_counts_as_its_article_means_it() -> None:
    plan = plan_of("nine-drills")
    doses = {
        exercise: [(step.side, step.direction, step.reps) for step in steps]
        for exercise, steps in groupby(sets_of(plan), key=lambda step: step.exercise)
    }
    alternating = StepSide.ALTERNATING
    assert doses == {
        "straight-leg-swing": [(RIGHT, None, 15), (LEFT, None, 15)],
        "standing-leg-circle": [
            (side, direction, 10)
            for side in (RIGHT, LEFT)
            for direction in ("clockwise", "counter-clockwise")
        ],
        "overhead-squat": [(StepSide.BOTH, None, 10)],
        "windshield-wiper": [(alternating, None, 20)],
        "reverse-tabletop": [(StepSide.BOTH, None, 10)],
        "runners-lunge": [(alternating, None, 10)],
        "surfer-squat": [(alternating, None, 10)],
    }
    assert hold_seconds(plan) == [30] * 4
    assert {step.dose_basis for step in plan.steps if step.is_work} == {Basis.SOURCE}


@pytest.mark.parametrize(("level", "stated"), [(LOW, 15), (Intensity.MID, 30), (HIGH, 45)])
def test_four_movements_holds_the_fifth_and_counts_45_of_its_article(level: Intensity, stated: float) -> None:
    plan = plan_of("four-movements", Choices(level=level))
    warmup = plan.steps[0]
    assert (warmup.kind, warmup.seconds) == (StepKind.WARMUP, 300)
    assert sum(step.reps or 0 for step in plan.steps if step.dose_basis is Basis.SOURCE) == 45
    holds = [step for step in plan.steps if step.kind is StepKind.HOLD]
    assert sum(step.seconds for step in holds if step.dose_basis is Basis.SOURCE) == stated
    assert all(step.dose_source for step in holds if step.dose_basis is not Basis.SOURCE)
    assert all(step.direct for step in holds)
    first = {step.exercise: step.side for step in reversed(plan.steps) if step.is_work}
    assert first["ninety-ninety-hinge"] is LEFT
    assert first["kneeling-lunge"] is RIGHT
    assert first["standing-leg-stretch"] is RIGHT


def test_a_last_repetition_that_is_held_ends_where_it_is_held() -> None:
    hinge = sets_of(plan_of("four-movements"), "ninety-ninety-hinge")
    for step in hinge:
        assert step.reps == 5
        assert step.seconds == pytest.approx(5 * step.rep_seconds - step.phases[-1].seconds)


def test_six_drills_has_no_dose_of_its_own() -> None:
    plan = plan_of("six-drills")
    work = [step for step in plan.steps if step.is_work]
    assert {step.dose_basis for step in work} == {Basis.SUGGESTED}
    assert all(step.dose_source for step in work)
    assert len({step.exercise for step in work}) == 6


def test_the_advanced_drill_can_be_left_out_and_is_named() -> None:
    plan = plan_of("six-drills", Choices(gated=False))
    assert len({step.exercise for step in plan.steps if step.is_work}) == 5
    assert len(plan.left_out) == 1
    assert plan.left_out[0].startswith("Spiderman ")
    assert plan_of("six-drills").left_out == ()


def test_the_warm_up_can_be_left_out_and_is_named() -> None:
    with_it, without = plan_of("four-movements"), plan_of("four-movements", Choices(warmup=False))
    assert with_it.total_seconds - without.total_seconds == 300
    assert "warm-up" in without.left_out[0]
    assert StepKind.WARMUP not in {step.kind for step in without.steps}


def test_the_desk_break_is_five_minutes_on_ones_feet() -> None:
    plan = plan_of("desk-break")
    assert 270 <= plan.total_seconds <= 330
    assert {step.position for step in plan.steps} == {Position.STANDING}
    assert not plan.left_out


@pytest.mark.parametrize("routine", list(bundled_catalog().routines))
def test_both_sides_of_every_exercise_get_the_same(routine: str) -> None:
    for level in Intensity:
        amounts: Counter[tuple[str | None, StepSide | None]] = Counter()
        for step in plan_of(routine, Choices(level=level)).steps:
            if step.is_work and step.side in (LEFT, RIGHT):
                amounts[step.exercise, step.side] += step.reps or round(step.seconds)
        assert all(amount == amounts[exercise, RIGHT] for (exercise, _), amount in amounts.items())
        assert all(amount == amounts[exercise, LEFT] for (exercise, _), amount in amounts.items())
