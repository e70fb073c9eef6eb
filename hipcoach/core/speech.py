"""What is said when: speech fills the time between sounds and never delays or covers one.

An utterance follows the sound it belongs to. It is said at length if it ends before the next sound, else
shorter, else not at all. How long each takes to say is an argument: this module knows no voice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise

from msgspec import Struct

from hipcoach.core.cues import Cue, TimedCue
from hipcoach.core.due import cues_of
from hipcoach.core.exercise import Position
from hipcoach.core.plan import Plan, StepKind
from hipcoach.core.route import following
from hipcoach.core.session import Session
from hipcoach.core.wording import DONE, HALFWAY, Variants, opening_words

GAP = 0.1
"""Seconds kept free between an utterance and the next sound."""
FOREVER = 60.0
"""Seconds; what follows the end of a session has all the room it wants."""
_BEGINS = {
    Cue.START: (0.45, 0.45),
    Cue.SESSION_DONE: (1.55, 1.55),
    **dict.fromkeys((Cue.COUNT, Cue.TICK, Cue.LAST_TICK), (0.2, 0.2)),
}
_OTHERS_BEGIN = (0.8, 0.5)

Lengths = Callable[[str], float | None]
"""Seconds that a text takes to say; None for one that cannot be said."""


class Utterance(Struct, frozen=True, order=True):
    """A text and when its saying begins, in seconds of the clock the session runs on."""

    due: float
    text: str
    sound: float
    """When the sound it belongs to is due; nothing is said twice after one sound."""


def said_after(cue: Cue) -> tuple[float, float]:
    """Seconds after a sound's onset at which speech best begins, and at which it may begin at the earliest.

    At the first the sound has ended. At the second, which is for where time is short, only its tail rings.
    """
    return _BEGINS.get(cue, _OTHERS_BEGIN)


def speech_due(session: Session, after: float, until: float, lengths: Lengths) -> Iterator[Utterance]:
    """The utterances that begin in [after, until), in order, if no command is given meanwhile.

    Seconds of the session's clock. A set at the user's own pace promises nothing past its open end.
    """
    state = session
    while True:
        for said in _speech_of(state, lengths):
            if after <= said.due < until:
                yield said
        if state.is_over or state.is_paused or state.deadline >= until:
            return
        state = state.ended_step(state.deadline)


def speech_ahead(session: Session, lengths: Lengths) -> Iterator[Utterance]:
    """Everything that will be said from this state on, also past sets at the user's own pace.

    These count with their estimated seconds, so the times are no promise. It asks for the lengths of just
    those texts that are needed, in the order they are needed in.
    """
    for state in _states(session):
        yield from _speech_of(state, lengths)


def _states(session: Session) -> Iterator[Session]:
    state = session
    yield state
    while not (state.is_over or state.is_paused):
        step = state.plan.steps[state.index]
        state = state.ended_step(state.live_from + step.seconds if step.is_open else state.deadline)
        yield state


def _speech_of(state: Session, lengths: Lengths) -> Iterator[Utterance]:
    for sound, room_ends in _sounds_and_room(state):
        said = _said_between(sound, _words_after(state, sound), room_ends, lengths)
        if said is not None:
            yield said


def _sounds_and_room(state: Session) -> Iterator[tuple[TimedCue, float]]:
    """The sounds of a state that something may be said after, each with when the next sound is due."""
    if state.is_paused:
        return
    sounds = [cue for cue in cues_of(state) if state.is_over or cue.due < state.deadline]
    if sounds:
        end = sounds[-1].due + FOREVER if state.is_over else state.deadline
        for sound, later in pairwise([*sounds, TimedCue(end, Cue.START)]):
            yield sound, later.due


def _said_between(
    sound: TimedCue, variants: Variants, room_ends: float, lengths: Lengths
) -> Utterance | None:
    """The longest way of saying it that ends in time; without touching the sound before, if that is so."""
    for text in variants:
        seconds = lengths(text)
        if seconds is None:
            continue
        for wait in said_after(sound.cue):
            begin = sound.due + wait
            if begin + seconds + GAP <= room_ends:
                return Utterance(begin, text, sound.due)
    return None


def _words_after(state: Session, sound: TimedCue) -> Variants:
    """What belongs to a sound, if anything does."""
    if sound.cue is Cue.SESSION_DONE:
        return DONE
    if sound.cue is Cue.HALFWAY:
        return HALFWAY
    if state.is_over or sound.cue in _UNSPOKEN:
        return ()
    step = state.plan.steps[state.index]
    if sound.cue is Cue.RESUMED and step.kind not in _LEADING:
        return ()
    work = following(state.plan, state.index - 1, state.dropped, lambda each: each.is_work)
    aim = None if work is None else state.plan.steps[work]
    before = state.plan.steps[state.index - 1] if state.index else None
    announced = before is not None and before.kind in _LEADING
    new_round = before is None or before.round != step.round
    return opening_words(
        step,
        aim,
        sound.cue,
        announced=announced or step.direct,
        last_round=new_round and step.round == step.rounds and (step.rounds or 1) > 1,
        moves=aim is not None and aim.position is not _position_before(state.plan, state.index),
    )


def _position_before(plan: Plan, index: int) -> Position:
    """The position one comes from; whoever begins has just got up from a desk."""
    for place in range(index - 1, -1, -1):
        position = plan.steps[place].position
        if position is not None:
            return position
    return Position.STANDING


_LEADING = (StepKind.PREPARE, StepKind.SWITCH)
_UNSPOKEN = frozenset({Cue.COUNT, Cue.TICK, Cue.LAST_TICK, Cue.HOLD_END, Cue.ROUND_DONE, Cue.PAUSED})
"""Sounds that nothing is said after. Every other one begins a step, or goes on with one: a lead-in or switch
that goes on says once more what comes."""
