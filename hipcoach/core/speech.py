"""What is said when: speech fills the time between sounds and never delays or covers one.

An utterance follows the sound it belongs to. It is said at length if it ends before the next sound, else
shorter, else not at all. How long each takes to say is an argument: this module knows no voice.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import TypeAlias

from msgspec import Struct

from hipcoach.core.cues import Cue, TimedCue, cues_of
from hipcoach.core.exercise import Position
from hipcoach.core.plan import Step, StepKind, StepSide
from hipcoach.core.session import Session

GAP = 0.1
"""Seconds kept free between an utterance and the next sound."""
FOREVER = 60.0
"""Seconds; what follows the end of a session has all the room it wants."""
BEGINS = {
    Cue.START: (0.45, 0.45),
    Cue.SESSION_DONE: (1.55, 1.55),
    **dict.fromkeys((Cue.COUNT, Cue.TICK, Cue.LAST_TICK), (0.2, 0.2)),
}
OTHERS_BEGIN = (0.8, 0.5)
LEADING = (StepKind.PREPARE, StepKind.SWITCH)
UNSPOKEN = frozenset({Cue.COUNT, Cue.TICK, Cue.LAST_TICK, Cue.HOLD_END, Cue.ROUND_DONE, Cue.PAUSED})
"""Sounds that nothing is said after. Every other one begins a step, or goes on with one: a lead-in or switch
that goes on says once more what comes."""
SIDES = {
    StepSide.LEFT: "left side",
    StepSide.RIGHT: "right side",
    StepSide.ALTERNATING: "sides in turn",
}
POSITIONS = {
    Position.STANDING: "Standing",
    Position.HALF_KNEELING: "Half-kneeling",
    Position.KNEELING: "Kneeling",
    Position.QUADRUPED: "On all fours",
    Position.PLANK: "In a plank",
    Position.SEATED: "Seated",
    Position.SUPINE: "On your back",
    Position.PRONE: "On your front",
    Position.SIDE_LYING: "On your side",
}
NAMELESS = "The next exercise"
"""Said for a name in which there is nothing to say."""
PUNCTUATION = frozenset(".,:;!?'’-()/%+°")
"""What may be in a text besides letters, digits and spaces: no speech program takes these for markup."""

Variants: TypeAlias = tuple[str, ...]
"""The same thing said at length, then shorter and shorter. Empty where nothing is said."""
Lengths: TypeAlias = Callable[[str], float | None]
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
    return BEGINS.get(cue, OTHERS_BEGIN)


def speech_due(session: Session, after: float, until: float, lengths: Lengths) -> Iterator[Utterance]:
    """Yield the utterances that begin in [after, until), in order, if no command is given meanwhile.

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
    """Yield everything that will be said from this state on, also past sets at the user's own pace.

    These count with their estimated seconds, so the times are no promise. It asks for the lengths of just
    those texts that are needed, in the order they are needed in.
    """
    state = session
    yield from _speech_of(state, lengths)
    while not (state.is_over or state.is_paused):
        step = state.plan.steps[state.index]
        state = state.ended_step(state.live_from + step.seconds if step.is_open else state.deadline)
        yield from _speech_of(state, lengths)


def speakable(text: str) -> str:
    """A text without anything that a speech program could take for markup, phonemes or commands.

    Every other character counts as a space. Empty if nothing is left to say.
    """
    kept = "".join(
        each if each in PUNCTUATION or unicodedata.category(each)[0] in "LMN" else " "
        for each in text.replace("&", " and ")
    )
    said = " ".join(kept.split())
    return said if any(character.isalnum() for character in said) else ""


def _speech_of(state: Session, lengths: Lengths) -> Iterator[Utterance]:
    if state.is_paused:
        return
    sounds = [cue for cue in cues_of(state) if state.is_over or cue.due < state.deadline]
    if not sounds:
        return
    end = sounds[-1].due + FOREVER if state.is_over else state.deadline
    for sound, later in pairwise([*sounds, TimedCue(end, Cue.START)]):
        said = _said_between(sound, _words_after(state, sound.cue), later.due, lengths)
        if said is not None:
            yield said


def _said_between(
    sound: TimedCue, variants: Variants, room_ends: float, lengths: Lengths
) -> Utterance | None:
    """The longest way of saying it that ends in time; without touching the sound before, if that is so."""
    for text in dict.fromkeys(variants):
        seconds = lengths(text)
        if seconds is None:
            continue
        for wait in said_after(sound.cue):
            begin = sound.due + wait
            if begin + seconds + GAP <= room_ends:
                return Utterance(begin, text, sound.due)
    return None


