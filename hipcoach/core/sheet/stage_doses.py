"""Which stage of an exercise an amount on a sheet is for."""

from __future__ import annotations

from hipcoach.core.exercise import Exercise, Per, Sides, Stage, StageKind
from hipcoach.core.routine import OwnDose
from hipcoach.core.sheet.amounts import Amount
from hipcoach.core.sheet.lines import Work


def fits(exercise: Exercise, line: Work) -> bool:
    """Whether an exercise can be done so much; False where its only stage is counted in another way.

    Raises:
        ValueError: it has several stages, and it is not clear which is meant.
    """
    if len(exercise.stages) == 1 and len(line.amounts) == 1:
        stage, (name, amount) = exercise.stages[0], line.amounts[0]
        if name and name != stage.id:
            raise ValueError(f"'{exercise.id}' has no part '{name}'")
        counted = (stage.kind is StageKind.HOLD) is amount.is_hold
        return counted and (amount.per is not Per.DIRECTION or bool(stage.directions))
    for name, amount in line.amounts:
        stage = _stage(exercise, name, amount)
        if amount.per is Per.DIRECTION and not stage.directions:
            raise ValueError(f"'{stage.id}' has no directions")
    return True


def _stage(exercise: Exercise, name: str, amount: Amount) -> Stage:
    kind = StageKind.HOLD if amount.is_hold else StageKind.REPS
    found = [each for each in exercise.stages if each.kind is kind and name in ("", each.id)]
    if len(found) != 1:
        parts = ", ".join(f"{each.id} ({each.kind.value})" for each in exercise.stages)
        raise ValueError(
            f"say which part is meant, as in '{exercise.name}: {exercise.stages[0].id} 5'; it has {parts}"
        )
    return found[0]


def doses_of(exercise: Exercise, line: Work) -> dict[str, OwnDose]:
    """What a line says of how much, by stage.

    Raises:
        ValueError: it is not clear which stage is meant, or one is meant twice.
    """
    usual = Per.SIDE if exercise.sides is Sides.ONE_AT_A_TIME else Per.TOTAL
    doses: dict[str, OwnDose] = {}
    for name, amount in line.amounts:
        stage = _stage(exercise, name, amount)
        if stage.id in doses:
            raise ValueError(f"'{stage.id}' has two amounts")
        doses[stage.id] = amount.dose(amount.per or usual, stage.id)
    return doses
