"""The blocks of a routine, gathered line by line.

A block has one rest between all its exercises, and it comes before each of them but the very first of the
routine. So exercises with the same rest before them make one block, and a circuit has one rest for all.
"""

from __future__ import annotations

from msgspec import Struct, field
from msgspec.structs import replace

from hipcoach.core.fields import Range
from hipcoach.core.routine import ONCE, Block, Item, Order


class _Circuit(Struct):
    number: int
    rounds: Range | None
    order: Order
    before: int | None
    """Seconds of rest said right before it."""
    items: list[tuple[int | None, Item]] = field(default_factory=list)
    indented: bool | None = None


class BlockBuilder(Struct):
    """Takes what the lines say, in their order; `finish` closes what is open."""

    blocks: list[Block] = field(default_factory=list)
    _run: list[tuple[int | None, Item]] = field(default_factory=list)
    _open: _Circuit | None = None
    _pause: tuple[int, int] | None = None
    """Seconds of a rest that nothing has followed yet, and its line."""
    _copies: int = 0
    """How many items the last exercise became."""
    _remarks: list[tuple[int, str]] = field(default_factory=list)

    @property
    def copies(self) -> int:
        """How many items the last exercise became."""
        return self._copies

    @property
    def started(self) -> bool:
        """Whether there is anything yet."""
        return bool(self.blocks or self._run or self._open)

    def rest(self, seconds: int, number: int, *, indented: bool) -> None:
        """A rest, before the next exercise or at the end of a circuit.

        Raises:
            ValueError: there is one already.
        """
        self._leave_circuit(indented=indented)
        if self._pause is not None:
            raise ValueError("a rest follows a rest")
        self._pause = (seconds, number)

    def work(self, item: Item, sets: Range | None, rest: int, *, indented: bool, one_sided: bool) -> str:
        """An exercise; with sets, gone through so often. Returns the sets in words.

        Raises:
            ValueError: a circuit has it a range of times, or per leg where it is not done one side at a time.
        """
        self._leave_circuit(indented=indented)
        if self._open is not None and self._open.order is Order.PER_LEG and not one_sided:
            raise ValueError("a circuit per leg holds only what is done one side at a time")
        before = self._before()
        if self._open is not None:
            copies = sets or ONCE
            if copies.is_range:
                raise ValueError("in a circuit, sets are one number")
            self._open.indented = indented
            again = rest or before
            self._open.items += [(again if number else before, item) for number in range(copies.low)]
            self._copies = copies.low
            return f", {copies.low} times" if sets else ""
        self._copies = 1
        if sets is None:
            self._run.append((before, item))
            return ""
        self._close_run()
        self.blocks.append(
            Block(
                (item,),
                sets,
                rest_between_rounds=rest,
                rest_between_exercises=before or 0,
            )
        )
        return f", {sets} set{'s' if sets.high > 1 else ''}" + (f" with {rest} s of rest" if rest else "")

    def rest_between_sets(self, seconds: int) -> None:
        """A rest between the sets of the exercise that came last.

        Raises:
            ValueError: it has none, or has its rest already.
        """
        last = self.blocks[-1] if self.blocks and not (self._run or self._open) else None
        if last is None or self._pause is not None or len(last.items) > 1 or last.rest_between_rounds:
            raise ValueError("say it where the sets are, as in 'Clamshell 3x12, rest 30s'")
        self.blocks[-1] = replace(last, rest_between_rounds=seconds)

    def gate(self, text: str) -> None:
        """What has to be mastered before the exercise that came last.

        Raises:
            ValueError: none came yet.
        """
        items = self._open.items if self._open is not None else self._run
        if items:
            items[-self._copies :] = [
                (rest, replace(item, gate=text)) for rest, item in items[-self._copies :]
            ]
        elif self.blocks and self._open is None:
            last = self.blocks[-1]
            self.blocks[-1] = replace(last, items=(*last.items[:-1], replace(last.items[-1], gate=text)))
        else:
            raise ValueError("'only when' follows an exercise")

    def circuit(self, rounds: Range | None, order: Order, number: int) -> None:
        """What follows is gone through together."""
        self._close()
        self._open = _Circuit(number, rounds, order, self._before())

    def blank(self) -> None:
        """An empty line: the end of a circuit that is not indented."""
        if self._open is not None and self._open.items and not self._open.indented:
            self._close_circuit()

    def separate(self) -> None:
        """What follows is a block of its own."""
        self._close()

    def finish(self) -> list[tuple[int, str]]:
        """Close what is open; returns what could not be kept, by line."""
        self._close()
        if self._pause is not None:
            self._remarks.append((self._pause[1], "nothing follows this rest"))
        return self._remarks

    def _before(self) -> int | None:
        """Seconds of rest before what comes now; None where nothing is said and nothing came before."""
        seconds = self._pause[0] if self._pause is not None else None
        self._pause = None
        if seconds is None and (self.blocks or self._run) and self._open is None:
            return 0
        return seconds

    def _leave_circuit(self, *, indented: bool) -> None:
        if self._open is not None and self._open.indented and not indented:
            self._close_circuit()

    def _close(self) -> None:
        if self._open is not None:
            self._close_circuit()
        self._close_run()

    def _close_run(self) -> None:
        if self._run and self._run[0][0] is None:
            following = self._run[1][0] if len(self._run) > 1 else 0
            self._run[0] = (following, self._run[0][1])
        groups: list[tuple[int, list[Item]]] = []
        for rest, item in self._run:
            if groups and groups[-1][0] == (rest or 0):
                groups[-1][1].append(item)
            else:
                groups.append((rest or 0, [item]))
        self.blocks += [Block(tuple(items), rest_between_exercises=rest) for rest, items in groups]
        self._run = []

    def _close_circuit(self) -> None:
        circuit, self._open = self._open, None
        if circuit is None:
            return
        if not circuit.items:
            self._remarks.append((circuit.number, "this circuit has no exercise"))
            return
        after = self._pause[0] if self._pause is not None else 0
        self._pause = None
        said = [rest or 0 for rest, _ in circuit.items[1:]] or [circuit.before or 0]
        rest = max(said)
        if min(said) != rest:
            words = f"a circuit has one rest between all its exercises: {rest} s are taken"
            self._remarks.append((circuit.number, words))
        elif circuit.before and circuit.before != rest:
            words = f"the rest before it is left out: a circuit has one rest for all, here {rest} s"
            self._remarks.append((circuit.number, words))
        self.blocks.append(
            Block(
                tuple(item for _, item in circuit.items),
                circuit.rounds,
                order=circuit.order,
                rest_between_rounds=after,
                rest_between_exercises=rest,
            )
        )
