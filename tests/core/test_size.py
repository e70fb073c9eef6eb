"""How large a plan is, told before it is made."""

from __future__ import annotations

import pytest

from hipcoach.core.catalog import MOST_ITEMS, MOST_STEPS, fitting, steps_at_most, too_many
from hipcoach.core.choices import MOST_ROUNDS, Choices
from hipcoach.core.compile import compile_plan
from hipcoach.core.fields import Intensity
from hipcoach.errors import UsageError
from hipcoach.storage.catalog import bundled_catalog
from tests.support import a_block, a_catalog, a_routine, an_exercise


@pytest.mark.parametrize("name", bundled_catalog().routines)
def test_the_bundled_routines_fit_with_all_the_rounds_that_can_be_chosen(name: str) -> None:
    catalog = bundled_catalog()
    routine = catalog.routines[name]
    most = Choices(rounds=MOST_ROUNDS, level=Intensity.HIGH)
    assert fitting(routine, catalog, most) == most
    counted = steps_at_most(routine, catalog, most)
    # The count is not much more than there is, or it would forbid what fits.
    assert len(compile_plan(routine, catalog, most).steps) >= 0.9 * counted


def test_as_many_rounds_are_left_as_fit() -> None:
    catalog = a_catalog(an_exercise("clam"))
    routine = a_routine(a_block(*["clam"] * 100))
    chosen = fitting(routine, catalog, Choices(rounds=99))
    assert chosen.rounds is not None
    assert steps_at_most(routine, catalog, chosen) <= MOST_STEPS
    more = Choices(rounds=chosen.rounds + 1)
    assert steps_at_most(routine, catalog, more) > MOST_STEPS
    with pytest.raises(UsageError, match=r"up to [0-9,]+ steps in [0-9]+ rounds, and a session has 10,000"):
        compile_plan(routine, catalog, more)
    compile_plan(routine, catalog, chosen)


def test_items_are_counted_too() -> None:
    catalog = a_catalog(an_exercise("clam"))
    just = a_routine(a_block(*["clam"] * MOST_ITEMS))
    assert too_many(just, catalog) == ""
    one_more = a_routine(a_block("clam"), a_block(*["clam"] * MOST_ITEMS))
    assert too_many(one_more, catalog) == "has 1,001 exercises, and 1,000 are the most"
