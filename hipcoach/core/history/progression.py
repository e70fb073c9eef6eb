"""When to offer the next level of a routine, or a step back. Only an offer: the user takes it up or does not.

There are levels to go through only where a source gives a range (3 to 5 rounds, 8 to 10 reps, 5 to 15 s). The
rule is ours, after the double progression that training apps use; the ratings' limits are the stop rules'.
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct
from msgspec.structs import replace

from hipcoach.core.catalog import Catalog
from hipcoach.core.choices import Choices, rounds_of
from hipcoach.core.exercise import Basis, StageKind
from hipcoach.core.fields import Intensity, Range
from hipcoach.core.history.discomfort import advice_after, advice_before
from hipcoach.core.history.record import SessionEntry, SessionStatus
from hipcoach.core.routine import Routine

GOOD_SESSIONS = 3
"""Completed sessions at a level before the next is offered; ours, of the two to three usual elsewhere."""


class Offer(Struct, frozen=True):
    """Another level of a routine."""

    level: Intensity
    is_step_back: bool
    changes: tuple[str, ...]
    """What it changes, as in "4 rounds instead of 3"."""


def offer_for(
    routine: Routine, catalog: Catalog, choices: Choices, sessions: Iterable[SessionEntry]
) -> Offer | None:
    """Return which other level to offer for a routine chosen like this, after the sessions done so far.

    Only the sessions at the chosen level count that were done since it was last another: the newest one says
    whether to step back, the newest three whether to go on. Nobody who sets rounds of their own is led.

    A session is bad where a stop rule applied after it. Where only a set hurt it is neither enough for the
    next level nor a reason to go back. One that was not completed, or begun at 6 or more, which the level has
    not brought about, is passed over. All others are good, unrated ones too: silence is no complaint.
    """
    if not _follows(routine, choices):
        return None
    newest_first = sorted(
        (each for each in sessions if each.routine == routine.id), key=lambda each: each.started, reverse=True
    )
    good = 0
    for session in newest_first:
        before, after = session.discomfort_before, session.discomfort_after
        is_bad = advice_after(before, after) is not None
        is_completed = session.status is SessionStatus.COMPLETED
        if not is_bad and not session.hurt and (not is_completed or advice_before(before) is not None):
            continue
        if session.level != choices.level or not _follows(routine, replace(choices, rounds=session.rounds)):
            break
        if is_bad and session is newest_first[0]:
            return _offer(routine, catalog, choices.level, back=True)
        if is_bad or session.hurt:
            break
        good += 1
        if good == GOOD_SESSIONS:
            return _offer(routine, catalog, choices.level, back=False)
    return None


def _follows(routine: Routine, choices: Choices) -> bool:
    """Return whether the rounds are those of the level; where rounds are no range they do not matter here."""
    if not routine.rounds.is_range:
        return True
    wanted, _ = rounds_of(routine, routine.blocks[0], choices)
    of_level, _ = rounds_of(routine, routine.blocks[0], replace(choices, rounds=None))
    return wanted == of_level


def _offer(routine: Routine, catalog: Catalog, level: Intensity, *, back: bool) -> Offer | None:
    """Return the nearest level in that direction that makes a difference, if there is one."""
    levels = list(Intensity)
    place = levels.index(level)
    others = reversed(levels[:place]) if back else levels[place + 1 :]
    for other in others:
        if changes := _changes(routine, catalog, level, other):
            return Offer(other, back, changes)
    return None


def _changes(routine: Routine, catalog: Catalog, now: Intensity, then: Intensity) -> tuple[str, ...]:
    found = (
        f"{amount.at(then)} {noun} instead of {amount.at(now)}"
        for noun, amount in _ranges(routine, catalog)
        if amount.at(then) != amount.at(now)
    )
    return tuple(dict.fromkeys(found))


def _ranges(routine: Routine, catalog: Catalog) -> Iterable[tuple[str, Range]]:
    """Yield the ranges that a source gives, with what they count."""
    for block in routine.blocks:
        if block.stated and block.rounds.is_range:
            yield "rounds", block.rounds
        for item in block.items:
            for stage in catalog.exercises[item.exercise].stages:
                dose = item.dose_of(stage)
                if dose.basis is Basis.SOURCE and dose.amount.is_range:
                    yield ("reps" if stage.kind is StageKind.REPS else "s of hold"), dose.amount
