"""The session: one run of a plan, as a pure state machine.

Rules of this file:
- Every state is a value; `advance` and the commands return the next one and never change the old.
- Times are seconds of one monotonic clock, given by the caller. The deadline is the truth: the
  same commands at the same times give the same states however time is sliced into `advance` calls.
- A command that makes no sense in a state raises IllegalCommandError and changes nothing.
- The cues of a state are in `hipcoach.core.cues`.

Resuming, and restarting work, counts in: a short gap for the sound that says so, then 3-2-1. A
paced set goes on from the beginning of the repetition it was stopped in, in the starting pose.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from hipcoach.core.exercise import Breath
from hipcoach.core.plan import Plan, Step, StepKind, StepSide
from hipcoach.errors import IllegalCommandError

HURT = "hurt"
"""Why a set was skipped: the one reason that the record knows."""
COUNT_FROM = 3
"""Seconds counted down before work, and before the end of a hold."""
RESUME_GAP = 0.7
"""Seconds between the sound that says "resumed" and what follows it."""
ADJUSTMENT = 5.0
"""Seconds that plus and minus change a hold or a pause by; a set of reps changes by one rep."""
CLOSE = 1e-6
"""Seconds within which two times count as the same: far below what anybody can hear."""


class Attempt(Struct, frozen=True):
    """One go at a work step: what was really done. A step that is done again has several."""

    index: int
    reps: int
    """Completed repetitions."""
    seconds: float
    """Seconds of the step that passed."""


class Session(Struct, frozen=True):
    """One run of a plan, at one moment of its life. Make the first with `begin`.

    Times are seconds of the clock that it runs on.
    """

    plan: Plan
    index: int
    """The step in progress; the number of steps once the end is reached."""
    began: float
    """When the step's own clock stood at zero (moved forward by every pause)."""
    live_from: float
    """From when the step's clock runs; before it, it stands: a count-in, or the gap after resuming."""
    length: float
    """Seconds of the step, as shortened or lengthened; infinite for a set at the user's own pace."""
    reps: int
    active_from: float
    """When the session would have begun without its pauses (moved forward by each of them)."""
    came_from: int = -1
    """The step that was in progress before this one."""
    went_on: bool = False
    """Whether that step ran to its end."""
    paused_at: float | None = None
    resumed_at: float | None = None
    """When work was last told to go on or to begin again, if that was in this step."""
    ended_at: float | None = None
    opened: bool = False
    """Whether the step's opening sound lies behind: false at its very beginning."""
    halfway_due: bool = True
    attempts: tuple[Attempt, ...] = ()
    """In the order they ended."""
    reasons: tuple[tuple[int, str], ...] = ()
    """Why steps were skipped, where the user said so: (step index, reason)."""
    dropped: frozenset[int | None] = frozenset()
    """Items of the routine that are not done any more."""
    left_out: tuple[int, ...] = ()
    """The steps that were left out by dropping what they belong to, in the order they were."""

    @classmethod
    def begin(cls, plan: Plan, at: float) -> Session:
        """Start a plan at `at`."""
        return cls(plan, -1, at, at, 0.0, 0, at)._enter_next(at)

    def taken_up(self, index: int, at: float) -> Session:
        """This session, which was cut off in step `index`, where one gets ready for that step."""
        entry = entry_of(self.plan, index)
        return replace(self._enter(entry, at), came_from=entry.index - 1)

    @property
    def is_over(self) -> bool:
        """Whether the session has ended, at its end or before."""
        return self.ended_at is not None

    @property
    def reached_end(self) -> bool:
        """Whether the session has ended, and at its end."""
        return self.is_over and self.index == len(self.plan.steps)

    @property
    def is_paused(self) -> bool:
        """Whether the clock stands because the user stopped it."""
        return self.paused_at is not None

    @property
    def step(self) -> Step | None:
        """The step in progress; None once the session has ended."""
        return None if self.is_over else self.plan.steps[self.index]

    @property
    def aim(self) -> Step | None:
        """The work in progress, or the work that the step in progress leads to; None where none follows."""
        return next((step for step in self.ahead(self.index) if step.is_work), None)

    @property
    def deadline(self) -> float:
        """When the step in progress ends by itself; infinite for a set at the user's own pace."""
        return self.began + self.length

    @property
    def hold_ended(self) -> bool:
        """Whether the step in progress began by itself as a hold ended."""
        return self.went_on and self.plan.steps[self.came_from].kind is StepKind.HOLD

    @property
    def round_ended(self) -> bool:
        """Whether the step in progress began by itself as a round ended."""
        return self.went_on and any(step.ends_round for step in self.plan.steps[self.came_from : self.index])

    @property
    def switched(self) -> bool:
        """Whether the step in progress, or one that was passed over, begins the other leg of a circuit."""
        passed = self.plan.steps[min(self.came_from + 1, self.index) : self.index + 1]
        return any(step.switched for step in passed)

    def ahead(self, index: int) -> Iterator[Step]:
        """Yield the steps from `index` on that are still to be done.

        A rest is passed over where only dropped exercises or another rest follow it.
        """
        rest: Step | None = None
        for step in self.plan.steps[index:]:
            if self._is_dropped(step):
                continue
            if step.kind is StepKind.REST:
                rest = step
                continue
            if rest is not None:
                yield rest
                rest = None
            yield step

    def elapsed(self, now: float) -> float:
        """Seconds of the step that have passed, 0 to its length."""
        at = now if self.paused_at is None else self.paused_at
        return min(max(0.0, max(at, self.live_from) - self.began), self.length)

    def is_counting_in(self, now: float) -> bool:
        """Whether 3-2-1 is being counted before work goes on."""
        step = self.step
        return step is not None and step.is_work and not self.is_paused and now < self.live_from

    def active_seconds(self, now: float) -> float:
        """Seconds of work and everything between; pauses are not counted."""
        stopped = self.paused_at if self.ended_at is None else self.ended_at
        return max(0.0, (now if stopped is None else stopped) - self.active_from)

    def remaining(self, now: float) -> float:
        """Seconds to the end of the session, at the plan's lengths; open sets count as estimated."""
        step = self.step
        if step is None:
            return 0.0
        length = step.rep_seconds * self.reps if step.is_open else self.length
        after = sum(each.seconds for each in self.ahead(self.index + 1))
        return max(0.0, length - self.elapsed(now)) + after

    def in_progress(self, now: float) -> Attempt | None:
        """What has been done of the work step in progress; None outside work or before anything is done."""
        step = self.step
        passed = self.elapsed(now)
        if step is None or not step.is_work or passed <= 0:
            return None
        counts = step.kind is StepKind.REPS and not step.is_open
        reps = math.floor(passed / step.rep_seconds + CLOSE) if counts else 0
        return Attempt(self.index, min(reps, self.reps), passed)

    def advance(self, now: float) -> Session:
        """The state at `now`: steps whose deadline has passed have ended at their deadline."""
        state = self
        while not state.is_over and not state.is_paused and state.deadline <= now:
            state = state.ended_step(state.deadline)
        return state

    def ended_step(self, at: float) -> Session:
        """The state after the step in progress has run to its end, at `at`."""
        if not self.plan.steps[self.index].is_work:
            return self._go_on(at)
        return self._done(Attempt(self.index, self.reps, self.length))._go_on(at)

    def pause(self, at: float) -> Session:
        """Stop the clock."""
        state = self._at(at)
        if state.is_paused:
            raise IllegalCommandError("The session is paused already.")
        return replace(state, paused_at=at, opened=state.opened or at > state.live_from)

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

    def skip(self, at: float) -> Session:
        """During work on to the next lead-in; during a pause between work start the work now."""
        state = self._at(at)
        if state.plan.steps[state.index].is_work:
            return state._skip_work(state.index, at)
        return state._enter(state.aim, at)

    def hurts(self, at: float) -> Session:
        """Skip the set in progress, or the one to come, and keep the reason; on to the lead-in after it."""
        state = self._at(at)
        work = state.aim
        if work is None or state.plan.steps[state.index].kind is StepKind.WARMUP:
            return state.skip(at)
        return replace(state, reasons=(*state.reasons, (work.index, HURT)))._skip_work(work.index, at)

    def drop(self, at: float) -> Session:
        """Leave the exercise out for the rest of the session, on both sides and in every round.

        Before it has begun that is the exercise to come; a warm-up is left out by itself.
        """
        state = self._at(at)
        step = state.plan.steps[state.index]
        left = step if step.kind is StepKind.WARMUP else state.aim
        if left is None:
            raise IllegalCommandError("There is no exercise to drop here.")
        return replace(
            state._with_attempt(at),
            dropped=state.dropped | ({left.item} - {None}),
            left_out=(*state.left_out, left.index),
        )._enter_next(at)

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
        before = [step for step in state.plan.steps[: state.index] if not state._is_dropped(step)]
        work = next((step for step in reversed(before) if step.is_work), None)
        if work is not None:
            target = entry_of(state.plan, work.index)
        else:
            target = before[-1] if before else state.plan.steps[state.index]
        return state._with_attempt(at)._enter(target, at)

    def restart(self, at: float) -> Session:
        """The step in progress from its beginning; work is counted in."""
        state = self._at(at)._with_attempt(at)
        step = state.plan.steps[state.index]
        again = replace(state._enter(step, at), came_from=state.came_from)
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
        return state._done(Attempt(state.index, state.reps, state.elapsed(at)))._go_on(at)

    def finish(self, at: float) -> Session:
        """End the session before its end. What was not reached is left."""
        return self._at(at)._with_attempt(at)._ended(at)

    def _is_dropped(self, step: Step) -> bool:
        return step.item is not None and step.item in self.dropped

    def _at(self, at: float) -> Session:
        state = self.advance(at)
        if state.is_over:
            raise IllegalCommandError("The session has ended.")
        return state

    def _done(self, attempt: Attempt) -> Session:
        return replace(self, attempts=(*self.attempts, attempt))

    def _with_attempt(self, at: float) -> Session:
        """What has been done by `at`, recorded, because the step is being left."""
        doing = self.in_progress(at)
        return self if doing is None else self._done(doing)

    def _skip_work(self, index: int, at: float) -> Session:
        """On from a set to the next lead-in."""
        entry = next((step for step in self.ahead(index + 1) if not step.direct), None)
        return self._with_attempt(at)._enter(entry, at)

    def _go_on(self, at: float) -> Session:
        """Into the next step, because this one is done."""
        return replace(self._enter_next(at), went_on=True)

    def _enter_next(self, at: float) -> Session:
        return self._enter(next(self.ahead(self.index + 1), None), at)

    def _enter(self, step: Step | None, at: float) -> Session:
        """Begin a step at `at`, or reach the end. A paused session stays paused, at the new place."""
        left = replace(self, came_from=self.index, went_on=False, began=at, live_from=at)
        if step is None:
            return replace(left._ended(at), index=len(self.plan.steps))
        return replace(
            left,
            index=step.index,
            length=math.inf if step.is_open else step.seconds,
            reps=step.reps or 0,
            active_from=self._active_from(at),
            paused_at=at if self.is_paused else None,
            resumed_at=None,
            opened=False,
            halfway_due=True,
        )

    def _ended(self, at: float) -> Session:
        return replace(self, ended_at=at, paused_at=None, active_from=self._active_from(at))

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
            active_from=self._active_from(at),
        )

    def _active_from(self, at: float) -> float:
        """`active_from`, moved forward by the pause that lasts until `at`, if any."""
        return self.active_from + (0.0 if self.paused_at is None else at - self.paused_at)


