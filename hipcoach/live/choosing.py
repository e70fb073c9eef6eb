"""The picker's choices: what each key makes of what was chosen before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import asdict, replace

from hipcoach.core.avoid import loads_text
from hipcoach.core.choices import MOST_ROUNDS, Choices, Pace, rounds_of
from hipcoach.core.exercise import Intensity, Side
from hipcoach.core.plan import Plan, StepSide
from hipcoach.core.routine import Routine
from hipcoach.storage.memory import Memory, RememberedChoices
from hipcoach.storage.settings import FirstSide, Settings

if TYPE_CHECKING:
    from hipcoach.core.record import SessionRecord


def choices_for(routine: Routine, memory: Memory, settings: Settings) -> Choices:
    """What was chosen for a routine, with the user's settings."""
    chosen = memory.choices_for(routine.id)
    return Choices(
        rounds=chosen.rounds,
        level=chosen.level or settings.level,
        pace=chosen.pace or settings.pace,
        warmup=chosen.warmup,
        gated=memory.mastered.get(routine.id, False),
        first_side=first_side(routine.id, memory, settings),
        timings=settings.timings,
        avoid=memory.avoid,
    )


def first_side(routine: str, memory: Memory, settings: Settings) -> Side | None:
    """The side that begins the next session of a routine; None for what the source says."""
    match settings.first_side:
        case FirstSide.LEFT:
            return Side.LEFT
        case FirstSide.RIGHT:
            return Side.RIGHT
        case FirstSide.ALTERNATE:
            last = memory.began_with.get(routine)
            return last.other if last is not None else None
        case _:
            return None


def with_its_beginning(memory: Memory, record: SessionRecord) -> Memory:
    """Memory with the side that a session began with, where it has sides and any of it was done."""
    sides = (Side(step.side.value) for step in record.steps if step.side in (StepSide.LEFT, StepSide.RIGHT))
    side = next(sides, None)
    return memory if side is None or not record.work_done else memory.with_beginning(record.routine, side)


def with_rounds(
    chosen: RememberedChoices, routine: Routine, choices: Choices, change: int
) -> RememberedChoices:
    """Some rounds more or less than what the choices come to now.

    Back at what the level gives, the rounds follow the level again.
    """
    rounds, _ = rounds_of(routine, routine.blocks[0], choices)
    of_level, _ = rounds_of(routine, routine.blocks[0], replace(choices, rounds=None))
    wanted = min(MOST_ROUNDS, max(1, rounds + change))
    return replace(chosen, rounds=None if wanted == of_level else wanted)


def with_next_level(chosen: RememberedChoices, choices: Choices) -> RememberedChoices:
    """The next level after that of the choices as they are; rounds that were chosen stay."""
    levels = list(Intensity)
    return replace(chosen, level=levels[(levels.index(choices.level) + 1) % len(levels)])


def with_other_pace(chosen: RememberedChoices, choices: Choices) -> RememberedChoices:
    """Paced instead of own pace, or the other way round."""
    return replace(chosen, pace=Pace.PACED if choices.pace is Pace.OWN else Pace.OWN)


def without_or_with_warmup(chosen: RememberedChoices) -> RememberedChoices:
    """With the warm-up instead of without, or the other way round."""
    return replace(chosen, warmup=not chosen.warmup)


def with_level(chosen: RememberedChoices, level: Intensity) -> RememberedChoices:
    """Another level, with the rounds that it gives."""
    return replace(chosen, level=level, rounds=None)


def gentle(choices: Choices, routine: Routine) -> Choices:
    """The low end of every range, and no more rounds than that."""
    rounds = None if choices.rounds is None else min(choices.rounds, routine.rounds.low)
    return replace(choices, level=Intensity.LOW, rounds=rounds)


def loggable(choices: Choices, plan: Plan) -> dict[str, object]:
    """Choices as plain values for the log, and in words what the plan does without because of them."""
    values = {key: value for key, value in asdict(choices).items() if value is not None}
    del values["avoid"]
    values["timings"] = asdict(choices.timings)
    if choices.avoid:
        values["avoid"] = loads_text(choices.avoid)
    if plan.avoided:
        values["avoided"] = "; ".join(each.sentence for each in plan.avoided)
    return {**values, "tempo": float(choices.tempo)}
