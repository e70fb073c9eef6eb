from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import assume, given
from msgspec import to_builtins

from hipcoach.core.choices import Choices
from hipcoach.core.compile import compile_plan
from hipcoach.core.plan import Plan
from hipcoach.storage.catalog import bundled_catalog
from hipcoach.storage.journal import header_of
from tests.core.strategies import plans
from tests.support import a_plan, a_set

HEADER = {
    "format": 1,
    "id": "20261121T061500Z-4d5e6f",
    "started": "2026-11-21T06:15:00+00:00",
    "day": "2026-11-21",
    "app_version": "1.0",
    "choices": {},
}


def plan_of(values: dict[str, Any]) -> Plan:
    """Return the plan that a journal has which says this."""
    return header_of(json.dumps({**HEADER, "plan": values}).encode()).plan


@given(plans())
def test_a_plan_comes_back_as_it_was(plan: Plan) -> None:
    assume(plan.steps)
    assert plan_of(to_builtins(plan)) == plan


def test_every_bundled_plan_comes_back_as_it_was() -> None:
    catalog = bundled_catalog()
    for routine in catalog.routines.values():
        for choices in (Choices(), Choices(rounds=9)):
            plan = compile_plan(routine, catalog, choices)
            assert plan_of(to_builtins(plan)) == plan


def test_what_a_newer_hipcoach_says_besides_is_passed_over() -> None:
    plan = a_plan(a_set())
    values = to_builtins(plan)
    values["steps"][0]["mood"] = "good"
    assert plan_of(values | {"weather": "fair"}) == plan


def test_a_plan_of_before_says_nothing_of_the_basis_in_a_round() -> None:
    plan = a_plan(a_set())
    values = to_builtins(plan)
    del values["steps"][0]["basis_in_round"]
    assert plan_of(values) == plan


def without(field: str) -> dict[str, Any]:
    values: dict[str, Any] = to_builtins(a_plan(a_set()))
    del values["steps"][0][field]
    return values


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"steps": []},
        without("kind"),
        without("seconds"),
        to_builtins(a_plan(a_set())) | {"steps": to_builtins(a_plan(a_set(), a_set()))["steps"][1:]},
        to_builtins(a_plan(a_set())) | {"steps": 5},
    ],
)
def test_what_is_no_plan_is_refused(values: dict[str, Any]) -> None:
    with pytest.raises((ValueError, KeyError, TypeError)):
        plan_of(values)
