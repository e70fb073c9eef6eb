"""What is said when: speech fills the time between sounds and never delays or covers one.

An utterance follows the sound it belongs to. It is said at length if it ends before the next sound, else
shorter, else not at all. How long each takes to say is an argument: this module knows no voice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from hipcoach.core.cues import Cue, TimedCue
from hipcoach.core.due import cues_of
from hipcoach.core.plan import StepKind
from hipcoach.core.route import following
from hipcoach.core.session import Session
from hipcoach.core.wording import DONE, HALFWAY, Variants, opening_words

GAP = 0.1
"""Seconds kept free between an utterance and the next sound."""
SAID_AFTER = {Cue.START: 0.45, Cue.SESSION_DONE: 1.6}
"""Seconds after a sound's onset at which speech may begin."""
SAID_AFTER_OTHERS = 0.5
"""The same for every other sound: by then only its tail rings."""
FOREVER = 60.0
"""Seconds; what follows the end of a session has all the room it wants."""

Lengths = Callable[[str], float | None]
"""Seconds that a text takes to say; None for one that cannot be said."""


@dataclass(frozen=True, slots=True, order=True)
class Utterance:
    """A text and when its saying begins, in seconds of the clock the session runs on."""

    due: float
    text: str


def speech_due(session: Session, after: float, until: float, lengths: Lengths) -> Iterator[Utterance]:
    """The utterances that begin in [after, until), in order, if no command is given meanwhile."""
    state = session
    while True:
        for said in _speech_of(state, lengths):
            if after <= said.due < until:
                yield said
        if state.is_over or state.is_paused or state.deadline >= until:
            return
        state = state.ended_step(state.deadline)


def _speech_of(state: Session, lengths: Lengths) -> Iterator[Utterance]:
    if state.is_paused:
        return
    sounds = list(cues_of(state))
    end = TimedCue(sounds[-1].due + FOREVER if state.is_over else state.deadline, Cue.START)
    for sound, later in pairwise([*sounds, end] if sounds else []):
        variants = _words_after(state, sound)
        begin = sound.due + SAID_AFTER.get(sound.cue, SAID_AFTER_OTHERS)
        for text in variants:
            seconds = lengths(text)
            if seconds is not None and begin + seconds + GAP <= later.due:
                yield Utterance(begin, text)
                break


def _words_after(state: Session, sound: TimedCue) -> Variants:
    """What belongs to a sound, if anything does."""
    if sound.cue is Cue.SESSION_DONE:
        return DONE
    if sound.cue is Cue.HALFWAY:
        return HALFWAY
    if state.is_over or sound.cue in _UNSPOKEN:
        return ()
    step = state.plan.steps[state.index]
    work = following(state.plan, state.index - 1, state.dropped, lambda each: each.is_work)
    aim = None if work is None else state.plan.steps[work]
    before = state.plan.steps[state.index - 1] if state.index else None
    announced = before is not None and before.kind in (StepKind.PREPARE, StepKind.SWITCH)
    new_round = before is None or before.round != step.round
    return opening_words(
        step,
        aim,
        sound.cue,
        announced=announced or step.direct,
        last_round=new_round and step.round == step.rounds and (step.rounds or 1) > 1,
    )


_UNSPOKEN = frozenset(
    {Cue.COUNT, Cue.TICK, Cue.LAST_TICK, Cue.HOLD_END, Cue.ROUND_DONE, Cue.PAUSED, Cue.RESUMED}
)
"""Sounds that nothing is said after; the opening of a step is every other one."""
