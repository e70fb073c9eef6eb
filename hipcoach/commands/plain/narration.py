"""What is printed of a running session: one line for each thing that happens, whole in itself."""

from __future__ import annotations

import math
from collections.abc import Iterator

from hipcoach.commands.choosing import notes_on
from hipcoach.core.cues import Cue
from hipcoach.core.history.record import SessionRecord, ending_of
from hipcoach.core.plan import Plan, Step, StepKind, StepSide
from hipcoach.core.session import CLOSE, Session
from hipcoach.core.speech import POSITIONS, SIDES, moves
from hipcoach.ui.format import (
    basis_text,
    clock_text,
    count_text,
    dose_text,
    sets_done_text,
    total_text,
    work_name,
)

EVERY = 5
"""Repetitions between two lines that count them, unless the user wants it otherwise."""
KIND_WORDS = {
    StepKind.WARMUP: "Warm-up",
    StepKind.PREPARE: "Getting ready",
    StepKind.REST: "Rest",
    StepKind.SWITCH: "Switching sides",
}


class Narrator:
    """Puts the cues of one session into lines. Every `every`-th repetition is counted; 0 for none."""

    def __init__(self, every: int = EVERY) -> None:
        self._every = every
        self._explained: set[str] = set()

    def lines(self, session: Session, now: float, cue: Cue) -> Iterator[str]:
        """What to print as a cue falls due at `now`."""
        step = session.step
        match cue:
            case Cue.PAUSED:
                yield "Paused. Space goes on."
            case Cue.ROUND_DONE:
                yield "Round done."
            case Cue.RESUMED if step is not None:
                yield "Going on in 3 seconds." if step.is_work else "Going on."
            case Cue.HALFWAY:
                yield f"Halfway, {clock_text(session.length - session.elapsed(now))} left."
            case Cue.TICK | Cue.LAST_TICK if step is not None:
                yield from self._count(session, step, now)
            case Cue.LEAD_IN | Cue.SWITCH | Cue.REST | Cue.WARM_UP | Cue.START | Cue.DIRECTION:
                if step is not None:
                    yield from self._opening(session, step, cue)

    def _count(self, session: Session, step: Step, now: float) -> Iterator[str]:
        done = _reps_done(session, step, now)
        if self._every and done % self._every == 0 and 0 < done < session.reps:
            yield f"{done} of {session.reps}."

    def _opening(self, session: Session, step: Step, cue: Cue) -> Iterator[str]:
        aim = session.aim
        match step.kind:
            case StepKind.WARMUP:
                yield f"Warm-up: {step.name}, {clock_text(session.length)}."
                if step.cues:
                    yield f"Such as: {'; '.join(step.cues)}."
            case StepKind.REST:
                coming = f" Next: {in_words(aim)}." if aim is not None else ""
                yield f"Rest, {session.length:g} s.{coming}"
            case StepKind.SWITCH if aim is not None:
                yield f"Switch sides, {session.length:g} s: {side_words(aim) or 'the other side'}."
            case StepKind.PREPARE if aim is not None:
                begin = "Switch sides. Get ready" if session.switched else "Get ready"
                place = f" {POSITIONS[aim.position]}." if aim.position and moves(session, aim) else ""
                yield f"{begin}, {session.length:g} s: {in_words(aim)}.{place}"
                yield from self._explanation(step)
            case StepKind.REPS | StepKind.HOLD:
                yield f"{'Switch sides. ' if cue is Cue.SWITCH else ''}{_work(session, step)}"

    def _explanation(self, step: Step) -> Iterator[str]:
        """What the exercise is and how to get into position, the first time."""
        if step.exercise is not None and step.exercise not in self._explained:
            self._explained.add(step.exercise)
            yield from filter(None, step.note.split("\n"))
            if step.cues:
                yield f"Think of: {'; '.join(step.cues)}."


def side_words(step: Step) -> str:
    """The side, and which part of the body that is; empty where both work at once."""
    side = SIDES.get(step.side, "") if step.side else ""
    means = f" ({step.side_means})" if side and step.side_means else ""
    first = f", {step.first_side} first" if step.side is StepSide.ALTERNATING and step.first_side else ""
    return f"{side}{first}{means}"


def in_words(step: Step) -> str:
    """A work step in one line: what, which side, how much."""
    suggested = f" ({basis_text(step)})" if basis_text(step) else ""
    return ", ".join(
        part for part in (work_name(step), side_words(step), dose_text(step) + suggested) if part
    )


def where(session: Session, now: float) -> str:
    """Where in the session one is, for whoever asks."""
    step, aim = session.step, session.aim
    if step is None or aim is None:
        return "At the end."
    place = f"set {aim.number} of {session.plan.sets}"
    if aim.rounds and aim.rounds > 1:
        place = f"round {aim.round} of {aim.rounds}, {place}"
    doing = in_words(aim) if step.is_work else f"{KIND_WORDS[step.kind]}, then {in_words(aim)}"
    if step.kind is StepKind.HOLD:
        doing += f"; {session.elapsed(now):.0f} s held"
    elif step.kind is StepKind.REPS and not step.is_open:
        doing += f"; {_reps_done(session, step, now)} done"
    paused = "Paused. " if session.is_paused else ""
    return f"{paused}{doing}. {place.capitalize()}, {clock_text(session.remaining(now))} left in all."


def beginning(plan: Plan) -> Iterator[str]:
    """What is said of a plan before it begins."""
    yield f"{plan.title}: {total_text(plan)}, {count_text(plan.sets, 'set')}."
    yield from notes_on(plan)


def ending(record: SessionRecord) -> Iterator[str]:
    """What became of a session."""
    title, words = ending_of(record)
    yield f"{title}: {sets_done_text(record)}, in {clock_text(record.active_seconds)}."
    if words:
        yield words


def _reps_done(session: Session, step: Step, now: float) -> int:
    return math.floor(session.elapsed(now) / step.rep_seconds + CLOSE)


def _work(session: Session, step: Step) -> str:
    """The line that work begins with."""
    side = f", {side_words(step)}" if side_words(step) else ""
    if step.kind is StepKind.HOLD:
        return f"{'Hold there' if step.direct else 'Hold'}: {session.length:g} s{side}."
    reps = count_text(session.reps, "rep")
    way = f", {step.direction}" if step.direction else ""
    if step.is_open:
        return f"Go, at your own pace: {reps}{way}{side}. Enter when they are done."
    return f"Go: {reps}{way}{side}."
