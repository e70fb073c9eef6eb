"""How numbers, times and doses are said, the same on every screen."""

from __future__ import annotations

import textwrap
from datetime import date

from hipcoach.core.exercise import Basis, Equipment, Position
from hipcoach.core.plan import Plan, Step, StepKind, StepSide

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


def clock_text(seconds: float) -> str:
    """Seconds as a clock shows them, rounded up: 65.2 is "1:06"; an hour and more as "1:02:03"."""
    whole = max(0, int(-(-seconds // 1)))
    hours, rest = divmod(whole, 3600)
    minutes, left = divmod(rest, 60)
    return f"{hours}:{minutes:02}:{left:02}" if hours else f"{minutes}:{left:02}"


def minutes_text(seconds: float) -> str:
    """Seconds as minutes to the nearest: "19 min"; under a minute "40 s"."""
    return f"{round(seconds)} s" if seconds < 60 else f"{round(seconds / 60)} min"


def count_text(number: int, noun: str) -> str:
    """A number with its noun: "1 rep", "12 reps"."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def total_text(plan: Plan) -> str:
    """A plan's total, "about" where sets wait for the user."""
    return f"{'about ' if plan.is_estimate else ''}{clock_text(plan.total_seconds)}"


def dose_text(step: Step) -> str:
    """The dose of a work step: "12 reps", "30 s"."""
    if step.kind is StepKind.REPS and step.reps is not None:
        return count_text(step.reps, "rep")
    return f"{step.seconds:g} s"


def basis_text(step: Step) -> str:
    """A word where a dose is not the source's own; empty where it is."""
    if step.dose_basis is Basis.SUGGESTED:
        return "suggested"
    return "your own" if step.dose_basis is Basis.USER else ""


def work_name(step: Step) -> str:
    """What is done: the exercise, and its stage or direction where there are several."""
    return ": ".join(part for part in (step.name, step.stage) if part) + (
        f", {step.direction}" if step.direction else ""
    )


def day_text(day: date, today: date) -> str:
    """A day as people say it: "today", "yesterday", "3 days ago", then the date."""
    ago = (today - day).days
    if ago == 0:
        return "today"
    if ago == 1:
        return "yesterday"
    if 1 < ago < 14:
        return f"{ago} days ago"
    return f"on {day:%d %b %Y}"


def hanging(line: str, width: int) -> str:
    """A line with a bullet, wrapped so that what goes on stands under its first word; whole without width."""
    return textwrap.fill(line, width, subsequent_indent="  ") if width > len("• ") * 4 else line
