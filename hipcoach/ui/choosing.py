"""The picker's choices: what each key makes of what was chosen before."""

from __future__ import annotations

from dataclasses import asdict, replace

from hipcoach.core.choices import MOST_ROUNDS, Choices, Pace, rounds_of
from hipcoach.core.exercise import Intensity
from hipcoach.core.routine import Routine
from hipcoach.storage.memory import Memory, RememberedChoices
from hipcoach.storage.settings import Settings


def choices_for(routine: Routine, memory: Memory, settings: Settings) -> Choices:
    """What was chosen for a routine, with the user's settings."""
    chosen = memory.choices_for(routine.id)
    return Choices(
        rounds=chosen.rounds,
        level=chosen.level,
        pace=chosen.pace,
        warmup=chosen.warmup,
        gated=memory.mastered.get(routine.id, False),
        timings=settings.timings,
    )


def with_rounds(
    chosen: RememberedChoices, routine: Routine, choices: Choices, change: int
) -> RememberedChoices:
    """Some rounds more or less than what the choices come to now."""
    rounds, _ = rounds_of(routine, routine.blocks[0], choices)
    return replace(chosen, rounds=min(MOST_ROUNDS, max(1, rounds + change)))


def with_next_level(chosen: RememberedChoices) -> RememberedChoices:
    """The next level; it sets the rounds too."""
    levels = list(Intensity)
    level = levels[(levels.index(chosen.level) + 1) % len(levels)]
    return replace(chosen, level=level, rounds=None)


def with_other_pace(chosen: RememberedChoices) -> RememberedChoices:
    """Paced instead of own pace, or the other way round."""
    return replace(chosen, pace=Pace.PACED if chosen.pace is Pace.OWN else Pace.OWN)


def without_or_with_warmup(chosen: RememberedChoices) -> RememberedChoices:
    """With the warm-up instead of without, or the other way round."""
    return replace(chosen, warmup=not chosen.warmup)


def loggable(choices: Choices) -> dict[str, object]:
    """Choices as plain values for the log."""
    values = {key: value for key, value in asdict(choices).items() if value is not None}
    return {**values, "tempo": float(choices.tempo)}
