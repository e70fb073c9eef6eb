"""What an exercise is: its position, its sides, its stages, and the dose its source gives or leaves open.

The Structs are the tables of its file.
"""

from __future__ import annotations

from enum import StrEnum
from fractions import Fraction
from typing import Annotated, ClassVar, Literal

from msgspec import Meta, field

from hipcoach.core.fields import Id, Range, Table, Text

PUBLISHED = "a date such as 2016-10-04, or a year in quotes"


class Side(StrEnum):
    """One side of the body; what it means for a drill is the exercise's `side_means`."""

    LEFT = "left"
    RIGHT = "right"

    @property
    def other(self) -> Side:
        """The opposite side."""
        return Side.LEFT if self is Side.RIGHT else Side.RIGHT


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


class Dose(Table, frozen=True, kw_only=True):
    """How much, as the source says: repetitions, or seconds of a hold, and what the number counts."""

    reps: Range | None = None
    seconds: Range | None = None
    per: Per
    note: Text = ""

    @property
    def amount(self) -> Range:
        """Repetitions, or seconds of a hold."""
        return next(filter(None, (self.reps, self.seconds)))  # one of them is required

    @property
    def basis(self) -> Basis:
        """Who says so."""
        return Basis.SOURCE

    @property
    def source(self) -> str | None:
        """Id of the reference that a suggestion comes from."""
        return None


class SuggestedDose(Dose, frozen=True, kw_only=True):
    """A dose of ours, where the source gives none."""

    source: Text
    basis: ClassVar[Basis] = Basis.SUGGESTED


class RepPhase(Table, frozen=True):
    """A named part of one repetition; a repetition starts and ends in the starting pose."""

    name: Text
    seconds: Fraction
    """At tempo 1. A fraction, so that sums of tenths stay exact."""
    breath: Breath | None = None


class Stage(Table, frozen=True, kw_only=True):
    """One part of an exercise: a set of repetitions or a hold."""

    id: Id
    title: Text = ""
    kind: StageKind
    entry: Entry = Entry.LEAD_IN
    sourced: Dose | None = field(name="dose", default=None)
    """The source's dose, or where the source gives none:"""
    suggested: SuggestedDose | None = None
    phases: tuple[RepPhase, ...] = ()
    held_after: Text = ""
    """The phase of the last repetition in which the hold that follows directly is held; empty where a whole
    repetition ends in that pose, or no hold follows."""
    tempo_basis: Basis | None = None
    tempo_source: Text | None = None
    directions: tuple[Text, ...] = ()
    direction_basis: Basis | None = None
    direction_note: Text = ""
    cues: tuple[Text, ...] = ()

    @property
    def dose(self) -> Dose:
        """The source's dose, or else the suggested one (its basis says which)."""
        return next(filter(None, (self.sourced, self.suggested)))  # one of them is required

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


class Exercise(Table, frozen=True, kw_only=True):
    """One movement as its source describes it, in our words."""

    id: Id
    name: Text
    also_called: tuple[Text, ...] = ()
    family: Text
    """What can stand in for each other is of one family."""
    source: Text
    summary: Text
    setup: Text
    position: Position
    sides: Sides
    first_side: Side | None = None
    """Only where the source says which side goes first."""
    side_means: Text = ""
    """Which body part the side names, such as "the leg that swings"; empty for both sides at once."""
    equipment: tuple[Equipment, ...] = ()
    optional_equipment: tuple[Equipment, ...] = ()
    loads: tuple[Load, ...] | None = None
    """What it strains; empty where it strains none of these, None where nobody has said."""
    level: Level = Level.BASIC
    builds_on: tuple[Text, ...] = ()
    cues: tuple[Text, ...] = ()
    cautions: tuple[Text, ...] = ()
    breathing: Text = ""
    notes: tuple[Text, ...] = ()
    stages: Annotated[tuple[Stage, ...], Meta(min_length=1)] = field(name="stage")


class Source(Table, frozen=True):
    """Where something comes from. Everything but the id and kind may be unknown."""

    id: Id
    kind: Literal["article", "reference", "ours"]
    title: Text | None = None
    author: Text | None = None
    published: Annotated[str, Meta(min_length=1, description=PUBLISHED)] | None = None
    """An ISO date or a year."""
    credits: Text | None = None
    url: Text | None = None
    note: Text = ""