def _words_after(state: Session, cue: Cue) -> Variants:
    """What is said after a sound."""
    if cue is Cue.SESSION_DONE:
        return ("Done.",)
    if cue is Cue.HALFWAY:
        return ("Halfway.",)
    if state.is_over or cue in UNSPOKEN:
        return ()
    step, aim = state.plan.steps[state.index], state.aim
    if cue is Cue.RESUMED and step.kind not in LEADING:
        return ()
    if step.kind is StepKind.WARMUP:
        name = speakable(step.name) or "Warm up"
        return (f"{name}. {_seconds(step.seconds)}.", f"{name}.")
    if aim is None:
        return () if step.kind is StepKind.PREPARE else (f"{step.kind.value.title()}.",)
    before = state.plan.steps[state.index - 1] if state.index else None
    begins_round = before is None or before.round != step.round
    is_last_round = begins_round and step.round == step.rounds and (step.rounds or 1) > 1
    prefix = "Last round. " if is_last_round else ""
    switched = cue is Cue.SWITCH
    match step.kind:
        case StepKind.REST:
            return (f"Rest. {prefix}Next: {_name(aim)}{_side(aim)}.", "Rest.")
        case StepKind.SWITCH:
            return _switch(aim)
        case StepKind.PREPARE:
            return _lead_in(aim, prefix, switched=switched, moves=_moves(state, aim))
        case _ if cue is Cue.DIRECTION and speakable(step.direction or ""):
            return (f"{_begun(speakable(step.direction or ''))}.",)
        case _ if step.direct:
            name = speakable(step.stage) or "Hold"
            return (f"{name}. {_dose(step)}.", f"{name}.")
        case _ if before is not None and before.kind in LEADING:
            return ()
        case _ if switched:
            return _switch(step)
        case _:
            return _lead_in(step, prefix, switched=False, moves=_moves(state, step))


def _lead_in(aim: Step, prefix: str, *, switched: bool, moves: bool) -> Variants:
    switch = "Switch. " if switched else ""
    name, side = _name(aim), _side(aim)
    direction = speakable(aim.direction or "")
    way = f", {direction}" if direction else ""
    first = f", {aim.first_side} first" if aim.side is StepSide.ALTERNATING and aim.first_side else ""
    position = POSITIONS[aim.position] if moves and aim.position else ""
    # Where the name says the position, it is not said twice.
    place = f" {position}." if position and position.casefold() not in name.casefold() else ""
    dose = _dose(aim)
    return (
        f"{prefix}{switch}{name}{side}{first}{way}, {dose}.{place}",
        f"{prefix}{switch}{name}{side}{way}, {dose}.",
        f"{prefix}{switch}{name}{side}, {dose}.",
        f"{prefix}{switch}{name}{side}.",
        f"{switch}{name}{side}.",
        f"{_plain_name(aim)}{side}.",
        f"{_begun(side.removeprefix(', ')) or _plain_name(aim)}.",
    )


def _switch(aim: Step) -> Variants:
    side = _side(aim).removeprefix(", ")
    return (f"Switch, {side}.", f"{_begun(side)}.") if side else ("Switch.",)


def _moves(state: Session, aim: Step) -> bool:
    """Whether the work is done in another position than what came before."""
    before = (step.position for step in reversed(state.plan.steps[: state.index]) if step.position)
    # The user has just got up from a desk.
    return aim.position is not next(before, Position.STANDING)


def _plain_name(step: Step) -> str:
    return speakable(step.name) or NAMELESS


def _name(step: Step) -> str:
    stage = speakable(step.stage)
    return f"{_plain_name(step)}: {stage}" if stage else _plain_name(step)


def _side(step: Step) -> str:
    side = SIDES.get(step.side) if step.side else None
    return f", {side}" if side else ""


def _begun(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"


def _dose(step: Step) -> str:
    if step.reps is not None:
        return "1 rep" if step.reps == 1 else f"{step.reps} reps"
    return _seconds(step.seconds)


def _seconds(seconds: float) -> str:
    whole = round(seconds)
    minutes, rest = divmod(whole, 60)
    if minutes and not rest:
        return "1 minute" if minutes == 1 else f"{minutes} minutes"
    return "1 second" if whole == 1 else f"{whole} seconds"
