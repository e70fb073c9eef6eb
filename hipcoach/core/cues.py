"""Which cue comes when: the one table that sound, screen and rendered track all follow.

Rules of this file:
- every step begins with a sound; a set's first repetition is begun by that sound itself;
- the beeps 3-2-1 lead into work and out of a hold, never out of paced reps, where the ticks say it;
- two cues never fall on the same instant: what ends comes first and the beginning of a pause waits
  `STAGGER`, but the beginning of work is never moved;
- endings are left out of a pause that is planned too short for them and for all its own cues.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from msgspec import Struct

from hipcoach.core.plan import Step, StepKind
from hipcoach.core.session import CLOSE, COUNT_FROM, Session

STAGGER = 0.5
"""Seconds between an ending sound and the sound that begins the pause after it: enough to hear two, and
little enough that a switch of 5 s has room to name the side before its beeps."""
HALFWAY_FROM = 20.0
"""Seconds; a shorter hold has no halfway cue."""
FIRST_COUNT_AFTER = 0.9
"""Seconds between the sound that begins a step and a count beep, so that its beginning stays clear."""


class SoundProfile(StrEnum):
    """Which of the sounds are wanted. Whatever is left out is shown all the same."""

    ALL = "all"
    SPARSE = "sparse"


class Cue(StrEnum):
    """A sound; the value is the stem of its file in sounds/."""

    WARM_UP = "warm-up"
    LEAD_IN = "lead-in"
    COUNT = "count"
    START = "start"
    TICK = "tick"
    LAST_TICK = "last-tick"
    DIRECTION = "direction"
    HALFWAY = "halfway"
    HOLD_END = "hold-end"
    SWITCH = "switch"
    REST = "rest"
    ROUND_DONE = "round-done"
    SESSION_DONE = "session-done"
    PAUSED = "paused"
    RESUMED = "resumed"


OPENINGS = {StepKind.WARMUP: Cue.WARM_UP, StepKind.REST: Cue.REST, StepKind.SWITCH: Cue.SWITCH}
"""The sound that a step of this kind always begins with."""
LEFT_OUT = {
    SoundProfile.ALL: frozenset[Cue](),
    SoundProfile.SPARSE: frozenset({Cue.COUNT, Cue.TICK, Cue.LAST_TICK, Cue.HALFWAY, Cue.ROUND_DONE}),
}
"""What each profile leaves out. Sparse keeps everything that begins or ends work, so also lead-in and rest:
nothing else says that a set of reps is over."""


class TimedCue(Struct, frozen=True, order=True):
    """A cue and when it is due: seconds of the clock the session runs on, or of its step."""

    due: float
    cue: Cue


def is_heard(cue: Cue, profile: SoundProfile) -> bool:
    """Whether a cue sounds in this profile."""
    return cue not in LEFT_OUT[profile]


def states(session: Session, until: float, *, past_open: bool = False) -> Iterator[Session]:
    """Yield this state and those that follow it until then (seconds of its clock), if no command is given.

    A set at the user's own pace promises nothing past its open end, unless it is to count with its estimate.
    """
    state = session
    while True:
        yield state
        if state.is_over or state.is_paused:
            return
        step = state.plan.steps[state.index]
        end = state.live_from + step.seconds if past_open and step.is_open else state.deadline
        if end >= until:
            return
        state = state.ended_step(end)


def cues_due(session: Session, after: float, until: float) -> Iterator[TimedCue]:
    """Yield the cues due in [after, until), in order, if no command is given meanwhile."""
    for state in states(session, until):
        yield from (cue for cue in cues_of(state) if after <= cue.due < until)


def cues_of(state: Session) -> list[TimedCue]:
    """Return the cues of this state if it lasts, in order of time."""
    if state.ended_at is not None:
        last = [Cue.HOLD_END] if state.hold_ended else []
        return _staggered([*last, Cue.SESSION_DONE], state.ended_at) if state.reached_end else []
    if state.paused_at is not None:
        return [TimedCue(state.paused_at, Cue.PAUSED)]
    step, found = state.plan.steps[state.index], []
    counted_in = state.resumed_at is not None and step.is_work
    if state.resumed_at is not None:
        found.append(TimedCue(state.resumed_at, Cue.RESUMED))
    if counted_in:
        found += [TimedCue(state.live_from - left, Cue.COUNT) for left in range(COUNT_FROM, 0, -1)]
        found.append(TimedCue(state.live_from, Cue.START if state.opened else _opening(state, step)))
    earliest = state.live_from + CLOSE if state.opened or counted_in else state.live_from
    of_step = _work(state, step) if step.is_work else _pause(state, step)
    found += [
        TimedCue(state.began + cue.due, cue.cue) for cue in of_step if state.began + cue.due >= earliest
    ]
    return [cue for cue in found if cue.due < state.deadline]


def _opening(state: Session, step: Step) -> Cue:
    """The sound a step begins with."""
    if step.kind in OPENINGS:
        return OPENINGS[step.kind]
    if state.switched:
        return Cue.SWITCH
    if step.kind is StepKind.PREPARE:
        return Cue.LEAD_IN
    return Cue.DIRECTION if step.direct and step.direction is not None else Cue.START


def _work(state: Session, step: Step) -> list[TimedCue]:
    """The cues of work, in order and in seconds of the step's own clock."""
    found = [TimedCue(0.0, _opening(state, step))]
    if state.round_ended:
        found.append(TimedCue(STAGGER, Cue.ROUND_DONE))
    if step.kind is StepKind.REPS and not step.is_open:
        for rep in range(1, state.reps):
            is_last = rep == state.reps - 1
            found.append(TimedCue(rep * step.rep_seconds, Cue.LAST_TICK if is_last else Cue.TICK))
    if step.kind is StepKind.HOLD:
        if state.length >= HALFWAY_FROM and state.halfway_due:
            found.append(TimedCue(state.length / 2, Cue.HALFWAY))
        found += _count_down(state, 0.0)
    return sorted(found)


def _pause(state: Session, step: Step) -> list[TimedCue]:
    """The cues of a step between work, in order and in seconds of its own clock."""
    after = next(state.ahead(state.index + 1), None)
    into_work = after is not None and after.is_work
    ended = ((Cue.HOLD_END, state.hold_ended), (Cue.ROUND_DONE, state.round_ended))
    endings = [cue for cue, has_ended in ended if has_ended]
    # By the planned length: what has begun to sound must not change when the user changes the length.
    room = step.seconds - (COUNT_FROM if into_work else 0)
    if room < len(endings) * STAGGER + FIRST_COUNT_AFTER:
        endings = []
    found = _staggered([*endings, _opening(state, step)], 0.0)
    return found + _count_down(state, found[-1].due) if into_work else found


def _staggered(cues: list[Cue], begin: float) -> list[TimedCue]:
    """Cues that belong to the same instant, one after the other."""
    return [TimedCue(begin + place * STAGGER, cue) for place, cue in enumerate(cues)]


def _count_down(state: Session, begun: float) -> list[TimedCue]:
    """The beeps 3-2-1 at the end of a step, as far as they keep clear of what sounded at `begun`."""
    dues = [state.length - left for left in range(COUNT_FROM, 0, -1)]
    return [TimedCue(due, Cue.COUNT) for due in dues if due >= begun + FIRST_COUNT_AFTER]
