"""The order of the list: favourites first, and within them and the others as the user has moved them."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from hipcoach.core.catalog import Catalog
from hipcoach.core.routine import Routine
from hipcoach.storage.app_state import AppState


def in_order(catalog: Catalog, state: AppState) -> list[Routine]:
    """Every routine, in the order it is listed in."""
    wanted = {name: place for place, name in enumerate(state.order)}
    return sorted(
        catalog.routines.values(),
        key=lambda each: (each.id not in state.favourites, wanted.get(each.id, len(wanted))),
    )


def with_favourite(state: AppState, routine: str, *, liked: bool) -> AppState:
    """Memory with the routine among the favourites, or not."""
    others = tuple(each for each in state.favourites if each != routine)
    return replace(state, favourites=(*others, routine) if liked else others)


def with_move(state: AppState, catalog: Catalog, shown: Sequence[str], routine: str, by: int) -> AppState:
    """Memory with the routine moved past its neighbour among those shown: up for -1, down for 1.

    Favourites stay among favourites; at an end nothing changes.
    """
    place = shown.index(routine) + by
    if not 0 <= place < len(shown):
        return state
    neighbour = shown[place]
    if (neighbour in state.favourites) is not (routine in state.favourites):
        return state
    order = [each.id for each in in_order(catalog, state) if each.id != routine]
    order.insert(order.index(neighbour) + (by > 0), routine)
    return replace(state, order=tuple(order))
