"""What is chosen for a session: remembered, set, typed on the command line, or as it was the last time."""

from __future__ import annotations

from enum import StrEnum
from fractions import Fraction
from typing import Annotated, TypeVar

from msgspec import Meta, Struct
from msgspec.structs import asdict, replace

from hipcoach.core.avoid import loads_text
from hipcoach.core.choices import MOST_ROUNDS, TEMPO_LIMITS, Choices, Pace, rounds_of
from hipcoach.core.cues import SoundProfile
from hipcoach.core.exercise import Load, Side
from hipcoach.core.fields import Intensity
from hipcoach.core.history.record import SessionRecord
from hipcoach.core.plan import Plan, StepSide
from hipcoach.core.routine import Routine
from hipcoach.storage.app_state import AppState
from hipcoach.storage.settings import FirstSide, Settings
from hipcoach.storage.typed import read_or_default

Word = TypeVar("Word", bound=StrEnum)


def choices_for(routine: Routine, state: AppState, settings: Settings) -> Choices:
    """What was chosen for a routine, with the user's settings."""
    chosen = state.of(routine.id)
    return Choices(
        rounds=chosen.rounds,
        level=chosen.level or settings.session.level,
        pace=chosen.pace or settings.session.pace,
        warmup=chosen.warmup,
        gated=chosen.mastered is True,
        first_side=_first_side(routine.id, state, settings),
        timings=settings.timings,
        avoid=state.avoid,
    )


def _first_side(routine: str, state: AppState, settings: Settings) -> Side | None:
    """Return the side that begins the next session of a routine; None for what the source says."""
    match settings.session.first_side:
        case FirstSide.ALTERNATE:
            last = state.of(routine).began_with
            return last and last.other
        case FirstSide.LEFT | FirstSide.RIGHT as side:
            return Side(side.value)
    return None


def with_its_beginning(state: AppState, record: SessionRecord) -> AppState:
    """Return the state with the side that a session began with, where it has sides and any of it was done."""
    sides = (Side(step.side.value) for step in record.steps if step.side in (StepSide.LEFT, StepSide.RIGHT))
    side = next(sides, None)
    if side is None or not record.work_done:
        return state
    return state.with_routine(record.routine, began_with=side)


def next_word(word: Word) -> Word:
    """Return the word after this one; after the last comes the first."""
    words = list(type(word))
    return words[(words.index(word) + 1) % len(words)]


def rounds_after(routine: Routine, choices: Choices, change: int) -> int | None:
    """Return some rounds more or less than the choices come to; None where the level gives as many."""
    rounds, _ = rounds_of(routine, routine.blocks[0], choices)
    of_level, _ = rounds_of(routine, routine.blocks[0], replace(choices, rounds=None))
    wanted = min(MOST_ROUNDS, max(1, rounds + change))
    return None if wanted == of_level else wanted


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


class Listening(Struct, frozen=True):
    """Which sounds are wanted, and whether speech is."""

    profile: SoundProfile
    speech: bool


def with_speech(state: AppState, routine: str, *, on: bool) -> AppState:
    """Speech as it was switched in a session: for every routine that has no choice of its own."""
    changed = replace(state, speech=on)
    return changed if state.of(routine).speech is None else changed.with_routine(routine, speech=on)


class CliOverrides(Struct, frozen=True):
    """Some choices; None for those that hold anyway, as they are remembered and set."""

    rounds: Annotated[int, Meta(ge=1, le=MOST_ROUNDS)] | None = None
    level: Intensity | None = None
    """The rounds are this level's too, unless `rounds` says otherwise."""
    pace: Pace | None = None
    tempo: Fraction | None = None
    warmup: bool | None = None
    gated: bool | None = None
    """False leaves advanced drills out unasked. Only their owner's own word lets them in."""
    first_side: Side | None = None
    avoid: frozenset[Load] | None = None

    def over(self, choices: Choices) -> Choices:
        """Choices with these in place of theirs."""
        chosen = {name: value for name, value in asdict(self).items() if value is not None}
        if self.level is not None:
            chosen.setdefault("rounds", None)
        return replace(choices, **chosen)


NO_OVERRIDES = CliOverrides()
"""Everything as it is remembered and set."""


def choices_again(routine: Routine, record: SessionRecord, state: AppState, settings: Settings) -> Choices:
    """The choices of a logged session; where the log does not say, or not sensibly, those that hold now.

    Times between exercises and what is to be avoided are always those that hold now: a body that has asked
    for care since then is not argued with. The same goes for an advanced drill it was found not ready for.
    """
    choices = choices_for(routine, state, settings)
    if not record.choices:
        return choices
    logged, _ = read_or_default(
        CliOverrides, {name: value for name, value in record.choices.items() if name != "avoid"}
    )
    slowest, fastest = TEMPO_LIMITS
    tempo = logged.tempo or Fraction(1)
    return replace(
        logged.over(replace(choices, rounds=None, first_side=None)),
        tempo=tempo.limit_denominator(100) if slowest <= tempo <= fastest else Fraction(1),
        gated=logged.gated is True and state.of(routine.id).mastered is not False,
    )
