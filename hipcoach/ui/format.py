"""How a plan's doses, sides and needs are said, the same on every screen; numbers as in `numbers`."""

from __future__ import annotations

from hipcoach.core.exercise import Basis, Equipment, Position
from hipcoach.core.history.record import Outcome, SessionRecord
from hipcoach.core.plan import Plan, Step, StepKind, StepSide
from hipcoach.ui.numbers import clock_text as clock_text
from hipcoach.ui.numbers import count_text as count_text
from hipcoach.ui.numbers import day_text as day_text
from hipcoach.ui.numbers import minutes_text as minutes_text

SIDE_WORDS = {
    StepSide.LEFT: "LEFT",
    StepSide.RIGHT: "RIGHT",
    StepSide.BOTH: "BOTH",
    StepSide.ALTERNATING: "ALTERNATE",
}
EQUIPMENT_WORDS = {
    Equipment.SUPPORT: "something to hold on to",
    Equipment.TOWEL: "a towel",
    Equipment.HIP_HEIGHT_SURFACE: "a hip-high surface",
    Equipment.BARE_FEET: "bare feet",
}
EQUIPMENT_SHORT = {
    Equipment.SUPPORT: "wall or chair",
    Equipment.TOWEL: "towel",
    Equipment.HIP_HEIGHT_SURFACE: "hip-high surface",
    Equipment.BARE_FEET: "bare feet",
}
POSITION_WORDS = {
    Position.STANDING: "standing",
    Position.HALF_KNEELING: "half-kneeling",
    Position.KNEELING: "kneeling",
    Position.QUADRUPED: "on all fours",
    Position.PLANK: "plank",
    Position.SEATED: "seated",
    Position.SUPINE: "on your back",
    Position.PRONE: "on your front",
    Position.SIDE_LYING: "on your side",
}


def sets_done_text(record: SessionRecord) -> str:
    """What was done of a session: "2 of 4 sets done, 1 in part"."""
    outcomes = [step.outcome for step in record.steps]
    part = outcomes.count(Outcome.PARTIAL)
    done = f"{outcomes.count(Outcome.DONE)} of {count_text(len(outcomes), 'set')} done"
    return f"{done}, {part} in part" if part else done


def total_text(plan: Plan) -> str:
    """A plan's total, "about" where sets wait for the user."""
    return f"{'about ' if plan.is_estimate else ''}{clock_text(plan.total_seconds)}"


def dose_text(step: Step) -> str:
    """The dose of a work step: "12 reps", "30 s"."""
    if step.kind is StepKind.REPS and step.reps is not None:
        return count_text(step.reps, "rep")
    return f"{step.seconds:g} s"


def basis_text(step: Step) -> str:
    """A word where the reps or seconds of a set are not the source's own; empty where they are."""
    if step.amount_basis is Basis.SUGGESTED:
        return "suggested"
    return "your own" if step.amount_basis is Basis.USER else ""


def work_name(step: Step) -> str:
    """What is done: the exercise, and its stage or direction where there are several."""
    return ": ".join(part for part in (step.name, step.stage) if part) + (
        f", {step.direction}" if step.direction else ""
    )


def hanging(line: str, width: int) -> str:
    """A line with a bullet, wrapped so that what goes on stands under its first word; whole without width."""
    if width <= len("• ") * 4:
        return line
    import textwrap

    return textwrap.fill(line, width, subsequent_indent="  ")
