from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given

from hipcoach.core.choices import Choices
from hipcoach.core.compile import compile_plan
from hipcoach.core.plan import Plan
from hipcoach.storage.catalog import bundled_catalog
from hipcoach.storage.plan_json import PUBLISHED_STEP, plan_from_json, plan_to_json, published_plan
from tests.core.strategies import plans
from tests.support import a_plan, a_set, a_step


@given(plans())
def test_a_plan_comes_back_as_it_was(plan: Plan) -> None:
    assert plan_from_json(json.loads(json.dumps(plan_to_json(plan)))) == plan


def test_every_bundled_plan_comes_back_as_it_was() -> None:
    catalog = bundled_catalog()
    for routine in catalog.routines.values():
        for choices in (Choices(), Choices(rounds=9)):
            plan = compile_plan(routine, catalog, choices)
            assert plan_from_json(json.loads(json.dumps(plan_to_json(plan)))) == plan


def test_what_scripts_read_has_the_promised_fields() -> None:
    values = json.loads(json.dumps(published_plan(a_plan(a_step(), a_set()))))
    assert list(values) == [
        "routine",
        "title",
        "source",
        "total_seconds",
        "steps",
        "avoided",
        "loads_unknown",
    ]
    assert values["source"] == {"title": "A title", "author": "An author", "published": "2020-02-29"}
    assert [list(step) for step in values["steps"]] == [PUBLISHED_STEP] * 2


def test_what_a_newer_hipcoach_says_besides_is_passed_over() -> None:
    plan = a_plan(a_set())
    values = plan_to_json(plan)
    values["steps"][0]["mood"] = "good"
    assert plan_from_json(values | {"weather": "fair"}) == plan


def test_a_plan_of_before_says_nothing_of_the_basis_in_a_round() -> None:
    plan = a_plan(a_set())
    values = plan_to_json(plan)
    del values["steps"][0]["basis_in_round"]
    assert plan_from_json(values) == plan


def without(field: str) -> dict[str, Any]:
    values = plan_to_json(a_plan(a_set()))
    del values["steps"][0][field]
    return values


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"steps": []},
        without("kind"),
        without("side"),
        without("seconds"),
        plan_to_json(a_plan(a_set())) | {"steps": plan_to_json(a_plan(a_set(), a_set()))["steps"][1:]},
        plan_to_json(a_plan(a_set())) | {"steps": 5},
    ],
)
def test_what_is_no_plan_is_refused(values: dict[str, Any]) -> None:
    with pytest.raises((ValueError, KeyError, TypeError)):
        plan_from_json(values)
