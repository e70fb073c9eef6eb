"""A chain is what a tuple is, whatever goes on from whichever of its links."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hipcoach.core.chain import Chain

NUMBERS = st.lists(st.integers(0, 3), max_size=12)
PLACES = st.one_of(st.none(), st.integers(-15, 15))


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 3)), max_size=30))
def test_every_branch_is_what_was_added_to_it(additions: list[tuple[int, int]]) -> None:
    chains: list[Chain[int]] = [Chain()]
    tuples: list[tuple[int, ...]] = [()]
    for place, number in additions:
        grown = place % len(chains)
        chains.append(chains[grown].added(number))
        tuples.append((*tuples[grown], number))
    for chain, same in zip(chains, tuples, strict=True):
        assert tuple(chain) == same
        assert chain == same
        assert same == chain
        assert (len(chain), bool(chain), hash(chain)) == (len(same), bool(same), hash(same))
        assert [chain == other for other in chains] == [same == other for other in tuples]


@given(NUMBERS, PLACES, PLACES, st.sampled_from((None, 1, 2, -1, -3)))
def test_it_is_cut_as_a_tuple_is(
    numbers: list[int], start: int | None, stop: int | None, step: int | None
) -> None:
    assert Chain.of(numbers)[start:stop:step] == tuple(numbers)[start:stop:step]


@given(NUMBERS, st.integers(-15, 15))
def test_its_links_are_found_as_in_a_tuple(numbers: list[int], place: int) -> None:
    chain = Chain.of(numbers)
    if -len(numbers) <= place < len(numbers):
        assert chain[place] == numbers[place]
    else:
        with pytest.raises(IndexError):
            chain[place]


def test_it_is_no_list_and_says_what_it_holds() -> None:
    assert Chain.of([1]) != [1]
    assert repr(Chain.of([1, 2])) == "Chain.of((1, 2))"


def test_a_long_one_is_made_compared_and_let_go() -> None:
    one, two = Chain.of(range(200_000)), Chain.of(range(200_000))
    assert one == two
    assert one.added(1)[-2:] == (199_999, 1)
    del one, two
