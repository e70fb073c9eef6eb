"""A simple exercise of one's own, made of no more than a line of a sheet."""

from __future__ import annotations

from collections.abc import Container
from fractions import Fraction

from hipcoach.core.exercise import (
    Basis,
    Dose,
    Exercise,
    Per,
    Position,
    RepPhase,
    Sides,
    Stage,
    StageKind,
)
from hipcoach.core.sheet.amounts import Amount
from hipcoach.core.sheet.names import plain_name, slug

REP_PHASES = (RepPhase("there", Fraction(2)), RepPhase("back", Fraction(2)))
"""A sheet says nothing of the tempo; two seconds each way is ours."""
POSITIONS: tuple[tuple[str, Position], ...] = (
    ("half kneel", Position.HALF_KNEELING),
    ("kneel", Position.KNEELING),
    ("side lying", Position.SIDE_LYING),
    ("clam", Position.SIDE_LYING),
    ("plank", Position.PLANK),
    ("push up", Position.PLANK),
    ("all four", Position.QUADRUPED),
    ("quadruped", Position.QUADRUPED),
    ("bird dog", Position.QUADRUPED),
    ("cat", Position.QUADRUPED),
    ("child", Position.QUADRUPED),
    ("seated", Position.SEATED),
    ("sitting", Position.SEATED),
    ("prone", Position.PRONE),
    ("cobra", Position.PRONE),
    ("standing", Position.STANDING),
    ("squat", Position.STANDING),
    ("lunge", Position.STANDING),
    ("calf raise", Position.STANDING),
    ("hip hinge", Position.STANDING),
    ("deadlift", Position.STANDING),
)
"""Words of a name that tell the position; the first that is in it holds."""
USUAL_POSITION = Position.SUPINE
"""Where the name tells none: there is then time to get down."""


def new_exercise(
    name: str,
    amount: Amount,
    source: str,
    taken: Container[str],
    *,
    hold: int = 0,
    alternates: bool = False,
) -> Exercise:
    """An exercise of this name with this dose, under an id that is not taken.

    What stands in brackets after the dose is its position, if it is the word for one, or else a cue.
    Each repetition is held for `hold` seconds at its far end.
    """
    said = amount.note.strip()
    position = position_of(name)
    if said.lower() in [each.value for each in Position]:
        position, said = Position(said.lower()), ""
    sides = Sides.BOTH if amount.per in (None, Per.TOTAL) else Sides.ONE_AT_A_TIME
    if sides is Sides.BOTH and (alternates or "alternat" in name.lower()):
        sides = Sides.ALTERNATING
    there, back = REP_PHASES
    phases = (there, RepPhase("hold", Fraction(hold)), back) if hold else REP_PHASES
    kind = StageKind.HOLD if amount.is_hold else StageKind.REPS
    directions = ("one way", "the other way") if amount.per is Per.DIRECTION and not amount.is_hold else ()
    per = Per.SIDE if sides is Sides.ONE_AT_A_TIME else Per.TOTAL
    dose = Dose(
        reps=None if amount.is_hold else amount.range,
        seconds=amount.range if amount.is_hold else None,
        per=Per.DIRECTION if directions else per,
    )
    stage = Stage(
        id=kind.value,
        kind=kind,
        sourced=dose,
        phases=() if amount.is_hold else phases,
        tempo_basis=None if amount.is_hold else Basis.USER,
        directions=directions,
        direction_basis=Basis.USER if directions else None,
    )
    return Exercise(
        id=free_id(slug(name) or "exercise", taken),
        name=name,
        family=slug(name) or "exercise",
        source=source,
        summary="From your own sheet.",
        setup="As you were shown.",
        position=position,
        sides=sides,
        stages=(stage,),
        side_means="" if sides is Sides.BOTH else "the side that works",
        cues=(said,) if said else (),
    )


def position_of(name: str) -> Position:
    """The position that a name tells of, or the usual one."""
    words = plain_name(name)
    return next((position for part, position in POSITIONS if part in words), USUAL_POSITION)


def free_id(wanted: str, taken: Container[str]) -> str:
    """The id, or with the first number that makes it one that is free."""
    number = 1
    name = wanted
    while name in taken:
        number += 1
        name = f"{wanted}-{number}"
    return name
