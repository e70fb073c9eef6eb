"""What is said aloud at a step: the whole sentence first, then shorter ones for where there is no room."""

from __future__ import annotations

import unicodedata
from typing import TypeAlias

from hipcoach.core.cues import Cue
from hipcoach.core.exercise import Position
from hipcoach.core.plan import Step, StepKind, StepSide

Variants: TypeAlias = tuple[str, ...]
"""The same thing said at length, then shorter and shorter. Empty where nothing is said."""

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
HALFWAY: Variants = ("Halfway.",)
DONE: Variants = ("Done.",)
NAMELESS = "The next exercise"
"""Said for a name in which there is nothing to say."""
PUNCTUATION = frozenset(".,:;!?'’-()/%+°")
"""What may be in a text besides letters, digits and spaces: signs that no speech program takes for markup."""


def speakable(text: str) -> str:
    """A text without anything that a speech program could take for markup, phonemes or commands.

    Every other sign and every control character counts as a space. Empty if nothing is left to say.
    """
    kept = "".join(character if _can_be_said(character) else " " for character in text.replace("&", " and "))
    said = " ".join(kept.split())
    return said if any(character.isalnum() for character in said) else ""


def opening_words(
    step: Step, aim: Step | None, cue: Cue, *, announced: bool, last_round: bool, moves: bool = False
) -> Variants:
    """What is said after a step's opening sound `cue`.

    Args:
        step: the step that begins.
        aim: the work that it is or leads to.
        cue: the sound it begins with.
        announced: whether a lead-in or switch has named this work already.
        last_round: whether the last of several rounds begins here.
        moves: whether the work is done in another position than what came before.
    """
    words = _opening(step, aim, cue, announced=announced, last_round=last_round, moves=moves)
    return tuple(dict.fromkeys(words))


def dose_words(step: Step) -> str:
    """How much, as one says it."""
    if step.reps is not None:
        return "1 rep" if step.reps == 1 else f"{step.reps} reps"
    return _seconds(step.seconds)


def _opening(
    step: Step, aim: Step | None, cue: Cue, *, announced: bool, last_round: bool, moves: bool
) -> Variants:
    prefix = "Last round. " if last_round else ""
    switched = cue is Cue.SWITCH
    match step.kind:
        case StepKind.WARMUP:
            name = speakable(step.name) or "Warm up"
            return (f"{name}. {_seconds(step.seconds)}.", f"{name}.")
        case StepKind.REST:
            return ("Rest.",) if aim is None else (f"Rest. {prefix}Next: {_name(aim)}{_side(aim)}.", "Rest.")
        case StepKind.SWITCH:
            return ("Switch.",) if aim is None else _switch(aim)
        case StepKind.PREPARE:
            return () if aim is None else _lead_in(aim, prefix, switched=switched, moves=moves)
    direction = speakable(step.direction or "")
    if cue is Cue.DIRECTION and direction:
        return (f"{_begun(direction)}.",)
    if not announced:
        return _switch(step) if switched else _lead_in(step, prefix, switched=False, moves=moves)
    if step.direct:
        name = speakable(step.stage) or "Hold"
        return (f"{name}. {dose_words(step)}.", f"{name}.")
    return ()


def _lead_in(aim: Step, prefix: str, *, switched: bool, moves: bool) -> Variants:
    switch = "Switch. " if switched else ""
    name, side = _name(aim), _side(aim)
    way = f", {speakable(aim.direction)}" if aim.direction and speakable(aim.direction) else ""
    first = f", {aim.first_side} first" if aim.side is StepSide.ALTERNATING and aim.first_side else ""
    place = f" {_place(aim, name)}." if moves and _place(aim, name) else ""
    dose = dose_words(aim)
    return (
        f"{prefix}{switch}{name}{side}{first}{way}, {dose}.{place}",
        f"{prefix}{switch}{name}{side}{way}, {dose}.",
        f"{prefix}{switch}{name}{side}, {dose}.",
        f"{prefix}{switch}{name}{side}.",
        f"{switch}{name}{side}.",
        f"{_plain_name(aim)}{side}.",
        f"{_begun(side.removeprefix(', ')) or _plain_name(aim)}.",
    )


def _place(aim: Step, name: str) -> str:
    """The position, unless the name of the exercise says it."""
    place = POSITIONS[aim.position] if aim.position else ""
    return "" if place.casefold() in name.casefold() else place


def _switch(aim: Step) -> Variants:
    side = SIDES.get(aim.side, "") if aim.side else ""
    return (f"Switch, {side}.", f"{_begun(side)}.") if side else ("Switch.",)


def _plain_name(step: Step) -> str:
    return speakable(step.name) or NAMELESS


def _name(step: Step) -> str:
    stage = speakable(step.stage)
    return f"{_plain_name(step)}: {stage}" if stage else _plain_name(step)


def _side(step: Step) -> str:
    side = SIDES.get(step.side, "") if step.side else ""
    return f", {side}" if side else ""


def _begun(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"


def _seconds(seconds: float) -> str:
    whole = round(seconds)
    minutes, rest = divmod(whole, 60)
    if minutes and not rest:
        return "1 minute" if minutes == 1 else f"{minutes} minutes"
    return "1 second" if whole == 1 else f"{whole} seconds"


def _can_be_said(character: str) -> bool:
    return character in PUNCTUATION or unicodedata.category(character)[0] in "LMN"
