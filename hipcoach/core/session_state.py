"""What a session is at one moment, and what can be read from it."""

from __future__ import annotations

from msgspec import Struct

from hipcoach.core.attempt import Attempt
from hipcoach.core.chain import Chain
from hipcoach.core.cues import Cue
from hipcoach.core.plan import Plan, Step
from hipcoach.core.route import seconds_after


class SessionState(Struct, frozen=True):
    """One run of a plan, at one moment of its life. Times are seconds of the clock it runs on."""

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
    paused_at: float | None = None
    resumed_at: float | None = None
    """When work was last told to go on or to begin again, if that was in this step."""
    ended_at: float | None = None
    reached_end: bool = False
    endings: tuple[Cue, ...] = ()
    """What ended just before the step in progress began by itself."""
    switched: bool = False
    opened: bool = False
    """Whether the step's opening sound lies behind: false at its very beginning."""
    halfway_due: bool = True
    attempts: Chain[Attempt] = Chain()
    """In the order they ended."""
    reasons: tuple[tuple[int, str], ...] = ()
    """Why steps were skipped, where the user said so: (step index, reason)."""
    dropped: frozenset[int | None] = frozenset()
    """Items of the routine that are not done any more."""
    left_out: tuple[int, ...] = ()
    """The steps that were left out by dropping what they belong to, in the order they were."""
    active_before: float = 0.0
    active_from: float | None = None
    """Since when active time is running; None while it stands."""

    @property
    def is_over(self) -> bool:
        """Whether the session has ended, at its end or before."""
        return self.ended_at is not None

    @property
    def is_paused(self) -> bool:
        """Whether the clock stands because the user stopped it."""
        return self.paused_at is not None

    @property
    def step(self) -> Step | None:
        """The step in progress; None once the session has ended."""
        return None if self.is_over else self.plan.steps[self.index]

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
        if self.active_from is None:
            return self.active_before
        return self.active_before + max(0.0, now - self.active_from)

    def remaining(self, now: float) -> float:
        """Seconds to the end of the session, at the plan's lengths; open sets count as estimated."""
        if self.is_over:
            return 0.0
        step = self.plan.steps[self.index]
        length = step.rep_seconds * self.reps if step.is_open else self.length
        return max(0.0, length - self.elapsed(now)) + seconds_after(self.plan, self.index, self.dropped)

    @property
    def deadline(self) -> float:
        """When the step in progress ends by itself; infinite for a set at the user's own pace."""
        return self.began + self.length
