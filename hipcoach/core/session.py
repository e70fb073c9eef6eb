"""The session: one run of a plan, as a pure state machine.

Rules of this file:
- Every state is a value; `advance` and the commands return the next one and never change the old.
- Times are seconds of one monotonic clock, given by the caller. The deadline is the truth: the
  same commands at the same times give the same states however time is sliced into `advance` calls.
- A command that makes no sense in a state raises IllegalCommandError and changes nothing.
- Which cues a state makes is said in `hipcoach.core.due`.

Resuming, and restarting work, counts in: a short gap for the sound that says so, then 3-2-1. A
paced set goes on from the beginning of the repetition it was stopped in, in the starting pose.
"""

from __future__ import annotations

import math

from msgspec.structs import replace

from hipcoach.core.attempt import Attempt
from hipcoach.core.chain import Chain
from hipcoach.core.cues import COUNT_FROM, Cue
from hipcoach.core.plan import Plan, StepKind
from hipcoach.core.route import (
    crosses_over,
    ends_round,
    entry_of,
    following,
    step_before,
    work_before,
)
from hipcoach.core.session_state import SessionState
from hipcoach.errors import IllegalCommandError

HURT = "hurt"
"""Why a set was skipped: the one reason that the record knows."""
RESUME_GAP = 0.7
"""Seconds between the sound that says "resumed" and what follows it."""
ADJUSTMENT = 5.0
"""Seconds that plus and minus change a hold or a pause by; a set of reps changes by one rep."""
CLOSE = 1e-6
"""Seconds within which two times count as the same: far below what anybody can hear."""


