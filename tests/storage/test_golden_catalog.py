"""A routine, an exercise and sources as they were released. The files must never be edited."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from hipcoach.core.exercise import (
    Basis,
    Breath,
    Dose,
    Entry,
    Equipment,
    Exercise,
    Level,
    Load,
    Per,
    Position,
    RepPhase,
    Side,
    Sides,
    Source,
    Stage,
    StageKind,
    SuggestedDose,
)
from hipcoach.core.fields import Range
from hipcoach.core.routine import Block, Item, Order, OwnDose, Routine, WarmUp
from hipcoach.storage.catalog import bundled_catalog, join, read_document
from tests.golden import EXERCISE, ROUTINE, SOURCES


def read(path: Path, noun: str) -> dict[str, object]:
    document = read_document(path, path.name)
    assert document.problems == []
    return document.named(noun)


def test_a_routine() -> None:
    expected = Routine(
        id="two-circles",
        title="Two circles",
        source="hipcoach",
        summary="Circles on each leg, then a stretch.",
        when="In the morning.",
        cautions=("Gently.",),
        notes=("For the golden files.",),
        warmup=WarmUp("Walk on the spot", 60, Basis.SUGGESTED, "hipcoach", ("Walk", "March")),
        blocks=(
            Block(
                items=(
                    Item(
                        "straight-leg-swing",
                        (OwnDose(reps=Range(8, 12), per=Per.SIDE, basis=Basis.USER),),
                        "Swings are easy for you.",
                    ),
                    Item(
                        "supine-figure-four",
                        (OwnDose(seconds=Range(45), per=Per.SIDE, basis=Basis.SUGGESTED, source="hipcoach"),),
                    ),
                ),
                stated=Range(2, 3),
                order=Order.PER_LEG,
                rest_between_rounds=30,
                rest_between_exercises=5,
            ),
        ),
    )
    assert read(ROUTINE, "routine") == {"two-circles": expected}


def test_an_exercise() -> None:
    circle = Stage(
        id="circle",
        title="Circle",
        kind=StageKind.REPS,
        entry=Entry.LEAD_IN,
        sourced=Dose(reps=Range(4, 6), per=Per.DIRECTION),
        phases=(RepPhase("round", Fraction(5, 2), Breath.IN), RepPhase("back", Fraction(1))),
        held_after="back",
        tempo_basis=Basis.SUGGESTED,
        tempo_source="hipcoach",
        directions=("outward", "inward"),
        direction_basis=Basis.SOURCE,
        direction_note="Outward is away from the other leg.",
    )
    hold = Stage(
        id="hold",
        title="Hold",
        kind=StageKind.HOLD,
        entry=Entry.DIRECT,
        suggested=SuggestedDose(seconds=Range(10), per=Per.SIDE, source="hipcoach", note="Ours."),
        phases=(),
    )
    assert read(EXERCISE, "exercise") == {
        "knee-circle": Exercise(
            id="knee-circle",
            name="Knee circle",
            family="leg-circle",
            also_called=("Standing circle",),
            source="hipcoach",
            summary="A lifted knee draws a circle.",
            setup="Stand beside a wall.",
            position=Position.STANDING,
            sides=Sides.ONE_AT_A_TIME,
            first_side=Side.LEFT,
            side_means="the lifted knee",
            equipment=(Equipment.SUPPORT,),
            optional_equipment=(Equipment.BARE_FEET,),
            loads=(Load.BALANCE,),
            level=Level.BASIC,
            cues=("Slowly", "Stay tall"),
            cautions=("Keep a hand on the wall.",),
            breathing="Breathe on.",
            notes=("Small circles will do.",),
            stages=(circle, hold),
        )
    }


def test_sources() -> None:
    assert read(SOURCES, "source") == {
        "leaflet-2019": Source(
            id="leaflet-2019",
            kind="reference",
            title="Moving at your desk",
            author="A clinic",
            published="2019-05-04",
            credits="Somebody before them",
            url="https://example.org/leaflet",
            note="Handed out on paper.",
        ),
        "me": Source(id="me", kind="ours", title=None, author=None, published=None),
    }


@pytest.mark.parametrize("path", [ROUTINE, EXERCISE, SOURCES], ids=lambda path: path.parent.name)
def test_what_refers_to_the_bundled_data_still_finds_it(path: Path) -> None:
    document = read_document(path, path.name)
    join([document], bundled_catalog())
    assert [str(problem) for problem in document.problems] == []
