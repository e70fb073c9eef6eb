"""What the live screen shows of a session at one moment: texts and fractions, no widgets."""

from __future__ import annotations

import math
from enum import StrEnum

from msgspec import Struct

from hipcoach.audio.sounds import SoundStatus
from hipcoach.core.exercise import Breath
from hipcoach.core.plan import Step, StepKind, StepSide
from hipcoach.core.session import Session, phase_of
from hipcoach.ui.format import (
    POSITION_WORDS,
    SIDE_WORDS,
    basis_text,
    clock_text,
    count_text,
    dose_text,
    work_name,
)

BREATH_WORDS = {Breath.IN: "breathe in", Breath.OUT: "breathe out"}


class Mode(StrEnum):
    """What kind of moment it is; each looks different from the others."""

    WARMUP = "warmup"
    PREPARE = "prepare"
    WORK = "work"
    SWITCH = "switch"
    REST = "rest"
    PAUSED = "paused"
    OVER = "over"


MODE_WORDS = {
    Mode.WARMUP: "WARM UP",
    Mode.PREPARE: "GET READY",
    Mode.WORK: "GO",
    Mode.SWITCH: "SWITCH SIDES",
    Mode.REST: "REST",
    Mode.PAUSED: "PAUSED",
    Mode.OVER: "DONE",
}
_MODES = {
    StepKind.WARMUP: Mode.WARMUP,
    StepKind.PREPARE: Mode.PREPARE,
    StepKind.SWITCH: Mode.SWITCH,
    StepKind.REST: Mode.REST,
    StepKind.REPS: Mode.WORK,
    StepKind.HOLD: Mode.WORK,
}


class SessionView(Struct, frozen=True):
    """Everything the live screen shows. Fractions go from 0 to 1."""

    mode: Mode
    mode_word: str
    title: str
    place: str
    """Which round and which set."""
    total_left: str
    name: str
    what: str
    side: StepSide
    side_word: str
    count: str
    unit: str
    step_fraction: float
    whole_fraction: float
    setup: str
    """In a lead-in, what the exercise is and how to get into position."""
    cues: tuple[str, ...]
    rhythm: str
    """The phase of the repetition, with its breath where the source gives one."""
    rhythm_fraction: float
    next: str
    """What comes after this, with its side and dose."""
    then: str
    """The same in so few words that they can be drawn large."""


def view_of(session: Session, now: float) -> SessionView:
    """What to show of a session at `now`."""
    plan = session.plan
    step = session.step or plan.steps[-1]
    aim = _aim(session, step)
    mode = Mode.OVER if session.is_over else Mode.PAUSED if session.is_paused else _MODES[step.kind]
    phase = phase_of(session, now)
    side = (phase.side if phase and mode is not Mode.PREPARE else None) or aim.side or StepSide.BOTH
    remaining = session.remaining(now)
    about = "about " if plan.is_estimate else ""
    count, unit = _count(session, step, aim, now)
    if session.is_paused:
        unit = "space: go on"
    length = session.length if math.isfinite(session.length) else step.seconds
    total = plan.total_seconds or 1.0
    counting_in = session.is_counting_in(now)
    shown = step if step.kind is StepKind.WARMUP else aim
    later = _next(session, shown)
    return SessionView(
        mode=mode,
        mode_word="READY?" if counting_in else MODE_WORDS[mode],
        title=plan.title,
        place=_place(session, aim),
        total_left=f"{about}{clock_text(remaining)} left",
        name=shown.name,
        what=_what(session, step, aim),
        side=side,
        # A warm-up of one's own has no side, and what comes after it not yet.
        side_word="" if step.kind is StepKind.WARMUP else SIDE_WORDS[side],
        count=count,
        unit=unit,
        step_fraction=1.0 if session.is_over else min(1.0, session.elapsed(now) / length if length else 1.0),
        whole_fraction=min(1.0, max(0.0, 1 - remaining / total)),
        setup=step.note,
        cues=step.cues or aim.cues,
        rhythm="" if phase is None or step.is_open else _rhythm(phase.phase, phase.breath),
        rhythm_fraction=0.0 if phase is None else phase.through_phase,
        next="" if session.is_over else _next_line(later),
        then="" if session.is_over else _then(later, aim),
    )


def sound_mark(status: SoundStatus, *, muted: bool, volume: int, speaking: bool) -> tuple[str, bool]:
    """The small mark that says how sound is doing, and whether cues can be told apart by ear."""
    if muted:
        return "muted", False
    if status.working and status.backend == "bell":
        return "no sound, bell only", False
    heard = status.working or status.starting
    voice = " · voice" if speaking else ""
    return (f"♪ {volume}%{voice}", True) if heard else ("no sound", False)


