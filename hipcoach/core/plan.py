"""A plan: a routine compiled, with the user's choices, into a flat list of timed steps."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from hipcoach.core.avoid import Avoided, loads_text
from hipcoach.core.choices import Pace
from hipcoach.core.exercise import Basis, Breath, Position, Side
from hipcoach.core.fields import Count, Length


class StepKind(StrEnum):
    """What a step is."""

    WARMUP = "warmup"
    PREPARE = "prepare"
    REPS = "reps"
    HOLD = "hold"
    SWITCH = "switch"
    REST = "rest"


WORK = frozenset({StepKind.REPS, StepKind.HOLD})
"""The kinds of step whose dose is recorded."""


class StepSide(StrEnum):
    """What the side banner says of a step."""

    LEFT = "left"
    RIGHT = "right"
    BOTH = "both"
    ALTERNATING = "alternating"


class TimedPhase(Struct, frozen=True):
    """A named part of one repetition, at the plan's tempo."""

    name: str
    seconds: Length
    breath: Breath | None


class Step(Struct, frozen=True):
    """One timed step. Seconds are the plan's; an own-pace set's are an estimate."""

    index: Count
    kind: StepKind
    name: str
    seconds: Length
    start: Length
    """Seconds from the beginning of the plan."""
    number: Count | None = None
    """Which set of the plan a work step is, from 1."""
    exercise: str | None = None
    item: Count | None = None
    """Which item of the routine this belongs to, counted from 0; what is dropped is dropped by item."""
    stage: str = ""
    """Title of the stage, where an exercise has several."""
    stage_id: str = ""
    """Which stage of the exercise: what its figure does. Empty in a plan of before there were figures."""
    side: StepSide | None = None
    side_means: str = ""
    direction: str | None = None
    round: Count | None = None
    rounds: Count | None = None
    reps: Count | None = None
    """All repetitions done in this step: an alternating set of 5 a side has 10. None but in `reps` steps."""
    pace: Pace = Pace.PACED
    dose_basis: Basis | None = None
    basis_in_round: Basis | None = None
    """Where the reps or seconds come from, if the rounds, and with them `dose_basis`, are the user's own."""
    dose_source: str | None = None
    tempo_basis: Basis | None = None
    phases: tuple[TimedPhase, ...] = ()
    first_side: Side | None = None
    """Which side an alternating set begins with."""
    position: Position | None = None
    direct: bool = False
    """Follows on at once where the step before it ended: a change of direction, or the last rep held."""
    switched: bool = False
    """A lead-in (or, where lead-ins are off, the work itself) that begins the other side of the body."""
    ends_round: bool = False
    cues: tuple[str, ...] = ()
    note: str = ""
    """What a lead-in has time to tell: what the exercise is and how to get into position."""

    @property
    def amount_basis(self) -> Basis | None:
        """Where the reps or seconds of this one set come from, whoever says how many rounds there are."""
        return self.basis_in_round or self.dose_basis

    @property
    def is_work(self) -> bool:
        """Whether this step's dose is recorded."""
        return self.kind in WORK

    @property
    def is_open(self) -> bool:
        """Whether the step waits for the user instead of a deadline."""
        return self.kind is StepKind.REPS and self.pace is Pace.OWN

    @property
    def rep_seconds(self) -> float:
        """Seconds of one whole repetition; 0 where there are none. A last one that is held is shorter."""
        return sum(phase.seconds for phase in self.phases)

    def side_of_rep(self, rep: int) -> StepSide | None:
        """The side that works in repetition `rep` (from 0): an alternating set swaps every repetition."""
        if self.side is not StepSide.ALTERNATING or self.first_side is None:
            return self.side
        return StepSide(self.first_side if rep % 2 == 0 else self.first_side.other)


class Plan(Struct, frozen=True):
    """A routine compiled: what a session runs and a journal keeps."""

    routine: str
    title: str
    steps: tuple[Step, ...]
    source_title: str | None = None
    source_author: str | None = None
    source_published: str | None = None
    left_out: tuple[str, ...] = ()
    """One sentence for each thing that is in the routine but not in this plan."""
    avoided: tuple[Avoided, ...] = ()
    """What the plan does without because of what it loads, and what is in its place."""
    loads_unknown: tuple[str, ...] = ()
    """One sentence for each exercise that is kept with its loads unknown, where some are avoided."""

    @property
    def total_seconds(self) -> float:
        """The plan's length in seconds; the one total shown anywhere."""
        return self.steps[-1].start + self.steps[-1].seconds if self.steps else 0.0

    @property
    def source_line(self) -> str:
        """Who it comes from, as far as that is known."""
        return ", ".join(
            part for part in (self.source_author, self.source_title, self.source_published) if part
        )

    @property
    def nothing_left(self) -> str:
        """A sentence where the choices leave nothing to do; empty where there is something."""
        if self.sets:
            return ""
        if self.avoided:
            loads = loads_text({load for each in self.avoided for load in each.loads})
            return (
                f"What you avoid ({loads}) is in everything that “{self.title}” has to offer, so nothing of "
                "it is left this time; another routine will suit you better."
            )
        return f"Your choices leave nothing of “{self.title}” to do."

    @property
    def is_estimate(self) -> bool:
        """Whether the total says "about", because a set waits for the user."""
        return any(step.is_open for step in self.steps)

    @property
    def sets(self) -> int:
        """How many work steps there are."""
        return sum(step.is_work for step in self.steps)

    @property
    def reps(self) -> int:
        """All repetitions planned."""
        return sum(step.reps or 0 for step in self.steps)
