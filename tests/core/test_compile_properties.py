"""What holds of the plan of any routine."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given

from hipcoach.core.catalog import Catalog
from hipcoach.core.choices import Choices
from hipcoach.core.compile import compile_plan
from hipcoach.core.exercise import Per, Sides
from hipcoach.core.plan import Plan, StepKind, StepSide
from hipcoach.core.routine import Routine
from tests.core.strategies import choices, plans, routines

LEADS_IN = (StepKind.PREPARE, StepKind.SWITCH)


@given(plans())
def test_steps_are_numbered_and_follow_one_another_without_gaps(plan: Plan) -> None:
    assert [step.index for step in plan.steps] == list(range(len(plan.steps)))
    assert all(step.seconds > 0 for step in plan.steps)
    for earlier, later in pairwise(plan.steps):
        assert later.start == pytest.approx(earlier.start + earlier.seconds, abs=1e-6)
    if plan.steps:
        assert plan.steps[0].start == 0
        assert plan.total_seconds == plan.steps[-1].start + plan.steps[-1].seconds
    work = [step for step in plan.steps if step.is_work]
    assert [step.number for step in work] == list(range(1, len(work) + 1))
    assert plan.sets == len(work)


@given(routines(), choices())
def test_compiling_is_deterministic(routine: tuple[Routine, Catalog], chosen: Choices) -> None:
    assert compile_plan(*routine, chosen) == compile_plan(*routine, chosen)


@given(plans())
def test_a_direct_step_follows_work_of_the_same_exercise_on_the_same_side(plan: Plan) -> None:
    for step in plan.steps:
        if step.direct:
            before = plan.steps[step.index - 1]
            assert step.index > 0
            assert before.is_work
            assert (before.item, before.side, before.round) == (step.item, step.side, step.round)


@given(plans())
def test_every_pause_leads_to_what_it_names(plan: Plan) -> None:
    for step in plan.steps:
        if step.kind in LEADS_IN:
            after = plan.steps[step.index + 1]
            assert after.is_work
            assert (after.item, after.side, after.direction) == (step.item, step.side, step.direction)
        if step.kind is StepKind.REST:
            assert any(later.is_work for later in plan.steps[step.index :])


@given(plans())
def test_every_change_of_side_within_an_exercise_is_announced(plan: Plan) -> None:
    work = [step for step in plan.steps if step.is_work]
    for earlier, later in pairwise(work):
        if earlier.item == later.item and earlier.round == later.round and earlier.side != later.side:
            between = plan.steps[earlier.index + 1 : later.index]
            assert later.switched or [step.kind for step in between] == [StepKind.SWITCH]


@given(routines(), choices())
def test_both_sides_get_the_same_dose_unless_a_total_is_shared_out(
    routine: tuple[Routine, Catalog], chosen: Choices
) -> None:
    prescribed, catalog = routine
    plan = compile_plan(prescribed, catalog, chosen)
    done: Counter[tuple[int, int, str, StepSide | None]] = Counter()
    for step in plan.steps:
        if step.is_work and step.item is not None and step.round is not None:
            done[step.item, step.round, step.stage, step.side] += step.reps or round(step.seconds)
    for (item, number, title, side), amount in done.items():
        exercise = catalog.exercises[prescribed.items[item].exercise]
        if exercise.sides is Sides.ONE_AT_A_TIME:
            sides = {StepSide.LEFT: StepSide.RIGHT, StepSide.RIGHT: StepSide.LEFT}
            other = done[item, number, title, sides[side or StepSide.BOTH]]
            stage = next(each for each in exercise.stages if title in (each.title, ""))
            assert other > 0
            assert abs(amount - other) <= (1 if stage.dose.per is Per.TOTAL else 0)
        else:
            assert side is StepSide(exercise.sides.value)


@given(routines(), choices())
def test_repetitions_are_what_the_doses_say(routine: tuple[Routine, Catalog], chosen: Choices) -> None:
    prescribed, catalog = routine
    plan = compile_plan(prescribed, catalog, chosen)
    items = prescribed.items
    for step in plan.steps:
        if step.kind is not StepKind.REPS or step.item is None or step.side is StepSide.ALTERNATING:
            continue
        stages = catalog.exercises[items[step.item].exercise].stages
        titled = [stage for stage in stages if step.stage in (stage.title, "")]
        stage = titled[0]
        if stage.dose.per is Per.DIRECTION or (stage.dose.per is Per.SIDE and not stage.directions):
            assert step.reps == stage.dose.amount.at(chosen.level)
        assert step.reps is not None
        assert step.reps >= 1