def brief(step: Step) -> str:
    """A work step in one line: what, which side, how much."""
    side = "" if step.side is None or step.side is StepSide.BOTH else SIDE_WORDS[step.side].lower()
    suggested = f" ({basis_text(step)})" if basis_text(step) else ""
    return " · ".join(part for part in (work_name(step), side, dose_text(step) + suggested) if part)


def _count(session: Session, step: Step, aim: Step, now: float) -> tuple[str, str]:
    """The big number and what it counts."""
    if session.is_over:
        return "", ""
    elapsed = session.elapsed(now)
    if session.is_counting_in(now):
        return str(max(1, min(3, math.ceil(session.live_from - now - 1e-6)))), "until you go on"
    if step.is_open:
        return clock_text(math.floor(elapsed)), f"{count_text(session.reps, 'rep')}, then enter"
    left = max(0.0, session.length - elapsed)
    if step.kind is StepKind.REPS:
        phase = phase_of(session, now)
        rep = (phase.rep if phase else 0) + 1
        return str(rep), f"of {count_text(session.reps, 'rep')}"
    seconds = math.ceil(left - 1e-6)
    shown = str(seconds) if seconds < 100 else clock_text(left)
    if step.kind is StepKind.HOLD:
        return shown, "seconds to hold" if seconds < 100 else "to hold"
    until = {
        StepKind.WARMUP: "of your warm-up left",
        StepKind.REST: "until you get ready" if _is_led_in(session, aim) else "until you start",
    }.get(step.kind, "until you start")
    return shown, f"seconds {until}" if seconds < 100 else until


def _place(session: Session, aim: Step) -> str:
    rounds = f"round {aim.round} of {aim.rounds} · " if aim.rounds and aim.rounds > 1 else ""
    return f"{rounds}set {aim.number} of {session.plan.sets}"


def _what(session: Session, step: Step, aim: Step) -> str:
    if step.kind is StepKind.WARMUP:
        return "Before the first exercise"
    parts = [aim.stage, aim.direction or "", _dose(session, step) or _planned(aim)]
    if aim.side is StepSide.ALTERNATING:
        parts.append("sides in turn")
    elif aim.side_means:
        parts.append(aim.side_means)
    if not step.is_work and aim.position is not None:
        parts.append(POSITION_WORDS[aim.position])
    return " · ".join(part for part in parts if part)


def _planned(aim: Step) -> str:
    basis = basis_text(aim)
    return dose_text(aim) + (f" ({basis})" if basis else "")


def _dose(session: Session, step: Step) -> str:
    """What a set in progress comes to, where it has been made longer or shorter; empty where it has not."""
    if step.kind is StepKind.REPS and session.reps != step.reps:
        return f"{count_text(session.reps, 'rep')} instead of {step.reps}"
    if step.kind is StepKind.HOLD and not math.isclose(session.length, step.seconds):
        return f"{session.length:g} s instead of {step.seconds:g}"
    return ""


def _rhythm(phase: str, breath: Breath | None) -> str:
    return f"{BREATH_WORDS[breath]} · {phase}" if breath is not None else phase


def _aim(session: Session, step: Step) -> Step:
    """The work in progress, or the work that this step leads to."""
    return session.aim or step


def _is_led_in(session: Session, aim: Step) -> bool:
    """Whether one gets ready for a step before it begins."""
    return aim.index > 0 and session.plan.steps[aim.index - 1].kind is StepKind.PREPARE


def _next(session: Session, shown: Step) -> Step | None:
    """The rest or work that comes after the step shown, as it will happen: what is dropped does not come."""
    later = session.ahead(shown.index + 1)
    return next((step for step in later if step.is_work or step.kind is StepKind.REST), None)


def _next_line(later: Step | None) -> str:
    if later is None:
        return "the end"
    return f"rest {later.seconds:g} s" if later.kind is StepKind.REST else brief(later)


def _then(later: Step | None, aim: Step) -> str:
    """What comes, in so few words that they can be drawn large."""
    if later is None:
        return "then: the end"
    if later.exercise == aim.exercise and later.side in (StepSide.LEFT, StepSide.RIGHT):
        if later.side is not aim.side:
            return f"then: {SIDE_WORDS[later.side]}"
        return f"then: {later.direction or later.stage or dose_text(later)}"
    return f"then: {later.name}"