def entry_of(plan: Plan, index: int) -> Step:
    """Where one gets ready for the step at `index`: its lead-in or switch, or itself where there is none."""
    while index > 0 and plan.steps[index].direct:
        index -= 1
    leads_in = (StepKind.PREPARE, StepKind.SWITCH)
    if index > 0 and plan.steps[index].is_work and plan.steps[index - 1].kind in leads_in:
        index -= 1
    return plan.steps[index]


class RepPosition(Struct, frozen=True):
    """A moment within a set: what the tick, the breathing line and the figure all follow."""

    rep: int
    """The repetition in progress, from 0."""
    phase: str
    breath: Breath | None
    through_phase: float
    """How much of the phase has passed, 0 to 1."""
    side: StepSide | None
    """The side that works in this repetition."""


def phase_of(session: Session, now: float) -> RepPosition | None:
    """Where in the repetition a session is at `now` (seconds of its clock); None outside sets.

    A set at the user's own pace runs through its repetitions at the estimated tempo, over and over: the
    breathing and the figure need a rhythm, the count does not come from it.
    """
    step, elapsed = session.step, session.elapsed(now)
    if step is None or step.kind is not StepKind.REPS or not step.rep_seconds:
        return None
    rep = int(elapsed / step.rep_seconds + CLOSE)
    if not step.is_open:
        rep = min(rep, max(0, session.reps - 1))
    within = max(0.0, elapsed - rep * step.rep_seconds)
    for phase in step.phases:
        if within < phase.seconds - CLOSE or phase is step.phases[-1]:
            break
        within -= phase.seconds
    through = min(1.0, within / phase.seconds)
    return RepPosition(rep, phase.name, phase.breath, through, step.side_of_rep(rep))
