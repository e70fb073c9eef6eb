"""What is said when: speech fills the time between sounds and never delays or covers one.

An utterance follows the sound it belongs to. It is said at length if it ends before the next sound, else
shorter, else not at all. How long each takes to say is an argument: this module knows no voice.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import TypeAlias

from msgspec import Struct

from hipcoach.core.cues import Cue, TimedCue, cues_of, states
from hipcoach.core.exercise import Position
from hipcoach.core.plan import Step, StepKind, StepSide
from hipcoach.core.session import Session

GAP = 0.1
"""Seconds kept free between an utterance and the next sound."""
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
ALWAYS = {Cue.SESSION_DONE: "Done.", Cue.HALFWAY: "Halfway."}
"""What is said after a sound whatever the step."""
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
    """Yield the utterances that begin in [after, until), in order, if no command is given meanwhile."""
    for state in states(session, until):
        yield from (said for said in _speech_of(state, lengths) if after <= said.due < until)


def speech_ahead(session: Session, lengths: Lengths) -> Iterator[Utterance]:
    """Yield everything that will be said from this state on, also past sets at the user's own pace.

    These count with their estimated seconds, so the times are no promise. It asks for the lengths of just
    those texts that are needed, in the order they are needed in.
    """
    for state in states(session, math.inf, past_open=True):
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
    if not state.is_paused:
        end = math.inf if state.is_over else state.deadline
        for sound, later in pairwise([*cues_of(state), TimedCue(end, Cue.START)]):
            yield from _said_between(sound, _words_after(state, sound.cue), later.due, lengths)


def _said_between(
    sound: TimedCue, variants: Variants, room_ends: float, lengths: Lengths
) -> Iterator[Utterance]:
    """The longest way of saying it that ends in time; without touching the sound before, if that is so."""
    for text in dict.fromkeys(variants):
        seconds = lengths(text)
        for wait in said_after(sound.cue):
            if seconds is not None and sound.due + wait + seconds + GAP <= room_ends:
                yield Utterance(sound.due + wait, text, sound.due)
                return


def _words_after(state: Session, cue: Cue) -> Variants:
    """What is said after a sound."""
    if cue in ALWAYS:
        return (ALWAYS[cue],)
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
    if step.kind is StepKind.REST:
        return (f"Rest. {prefix}Next: {_name(aim)}{_side(aim)}.", "Rest.")
    if step.is_work:
        if cue is Cue.DIRECTION and (direction := speakable(step.direction or "")):
            return (f"{_begun(direction)}.",)
        if step.direct:
            name = speakable(step.stage) or "Hold"
            return (f"{name}. {_dose(step)}.", f"{name}.")
        if before is not None and before.kind in LEADING:
            return ()
    switch = "Switch. " if cue is Cue.SWITCH else ""
    if step.kind is StepKind.SWITCH or (step.is_work and switch):
        side = _side(aim).removeprefix(", ")
        return (f"Switch, {side}.", f"{_begun(side)}.") if side else ("Switch.",)
    return _lead_in(aim, prefix + switch, switch, moves=moves(state, aim))


def _lead_in(aim: Step, prefix: str, switch: str, *, moves: bool) -> Variants:
    """`prefix` goes before the name where there is room for it, `switch` where there is less."""
    name, side = _name(aim), _side(aim)
    direction = speakable(aim.direction or "")
    way = f", {direction}" if direction else ""
    first = f", {aim.first_side} first" if aim.side is StepSide.ALTERNATING and aim.first_side else ""
    position = POSITIONS[aim.position] if moves and aim.position else ""
    # Where the name says the position, it is not said twice.
    place = f" {position}." if position and position.casefold() not in name.casefold() else ""
    dose = _dose(aim)
    return (
        f"{prefix}{name}{side}{first}{way}, {dose}.{place}",
        f"{prefix}{name}{side}{way}, {dose}.",
        f"{prefix}{name}{side}, {dose}.",
        f"{prefix}{name}{side}.",
        f"{switch}{name}{side}.",
        f"{_plain_name(aim)}{side}.",
        f"{_begun(side.removeprefix(', ')) or _plain_name(aim)}.",
    )


def moves(state: Session, aim: Step) -> bool:
    """Return whether work is done in another position than what came before."""
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
    return _seconds(step.seconds) if step.reps is None else _counted(step.reps, "rep")


def _seconds(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return _counted(minutes, "minute") if minutes and not rest else _counted(round(seconds), "second")


def _counted(number: int, what: str) -> str:
    return f"1 {what}" if number == 1 else f"{number} {what}s"
