"""Which cue comes when: the one table that sound, screen and rendered track all follow.

Rules of this file:
- every step begins with a sound; a set's first repetition is begun by that sound itself;
- the beeps 3-2-1 lead into work and out of a hold, never out of paced reps, where the ticks say it;
- two cues never fall on the same instant: what ends comes first and the beginning of a pause waits
  `STAGGER`, but the beginning of work is never moved;
- endings are left out of a pause that is planned too short for them and for all its own cues.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum

from msgspec import Struct

from hipcoach.core.plan import Step, StepKind
from hipcoach.core.sound_profile import SoundProfile as SoundProfile

STAGGER = 0.5
"""Seconds between an ending sound and the sound that begins the pause after it: enough to hear two, and
little enough that a switch of 5 s has room to name the side before its beeps."""
COUNT_FROM = 3
"""The beeps before work and before the end of a hold."""
HALFWAY_FROM = 20.0
"""Seconds; a shorter hold has no halfway cue."""
FIRST_COUNT_AFTER = 0.9
"""Seconds between the sound that begins a step and a count beep, so that its beginning stays clear."""


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


class StepRun(Struct, frozen=True):
    """What decides the cues of one step as it is being run."""

    step: Step
    length: float
    """Seconds, as shortened or lengthened by the user; infinite for a set at the user's own pace."""
    reps: int
    """Repetitions, as changed by the user; 0 where the step has none."""
    endings: tuple[Cue, ...] = ()
    """What ended just before this step began."""
    switched: bool = False
    """Whether this step is the first to be on the other side of the body."""
    into_work: bool = False
    """Whether work follows at the end of this step."""
    halfway_due: bool = True
    """False once halfway has been said."""


def opening(run: StepRun) -> Cue:
    """The sound a step begins with."""
    step = run.step
    match step.kind:
        case StepKind.WARMUP:
            return Cue.WARM_UP
        case StepKind.REST:
            return Cue.REST
        case StepKind.SWITCH:
            return Cue.SWITCH
        case StepKind.PREPARE:
            return Cue.SWITCH if run.switched else Cue.LEAD_IN
        case _ if run.switched:
            return Cue.SWITCH
        case _ if step.direct and step.direction is not None:
            return Cue.DIRECTION
        case _:
            return Cue.START


def is_heard(cue: Cue, profile: SoundProfile) -> bool:
    """Whether a cue sounds in this profile."""
    return cue not in LEFT_OUT[profile]


def marks(run: StepRun) -> Iterator[TimedCue]:
    """The cues of a step, in order, due in seconds from the step's beginning."""
    step = run.step
    if step.is_work:
        yield TimedCue(0.0, opening(run))
        yield from _while_working(run)
        return
    begun = tuple(staggered((*_endings_that_fit(run), opening(run))))
    yield from begun
    if run.into_work:
        yield from _count_down(run, begun[-1].due)


def staggered(cues: Sequence[Cue]) -> Iterator[TimedCue]:
    """Cues that belong to the same instant, one after the other."""
    for place, cue in enumerate(cues):
        yield TimedCue(place * STAGGER, cue)


def _while_working(run: StepRun) -> Iterator[TimedCue]:
    step = run.step
    round_done = [TimedCue(STAGGER, Cue.ROUND_DONE)] if Cue.ROUND_DONE in run.endings else []
    if step.kind is StepKind.REPS and not step.is_open:
        ticks = [TimedCue(rep * step.rep_seconds, Cue.TICK) for rep in range(1, run.reps - 1)]
        if run.reps > 1:
            ticks.append(TimedCue((run.reps - 1) * step.rep_seconds, Cue.LAST_TICK))
        yield from sorted((*round_done, *ticks))
        return
    yield from round_done
    if step.kind is StepKind.HOLD:
        if run.length >= HALFWAY_FROM and run.halfway_due:
            yield TimedCue(run.length / 2, Cue.HALFWAY)
        yield from _count_down(run, 0.0)


def _endings_that_fit(run: StepRun) -> tuple[Cue, ...]:
    # By the planned length: what has begun to sound must not change when the user changes the length.
    room = run.step.seconds - (COUNT_FROM if run.into_work else 0)
    return run.endings if room >= len(run.endings) * STAGGER + FIRST_COUNT_AFTER else ()


def _count_down(run: StepRun, begun: float) -> Iterator[TimedCue]:
    """The beeps 3-2-1 at the end of a step, as far as they keep clear of what sounded at `begun`."""
    for left in range(COUNT_FROM, 0, -1):
        if run.length - left >= begun + FIRST_COUNT_AFTER:
            yield TimedCue(run.length - left, Cue.COUNT)
