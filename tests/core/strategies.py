"""Random routines and choices within what a routine file can say."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import strategies as st

from hipcoach.core.catalog import Catalog
from hipcoach.core.choices import Choices, Pace, Timings
from hipcoach.core.compile import compile_plan
from hipcoach.core.exercise import (
    Basis,
    Dose,
    Entry,
    Exercise,
    Intensity,
    Per,
    Position,
    Range,
    RepPhase,
    Side,
    Sides,
    Stage,
    StageKind,
)
from hipcoach.core.plan import Plan
from hipcoach.core.routine import Block, Item, Order, Routine, WarmUp
from tests.support import ARTICLE, a_catalog, a_routine, an_exercise


def ranges(most: int) -> st.SearchStrategy[Range]:
    """Numbers from 1 and ranges of them."""
    numbers = st.integers(1, most)
    return st.builds(lambda one, two: Range(min(one, two), max(one, two)), numbers, numbers)


@st.composite
def doses(draw: st.DrawFn, kind: StageKind, *, directed: bool) -> Dose:
    """A dose for a stage of this kind."""
    per = draw(st.sampled_from(list(Per) if directed else [Per.SIDE, Per.TOTAL]))
    return Dose(draw(ranges(6 if kind is StageKind.REPS else 30)), per, draw(st.sampled_from(Basis)))


@st.composite
def stages(draw: st.DrawFn, number: int, *, held: bool, direct: bool) -> Stage:
    """The stage with this number; `held` if the one after it follows directly."""
    kind = draw(st.sampled_from(StageKind))
    phases: list[RepPhase] = []
    directions: tuple[str, ...] = ()
    if kind is StageKind.REPS:
        tenths = draw(st.lists(st.integers(2, 30), min_size=1, max_size=3))
        phases = [RepPhase(f"phase {place}", Fraction(each, 10)) for place, each in enumerate(tenths)]
        directions = draw(st.sampled_from([(), ("out", "in")]))
    return Stage(
        id=f"stage-{number}",
        title=f"Stage {number}",
        kind=kind,
        entry=Entry.DIRECT if direct else Entry.LEAD_IN,
        dose=draw(doses(kind, directed=bool(directions))),
        phases=tuple(phases),
        held_after=phases[0].name if phases and held and draw(st.booleans()) else "",
        tempo_basis=Basis.SUGGESTED if phases else None,
        directions=directions,
        direction_basis=Basis.SOURCE if directions else None,
    )


@st.composite
def exercises(draw: st.DrawFn, number: int, sides: Sides | None = None) -> Exercise:
    """An exercise of one to three stages."""
    direct = [False, *draw(st.lists(st.booleans(), max_size=2)), False]
    return an_exercise(
        f"exercise-{number}",
        *(
            draw(stages(place, direct=direct[place], held=direct[place + 1]))
            for place in range(len(direct) - 1)
        ),
        sides=sides or draw(st.sampled_from(Sides)),
        position=draw(st.sampled_from([Position.STANDING, Position.SUPINE])),
        first_side=draw(st.sampled_from([None, *Side])),
    )


@st.composite
def routines(draw: st.DrawFn) -> tuple[Routine, Catalog]:
    """A routine of one or two blocks and the catalogue it stands in."""
    found: list[Exercise] = []
    blocks = []
    for _ in range(draw(st.integers(1, 2))):
        order = draw(st.sampled_from(Order))
        items = []
        for _ in range(draw(st.integers(1, 3))):
            sides = Sides.ONE_AT_A_TIME if order is Order.PER_LEG else None
            found.append(draw(exercises(len(found), sides)))
            items.append(Item(found[-1].id, gate=draw(st.sampled_from(["", "", "Be ready."]))))
        rests = st.sampled_from([0, 0, 10])
        blocks.append(
            Block(tuple(items), draw(ranges(3)), draw(st.booleans()), order, draw(rests), draw(rests))
        )
    warmup = st.builds(
        WarmUp, st.just("Walk"), st.integers(1, 60), st.sampled_from(Basis), st.just(ARTICLE.id)
    )
    return a_routine(*blocks, warmup=draw(st.none() | warmup)), a_catalog(*found)


@st.composite
def choices(draw: st.DrawFn) -> Choices:
    """Choices within their limits; plans stay short."""
    pauses = st.sampled_from([0, 1, 3, 4, 5, 8])
    return Choices(
        rounds=draw(st.none() | st.integers(1, 4)),
        level=draw(st.sampled_from(Intensity)),
        pace=draw(st.sampled_from([Pace.PACED, Pace.PACED, Pace.OWN])),
        tempo=draw(st.sampled_from([Fraction(1), Fraction(1, 4), Fraction(3, 2)])),
        warmup=draw(st.booleans()),
        gated=draw(st.booleans()),
        first_side=draw(st.sampled_from([None, *Side])),
        timings=Timings(draw(pauses), draw(pauses), draw(pauses), draw(pauses)),
    )


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """The plan of a random routine with random choices."""
    routine, catalog = draw(routines())
    return compile_plan(routine, catalog, draw(choices()))
