"""Random routines and choices within what a routine file can say.

Strategies are made once and not for each draw: making and checking them takes longer than drawing from them.
"""

from __future__ import annotations

from fractions import Fraction
from functools import cache

from hypothesis import strategies as st

from hipcoach.core.catalog import Catalog
from hipcoach.core.choices import Choices, Pace, Timings
from hipcoach.core.compile import compile_plan
from hipcoach.core.exercise import (
    Basis,
    Dose,
    Entry,
    Exercise,
    Per,
    Position,
    RepPhase,
    Side,
    Sides,
    Stage,
    StageKind,
)
from hipcoach.core.fields import Intensity, Range
from hipcoach.core.plan import Plan
from hipcoach.core.routine import Block, Item, Order, Routine, WarmUp
from tests.support import ARTICLE, a_catalog, a_dose, a_routine, a_stage, an_exercise

YES_OR_NO = st.booleans()
SIDES = st.sampled_from(Sides)
POSITIONS = st.sampled_from([Position.STANDING, Position.SUPINE])
FIRST_SIDES = st.sampled_from([None, *Side])
BASES = st.sampled_from([Basis.SOURCE, Basis.SUGGESTED])
KINDS = st.sampled_from(StageKind)
PER = st.sampled_from([Per.SIDE, Per.TOTAL])
PER_DIRECTED = st.sampled_from(list(Per))
PHASES = st.lists(st.integers(2, 30), min_size=1, max_size=3)
"""Tenths of a second."""
DIRECTIONS = st.sampled_from([(), ("out", "in")])
DIRECT = st.lists(YES_OR_NO, max_size=2)
BLOCKS = st.integers(1, 2)
ITEMS = st.integers(1, 3)
ORDERS = st.sampled_from(Order)
GATES = st.sampled_from(["", "", "Be ready."])
RESTS = st.sampled_from([0, 0, 10])
WARM_UPS = st.none() | st.builds(
    WarmUp, st.just("Walk"), st.integers(1, 60), st.sampled_from(Basis), st.just(ARTICLE.id)
)
ROUNDS = st.none() | st.integers(1, 4)
LEVELS = st.sampled_from(Intensity)
PACES = st.sampled_from([Pace.PACED, Pace.PACED, Pace.OWN])
TEMPOS = st.sampled_from([Fraction(1), Fraction(1, 4), Fraction(3, 2)])
PAUSES = st.sampled_from([0, 1, 3, 4, 5, 8])


@cache
def ranges(most: int) -> st.SearchStrategy[Range]:
    """Numbers from 1 and ranges of them."""
    numbers = st.integers(1, most)
    return st.builds(lambda one, two: Range(min(one, two), max(one, two)), numbers, numbers)


ROUND_RANGES = st.none() | ranges(3)


@cache
@st.composite
def doses(draw: st.DrawFn, kind: StageKind, *, directed: bool) -> Dose:
    """A dose for a stage of this kind."""
    per = draw(PER_DIRECTED if directed else PER)
    amount = draw(ranges(6 if kind is StageKind.REPS else 30))
    return a_dose(amount.low, amount.high, per, basis=draw(BASES))


@cache
@st.composite
def stages(draw: st.DrawFn, number: int, *, held: bool, direct: bool) -> Stage:
    """The stage with this number; `held` if the one after it follows directly."""
    kind = draw(KINDS)
    phases: list[RepPhase] = []
    directions: tuple[str, ...] = ()
    if kind is StageKind.REPS:
        tenths = draw(PHASES)
        phases = [RepPhase(f"phase {place}", Fraction(each, 10)) for place, each in enumerate(tenths)]
        directions = draw(DIRECTIONS)
    return a_stage(
        draw(doses(kind, directed=bool(directions))),
        id=f"stage-{number}",
        title=f"Stage {number}",
        kind=kind,
        entry=Entry.DIRECT if direct else Entry.LEAD_IN,
        phases=tuple(phases),
        held_after=phases[0].name if phases and held and draw(YES_OR_NO) else "",
        tempo_basis=Basis.SUGGESTED if phases else None,
        directions=directions,
        direction_basis=Basis.SOURCE if directions else None,
    )


@cache
@st.composite
def exercises(draw: st.DrawFn, number: int, sides: Sides | None = None) -> Exercise:
    """An exercise of one to three stages."""
    direct = [False, *draw(DIRECT), False]
    return an_exercise(
        f"exercise-{number}",
        *(
            draw(stages(place, direct=direct[place], held=direct[place + 1]))
            for place in range(len(direct) - 1)
        ),
        sides=sides or draw(SIDES),
        position=draw(POSITIONS),
        first_side=draw(FIRST_SIDES),
    )


@st.composite
def routines(draw: st.DrawFn) -> tuple[Routine, Catalog]:
    """A routine of one or two blocks and the catalogue it stands in."""
    found: list[Exercise] = []
    blocks = []
    for _ in range(draw(BLOCKS)):
        order = draw(ORDERS)
        items = []
        for _ in range(draw(ITEMS)):
            sides = Sides.ONE_AT_A_TIME if order is Order.PER_LEG else None
            found.append(draw(exercises(len(found), sides)))
            items.append(Item(found[-1].id, gate=draw(GATES)))
        blocks.append(Block(tuple(items), draw(ROUND_RANGES), order, draw(RESTS), draw(RESTS)))
    return a_routine(*blocks, warmup=draw(WARM_UPS)), a_catalog(*found)


@st.composite
def choices(draw: st.DrawFn) -> Choices:
    """Choices within their limits; plans stay short."""
    return Choices(
        rounds=draw(ROUNDS),
        level=draw(LEVELS),
        pace=draw(PACES),
        tempo=draw(TEMPOS),
        warmup=draw(YES_OR_NO),
        gated=draw(YES_OR_NO),
        first_side=draw(FIRST_SIDES),
        timings=Timings(*(draw(PAUSES) for _ in range(4))),
    )


ROUTINES, CHOICES = routines(), choices()


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """The plan of a random routine with random choices."""
    routine, catalog = draw(ROUTINES)
    return compile_plan(routine, catalog, draw(CHOICES))
