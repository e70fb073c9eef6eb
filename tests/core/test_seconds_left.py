from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from hipcoach.core.plan import Plan
from hipcoach.core.route import following, seconds_after
from tests.core.strategies import plans


def one_after_the_other(plan: Plan, index: int, dropped: frozenset[int | None]) -> float:
    total = 0.0
    later = following(plan, index, dropped)
    while later is not None:
        total += plan.steps[later].seconds
        later = following(plan, later, dropped)
    return total


@given(plans(), st.data())
def test_what_is_left_is_what_is_still_gone_through(plan: Plan, data: st.DataObject) -> None:
    for _ in range(2):  # what was kept of one choice must not answer for another
        dropped: frozenset[int | None] = frozenset(data.draw(st.sets(st.integers(0, 5), min_size=1)))
        for index in range(len(plan.steps)):
            assert abs(seconds_after(plan, index, dropped) - one_after_the_other(plan, index, dropped)) < 1e-6
