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


def cues_due(session: Session, after: float, until: float) -> Iterator[TimedCue]:
    """Yield the cues due in [after, until), in order, if no command is given meanwhile.

    Seconds of the session's clock. A set at the user's own pace promises nothing past its open end.
    """
    state = session
    while True:
        for cue in cues_of(state):
            if after <= cue.due < until and (cue.due < state.deadline or state.is_over or state.is_paused):
                yield cue
        if state.is_over or state.is_paused or state.deadline >= until:
            return
        state = state.ended_step(state.deadline)


def cues_of(state: Session) -> Iterator[TimedCue]:
    """Yield the cues of this state if it lasts, in order of time."""
    if state.ended_at is not None:
        if state.reached_end:
            last = (Cue.HOLD_END, Cue.SESSION_DONE) if state.hold_ended else (Cue.SESSION_DONE,)
            yield from _staggered(*last, begin=state.ended_at)
        return
    if state.paused_at is not None:
        yield TimedCue(state.paused_at, Cue.PAUSED)
        return
    step = state.plan.steps[state.index]
    counted_in = state.resumed_at is not None and step.is_work
    if state.resumed_at is not None:
        yield TimedCue(state.resumed_at, Cue.RESUMED)
    if counted_in:
        for left in range(COUNT_FROM, 0, -1):
            yield TimedCue(state.live_from - left, Cue.COUNT)
        yield TimedCue(state.live_from, Cue.START if state.opened else _opening(state, step))
    earliest = state.live_from + CLOSE if state.opened or counted_in else state.live_from
    for cue in _cues_of_step(state, step):
        if state.began + cue.due >= earliest:
            yield TimedCue(state.began + cue.due, cue.cue)


def _opening(state: Session, step: Step) -> Cue:
    """The sound a step begins with."""
    match step.kind:
        case StepKind.WARMUP:
            return Cue.WARM_UP
        case StepKind.REST:
            return Cue.REST
        case StepKind.SWITCH:
            return Cue.SWITCH
        case StepKind.PREPARE:
            return Cue.SWITCH if state.switched else Cue.LEAD_IN
        case _ if state.switched:
            return Cue.SWITCH
        case _ if step.direct and step.direction is not None:
            return Cue.DIRECTION
        case _:
            return Cue.START


def _cues_of_step(state: Session, step: Step) -> Iterator[TimedCue]:
    """Yield the cues of a step from its beginning, in order and in seconds of its own clock."""
    if not step.is_work:
        yield from _pausing(state, step)
        return
    yield TimedCue(0.0, _opening(state, step))
    ticks = []
    if step.kind is StepKind.REPS and not step.is_open:
        ticks = [TimedCue(rep * step.rep_seconds, Cue.TICK) for rep in range(1, state.reps - 1)]
        if state.reps > 1:
            ticks.append(TimedCue((state.reps - 1) * step.rep_seconds, Cue.LAST_TICK))
    if state.round_ended:
        ticks.append(TimedCue(STAGGER, Cue.ROUND_DONE))
    yield from sorted(ticks)
    if step.kind is StepKind.HOLD:
        if state.length >= HALFWAY_FROM and state.halfway_due:
            yield TimedCue(state.length / 2, Cue.HALFWAY)
        yield from _count_down(state, 0.0)


def _pausing(state: Session, step: Step) -> Iterator[TimedCue]:
    """Yield the cues of a step between work."""
    after = next(state.ahead(state.index + 1), None)
    into_work = after is not None and after.is_work
    endings = [
        *([Cue.HOLD_END] if state.hold_ended else []),
        *([Cue.ROUND_DONE] if state.round_ended else []),
    ]
    # By the planned length: what has begun to sound must not change when the user changes the length.
    room = step.seconds - (COUNT_FROM if into_work else 0)
    if room < len(endings) * STAGGER + FIRST_COUNT_AFTER:
        endings = []
    yield from _staggered(*endings, _opening(state, step))
    if into_work:
        yield from _count_down(state, len(endings) * STAGGER)


def _staggered(*cues: Cue, begin: float = 0.0) -> Iterator[TimedCue]:
    """Yield cues that belong to the same instant, one after the other."""
    for place, cue in enumerate(cues):
        yield TimedCue(begin + place * STAGGER, cue)


def _count_down(state: Session, begun: float) -> Iterator[TimedCue]:
    """Yield the beeps 3-2-1 at the end of a step, as far as they keep clear of what sounded at `begun`."""
    for left in range(COUNT_FROM, 0, -1):
        if state.length - left >= begun + FIRST_COUNT_AFTER:
            yield TimedCue(state.length - left, Cue.COUNT)
