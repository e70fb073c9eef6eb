"""Which cues fall due in a stretch of time, if nobody intervenes."""

from __future__ import annotations

from collections.abc import Iterator

from hipcoach.core.cues import COUNT_FROM, Cue, StepRun, TimedCue, marks, opening, staggered
from hipcoach.core.route import following
from hipcoach.core.session import CLOSE, Session


def cues_due(session: Session, after: float, until: float) -> Iterator[TimedCue]:
    """The cues due in [after, until), in order, if no command is given meanwhile.

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


def _run_of(state: Session) -> StepRun:
    step = state.plan.steps[state.index]
    after = following(state.plan, state.index, state.dropped)
    into_work = not step.is_work and after is not None and state.plan.steps[after].is_work
    return StepRun(
        step, state.length, state.reps, state.endings, state.switched, into_work, state.halfway_due
    )


def cues_of(state: Session) -> Iterator[TimedCue]:
    """The cues of this state if it lasts, in order of time."""
    if state.ended_at is not None:
        if state.reached_end:
            last = (*(cue for cue in state.endings if cue is Cue.HOLD_END), Cue.SESSION_DONE)
            yield from (TimedCue(state.ended_at + cue.due, cue.cue) for cue in staggered(last))
        return
    if state.paused_at is not None:
        yield TimedCue(state.paused_at, Cue.PAUSED)
        return
    run = _run_of(state)
    is_work = run.step.is_work
    if state.resumed_at is not None:
        yield TimedCue(state.resumed_at, Cue.RESUMED)
        if is_work:
            for left in range(COUNT_FROM, 0, -1):
                yield TimedCue(state.live_from - left, Cue.COUNT)
            yield TimedCue(state.live_from, Cue.START if state.opened else opening(run))
    counted_in = state.resumed_at is not None and is_work
    earliest = state.live_from + CLOSE if state.opened or counted_in else state.live_from
    for mark in marks(run):
        if state.began + mark.due >= earliest:
            yield TimedCue(state.began + mark.due, mark.cue)
