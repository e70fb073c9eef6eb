"""What is said aloud at a step: the whole sentence first, then shorter ones for where there is no room."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from hipcoach.core.cues import Cue
from hipcoach.core.plan import Plan, Step, StepKind, StepSide

SIDES = {
    StepSide.LEFT: "left side",
    StepSide.RIGHT: "right side",
    StepSide.ALTERNATING: "sides in turn",
}
HALFWAY = ("Halfway.",)
DONE = ("Done.",)

Variants = tuple[str, ...]
"""The same thing said at length, then shorter and shorter."""


def opening_words(step: Step, aim: Step | None, cue: Cue, *, announced: bool, last_round: bool) -> Variants:
    """What is said after a step's opening sound `cue`.

    Args:
        step: the step that begins.
        aim: the work that it is or leads to.
        cue: the sound it begins with.
        announced: whether a lead-in or switch has named this work already.
        last_round: whether the last of several rounds begins here.
    """
    prefix = "Last round. " if last_round else ""
    match step.kind:
        case StepKind.WARMUP:
            return (f"{step.name}. {_seconds(step.seconds)}.", f"{step.name}.")
        case StepKind.REST:
            return ("Rest.",) if aim is None else (f"Rest. {prefix}Next: {_name(aim)}{_side(aim)}.", "Rest.")
        case StepKind.SWITCH:
            return ("Switch.",) if aim is None else _switch(aim)
        case StepKind.PREPARE:
            return () if aim is None else _lead_in(aim, prefix, switched=cue is Cue.SWITCH)
    if cue is Cue.DIRECTION and step.direction:
        return (f"{step.direction.capitalize()}.",)
    if not announced:
        return _switch(step) if cue is Cue.SWITCH else _lead_in(step, prefix, switched=False)[1:]
    if step.direct:
        name = step.stage or "Hold"
        return (f"{name}. {dose_words(step)}.", f"{name}.")
    return ()


def plan_texts(plan: Plan) -> Iterator[str]:
    """Every text that a session of this plan may say; some come more than once."""
    yield from (*HALFWAY, *DONE)
    for step in plan.steps:
        aim = plan.target(step.index)
        for cue in (Cue.LEAD_IN, Cue.SWITCH, Cue.DIRECTION):
            for announced, last_round in product((True, False), repeat=2):
                yield from opening_words(step, aim, cue, announced=announced, last_round=last_round)


def dose_words(step: Step) -> str:
    """How much, as one says it."""
    if step.reps is not None:
        return "1 rep" if step.reps == 1 else f"{step.reps} reps"
    return _seconds(step.seconds)


def _lead_in(aim: Step, prefix: str, *, switched: bool) -> Variants:
    switch = "Switch. " if switched else ""
    name, side = _name(aim), _side(aim)
    return (
        f"{prefix}{switch}{name}{side}, {dose_words(aim)}.",
        f"{prefix}{switch}{name}{side}.",
        f"{switch}{name}{side}.",
        f"{aim.name}{side}.",
        f"{side.removeprefix(', ').capitalize() or aim.name}.",
    )


def _switch(aim: Step) -> Variants:
    side = SIDES.get(aim.side, "") if aim.side else ""
    return (f"Switch, {side}.", f"{side.capitalize()}.") if side else ("Switch.",)


def _name(step: Step) -> str:
    return f"{step.name}: {step.stage}" if step.stage else step.name


def _side(step: Step) -> str:
    side = SIDES.get(step.side, "") if step.side else ""
    return f", {side}" if side else ""


def _seconds(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    if minutes and not rest:
        return "1 minute" if minutes == 1 else f"{minutes} minutes"
    return f"{round(seconds)} seconds"
