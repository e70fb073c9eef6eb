"""What an exercise is: its position, its sides, its stages, and the dose its source gives or leaves open."""

from __future__ import annotations

from enum import StrEnum
from fractions import Fraction

from msgspec import Struct

from hipcoach.core.range import Intensity as Intensity
from hipcoach.core.range import Range as Range
from hipcoach.core.side import Side as Side


class Position(StrEnum):
    """The body's position in which an exercise starts."""

    STANDING = "standing"
    HALF_KNEELING = "half-kneeling"
    KNEELING = "kneeling"
    QUADRUPED = "quadruped"
    PLANK = "plank"
    SEATED = "seated"
    SUPINE = "supine"
    PRONE = "prone"
    SIDE_LYING = "side-lying"


class Sides(StrEnum):
    """How an exercise deals with left and right."""

    BOTH = "both"
    ONE_AT_A_TIME = "one-at-a-time"
    ALTERNATING = "alternating"


class Load(StrEnum):
    """What an exercise puts strain on."""

    WRISTS = "wrists"
    KNEES = "knees"
    DEEP_HIP_FLEXION = "deep-hip-flexion"
    BALANCE = "balance"
    CROSSING = "crossing"
    INTERNAL_ROTATION = "internal-rotation"


class Equipment(StrEnum):
    """Things an exercise needs or is easier with."""

    SUPPORT = "support"
    TOWEL = "towel"
    HIP_HEIGHT_SURFACE = "hip-height-surface"
    BARE_FEET = "bare-feet"


class Level(StrEnum):
    """How much an exercise asks of the one who does it."""

    BASIC = "basic"
    ADVANCED = "advanced"


class StageKind(StrEnum):
    """Whether a stage is counted in repetitions or in seconds."""

    REPS = "reps"
    HOLD = "hold"


class Entry(StrEnum):
    """How a stage begins: after a lead-in, or at once where the stage before it ended."""

    LEAD_IN = "lead-in"
    DIRECT = "direct"


class Basis(StrEnum):
    """Who a number comes from: the source, a suggestion of ours with its reference, or the user."""

    SOURCE = "source"
    SUGGESTED = "suggested"
    USER = "user"


class Per(StrEnum):
    """What a dose's number counts: each side, everything, or each direction on each side."""

    SIDE = "side"
    TOTAL = "total"
    DIRECTION = "direction"


class Breath(StrEnum):
    """Which way the breath goes in a phase."""

    IN = "in"
    OUT = "out"


class Dose(Struct, frozen=True):
    """How much: repetitions or seconds, what the number counts, and who says so."""

    amount: Range
    """Repetitions, or seconds of a hold."""
    per: Per
    basis: Basis
    source: str | None = None
    """Id of the reference a suggestion comes from."""
    note: str = ""


class RepPhase(Struct, frozen=True):
    """A named part of one repetition; a repetition starts and ends in the starting pose."""

    name: str
    seconds: Fraction
    """At tempo 1. A fraction, so that sums of tenths stay exact."""
    breath: Breath | None = None


class Stage(Struct, frozen=True):
    """One part of an exercise: a set of repetitions or a hold."""

    id: str
    title: str
    kind: StageKind
    entry: Entry
    dose: Dose
    """The source's dose, or where the source gives none the suggested one (its basis says which)."""
    phases: tuple[RepPhase, ...] = ()
    held_after: str = ""
    """The phase of the last repetition in which the hold that follows directly is held; empty where a whole
    repetition ends in that pose, or no hold follows."""
    tempo_basis: Basis | None = None
    tempo_source: str | None = None
    directions: tuple[str, ...] = ()
    direction_basis: Basis | None = None
    direction_note: str = ""
    cues: tuple[str, ...] = ()

    @property
    def rep_seconds(self) -> Fraction:
        """Seconds of one repetition at tempo 1; 0 for a hold."""
        return sum((phase.seconds for phase in self.phases), Fraction(0))

    @property
    def way_back(self) -> Fraction:
        """Seconds of the last repetition that are not done, because its far end is held."""
        names = [phase.name for phase in self.phases]
        if self.held_after not in names:
            return Fraction(0)
        after = self.phases[names.index(self.held_after) + 1 :]
        return sum((phase.seconds for phase in after), Fraction(0))


class Exercise(Struct, frozen=True):
    """One movement as its source describes it, in our words."""

    id: str
    name: str
    family: str
    source: str
    summary: str
    setup: str
    position: Position
    sides: Sides
    stages: tuple[Stage, ...]
    first_side: Side | None = None
    """Only where the source says which side goes first."""
    side_means: str = ""
    """Which body part the side names, such as "the leg that swings"; empty for both sides at once."""
    also_called: tuple[str, ...] = ()
    equipment: tuple[Equipment, ...] = ()
    optional_equipment: tuple[Equipment, ...] = ()
    loads: tuple[Load, ...] | None = None
    """What it strains; empty where it strains none of these, None where nobody has said."""
    level: Level = Level.BASIC
    builds_on: tuple[str, ...] = ()
    cues: tuple[str, ...] = ()
    cautions: tuple[str, ...] = ()
    breathing: str = ""
    notes: tuple[str, ...] = ()


class Source(Struct, frozen=True):
    """Where something comes from. Everything but the id and kind may be unknown."""

    id: str
    kind: str
    """"article", "reference" or "ours"."""
    title: str | None = None
    author: str | None = None
    published: str | None = None
    """An ISO date or a year."""
    credits: str | None = None
    url: str | None = None
    note: str = ""
