"""What each bundled exercise loads: the whole table, its reasons in the data, and what avoiding does."""

from __future__ import annotations

import re
import tomllib

import pytest

from hipcoach.core.avoid import AVOIDABLE
from hipcoach.core.choices import Choices
from hipcoach.core.compile import compile_plan
from hipcoach.core.exercise import Load
from hipcoach.paths import bundled
from hipcoach.storage.catalog import bundled_catalog

CATALOG = bundled_catalog()
LETTERS = dict(zip("KWFB", AVOIDABLE, strict=True))
"""Knees, wrists, deep hip flexion, balance on one leg."""
TABLE = {
    "adductor-rockback": "KWF-",
    "bent-knee-heel-to-ceiling": "KW--",
    "figure-four-on-back": "--F-",
    "fire-hydrant": "KW--",
    "forward-leg-circle": "---B",
    "forward-leg-swing": "---B",
    "half-kneeling-hip-flexor-stretch": "K---",
    "inverted-figure-four": "K---",
    "kneeling-adductor-stretch": "K-F-",
    "kneeling-lunge": "K---",
    "lateral-leg-circle": "---B",
    "lateral-leg-lift": "---B",
    "ninety-ninety-hinge": "K-F-",
    "overhead-squat": "K-F-",
    "posterior-hip-stretch": "KWF-",
    "quadruped-lateral-swing": "KW--",
    "quadruped-leg-extension": "KW--",
    "quadruped-rockback": "KWF-",
    "reverse-tabletop": "-W--",
    "runners-lunge": "KWF-",
    "spiderman": "KWF-",
    "standing-leg-circle": "---B",
    "standing-leg-stretch": "--FB",
    "straight-leg-swing": "---B",
    "supine-figure-four": "--F-",
    "surfer-squat": "K-F-",
    "thoracic-reach-and-rotate": "KW--",
    "windshield-wiper": "-W--",
}


def test_every_exercise_loads_what_the_table_says() -> None:
    found = {}
    for each in CATALOG.exercises.values():
        assert each.loads is not None, f"{each.id} leaves open what it loads"
        found[each.id] = "".join(letter if load in each.loads else "-" for letter, load in LETTERS.items())
    assert found == TABLE


def test_the_data_gives_a_reason_for_each_exercise_and_each_load() -> None:
    reasons: dict[str, dict[str, str]] = {}
    for path in sorted((bundled("data") / "exercises").iterdir()):
        for text in path.read_text(encoding="utf-8").split("[[exercise]]\n")[1:]:
            name = tomllib.loads(text.split("[[", 1)[0])["id"]
            reasons[name] = dict(re.findall(r"^# ([a-z-]+): ((?:yes|no), .{4,}\.)$", text, re.MULTILINE))
    assert {
        name: "".join(
            letter if said.get(load.value, "").startswith("yes, ") else "-"
            for letter, load in LETTERS.items()
        )
        for name, said in reasons.items()
    } == TABLE
    assert {name: set(said) for name, said in reasons.items()} == {
        name: set(map(str, AVOIDABLE)) for name in TABLE
    }


@pytest.mark.parametrize("load", AVOIDABLE, ids=str)
@pytest.mark.parametrize("name", sorted(CATALOG.routines))
def test_avoiding_leaves_none_of_it_and_a_sensible_plan_or_a_sentence(name: str, load: Load) -> None:
    routine = CATALOG.routines[name]
    plan = compile_plan(routine, CATALOG, Choices(avoid=frozenset({load})))
    done = list(dict.fromkeys(step.exercise for step in plan.steps if step.is_work and step.exercise))
    letter = next(each for each, known in LETTERS.items() if known is load)
    assert [each for each in done if letter in TABLE[each]] == []
    assert bool(done) is not bool(plan.nothing_left)
    # What is missing is said, and what stands in is of a family that nothing else of the routine is of.
    before = [each.id for each in CATALOG.exercises_of(routine)]
    assert [each.exercise for each in plan.avoided] == [each for each in before if letter in TABLE[each]]
    kept = {CATALOG.exercises[each].family for each in before if letter not in TABLE[each]}
    for each in plan.avoided:
        if each.instead is not None:
            assert CATALOG.exercises[each.instead].family not in kept
            assert CATALOG.exercises[each.instead].family == CATALOG.exercises[each.exercise].family
    assert plan.loads_unknown == ()
