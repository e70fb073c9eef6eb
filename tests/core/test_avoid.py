from __future__ import annotations

import pytest

from hipcoach.core.avoid import AVOIDABLE, without_loads
from hipcoach.core.choices import Choices
from hipcoach.core.compile import as_chosen, compile_plan
from hipcoach.core.exercise import Exercise, Level, Load, Sides
from hipcoach.core.plan import Plan
from hipcoach.core.routine import Item, Order
from hipcoach.storage.catalog import bundled_catalog
from tests.support import a_block, a_catalog, a_routine, an_exercise, an_own_dose

KNEES, WRISTS, FLEXION, BALANCE = AVOIDABLE


def of_family(id: str, *loads: Load, **rest: object) -> Exercise:
    return an_exercise(id, **{"family": "shell", "loads": loads, **rest})


def avoiding(routine: str, *loads: Load) -> Plan:
    catalog = bundled_catalog()
    return compile_plan(catalog.routines[routine], catalog, Choices(avoid=frozenset(loads)))


def done(plan: Plan) -> list[str]:
    return list(dict.fromkeys(step.exercise or "" for step in plan.steps if step.is_work))


def said(plan: Plan) -> list[str]:
    return [each.sentence for each in plan.avoided]


def test_what_loads_is_left_out_and_said() -> None:
    catalog = a_catalog(an_exercise("clam"), an_exercise("plank", loads=(WRISTS, FLEXION)))
    routine = a_routine(a_block("plank", "clam"))
    plan = compile_plan(routine, catalog, Choices(avoid=frozenset({WRISTS, KNEES})))
    assert done(plan) == ["clam"]
    assert said(plan) == ["left out: Plank (wrists)"]
    assert compile_plan(routine, catalog).avoided == ()


def test_another_of_the_family_takes_its_place_with_its_own_dose() -> None:
    catalog = a_catalog(of_family("clam", KNEES), of_family("shell"))
    routine = a_routine(a_block(Item("clam", (an_own_dose(9),))))
    plan = compile_plan(routine, catalog, Choices(avoid=frozenset({KNEES})))
    assert done(plan) == ["shell"]
    assert {step.reps for step in plan.steps if step.is_work} == {4}
    assert said(plan) == ["Shell instead of Clam (knees)"]


@pytest.mark.parametrize(
    ("other", "why"),
    [
        (of_family("shell", KNEES), "loads it too"),
        (of_family("shell", WRISTS), "loads something else that is avoided"),
        (of_family("shell", level=Level.ADVANCED), "is harder"),
        (of_family("shell", family="other"), "is of another family"),
    ],
)
def test_what_does_not_fit_takes_no_place(other: Exercise, why: str) -> None:
    catalog = a_catalog(of_family("clam", KNEES), other, an_exercise("more"))
    adapted = without_loads(a_routine(a_block("clam", "more")), catalog, {KNEES, WRISTS})
    assert [item.exercise for item in adapted.routine.items] == ["more"], why


def test_nothing_is_done_twice_for_what_is_avoided() -> None:
    catalog = a_catalog(of_family("clam", KNEES), of_family("clam-two", KNEES), of_family("shell"))
    adapted = without_loads(a_routine(a_block("clam", "clam-two")), catalog, {KNEES})
    assert [item.exercise for item in adapted.routine.items] == ["shell"]
    there = without_loads(a_routine(a_block("shell", "clam")), catalog, {KNEES})
    assert [item.exercise for item in there.routine.items] == ["shell"]


def test_a_circuit_per_leg_takes_only_what_is_done_one_side_at_a_time() -> None:
    both, one = of_family("both", sides=Sides.BOTH), of_family("one")
    catalog = a_catalog(of_family("clam", KNEES), both, one, an_exercise("more"))
    per_leg = a_routine(a_block("clam", "more", order=Order.PER_LEG))
    assert without_loads(per_leg, catalog, {KNEES}).avoided[0].instead == "one"
    del catalog.exercises["one"]  # type: ignore[attr-defined]  # a dict, which the catalog only reads
    assert without_loads(per_leg, catalog, {KNEES}).avoided[0].instead is None


def test_the_same_source_goes_before_others_and_then_the_same_sides() -> None:
    clam = of_family("clam", KNEES)
    foreign, like = of_family("a", source="other"), of_family("c")
    unlike = of_family("b", sides=Sides.BOTH)
    for others, expected in (((foreign, unlike, like), "c"), ((foreign, unlike), "b"), ((foreign,), "a")):
        catalog = a_catalog(clam, *others)
        assert without_loads(a_routine(), catalog, {KNEES}).avoided[0].instead == expected


def test_a_gate_goes_with_what_it_was_for() -> None:
    catalog = a_catalog(of_family("clam", KNEES, level=Level.ADVANCED), of_family("shell"))
    gated = a_routine(a_block(Item("clam", gate="Be ready.")))
    assert without_loads(gated, catalog, {KNEES}).routine.items == (Item("shell"),)


def test_an_emptied_routine_is_a_kind_sentence_and_no_warm_up() -> None:
    plan = avoiding("hips-and-upper-back", KNEES)
    assert plan.steps == ()
    assert plan.total_seconds == 0
    assert plan.nothing_left.startswith("What you avoid (knees) is in everything")
    assert avoiding("four-movements", *AVOIDABLE).steps == ()
    assert not avoiding("nine-drills", KNEES).nothing_left


def test_an_advanced_drill_alone_that_is_not_wanted_leaves_nothing() -> None:
    routine = a_routine(a_block(Item("clam", gate="Be ready.")))
    plan = compile_plan(routine, a_catalog(), Choices(gated=False))
    assert plan.nothing_left == "Your choices leave nothing of “Routine” to do."


def test_what_nobody_has_said_the_loads_of_is_kept_and_said() -> None:
    catalog = a_catalog(of_family("clam", KNEES), an_exercise("bird-dog", loads=None), an_exercise("plank"))
    routine = a_routine(a_block("clam", "bird-dog", "plank"))
    plan = compile_plan(routine, catalog, Choices(avoid=frozenset({KNEES})))
    assert done(plan) == ["bird-dog", "plank"]
    assert plan.loads_unknown == ("Not known whether Bird dog loads the knees: check for yourself",)
    everything = compile_plan(routine, catalog, Choices(avoid=frozenset(AVOIDABLE))).loads_unknown
    assert everything == (
        "Not known whether Bird dog loads the knees, loads the wrists, bends the hips deeply or needs "
        "balance on one leg: check for yourself",
    )
    assert compile_plan(routine, catalog).loads_unknown == ()


def test_what_may_load_it_too_takes_no_place() -> None:
    catalog = a_catalog(of_family("clam", KNEES), of_family("shell", loads=None), an_exercise("more"))
    (avoided,) = without_loads(a_routine(a_block("clam", "more")), catalog, {KNEES}).avoided
    assert avoided.instead is None


@pytest.mark.parametrize("gated", [True, False])
@pytest.mark.parametrize("routine", sorted(bundled_catalog().routines))
def test_a_routine_as_chosen_holds_what_its_plan_does(routine: str, gated: bool) -> None:
    catalog = bundled_catalog()
    for avoid in (frozenset[Load](), *(frozenset({load}) for load in AVOIDABLE)):
        choices = Choices(avoid=avoid, gated=gated)
        chosen = as_chosen(catalog.routines[routine], catalog, choices)
        plan = compile_plan(catalog.routines[routine], catalog, choices)
        assert [each.id for each in catalog.exercises_of(chosen)] == done(plan)
