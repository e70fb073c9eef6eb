"""What choices and routines do to a plan."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from msgspec.structs import replace

from hipcoach.core.choices import Choices, Pace, Timings
from hipcoach.core.compile import compile_plan
from hipcoach.core.exercise import Basis, Entry, Exercise, Per, Position, Side, Sides, StageKind
from hipcoach.core.fields import Intensity, Range
from hipcoach.core.plan import Plan, Step, StepKind
from hipcoach.core.routine import Block, Item, Order, WarmUp
from tests.support import ARTICLE, a_block, a_catalog, a_dose, a_routine, a_stage, an_exercise, an_own_dose

REPS, HOLD, PREPARE, SWITCH, REST = (
    StepKind.REPS,
    StepKind.HOLD,
    StepKind.PREPARE,
    StepKind.SWITCH,
    StepKind.REST,
)
SQUAT = an_exercise("squat", sides=Sides.BOTH)
CLAM = an_exercise("clam")
NO_LEAD_IN = Timings(lead_in=0, lead_in_new_position=0)


def compiled(*exercises: Exercise, choices: Choices | None = None, **block: Any) -> Plan:
    """The plan of a routine that has these exercises in one block."""
    names = dict.fromkeys(each.id for each in exercises)
    return compile_plan(a_routine(a_block(*names, **block)), a_catalog(*exercises), choices)


def shape(plan: Plan) -> list[tuple[StepKind, str | None, float]]:
    return [(step.kind, step.side.value if step.side else None, step.seconds) for step in plan.steps]


def work(plan: Plan) -> list[Step]:
    return [step for step in plan.steps if step.is_work]


def test_one_side_then_a_switch_then_the_other() -> None:
    assert shape(compiled(CLAM)) == [
        (PREPARE, "right", 8),
        (REPS, "right", 8),
        (SWITCH, "left", 5),
        (REPS, "left", 8),
    ]


def test_the_first_side_is_the_articles_or_right_or_ones_own() -> None:
    from_left = replace(CLAM, first_side=Side.LEFT)
    assert work(compiled(CLAM))[0].side == "right"
    assert work(compiled(from_left))[0].side == "left"
    assert work(compiled(from_left, choices=Choices(first_side=Side.RIGHT)))[0].side == "right"
    turns = replace(from_left, sides=Sides.ALTERNATING)
    assert [step.first_side for step in work(compiled(turns))] == [Side.LEFT]


def test_the_lead_in_is_longer_where_the_position_changes() -> None:
    floor = an_exercise("floor", sides=Sides.BOTH, position=Position.SUPINE)
    again = replace(floor, id="again")
    up = replace(SQUAT, id="up")
    plan = compiled(SQUAT, floor, again, up)
    assert [step.seconds for step in plan.steps if step.kind is PREPARE] == [8, 15, 8, 15]
    assert compiled(floor).steps[0].seconds == 15


def test_lead_ins_say_what_comes_on_which_side_and_how() -> None:
    circle = a_stage(a_dose(3, per=Per.DIRECTION), directions=("out", "in"))
    lead_in = compiled(replace(CLAM, stages=(circle,))).steps[0]
    assert (lead_in.name, lead_in.side, lead_in.direction) == ("Clam", "right", "out")
    assert lead_in.note == "A movement.\nStand."
    assert lead_in.position is Position.STANDING


def test_pauses_of_no_length_are_not_there_and_the_work_says_that_the_side_changes() -> None:
    times = replace(NO_LEAD_IN, switch=0, rest=0)
    plan = compiled(CLAM, SQUAT, choices=Choices(timings=times))
    assert [step.kind for step in plan.steps] == [REPS, REPS, REPS]
    assert [step.switched for step in plan.steps] == [False, True, False]


def test_without_lead_ins_the_change_of_leg_is_said_by_the_work_also_after_a_rest() -> None:
    other = replace(CLAM, id="other")
    for rest in (0, 10):
        times = replace(NO_LEAD_IN, rest=rest)
        plan = compiled(CLAM, other, choices=Choices(timings=times), order=Order.PER_LEG)
        assert [step.switched for step in work(plan)] == [False, False, True, False]


def test_rests_come_before_every_exercise_but_the_first_and_the_longer_one_holds() -> None:
    def rests(choice: int, between: int, rounds: int) -> list[float]:
        choices = Choices(timings=Timings(rest=choice))
        block = {"stated": Range(2), "rest_between_exercises": between, "rest_between_rounds": rounds}
        plan = compiled(SQUAT, CLAM, choices=choices, **block)
        return [step.seconds for step in plan.steps if step.kind is REST]

    assert rests(0, 0, 0) == []
    assert rests(10, 0, 0) == [10, 10, 10]
    assert rests(10, 20, 30) == [20, 30, 20]
    assert rests(40, 20, 30) == [40, 40, 40]
    assert rests(0, 0, 30) == [30]


@pytest.mark.parametrize(
    ("sides", "per", "directions", "reps"),
    [
        (Sides.BOTH, Per.TOTAL, 1, [7]),
        (Sides.BOTH, Per.SIDE, 1, [7]),
        (Sides.BOTH, Per.DIRECTION, 2, [7, 7]),
        (Sides.BOTH, Per.TOTAL, 2, [4, 3]),
        (Sides.ALTERNATING, Per.SIDE, 1, [14]),
        (Sides.ALTERNATING, Per.TOTAL, 1, [7]),
        (Sides.ALTERNATING, Per.DIRECTION, 2, [14, 14]),
        (Sides.ONE_AT_A_TIME, Per.SIDE, 1, [7, 7]),
        (Sides.ONE_AT_A_TIME, Per.TOTAL, 1, [4, 3]),
        (Sides.ONE_AT_A_TIME, Per.SIDE, 2, [4, 3, 4, 3]),
        (Sides.ONE_AT_A_TIME, Per.DIRECTION, 2, [7, 7, 7, 7]),
    ],
)
def test_what_a_dose_counts(sides: Sides, per: Per, directions: int, reps: list[int]) -> None:
    ways = ("out", "in")[:directions] if directions > 1 else ()
    plan = compiled(an_exercise("clam", a_stage(a_dose(7, per=per), directions=ways), sides=sides))
    assert [step.reps for step in work(plan)] == reps
    assert plan.reps == sum(reps)


def test_nothing_is_shared_out_to_less_than_one() -> None:
    plan = compiled(an_exercise("clam", a_stage(a_dose(1, per=Per.TOTAL), directions=("out", "in"))))
    assert [step.reps for step in work(plan)] == [1, 1, 1, 1]


def test_a_change_of_direction_follows_without_a_pause() -> None:
    plan = compiled(an_exercise("clam", a_stage(a_dose(3, per=Per.DIRECTION), directions=("out", "in"))))
    assert [(step.kind, step.direction, step.direct) for step in plan.steps] == [
        (PREPARE, "out", False),
        (REPS, "out", False),
        (REPS, "in", True),
        (SWITCH, "out", False),
        (REPS, "out", False),
        (REPS, "in", True),
    ]


def test_the_last_repetition_is_held_where_it_is_held() -> None:
    rock = a_stage(a_dose(5), id="rock", held_after="out", directions=("front", "back"))
    hold = a_stage(a_dose(10), kind=StageKind.HOLD, entry=Entry.DIRECT)
    plan = compiled(an_exercise("rock", rock, hold, sides=Sides.BOTH), choices=Choices(tempo=Fraction(2)))
    # Three repetitions of 4 s, then two without the way back of the last one, held at once.
    assert [(step.kind, step.seconds, step.direct) for step in plan.steps] == [
        (PREPARE, 8, False),
        (REPS, 12, False),
        (REPS, 6, True),
        (HOLD, 10, True),
    ]


def test_a_stage_with_its_own_lead_in_gets_one() -> None:
    plan = compiled(an_exercise("two", a_stage(id="one"), a_stage(id="two"), sides=Sides.BOTH))
    assert [step.kind for step in plan.steps] == [PREPARE, REPS, PREPARE, REPS]


@pytest.mark.parametrize(
    ("rounds", "level", "count", "basis"),
    [
        (None, Intensity.LOW, 3, Basis.SOURCE),
        (None, Intensity.MID, 4, Basis.SOURCE),
        (None, Intensity.HIGH, 5, Basis.SOURCE),
        (4, Intensity.HIGH, 4, Basis.SOURCE),
        (2, Intensity.LOW, 2, Basis.USER),
        (99, Intensity.LOW, 99, Basis.USER),
    ],
)
def test_rounds_are_the_levels_or_ones_own(
    rounds: int | None, level: Intensity, count: int, basis: Basis
) -> None:
    choices = Choices(rounds=rounds, level=level)
    plan = compiled(SQUAT, choices=choices, stated=Range(3, 5))
    assert len(work(plan)) == count
    assert {step.dose_basis for step in work(plan)} == {basis}
    assert {step.amount_basis for step in work(plan)} == {Basis.SOURCE}
    assert [step.round for step in work(plan)] == list(range(1, count + 1))


def test_chosen_rounds_go_to_the_block_that_states_them() -> None:
    stated = Block((Item("squat"),), Range(2, 3))
    routine = a_routine(stated, a_block("clam"))
    plan = compile_plan(routine, a_catalog(SQUAT, CLAM), Choices(rounds=9))
    assert [len([s for s in work(plan) if s.exercise == name]) for name in ("squat", "clam")] == [9, 2]
    assert {step.dose_basis for step in work(plan) if step.exercise == "clam"} == {Basis.SOURCE}


def test_a_tempo_of_ones_own_is_marked_and_touches_only_repetitions() -> None:
    hold = an_exercise("hold", a_stage(a_dose(10), kind=StageKind.HOLD), sides=Sides.BOTH)
    plan = compiled(SQUAT, hold, choices=Choices(tempo=Fraction(3, 2)))
    squat, held = work(plan)
    assert (squat.seconds, squat.rep_seconds, squat.tempo_basis) == (12, 3.0, Basis.USER)
    assert (held.seconds, held.tempo_basis) == (10, None)
    assert work(compiled(SQUAT))[0].tempo_basis is Basis.SUGGESTED


def test_ones_own_pace_is_for_sets_and_makes_the_total_an_estimate() -> None:
    hold = an_exercise("hold", a_stage(a_dose(10), kind=StageKind.HOLD), sides=Sides.BOTH)
    plan = compiled(SQUAT, hold, choices=Choices(pace=Pace.OWN))
    assert [(step.is_open, step.tempo_basis) for step in work(plan)] == [(True, None), (False, None)]
    assert plan.is_estimate
    assert plan.total_seconds == compiled(SQUAT, hold).total_seconds


def test_doses_of_the_routine_replace_those_of_the_exercise() -> None:
    dose = an_own_dose(2, basis=Basis.SUGGESTED, source=ARTICLE.id)
    plan = compile_plan(a_routine(a_block(Item("squat", (dose,)))), a_catalog(SQUAT))
    assert [(step.reps, step.dose_basis) for step in work(plan)] == [(2, Basis.SUGGESTED)]
    assert work(plan)[0].dose_source == "An author, A title, 2020-02-29"


def test_what_is_gated_or_a_warm_up_is_there_unless_left_out_with_a_sentence() -> None:
    warmup = WarmUp("Walk", 60, Basis.SOURCE, ARTICLE.id, ("Stroll",))
    gated = a_block("squat", Item("clam", gate="Squat well."))
    routine = a_routine(gated, warmup=warmup)
    catalog = a_catalog(SQUAT, CLAM)
    whole = compile_plan(routine, catalog)
    assert (len(work(whole)), whole.left_out, whole.steps[0].cues) == (3, (), ("Stroll",))
    rest = compile_plan(routine, catalog, Choices(gated=False, warmup=False))
    assert [step.exercise for step in work(rest)] == ["squat"]
    assert [sentence.split(" is left out")[0] for sentence in rest.left_out] == ["The warm-up", "Clam"]
    assert "Squat well." in rest.left_out[1]


def test_an_item_keeps_its_number_when_one_before_it_is_left_out() -> None:
    routine = a_routine(a_block(Item("squat", gate="Be ready."), "clam"))
    plan = compile_plan(routine, a_catalog(SQUAT, CLAM), Choices(gated=False))
    assert {step.item for step in plan.steps} == {1}
    nothing = compile_plan(
        a_routine(a_block(Item("squat", gate="x"))), a_catalog(SQUAT), Choices(gated=False)
    )
    assert (nothing.steps, nothing.total_seconds) == ((), 0.0)
