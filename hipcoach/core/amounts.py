"""A dose shared out over the sides and directions it counts."""

from __future__ import annotations

from hipcoach.core.exercise import Dose, Per, Sides
from hipcoach.core.fields import Intensity


def amounts_of(dose: Dose, level: Intensity, sides: Sides, side_index: int, directions: int) -> list[int]:
    """The numbers of the steps that one visit of a stage makes: one for each direction.

    `side_index` is 0 for the side that goes first; it takes the odd one where a total is split. Nothing
    is shared out to less than one.
    """
    amount = dose.amount.at(level)
    both_in_one = 2 if sides is Sides.ALTERNATING else 1
    if dose.per is Per.DIRECTION:
        return [amount * both_in_one] * directions
    if dose.per is Per.SIDE:
        amount *= both_in_one
    elif sides is Sides.ONE_AT_A_TIME:
        amount = (amount + 1 - side_index) // 2
    return [max(1, (amount + directions - 1 - index) // directions) for index in range(directions)]
