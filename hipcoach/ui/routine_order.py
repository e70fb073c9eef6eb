"""The order of the list: favourites first, and within them and the others as the user has moved them."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from hipcoach.core.catalog import Catalog
from hipcoach.core.routine import Routine
from hipcoach.storage.memory import Memory


def in_order(catalog: Catalog, memory: Memory) -> list[Routine]:
    """Every routine, in the order it is listed in."""
    wanted = {name: place for place, name in enumerate(memory.order)}
    return sorted(
        catalog.routines.values(),
        key=lambda each: (each.id not in memory.favourites, wanted.get(each.id, len(wanted))),
    )


def with_favourite(memory: Memory, routine: str) -> Memory:
    """Memory with the routine among the favourites, or out of them again."""
    if routine in memory.favourites:
        return replace(memory, favourites=tuple(each for each in memory.favourites if each != routine))
    return replace(memory, favourites=(*memory.favourites, routine))


def with_move(memory: Memory, catalog: Catalog, shown: Sequence[str], routine: str, by: int) -> Memory:
    """Memory with the routine moved past its neighbour among those shown: up for -1, down for 1.

    Favourites stay among favourites; at an end nothing changes.
    """
    place = shown.index(routine) + by
    if not 0 <= place < len(shown):
        return memory
    neighbour = shown[place]
    if (neighbour in memory.favourites) is not (routine in memory.favourites):
        return memory
    order = [each.id for each in in_order(catalog, memory) if each.id != routine]
    order.insert(order.index(neighbour) + (by > 0), routine)
    return replace(memory, order=tuple(order))
