"""What holds of the plan of any routine."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given, settings
from msgspec.structs import replace

from hipcoach.core.catalog import Catalog, steps_at_most
from hipcoach.core.choices import Choices
from hipcoach.core.compile import compile_plan
from hipcoach.core.exercise import Per, Sides
from hipcoach.core.plan import Plan, StepKind, StepSide
from hipcoach.core.routine import Routine
from tests.core.strategies import choices, routines

LEADS_IN = (StepKind.PREPARE, StepKind.SWITCH)
OTHER = {StepSide.LEFT: StepSide.RIGHT, StepSide.RIGHT: StepSide.LEFT}


@settings(max_examples=200)
@given(routines(), choices())
def test_every_plan(prescribed: tuple[Routine, Catalog], chosen: Choices) -> None:
    routine, catalog = prescribed
    plan = compile_plan(routine, catalog, chosen)
    assert plan == compile_plan(routine, catalog, chosen)
    restless = replace(chosen, timings=replace(chosen.timings, rest=0))
    assert len(compile_plan(routine, catalog, restless).steps) <= steps_at_most(routine, catalog, restless)
    follows_without_gaps(plan)
    leads_to_what_it_names(plan)
    announces_every_change_of_side(plan)
    gives_both_sides_the_same(plan, routine, catalog)
    repeats_what_the_doses_say(plan, routine, catalog, chosen)


def follows_without_gaps(plan: Plan) -> None:
    assert [step.index for step in plan.steps] == list(range(len(plan.steps)))
    assert all(step.seconds > 0 for step in plan.steps)
    for earlier, later in pairwise(plan.steps):
        assert later.start == pytest.approx(earlier.start + earlier.seconds, abs=1e-6)
    if plan.steps:
        assert plan.steps[0].start == 0
        assert plan.total_seconds == plan.steps[-1].start + plan.steps[-1].seconds
    work = [step for step in plan.steps if step.is_work]
    assert [step.number for step in work] == list(range(1, plan.sets + 1))


def leads_to_what_it_names(plan: Plan) -> None:
    for step in plan.steps:
        if step.kind in LEADS_IN:
            after = plan.steps[step.index + 1]
            assert after.is_work
            assert (after.item, after.side, after.direction) == (step.item, step.side, step.direction)
        if step.kind is StepKind.REST:
            assert any(later.is_work for later in plan.steps[step.index :])
        if step.direct:
            before = plan.steps[step.index - 1]
            assert step.index and before.is_work
            assert (before.item, before.side, before.round) == (step.item, step.side, step.round)


def announces_every_change_of_side(plan: Plan) -> None:
    for earlier, later in pairwise(step for step in plan.steps if step.is_work):
        if earlier.item == later.item and earlier.round == later.round and earlier.side != later.side:
            between = plan.steps[earlier.index + 1 : later.index]
            assert later.switched or [step.kind for step in between] == [StepKind.SWITCH]


def gives_both_sides_the_same(plan: Plan, routine: Routine, catalog: Catalog) -> None:
    """The same, but for the odd one where a total is shared out."""
    done: Counter[tuple[int, int, str, StepSide | None]] = Counter()
    for step in plan.steps:
        if step.is_work and step.item is not None and step.round is not None:
            done[step.item, step.round, step.stage, step.side] += step.reps or round(step.seconds)
    for (item, number, title, side), amount in done.items():
        exercise = catalog.exercises[routine.items[item].exercise]
        if exercise.sides is not Sides.ONE_AT_A_TIME:
            assert side is StepSide(exercise.sides.value)
            continue
        other = done[item, number, title, OTHER[side or StepSide.BOTH]]
        stage = next(each for each in exercise.stages if title in (each.title, ""))
        assert other > 0
        assert abs(amount - other) <= (1 if stage.dose.per is Per.TOTAL else 0)


def repeats_what_the_doses_say(plan: Plan, routine: Routine, catalog: Catalog, chosen: Choices) -> None:
    for step in plan.steps:
        if step.kind is not StepKind.REPS or step.item is None or step.side is StepSide.ALTERNATING:
            continue
        stages = catalog.exercises[routine.items[step.item].exercise].stages
        stage = next(stage for stage in stages if step.stage in (stage.title, ""))
        if stage.dose.per is Per.DIRECTION or (stage.dose.per is Per.SIDE and not stage.directions):
            assert step.reps == stage.dose.amount.at(chosen.level)
        assert step.reps