class Session(SessionState, frozen=True):
    """One run of a plan, at one moment of its life, and how it goes on. Make the first with `begin`."""

    @classmethod
    def begin(cls, plan: Plan, at: float) -> Session:
        """Start a plan at `at`."""
        return cls(plan, -1, at, at, 0.0, 0, active_from=at)._enter(following(plan, -1, frozenset()), at)

    @classmethod
    def restore(
        cls,
        plan: Plan,
        index: int,
        at: float,
        *,
        attempts: tuple[Attempt, ...],
        reasons: tuple[tuple[int, str], ...],
        dropped: frozenset[int | None],
        left_out: tuple[int, ...] = (),
        active_seconds: float,
    ) -> Session:
        """Take up a session that was cut off in step `index`, where one gets ready for that step."""
        begun = replace(
            cls.begin(plan, at),
            attempts=Chain.of(attempts),
            reasons=reasons,
            dropped=dropped,
            left_out=left_out,
            active_before=active_seconds,
        )
        entry = entry_of(plan, index)
        return replace(begun._enter(entry, at), switched=plan.steps[entry].switched)

    def advance(self, now: float) -> Session:
        """The state at `now`: steps whose deadline has passed have ended at their deadline."""
        state = self
        while not state.is_over and not state.is_paused and state.deadline <= now:
            state = state.ended_step(state.deadline)
        return state

    def ended_step(self, at: float) -> Session:
        """The state after the step in progress has run to its end, at `at`."""
        step = self.plan.steps[self.index]
        state = self
        if step.is_work:
            done = Attempt(self.index, self.reps, self.length)
            state = replace(self, attempts=self.attempts.added(done))
        return state._go_on(at)

    def pause(self, at: float) -> Session:
        """Stop the clock."""
        state = self._at(at)
        if state.is_paused:
            raise IllegalCommandError("The session is paused already.")
        return replace(
            state,
            paused_at=at,
            opened=state.opened or at > state.live_from,
            active_before=state.active_seconds(at),
            active_from=None,
        )

    def resume(self, at: float) -> Session:
        """Let the clock run on; work is counted in."""
        state = self._at(at)
        if state.paused_at is None:
            raise IllegalCommandError("The session is not paused.")
        passed = state.elapsed(at)
        step = state.plan.steps[state.index]
        if step.kind is StepKind.REPS and not step.is_open:
            begun = math.floor(passed / step.rep_seconds + CLOSE)
            passed = min(begun, state.reps - 1) * step.rep_seconds
        return state._run_on(passed, at)

    def skip(self, at: float, reason: str = "") -> Session:
        """During work on to the next lead-in; during a pause between work start the work now."""
        state = self._at(at)
        if not state.plan.steps[state.index].is_work:
            work = following(state.plan, state.index, state.dropped, lambda step: step.is_work)
            return state._enter(work, at)
        noted = replace(state, reasons=(*state.reasons, (state.index, reason))) if reason else state
        entry = following(state.plan, state.index, state.dropped, lambda step: not step.direct)
        return noted._with_attempt(at)._enter(entry, at)

    def hurts(self, at: float) -> Session:
        """Skip the set in progress, or the one to come, and keep the reason; on to the lead-in after it."""
        state = self._at(at)
        work = following(state.plan, state.index - 1, state.dropped, lambda step: step.is_work)
        if work is None or state.plan.steps[state.index].kind is StepKind.WARMUP:
            return state.skip(at, HURT)
        noted = replace(state, reasons=(*state.reasons, (work, HURT)))
        entry = following(state.plan, work, state.dropped, lambda step: not step.direct)
        return noted._with_attempt(at)._enter(entry, at)

    def drop(self, at: float, reason: str = "") -> Session:
        """Leave the exercise out for the rest of the session, on both sides and in every round.

        Before it has begun that is the exercise to come; a warm-up is left out by itself.
        """
        state = self._at(at)
        if state.plan.steps[state.index].kind is StepKind.WARMUP:
            left_out = replace(state, left_out=(*state.left_out, state.index))
            return left_out._enter(following(state.plan, state.index, state.dropped), at)
        work = following(state.plan, state.index - 1, state.dropped, lambda step: step.is_work)
        if work is None:
            raise IllegalCommandError("There is no exercise to drop here.")
        without = replace(
            state._with_attempt(at),
            dropped=state.dropped | {state.plan.steps[work].item},
            left_out=(*state.left_out, work),
            reasons=(*state.reasons, (work, reason)) if reason else state.reasons,
        )
        return without._enter(following(state.plan, state.index, without.dropped), at)

    def drop_ends(self, at: float) -> bool:
        """Whether `drop` would end the session now, so that nothing could be brought back."""
        try:
            return self.drop(at).is_over
        except IllegalCommandError:
            return False

    def bring_back(self, at: float) -> Session:
        """Bring back what was dropped last, and go to the lead-in of the set it was dropped at.

        What was done meanwhile stays done; the way goes on from there once more.
        """
        state = self._at(at)
        if not state.left_out:
            raise IllegalCommandError("Nothing has been left out.")
        *others, place = state.left_out
        whole = replace(
            state._with_attempt(at),
            dropped=state.dropped - {state.plan.steps[place].item},
            left_out=tuple(others),
        )
        return whole._enter(entry_of(state.plan, place), at)

    def back(self, at: float) -> Session:
        """To the lead-in of the work step before; where there is none, one step back or a restart."""
        state = self._at(at)
        before = work_before(state.plan, state.index, state.dropped)
        if before is None:
            target = step_before(state.plan, state.index, state.dropped)
        else:
            target = entry_of(state.plan, before)
        return state._with_attempt(at)._enter(target, at)

    def restart(self, at: float) -> Session:
        """The step in progress from its beginning; work is counted in."""
        state = self._at(at)._with_attempt(at)
        again = replace(state._enter(state.index, at), switched=state.switched)
        step = again.plan.steps[again.index]
        return again if again.is_paused or not step.is_work else again._run_on(0.0, at)

    def add(self, at: float, seconds: float) -> Session:
        """Lengthen or shorten the step: by seconds, or a set of reps by one rep in the same direction.

        Shortening below what has passed ends the step. Taking the last rep off a set at one's own pace says
        that none was done.
        """
        state = self._at(at)
        step = state.plan.steps[state.index]
        passed = state.elapsed(at)
        reps, length = state.reps, state.length + seconds
        if step.kind is StepKind.REPS:
            change = 1 if seconds > 0 else -1
            reps += change
            length = state.length if step.is_open else state.length + change * step.rep_seconds
        if step.is_open and not reps:
            return state._go_on(at)
        if length <= passed:
            return state._with_attempt(at)._go_on(at)
        halfway_due = state.halfway_due and passed < state.length / 2
        return replace(state, length=length, reps=reps, halfway_due=halfway_due)

    def complete(self, at: float) -> Session:
        """The user has done the repetitions of a set at their own pace."""
        state = self._at(at)
        if not state.plan.steps[state.index].is_open or state.is_paused or at < state.live_from:
            raise IllegalCommandError("Only a set at your own pace, while it runs, is ended by hand.")
        done = Attempt(state.index, state.reps, state.elapsed(at))
        return replace(state, attempts=state.attempts.added(done))._go_on(at)

    def finish(self, at: float) -> Session:
        """End the session before its end. What was not reached is left."""
        state = self._at(at)._with_attempt(at)
        return replace(
            state, ended_at=at, paused_at=None, active_before=state.active_seconds(at), active_from=None
        )

    def _at(self, at: float) -> Session:
        state = self.advance(at)
        if state.is_over:
            raise IllegalCommandError("The session has ended.")
        return state

    def _go_on(self, at: float) -> Session:
        """Into the next step, because this one is done."""
        after = following(self.plan, self.index, self.dropped)
        endings = (
            *((Cue.HOLD_END,) if self.plan.steps[self.index].kind is StepKind.HOLD else ()),
            *((Cue.ROUND_DONE,) if ends_round(self.plan, self.index, after) else ()),
        )
        return self._enter(after, at, endings)

    def _enter(self, index: int | None, at: float, endings: tuple[Cue, ...] = ()) -> Session:
        """Begin a step at `at`, or reach the end. A paused session stays paused, at the new place."""
        if index is None:
            return replace(
                self,
                index=len(self.plan.steps),
                began=at,
                live_from=at,
                ended_at=at,
                reached_end=True,
                paused_at=None,
                endings=endings,
                active_before=self.active_seconds(at),
                active_from=None,
            )
        step = self.plan.steps[index]
        return replace(
            self,
            index=index,
            began=at,
            live_from=at,
            length=math.inf if step.is_open else step.seconds,
            reps=step.reps or 0,
            paused_at=None if self.paused_at is None else at,
            resumed_at=None,
            endings=endings,
            switched=crosses_over(self.plan, self.index, index),
            opened=False,
            halfway_due=True,
        )

    def _run_on(self, passed: float, at: float) -> Session:
        """Let the step's clock run from `passed` seconds on, work after 3-2-1."""
        count_in = COUNT_FROM if self.plan.steps[self.index].is_work else 0
        live_from = at + RESUME_GAP + count_in
        return replace(
            self,
            paused_at=None,
            resumed_at=at,
            live_from=live_from,
            began=live_from - passed,
            active_before=self.active_seconds(at),
            active_from=at,
        )

    def in_progress(self, now: float) -> Attempt | None:
        """What has been done of the work step in progress; None outside work or before anything is done."""
        step = self.step
        passed = self.elapsed(now)
        if step is None or not step.is_work or passed <= 0:
            return None
        counts = step.kind is StepKind.REPS and not step.is_open
        reps = math.floor(passed / step.rep_seconds + CLOSE) if counts else 0
        return Attempt(self.index, min(reps, self.reps), passed)

    def _with_attempt(self, at: float) -> Session:
        """What has been done by `at`, recorded, because the step is being left."""
        doing = self.in_progress(at)
        return self if doing is None else replace(self, attempts=self.attempts.added(doing))
