from __future__ import annotations

from hipcoach.core.catalog import Catalog
from hipcoach.storage.app_state import AppState
from hipcoach.ui.routine_order import in_order, with_favourite, with_move
from tests.support import a_catalog, a_routine


def catalog(*ids: str) -> Catalog:
    return a_catalog(routines=[a_routine(id=each) for each in ids])


def ids(state: AppState, *names: str) -> list[str]:
    return [routine.id for routine in in_order(catalog(*names), state)]


def test_what_has_never_been_moved_keeps_its_place_after_what_has() -> None:
    assert ids(AppState(order=("c", "gone", "a")), "a", "b", "c", "d") == ["c", "a", "b", "d"]


def test_favourites_come_first_in_the_same_order() -> None:
    state = with_favourite(with_favourite(AppState(), "d", liked=True), "b", liked=True)
    assert ids(state, "a", "b", "c", "d") == ["b", "d", "a", "c"]
    assert ids(with_favourite(state, "d", liked=False), "a", "b", "c", "d") == ["b", "a", "c", "d"]


def test_a_move_goes_past_what_is_shown_and_leaves_the_rest() -> None:
    all_of_them = catalog("a", "b", "c", "d")
    moved = with_move(AppState(), all_of_them, ["a", "d"], "a", 1)
    assert [each.id for each in in_order(all_of_them, moved)] == ["b", "c", "d", "a"]
    moved = with_move(AppState(), all_of_them, ["a", "d"], "d", -1)
    assert [each.id for each in in_order(all_of_them, moved)] == ["d", "a", "b", "c"]


def test_ends_and_the_border_of_the_favourites_stay() -> None:
    state = AppState(favourites=("a",))
    shown = ["a", "b"]
    for routine, by in (("a", -1), ("a", 1), ("b", -1), ("b", 1)):
        assert with_move(state, catalog("a", "b"), shown, routine, by) is state
