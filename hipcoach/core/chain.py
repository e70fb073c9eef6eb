"""A sequence that grows at its end without being copied, however many states share its beginning."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Generic, TypeVar, overload

from msgspec import Struct

T = TypeVar("T")


class Chain(Struct, Generic[T], frozen=True, eq=False):
    """A value like a tuple, made link by link: `added` takes the same time for the first and the last.

    Two chains may go on differently from the same link, which knows nothing of either. The end is near, the
    beginning far: `chain[-1]` and `chain[n:]` go back from the end no further than they must.
    """

    before: Chain[T] | None = None
    """All but the last; None where there is nothing."""
    last: T | None = None
    length: int = 0

    @classmethod
    def of(cls, items: Iterable[T]) -> Chain[T]:
        """A chain of these."""
        chain: Chain[T] = cls()
        for item in items:
            chain = chain.added(item)
        return chain

    def added(self, item: T) -> Chain[T]:
        """This chain and one more."""
        return Chain(self, item, self.length + 1)

    def __len__(self) -> int:
        return self.length

    def __iter__(self) -> Iterator[T]:
        return iter(self[0:])

    @overload
    def __getitem__(self, place: int) -> T: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[T, ...]: ...
    def __getitem__(self, place: int | slice) -> T | tuple[T, ...]:
        if isinstance(place, slice):
            first, stop, step = place.indices(self.length)
            if step != 1:
                return self[0:][place]
            found = self._back_to(first)
            found.reverse()
            return tuple(found[: max(0, stop - first)])
        index = place + self.length if place < 0 else place
        if not 0 <= index < self.length:
            raise IndexError("there is no such link")
        return self._back_to(index)[-1]

    def __eq__(self, other: object) -> bool:
        if isinstance(other, tuple):
            return self[0:] == other
        if not isinstance(other, Chain):
            return NotImplemented
        one, two = self, other
        if one.length != two.length:
            return False
        # What they have in common is one and the same, and need not be compared.
        while one is not two and one.before is not None and two.before is not None:
            if one.last != two.last:
                return False
            one, two = one.before, two.before
        return True

    def __hash__(self) -> int:
        return hash(self[0:])

    def __repr__(self) -> str:
        return f"Chain.of({self[0:]!r})"

    def _back_to(self, first: int) -> list[T]:
        """What is there from `first` on, the last one first."""
        found: list[T] = []
        link = self
        while link.length > first and link.before is not None:
            found.append(link.last)  # type: ignore[arg-type]  # where something is before, there is a last
            link = link.before
        return found
